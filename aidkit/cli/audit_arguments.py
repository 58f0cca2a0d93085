"""What `aidkit audit` and its commands are called and take; all help is Chinese."""

import argparse

from aidkit.cli import audit
from aidkit.cli.parsing import ChineseParser, county, verb, whole

EXAMPLES = """抽查一个学期的享受记录，从头到尾：
  aidkit run 2026-autumn
  aidkit audit sample 2026-autumn --n 30 --seed 7 --by 王老师      写出抽查表
  （入户、到校核查，填好表的后四列）
  aidkit audit findings 抽查-2026-autumn-30-7-1a2b3c4d.xlsx --by 王老师
同样的结果、人次和种子，谁来抽都是同样的人、同样的表；每次抽样和结果都记在
<县区文件夹>/review/spot_checks.jsonl，只能加，不能改。"""

SAMPLE = """例如：
  aidkit audit sample 2026-autumn --n 30 --seed 7
  aidkit audit sample 2026-autumn --n 60 --seed 20261125 --by 王老师 --on 2026-11-25
  aidkit audit sample 2026-autumn --n 30 --seed 7 --universal      连同人人享有的项目
每 1 人次被抽中的机会相同，各项目、各学校按人次分摊。种子事先定好，例如当众抽一个数：
换一个种子就是另一次抽样，登记簿里都看得到。表写在 reports/<县区>/spot_checks，是内部资料。"""

FINDINGS = """例如：
  aidkit audit findings 抽查-2026-autumn-30-7-1a2b3c4d.xlsx --by 王老师
  aidkit audit findings 抽查表.xlsx --by 王老师 --on 2026-12-01
每个抽中的人都要填；少了行、改了格子、没有填的，逐处列出，退出码为 1，不登记。"""


def audit_verbs(verbs: "argparse._SubParsersAction[ChineseParser]") -> None:
    """Add `audit` and its commands."""
    top = verb(verbs, "audit", None, "抽查：抽样、收回结果（内部）")
    top.epilog = EXAMPLES
    kinds = top.add_subparsers(title="命令", metavar="命令", required=True)
    made = verb(kinds, "sample", audit.sample, "从一个学期的享受记录里抽样，写出抽查表")
    made.epilog = SAMPLE
    made.add_argument("term", metavar="学期", help="例如 2026-autumn 或 2026秋；要先运行过")
    made.add_argument("--n", metavar="人次", type=whole, required=True, help="抽多少人次")
    made.add_argument("--seed", metavar="种子", type=whole, required=True, help="大于 0 的整数")
    made.add_argument("--universal", action="store_true", help="连同人人享有的项目（免教科书费等）")
    _entered(made, "谁抽的；可以不写")
    made = verb(kinds, "findings", audit.findings, "收回填好的抽查表，算出不符的比例")
    made.epilog = FINDINGS
    made.add_argument("file", metavar="抽查表", help="填好的那份 Excel")
    _entered(made, "谁交的")


def _entered(made: ChineseParser, who: str) -> None:
    made.add_argument("--by", metavar="姓名", default="", help=who)
    made.add_argument("--on", metavar="日期", default="", help="哪一天；不写就是今天")
    county(made)
