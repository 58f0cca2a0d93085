"""What can be wrong with an entry: in words, with what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one entry.

    Attributes:
        index: Place of the entry among those to be posted, from 0.
        code: Kind of fault, stable.
        message: What is wrong, Chinese.
        remedy: What to do, Chinese.
    """

    index: int
    code: str
    message: str
    remedy: str


_OTHER_MONEY = (
    "请核对金额和日期，补上漏登的收入；要用限定了别的用途的钱，先取得捐赠人同意，"
    "登记改变用途（redesignate）、解除限定（release）或基金之间划转（transfer）。"
)

KINDS: dict[str, tuple[str, str]] = {
    "unknown_kind": ("没有“{kind}”这种凭证。", "请用帮助里列出的种类。"),
    "unknown_fund": ("没有代号为“{fund}”的基金。", "请核对代号，或先在 params/funds 建基金文件。"),
    "other_fund": ("分录里有别的基金“{fund}”。", "只有基金之间划转（transfer）才涉及两个基金。"),
    "wrong_account": (
        "“{kind}”凭证不能这样记“{account}”（{fen} 元）。",
        "请核对凭证种类和金额的正负；退款、更正有各自的凭证种类。",
    ),
    "unbalanced": ("借贷不相等，相差 {difference} 元。", "请改成借方合计等于贷方合计。"),
    "zero": ("有一笔分录是 0 元。", "请填金额，或去掉这一笔。"),
    "empty": ("既没有钱，也没有物品。", "请填金额或物品。"),
    "unknown_purpose": (
        "基金“{fund}”没有“{purpose}”这个用途。",
        "请核对用途，或在基金文件里补上。",
    ),
    "misplaced_purpose": ("“{account}”不分用途，却写了“{purpose}”。", "请去掉用途。"),
    "unknown_program": (
        "基金“{fund}”没有“{program}”这个项目。",
        "请核对项目，或在基金文件里补上。",
    ),
    "outside_purpose": (
        "“{purpose}”的钱不能用于“{program}”。",
        "专款专用：请改用别的资金来源；或取得捐赠人同意，先登记改变用途（redesignate）"
        "或解除限定（release）。",
    ),
    "wrong_release": (
        "解除限定的 {released} 元与支出的 {spent} 元不相等。",
        "限定性资金支出多少，就解除多少。",
    ),
    "future_date": ("日期 {date} 晚于登记日 {latest}。", "请核对年份和月份。"),
    "before_opening": (
        "日期 {date} 早于基金账簿的第一天 {first}。",
        "请核对日期；以前的余额用期初余额（opening）登记。",
    ),
    "no_reason": ("没有写原因。", "请写明原因。"),
    "no_consent": ("没有写明谁同意。", "请写明同意改变用途或解除限定的捐赠人。"),
    "no_approver": ("没有写批准人。", "发放（钱、物）要有批准人，批准人不能是登记的人。"),
    "self_approved": ("批准人和登记的人都是“{name}”。", "请由另一个人批准。"),
    "wrong_goods": ("物品“{item}”{why}。", "请核对物品的名称、数量和价值。"),
    "mixed_goods": ("一张凭证里又有钱又有物品。", "请分成两张：一张记钱，一张记物品。"),
    "goods_value": (
        "物品价值合计 {goods} 元，分录记了 {posted} 元。",
        "请让两边相等；没有估价的物品不记金额。",
    ),
    "corrects_nothing": ("要更正的凭证“{corrects}”不存在。", "请核对凭证号。"),
    "corrected_twice": ("凭证“{corrects}”已经更正过。", "请直接登记正确的凭证。"),
    "corrects_correction": (
        "凭证“{corrects}”本身是更正，不能再更正。",
        "请重新登记原来的那一张。",
    ),
    "not_opposite": ("与要更正的凭证“{corrects}”不是金额正好相反。", "请整张冲回，再登记正确的。"),
    "corrects_later": ("日期早于要更正的凭证“{corrects}”。", "请用发现错误的日期。"),
    "account_overdrawn": ("{fund}的“{account}”到 {date} 会少 {missing} 元。", "请核对账户、金额"
        "和日期；收入漏登的先补登，钱在别的账户的先登记转存（move）。"),
    "pool_overdrawn": ("{fund}的{purpose}{held_in}到 {date} 会少 {missing} 元。", _OTHER_MONEY),
    "goods_overdrawn": (
        "{fund}库存的“{item}”到 {date} 会少 {missing} {unit}。",
        "请核对品名、规格、单位和数量；漏登的先补登收到的物品。",
    ),
}  # fmt: skip
"""Code to message and remedy."""


def fault(index: int, code: str, **details: str) -> Fault:
    """One fault in words."""
    message, remedy = KINDS[code]
    return Fault(index, code, message.format(**details), remedy.format(**details))
