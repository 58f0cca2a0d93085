"""The texts of an empty county: settings, and a page for whoever fills in the workbooks."""

from aidkit.calendar import Term

SETTINGS = """\
# 本县的基本情况，每一项都要填。
name = {name}
# 地区决定采用哪里的资助标准：写到省（如 cn/henan、cn/anhui）；只写 cn 就只用全国的规定。
region = "cn"
# 公布网站的单位
publisher = "县学生资助管理中心"
# 读者和家长有疑问时找谁：写上办公地点和电话，会印在网站和告知单上
contact = "县学生资助管理中心"
# 公示里印的投诉、举报电话；联系方式里已经写了的，这一行删去也可以
#hotline = "0000-0000000"
# 来源没有写明地区、但本县决定采用的资助项目，例如 ["tiered_aid", "candle_action"]
adopts = []

# 下面几项用得着才写：去掉行首的 # 再改。
# 县区类别，有些项目只给这样的县：contiguous_poor（集中连片特困地区）、
# nutrition_pilot（营养改善计划国家试点县）
#kinds = ["contiguous_poor"]

# 上级下达的名额，或者比例名额的基数（students 是在校生，boarders 是寄宿生）
#[quota.teacher_hardship_city]
#places = 5
#[quota.boarder_allowance]
#of = "boarders"
"""

PARAMS_LINE = """\
本县自己的资助项目放在这里的 programs/ 文件夹，一个项目一份 .toml；没有就空着。
低保标准等数字放在 figures/ 文件夹，例如 figures/subsistence_line.toml。
基金的名称、限定用途和资助项目放在 funds/ 文件夹，一个基金一份 .toml。
"""

_GUIDE = """\
# {name}：怎样填、怎样用

1. **全县一份**：`学校名单.xlsx`、`教职工名册.xlsx`（退休教师也写，填在职情况）；
   `基金/` 里的捐赠、发放、实物、其他收支（利息、手续费、转账）和银行流水；
   基金的用途和项目先在 `params/funds/` 里写好。
2. **每学期一份**：放在 `{folder}/`。下一学期新建同样的文件夹，例如 `{next_folder}/`。
   用得着的才交：`高校学生登记表.xlsx`（考上大学的学生，用中学时的学籍号）、`教师资助申请表.xlsx`、
   `教师资助认定结果表.xlsx`、`困难职工档案表.xlsx`（工会提供）、`收费登记表.xlsx`、
   `资助变动登记表.xlsx`（放弃要有签字的放弃书，取消要写原因）。
   `已受助登记表.xlsx` 每学期都交，写前两年受过的和今年别处给的资助（年份是发放的那一年）；
   没有交这张表，“近年没有受过资助”就算不清楚。
   结对和走访的表每学期交一次：还在的结对照抄，日期写最初结对的那天；
   学困生、问题生、脱贫户学生分别填在各自的表里，不要合在一张表上。
3. **每校一份**：`学生名册/` 和 `考试成绩/` 里的 `学校名称.xlsx` 复制给各校，文件名改成学校名。
   没有的学科列可以删去；缺考的格子写原因（病假、事假、缺考、缓考）。
4. 深色表头必填，浅色可以空着。空着表示“不清楚”，不会被当成“没有”。
   鼠标停在表头上有说明；有下拉箭头的从下拉框选。
5. 学籍号、身份证号、银行卡号、学校标识码已设为文本格式，粘贴时请选“只粘贴数值”。
   Excel 按数字存的证件号会丢掉末几位，系统会退回，不会猜。
6. 金额单位是元。学校自己的 Excel、CSV 也可以直接放进来，表头叫法不同多半认得出。

## 接下来

- 检查：`aidkit check {path}`。有问题的格子会标红，并写明原因。
- 看看本学期用哪些资助项目：`aidkit program list`。
- 出报告：`aidkit run {term} --county {path}`，再用 `aidkit build --open` 生成网站。

`county.toml` 是本县的名称、地区和联系人，请先改好。
"""


def guide(name: str, term: Term) -> str:
    """The page 说明.md."""
    return _GUIDE.format(
        name=name,
        folder=term.label.replace(" ", ""),
        next_folder=term.next().label.replace(" ", ""),
        term=term.code,
        path="本文件夹",
    )
