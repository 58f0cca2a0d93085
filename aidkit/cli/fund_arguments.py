"""What `aidkit fund` and its commands are called and take; all help is Chinese."""

import argparse

from aidkit.cli import fund
from aidkit.cli.parsing import ChineseParser, county, verb

EXAMPLES = """例如：
  aidkit fund import 捐赠收入登记表.xlsx --dry-run    先看有哪些新的、改了的，什么都不写
  aidkit fund import 捐赠收入登记表.xlsx --by 李会计
  aidkit fund reconcile 银行流水.csv --by 李会计
  aidkit fund check                                   账户余额、比例和快到期的事
  aidkit fund statement 2026
每个命令加 --help 看例子。"""

IMPORT = """例如：
  aidkit fund import 捐赠.xls --dry-run               不需要县区文件夹，只看这个文件
  aidkit fund import 捐赠.xls --by 李会计 --channel 银行转账
  aidkit fund import 捐赠.xls --by 李会计 --accept 17 --accept 40-42
  aidkit fund import 捐赠.xls --by 李会计 --correct "第 9 行金额原来录错"
同一个文件导入几次，结果都一样；有一行不对，就一行也不入账。"""

POST = """例如：
  aidkit fund post --kind 捐赠收入 --date 2026-03-10 --amount 1000 --channel 现金 \\
    --party 某某公司 --purpose 寄宿生补助 --by 李会计
  aidkit fund post --kind 资助发放 --date 2026-04-02 --amount 500 --channel 银行转账 \\
    --program 临时困难补助 --party 某某学校 --persons 1 --by 李会计 --approved-by 王主任
  aidkit fund post --kind 更正 --corrects 2026-000012 --reason 金额录错 --by 李会计 \\
    --approved-by 王主任
--kind：期初结转、捐赠收入、接收实物、政府补助、学校拨入、利息收入、资助发放、发放退回、
  发放实物、实物报损、管理费用、募捐成本、银行手续费、退还捐款、退还实物、账户调拨、
  转到别的基金、解除限定、变更用途、更正
--channel、--to-channel：现金、银行转账、手机支付
--donor-class：单位、个人、教职工、学生、政府
--consent：实名、匿名、只公布金额
发放、费用（100 元以内的银行手续费除外）、退还捐款和实物、实物报损、转到别的基金、提取现金、
解除限定、变更用途，对它们的更正，以及冲减钱物的更正，要写 --approved-by；批准人不能是登记的人。
实物报损还要有证明人（--consent-of），登记、证明、批准是三个人。"""

CHECK = """例如：
  aidkit fund check                    今天起 30 天里到期的事、比例、余额
  aidkit fund check --on 2026-05-10
有一项比例不符合时退出码为 1。"""

RECONCILE = """例如：
  aidkit fund reconcile 银行流水.csv --by 李会计
  aidkit fund reconcile 银行流水.xlsx --by 李会计 --to 2026-12-31    流水到年底，最后几天没有发生
  aidkit fund reconcile 流水.csv --by 李会计 --match 12=2026-000031,2026-000032
--match 是 流水行号=凭证号，几个用逗号分开，可以写几次；一边空着、或者日期差得多的，
要写 --reason 和 --approved-by。
对上了才记下来；没有对上退出码为 1，列出流水的行号和凭证号。"""

STATEMENT = """例如：
  aidkit fund statement 2026             全年
  aidkit fund statement 2026-03          一个月；2026-Q1 是一个季度，2026-autumn 是一个学期
  aidkit fund statement 2026-01-01..2026-06-30
没有与银行核对到最后一天的不出表；一定要出，加 --unreconciled，表上印“未与银行核对”。"""

RECEIPTS = """例如：
  aidkit fund receipts 2026              全年的票据登记和捐赠证书
  aidkit fund receipts 2026-03 --fund love"""

AUDIT = """例如：
  aidkit fund audit
  aidkit fund audit --head 3f9c01ab77e2  用纸面报表上的链首（至少前 8 位）核对
账簿有错时退出码为 1。"""

EXPORT = """例如：
  aidkit fund export                     写成 beancount 的文本，可用 bean-check 复核
  aidkit fund export --to 总账.beancount"""


def fund_verbs(verbs: "argparse._SubParsersAction[ChineseParser]") -> None:
    """Add `fund` and its commands."""
    top = verb(verbs, "fund", None, "慈善基金：入账、对账、报表、审计")
    top.epilog = EXAMPLES
    kinds = top.add_subparsers(title="命令", metavar="命令", required=True)
    _import(kinds)
    _post(kinds)
    check = _one(kinds, "check", "检查基金：设置、余额、比例、快到期的事", CHECK)
    check.set_defaults(command=fund.check)
    check.add_argument("--on", metavar="日期", default="", help="哪一天；不写就是今天")
    _reconcile(kinds)
    statement = _one(kinds, "statement", "做一个时段的报表", STATEMENT)
    statement.set_defaults(command=fund.statement)
    statement.add_argument("period", metavar="时段", help="例如 2026、2026-03、2026-Q1")
    statement.add_argument(
        "--unreconciled", action="store_true", help="没有与银行核对也出表，表上印明"
    )
    receipts = _one(kinds, "receipts", "做一个时段的票据登记和捐赠证书", RECEIPTS)
    receipts.set_defaults(command=fund.receipts)
    receipts.add_argument("period", metavar="时段", help="例如 2026、2026-03、2026-Q1")
    audit = _one(
        kinds, "audit", "从头核对账簿：有没有被改、余额、专款专用、断号、重号", AUDIT, whole=True
    )
    audit.set_defaults(command=fund.audit)
    audit.add_argument(
        "--head", dest="heads", metavar="链首", action="append", default=[], help="可以写几次"
    )
    export = _one(kinds, "export", "把账簿写成 beancount 文本", EXPORT, whole=True)
    export.set_defaults(command=fund.export)
    export.add_argument("--to", metavar="文件", default="", help="写到哪里；不写就在 reports 里")


def _import(kinds: "argparse._SubParsersAction[ChineseParser]") -> None:
    made = _one(kinds, "import", "导入捐赠、发放、实物、收支的表", IMPORT)
    made.set_defaults(command=fund.import_)
    made.add_argument("file", metavar="文件", help="xls、xlsx 或 csv")
    made.add_argument("--dry-run", action="store_true", help="只看会入账什么，什么都不写")
    _entered(made)
    made.add_argument("--date", metavar="日期", default="", help="表里没写日期的行，都用这一天")
    made.add_argument("--channel", metavar="方式", default="", help="表里没写方式的行，都用这一种")
    made.add_argument(
        "--approved-by", metavar="姓名", default="", help="表里没写批准人的行、冲回的凭证，由谁批准"
    )
    made.add_argument(
        "--accept", metavar="行号", action="append", default=[], help="留下不入账的行，可以写几次"
    )
    made.add_argument(
        "--distinct",
        metavar="行号",
        action="append",
        default=[],
        help="像是已经入账、其实是另一笔的行（all 是全部）；冲销过、留下过而确要入账的行",
    )
    made.add_argument(
        "--correct", metavar="原因", default="", help="改了的行、没了的行：冲回原凭证"
    )


def _post(kinds: "argparse._SubParsersAction[ChineseParser]") -> None:
    made = _one(kinds, "post", "手工登记一张凭证", POST)
    made.set_defaults(command=fund.post)
    _entered(made)
    for option, metavar, told in _FIELDS:
        made.add_argument(option, metavar=metavar, default="", help=told)
    made.add_argument("--distinct", action="store_true", help="像是已经入账、其实是另一笔的")


_FIELDS = (
    ("--kind", "种类", "凭证种类，见下"),
    ("--date", "日期", "钱或物收付的那一天，例如 2026-03-10"),
    ("--amount", "元", "金额；没有估价的实物不写"),
    ("--channel", "方式", "现金、银行转账或手机支付；调拨、转拨写转出的"),
    ("--to-channel", "方式", "调拨、转拨的转入方式"),
    ("--to-fund", "基金", "转到哪个基金"),
    ("--purpose", "用途", "限定用途；支出不写就按项目"),
    ("--to-purpose", "用途", "变更后的用途"),
    ("--program", "项目", "资助项目"),
    ("--party", "名称", "捐赠人、收款人或对方；退回、退还要与原来一样"),
    ("--donor-class", "类别", "单位、个人、教职工、学生或政府"),
    ("--consent", "意愿", "公开意愿：实名、匿名或只公布金额"),
    ("--school-code", "标识码", "收款学校"),
    ("--person-no", "学籍号", "收款学生（内部）"),
    ("--persons", "人数", "这笔资助惠及几人"),
    ("--reference", "编号", "银行或手机支付的流水号"),
    ("--receipt-no", "票据号", "开出的捐赠票据号"),
    ("--note", "备注", "备注"),
    ("--reason", "原因", "更正、退还捐款和实物、实物报损、转到别的基金、解除限定、变更用途要写"),
    ("--consent-of", "姓名", "谁同意解除限定或变更用途；实物报损：谁证明，不是登记、批准的人"),
    ("--corrects", "凭证号", "更正哪一张凭证"),
    ("--item", "品名", "实物的品名"),
    ("--spec", "规格", "实物的规格"),
    ("--unit", "单位", "实物的计量单位"),
    ("--quantity", "数量", "实物的数量"),
    ("--approved-by", "姓名", "谁批准；哪些凭证要写，见下"),
)


def _reconcile(kinds: "argparse._SubParsersAction[ChineseParser]") -> None:
    made = _one(kinds, "reconcile", "用银行流水核对账簿", RECONCILE)
    made.set_defaults(command=fund.reconcile)
    made.add_argument("file", metavar="流水", help="网上银行导出的 csv 或 xlsx")
    made.add_argument("--by", metavar="姓名", default="", help="谁核对")
    made.add_argument("--dry-run", action="store_true", help="只核对，不记下来")
    made.add_argument("--from", dest="start", metavar="日期", default="", help="从哪一天起")
    made.add_argument("--to", dest="end", metavar="日期", default="", help="流水管到哪一天")
    made.add_argument("--days", metavar="天数", default="3", help="日期最多相差几天，默认 3")
    made.add_argument(
        "--match",
        dest="by_hand",
        metavar="行号=凭证号",
        action="append",
        default=[],
        help="人工指定",
    )
    made.add_argument(
        "--reason", metavar="原因", default="", help="只有一边、或者日期差得多的人工指定，为什么"
    )
    made.add_argument("--approved-by", metavar="姓名", default="", help="谁批准；不能是核对的人")


def _one(
    kinds: "argparse._SubParsersAction[ChineseParser]",
    name: str,
    told: str,
    examples: str,
    *,
    whole: bool = False,
) -> ChineseParser:
    """A command with examples; `whole` looks at all funds of the county at once."""
    made = verb(kinds, name, None, told)
    made.epilog = examples
    county(made)
    if not whole:
        made.add_argument(
            "--fund", metavar="基金", default="", help="基金代号或全名；只有一个基金就不用写"
        )
    return made


def _entered(made: ChineseParser) -> None:
    made.add_argument("--by", metavar="姓名", default="", help="谁登记")
    made.add_argument("--on", metavar="日期", default="", help="登记的日子；不写就是今天")
