"""What `aidkit notice` and its commands are called and take; all help is Chinese."""

import argparse

from aidkit.cli import notice, notice_sheet
from aidkit.cli.parsing import ChineseParser, county, verb

EXAMPLES = """一个公示从头到尾：
  aidkit notice draft --term 2026秋 --program boarder_allowance --by 王老师
  aidkit notice post 2026-001 --by 王老师                张贴；期限按项目的规定和工作日算
  aidkit build                                          名单上网站
  aidkit notice sheet 2026-001                          公示栏用的，打印盖章
  aidkit notice objection 2026-001 --says 三号不住校 --about 3 --by 王老师
  aidkit notice objection 2026-001 --answer 1 --outcome 属实 --reply 已转走 --remove 3 --by 李主任
  aidkit notice close 2026-001 --by 李主任               期满结束，写出上报的报告
  aidkit build                                          名单从网站撤下
每个命令加 --help 看例子。"""

DRAFT = """例如：
  aidkit notice draft --term 2026秋 --program boarder_allowance --by 王老师
  aidkit notice draft --term 2026秋 --program boarder_allowance --school 1000000001 --by 王老师
  aidkit notice draft --fund love --period 2026-11 --by 李会计      一个月的基金发放
  aidkit notice draft --term 2026秋 --program tiered_aid --replace 2026-002 --by 王老师
名单只有编号、姓名、学校、年级（教师和基金发放是金额）；同校同年级重名的才写班级。"""

POST = """例如：
  aidkit notice post 2026-001 --by 王老师
  aidkit notice post 2026-001 --by 王老师 --until 2026-11-30    公示得比规定的长
张贴当天不算。要用到的年份没有工作日表时不能张贴，会说明怎样补。"""

SHEET = """例如：
  aidkit notice sheet 2026-001        打印、盖章，贴在学校（单位）公示栏
名单更正以后再写一次，换下原来的。期满就不再写。"""

STATUS = """例如：
  aidkit notice status                               全部公示和待办
  aidkit notice status 2026-001 --on 2026-11-25
  aidkit notice status --proof                       写出公示登记证明（Excel）
  aidkit notice status --proof 证明.csv
有异议逾期没有答复、或者期满还没有结束的，退出码为 1。"""

OBJECTION = """例如：
  aidkit notice objection 2026-001 --says 三号不住校 --about 3 --from 家长 --by 王老师
  aidkit notice objection 2026-001 --answer 1 --outcome 不属实 --reply 核对无误 --by 李主任
  aidkit notice objection 2026-001 --answer 1 --outcome 属实 --reply 已转走 --remove 3 --by 李主任
  aidkit notice objection 2026-001 --answer 2 --outcome 属实 --reply 漏报 --list 更正.csv --by 李某
登记以后名单冻结，按工作日算出答复期限。--remove 取消名单上的编号；--list 是更正后的整个名单，
列与公示的名单相同，原有的人编号不变，新增的人公示期从答复那天重新算。"""

CLOSE = """例如：
  aidkit notice close 2026-001 --by 李主任
  aidkit notice close 2026-001 --by 李主任 --board-down 2026-11-28   公示栏哪天撤下
期满、异议都已答复才能结束；同时写出上报用的公示情况报告（Excel，内部）。"""

COMPLAINT = """例如：
  aidkit notice complaint                                        列出全部投诉
  aidkit notice complaint --says 公示栏没有贴名单 --from 匿名 --notice 2026-001 --by 王老师
  aidkit notice complaint --answer 1 --reply 已补贴并致歉 --by 李主任"""


def notice_verbs(verbs: "argparse._SubParsersAction[ChineseParser]") -> None:
    """Add `notice` and its commands."""
    top = verb(verbs, "notice", None, "公示：起草、张贴、异议、结束、投诉")
    top.epilog = EXAMPLES
    kinds = top.add_subparsers(title="命令", metavar="命令", required=True)
    made = _one(kinds, "draft", "起草一个公示，名单取自认定结果或基金发放", DRAFT)
    made.set_defaults(command=notice.draft)
    _texts(
        made,
        ("--term", "学期", "取哪个学期的认定结果，例如 2026-autumn 或 2026秋"),
        ("--program", "项目", "项目代号；基金发放可以不写"),
        ("--school", "学校标识码", "只公示一所学校的"),
        ("--fund", "基金", "取哪个基金的发放：代号或全名"),
        ("--period", "时段", "基金发放的时段，例如 2026-11、2026-Q4"),
        ("--title", "标题", "不用通常的标题"),
        ("--replace", "编号", "重新起草还没有张贴的这一个"),
    )
    _entered(made)
    made = _one(kinds, "post", "张贴一个公示，算出期满的日子", POST, number=True)
    made.set_defaults(command=notice.post)
    _texts(made, ("--until", "日期", "公示到哪一天；不写就按规定的最短期限"))
    _entered(made)
    made = _one(kinds, "sheet", "写出公示栏用的公示（PDF，A4）", SHEET, number=True)
    made.set_defaults(command=notice_sheet.sheet)
    _texts(made, ("--on", "日期", "哪一天；不写就是今天"))
    made = _one(kinds, "status", "列出公示：到哪一天、还剩几个工作日、待办", STATUS)
    made.set_defaults(command=notice.status)
    made.add_argument("number", metavar="编号", nargs="?", default="", help="只看这一个")
    _texts(made, ("--on", "日期", "哪一天；不写就是今天"))
    made.add_argument(
        "--proof", metavar="文件", nargs="?", const="", help="写出公示登记证明，.xlsx 或 .csv"
    )
    _objection(kinds)
    made = _one(kinds, "close", "结束一个公示，写出上报的报告", CLOSE, number=True)
    made.set_defaults(command=notice.close)
    _texts(made, ("--board-down", "日期", "从学校（单位）公示栏撤下的日子"))
    _entered(made)
    made = _one(kinds, "complaint", "投诉登记：列出、登记、答复", COMPLAINT)
    made.set_defaults(command=notice.complaint)
    _texts(
        made,
        ("--says", "内容", "投诉的内容"),
        ("--from", "谁", "谁投诉；匿名就不写"),
        ("--notice", "编号", "关于哪个公示"),
        ("--answer", "第几条", "答复第几条"),
        ("--reply", "答复", "查实的情况和答复"),
    )
    _entered(made)


def _objection(kinds: "argparse._SubParsersAction[ChineseParser]") -> None:
    made = _one(kinds, "objection", "登记对公示的异议，或者答复", OBJECTION, number=True)
    made.set_defaults(command=notice.objection)
    _texts(
        made,
        ("--says", "内容", "异议的内容"),
        ("--from", "谁", "谁提出；匿名就不写"),
        ("--about", "编号", "关于名单上的哪个编号"),
        ("--answer", "第几条", "答复第几条异议"),
        ("--outcome", "结论", "属实或不属实"),
        ("--reply", "答复", "怎样答复的"),
        ("--list", "文件", "更正后的整个名单，CSV"),
    )
    made.add_argument(
        "--remove", metavar="编号", action="append", default=[], help="取消名单上的编号，可写几次"
    )
    _entered(made)


def _one(
    kinds: "argparse._SubParsersAction[ChineseParser]",
    name: str,
    told: str,
    examples: str,
    *,
    number: bool = False,
) -> ChineseParser:
    """A command with examples; `number` is of one notice."""
    made = verb(kinds, name, None, told)
    made.epilog = examples
    county(made)
    if number:
        made.add_argument("number", metavar="编号", help="公示编号，例如 2026-001")
    return made


def _texts(made: ChineseParser, *options: tuple[str, str, str]) -> None:
    for option, metavar, told in options:
        name = {"--from": "who"}.get(option, option.removeprefix("--").replace("-", "_"))
        made.add_argument(option, dest=name, metavar=metavar, default="", help=told)


def _entered(made: ChineseParser) -> None:
    made.add_argument("--by", metavar="姓名", default="", help="谁办理")
    made.add_argument("--on", metavar="日期", default="", help="办理的日子；不写就是今天")
