"""What `aidkit review` and its commands are called and take; all help is Chinese."""

import argparse
from collections.abc import Callable

from aidkit.cli import review
from aidkit.cli.parsing import ChineseParser, county, verb

EXAMPLES = """一个学期的结果从草稿到公布：
  aidkit run 2026-autumn
  aidkit review submit 2026-autumn --by 王老师          经办人送审
  aidkit review approve 2026-autumn --by 李主任         另一个人审核，签的是结果的校验码
  aidkit build                                          公开发布，发布后锁定
  aidkit review status 2026-autumn                      谁、哪一天、做了什么；签字还包括哪些
结果变了，签字就不再包括变了的部分，要重新送审；已公布的还要写更正的原因。
每一步都记在 <县区文件夹>/review/log.jsonl，只能加，不能改。"""

SUBMIT = """例如：
  aidkit review submit 2026-autumn --by 王老师
  aidkit review submit 2026-autumn --by 王老师 --reason 补报两名学生     已公布过的"""

APPROVE = """例如：
  aidkit review approve 2026-autumn --by 李主任
审核人不能是送审的人；送审以后结果变了的，要重新送审。"""

RETURN = """例如：
  aidkit review return 2026-autumn --by 李主任 --reason 青源小学的低保名单是去年的
审核通过、还没有公布的，也可以退回。"""

STATUS = """例如：
  aidkit review status 2026-autumn
结果与审核签字不一致、或者没有审核的，退出码为 1。"""


def review_verbs(verbs: "argparse._SubParsersAction[ChineseParser]") -> None:
    """Add `review` and its commands."""
    top = verb(verbs, "review", None, "审核：送审、通过、退回、查看")
    top.epilog = EXAMPLES
    kinds = top.add_subparsers(title="命令", metavar="命令", required=True)
    made = _one(kinds, "submit", review.submit, "经办人送审一个学期的结果", SUBMIT)
    _entered(made)
    made.add_argument("--reason", metavar="原因", default="", help="已公布过的学期：更正的原因")
    _entered(_one(kinds, "approve", review.approve, "审核人审核通过", APPROVE))
    made = _one(kinds, "return", review.send_back, "审核人退回，写明原因", RETURN)
    _entered(made)
    made.add_argument("--reason", metavar="原因", default="", help="为什么退回")
    _one(kinds, "status", review.status, "走到哪一步；签字不再包括哪些", STATUS)


def _one(
    kinds: "argparse._SubParsersAction[ChineseParser]",
    name: str,
    command: Callable[[argparse.Namespace], int],
    told: str,
    examples: str,
) -> ChineseParser:
    made = verb(kinds, name, command, told)
    made.epilog = examples
    made.add_argument("term", metavar="学期", help="例如 2026-autumn 或 2026秋；要先运行过")
    county(made)
    return made


def _entered(made: ChineseParser) -> None:
    made.add_argument("--by", metavar="姓名", default="", help="谁做的")
    made.add_argument("--on", metavar="日期", default="", help="哪一天；不写就是今天")
