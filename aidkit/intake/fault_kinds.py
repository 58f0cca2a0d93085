"""Every kind of fault: how grave it is, what is said of it, what to do about it.

The code is stable: it stands in `tables.Problems`, in reports and in tests. Templates are filled
with the place (`column`, `value`) and with the details that the finder of the fault adds.
"""

from typing import Literal, NamedTuple

ERROR: Literal["error"] = "error"
WARNING: Literal["warning"] = "warning"


class Kind(NamedTuple):
    """One kind of fault: severity, message template, remedy; both Chinese."""

    severity: Literal["error", "warning"]
    message: str
    remedy: str


_AS_TEXT = "请把整列设为“文本”格式，再按证件重新录入；Excel 已经丢掉的数字找不回来。"

KINDS: dict[str, Kind] = {
    # Files, sheets, headers.
    "file_unreadable": Kind(
        ERROR, "文件读不出来：{reason}。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再交。"
    ),
    "unknown_sheet": Kind(
        ERROR,
        "认不出这是哪一种表。{nearest}",
        "请对照模板改表头；不用交的工作表请删除，或改名为“说明”。",
    ),
    "missing_column": Kind(
        ERROR, "《{table}》缺少必需的列“{header}”，整张表没有采用。", "请按模板补上这一列。"
    ),
    "duplicate_header": Kind(
        ERROR,
        "表头“{header}”出现了不止一次，不知道该用哪一列，整张表没有采用。",
        "请删除或改名多余的一列；左右并排的两栏请接成一栏。",
    ),
    "exams_side_by_side": Kind(
        ERROR,
        "同一学科有不止一列，像是几次考试左右并排，整张表没有采用。",
        "成绩表一行写一名学生的一次考试，请把各次考试分成各自的行；多余的一列请删除。",
    ),
    "unknown_column": Kind(
        WARNING, "不认识“{header}”这一列，没有读入。", "如果需要，请改成模板里的表头；否则不用管。"
    ),
    "unheaded_column": Kind(
        WARNING,
        "这一列没有表头，里面的 {count} 个格子没有读入，第一个是“{value}”。",
        "要用的请写进有表头的列；不用的请删除。",
    ),
    "unit_not_yuan": Kind(
        ERROR,
        "金额的单位是“{unit}”，不是元，整张表没有采用。",
        "请把金额换算成元，再把表头或标题里的“{unit}”改成“元”。",
    ),
    "second_table": Kind(
        ERROR,
        "从这一行起是另一个表头，一张工作表只能放一个表格；这一行和下面的都没有采用。",
        "请把下面的表格移到单独的工作表。",
    ),
    "split_header": Kind(
        ERROR,
        "“{header}”下面分成了几列，不知道该用哪一列，整张表没有采用。",
        "请给每一列单独的表头；一笔钱分几列写的，请分成几行，每行一个金额。",
    ),
    "hidden_sheet": Kind(
        WARNING,
        "这张工作表是隐藏的，里面的 {count} 行也读入了。",
        "如果是不用的旧数据，请删除这张工作表；要用就取消隐藏。",
    ),
    "no_term": Kind(
        ERROR,
        "《{table}》不在任何学期的文件夹里，不知道是哪个学期的，整张表没有采用。",
        "请放进学期文件夹，例如“2026年秋季学期”。",
    ),
    # Cells that hold no value.
    "error_cell": Kind(ERROR, "单元格是错误值 {value}。", "请改正公式，或直接填写结果。"),
    "uncached_formula": Kind(
        ERROR, "单元格里的公式还没有算出结果。", "请用 Excel 或 WPS 打开，等它算完再保存一次。"
    ),
    "merged_number": Kind(
        ERROR,
        "几行合并成了一个格子，不知道“{header}”每行各是多少。",
        "请取消合并，每行填自己的数。",
    ),
    "missing_value": Kind(ERROR, "“{header}”不能空着。", "请补填。"),
    # Identifiers.
    "numeric_id": Kind(ERROR, "身份证号是按数字存的，末几位已经变成 0，不能用。", _AS_TEXT),
    "numeric_card": Kind(ERROR, "账号是按数字存的，末几位可能已经变成 0，不能用。", _AS_TEXT),
    "numeric_code": Kind(
        ERROR, "“{header}”是按数字存的，前面的 0 或末几位可能已经丢失，不能用。", _AS_TEXT
    ),
    "bad_id_shape": Kind(
        ERROR, "身份证号应是 18 位（末位可为 X）。", "请对照户口簿或身份证改正；没有就空着。"
    ),
    "bad_id_check": Kind(
        ERROR, "身份证号的校验位或其中的出生日期不对，多半是录错了一位。", "请对照证件改正。"
    ),
    "bad_student_no": Kind(
        ERROR, "学籍号应是 19 位：G、J 加 18 位，或 L 加 18 位临时号。", "请对照学籍系统改正。"
    ),
    "bad_school_code": Kind(ERROR, "学校标识码应是 10 位数字。", "请对照学校名单改正。"),
    "bad_card": Kind(ERROR, "账号应是 12 到 19 位数字。", "请对照银行卡或存折改正。"),
    "card_luhn": Kind(
        WARNING, "卡号没有通过校验，可能录错（存折账号可以不理）。", "请对照银行卡核对。"
    ),
    "bad_phone": Kind(WARNING, "电话号码不像手机号或固定电话。", "请核对后改正。"),
    # Dates.
    "bad_date": Kind(ERROR, "看不懂这个日期。", "请写成 2026-09-01 这样的日期。"),
    "impossible_date": Kind(ERROR, "没有这一天。", "请改成真实的日期。"),
    "future_date": Kind(ERROR, "日期晚于 {latest}，还没有到。", "请核对年份和月份。"),
    "exam_before_term": Kind(
        ERROR, "考试日期早于{term}。", "请核对年份；以前学期的考试请放进那个学期的文件夹。"
    ),
    "birth_mismatch": Kind(
        ERROR, "出生日期与身份证号里的 {expected} 不一致。", "请对照户口簿，改正其中一个。"
    ),
    # Words and numbers.
    "unknown_word": Kind(
        ERROR, "“{header}”里没有“{value}”这个选项。", "请从下拉框选择：{choices}。"
    ),
    "not_a_score": Kind(
        ERROR, "“{header}”里的“{value}”不是分数。", "请只填数字；没有分数就写原因：{choices}。"
    ),
    "not_a_number": Kind(ERROR, "“{header}”应是数字。", "请只填数字。"),
    "text_in_amount": Kind(
        ERROR, "金额里有文字，读不成数。", "请只填数字，单位是元；说明写到备注里。"
    ),
    "too_many_decimals": Kind(ERROR, "金额的小数超过两位（不到一分）。", "请精确到分。"),
    "negative_amount": Kind(
        ERROR, "金额是负数。", "请核对；退回的发放按退票登记，退还的捐款登记在《基金收支登记表》。"
    ),
    "household_size_implausible": Kind(
        ERROR, "家庭人口 {value} 不合常理（应是 1 到 20 的整数）。", "请核对后改正。"
    ),
    "score_out_of_range": Kind(ERROR, "分数应在 0 到 {full} 之间。", "请核对；缺考请写原因。"),
    "bad_full_score": Kind(
        WARNING,
        "“{header}”的满分没有采用：应是 {most} 以内的数，表头和“满分”一行说的要一样。",
        "请改正；没有改正时按本年级规定的满分核对。",
    ),
    # Control lines.
    "total_mismatch": Kind(
        ERROR,
        "“{header}”{label}为 {claimed} 元，各行相加是 {actual} 元，相差 {difference} 元。",
        "请核对有没有漏行、重行或录错的金额。",
    ),
    "count_mismatch": Kind(
        ERROR, "表里写着共 {claimed}，实际有 {actual} 行。", "请核对有没有漏行或重行。"
    ),
    # Between rows and tables.
    "duplicate_row": Kind(ERROR, "与 {other} 重复。", "请删除多余的一行。"),
    "exam_twice": Kind(
        ERROR,
        "与 {other} 是同一名学生的同一次考试，分数不同，不知道哪一行对，都没有采用。",
        "请核对分数，只留一行；确是两次考试的，请写成不同的考试名称。",
    ),
    "duplicate_student": Kind(ERROR, "同一学籍号已在 {other}。", "请删除多余的一行。"),
    "student_in_two_schools": Kind(
        ERROR, "这名学生同时在另一所学校的名册里：{other}。", "请两校核对学籍，只留一处。"
    ),
    "unknown_school": Kind(
        ERROR, "学校名单里没有这个学校标识码。", "请对照学校名单改正，或在学校名单里补上这所学校。"
    ),
    "unknown_student": Kind(ERROR, "本学期的学生名册里没有这个学籍号。", "请核对学籍号。"),
    "unknown_person": Kind(
        ERROR,
        "学生名册、高校学生登记表和教职工名册里都没有这个编号。",
        "请核对学籍号或工号；已经离开本县的人不用登记。",
    ),
    "freshman_on_roll": Kind(
        ERROR,
        "这名学生还在本学期的中小学名册里：{other}。",
        "请核对学籍号；已经升学的请从名册里删去。",
    ),
    "gone_before": Kind(
        WARNING,
        "这名学生已在 {other} 登记转出，以后没有转入登记，按不在校算。",
        "人在校的，请所在学校在学籍异动表里补一行转入；不在校的，请从名册里删去。",
    ),
    "unknown_class": Kind(
        WARNING,
        "学生名册里这个年级没有“{value}”，这张表里写着这个班的成绩按名册上的班级算。",
        "请对照学生名册改写班级；名册错了就改名册。",
    ),
    "unknown_teacher": Kind(ERROR, "教职工名册里没有这个工号。", "请核对工号。"),
    "name_mismatch": Kind(ERROR, "姓名与{roll}里的“{expected}”不一致。", "请核对号码和姓名。"),
    "id_twice": Kind(ERROR, "同一身份证号用在另一个人身上：{other}。", "请对照证件改正。"),
    "card_shared": Kind(
        WARNING, "同一账号登记了不同的户名：{other}。", "请核对账号；确属共用请说明。"
    ),
}
