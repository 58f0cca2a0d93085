"""What can be wrong with an entry: in words, with what to do about it."""

from dataclasses import dataclass
from typing import NamedTuple

import polars as pl


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


class Rule(NamedTuple):
    """Entries that break a rule.

    Attributes:
        code: Kind of fault.
        rows: Their `voucher_no`, and a column for every detail that the message tells.
    """

    code: str
    rows: pl.DataFrame


_CONSENT = "先取得捐赠人同意，登记“变更用途”或“解除限定”（--kind 变更用途、--kind 解除限定）"

_NO_NUMBERS = "请删去号码，只写姓名、单位和事由：账簿改不了，捐赠明细会照着印出来。"

KINDS: dict[str, tuple[str, str]] = {
    "unknown_kind": ("没有“{kind}”这种凭证。", "请用 aidkit fund post --help 列出的凭证种类。"),
    "unknown_fund": (
        "没有代号为“{fund}”的基金。",
        "本县的基金有：{known}。请核对代号，或先在 params/funds 建基金文件。",
    ),
    "other_fund": ("分录里有别的基金“{fund}”。", "只有“转到别的基金”才涉及两个基金。"),
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
        f"专款专用：请改用别的资金来源；或{_CONSENT}。",
    ),
    "cost_outside_purpose": (
        "“{purpose}”的钱不能付“{kind}”。",
        "专款专用：请用非限定的钱付；捐赠协议写明可以付的，在 params/funds/{file}.toml 的这个用途里"
        '写上 costs = ["{cost}"]。',
    ),
    "wrong_release": (
        "解除限定的 {released} 元与支出的 {spent} 元不相等。",
        "限定性资金支出多少，就解除多少。",
    ),
    "future_date": ("日期 {date} 晚于登记日 {entered_on}。", "请核对年份和月份。"),
    "before_opening": (
        "日期 {date} 早于基金账簿的第一天 {first}。",
        "请核对日期；以前的余额用“期初结转”登记在第一天。",
    ),
    "opening_elsewhere": (
        "期初结转的日期是 {date}，不是基金账簿的第一天 {first}。",
        "期初结转只记账簿第一天就有的钱，请写 {first}；以后收到的钱按收入登记。",
    ),
    "opened_twice": (
        "期初结转“{account}”里“{purpose}”的钱，凭证 {earlier} 已经记过。",
        "同一个账户、同一个用途只结转一次；原来记错的，先更正凭证 {earlier}。"
        "其中有一部分要写明是谁捐的，这一部分写上对方，单独记一张。",
    ),
    "no_reason": ("没有写原因。", "请写明原因（--reason，登记表里是“事由”一栏）。"),
    "no_consent": (
        "没有写明谁同意。",
        "请写明同意改变用途或解除限定的捐赠人（--consent-of，登记表里是“同意人”一栏）。",
    ),
    "no_witness": (
        "没有写证明人。",
        "物品损坏、变质、丢失，要有一位在场清点的人证明（--consent-of，登记表里是“证明人”一栏），"
        "不能是登记的人，也不能是批准人。",
    ),
    "same_witness": (
        "证明人“{consent_of}”就是登记的人或批准人。",
        "请写另一位在场清点的人：登记、证明、批准是三个人。",
    ),
    "no_approver": (
        "没有写批准人。",
        "发放、费用（100 元以内的银行手续费除外）、退还捐款和实物、实物报损、转到别的基金、"
        "改变用途、提取现金，"
        "对它们的更正，以及冲减钱物的更正（如冲回一笔收入），都要有批准人"
        "（--approved-by，登记表里是“审批人”一栏），批准人不能是登记的人。",
    ),
    "self_approved": ("批准人和登记的人都是“{approved_by}”。", "请由另一个人批准。"),
    "fee_in_cash": (
        "银行手续费写成了用现金付。",
        "手续费由银行或支付平台从账户里扣；用现金付的费用请登记为“管理费用”，并有批准人。",
    ),
    "id_number_typed": ("“{column}”里有身份证号。", _NO_NUMBERS),
    "card_typed": ("“{column}”里有银行卡号。", _NO_NUMBERS),
    "mobile_typed": ("“{column}”里有手机号。", _NO_NUMBERS),
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
    "not_opposite": (
        "与要更正的凭证“{corrects}”不是正好相反：金额、对方或项目不一样。",
        "请整张冲回，再登记正确的。",
    ),
    "corrects_later": ("日期早于要更正的凭证“{corrects}”。", "请用发现错误的日期。"),
    "account_overdrawn": (
        "{fund}的“{account}”到 {date} 会少 {missing} 元。",
        "请核对账户、金额和日期；收入漏登的先补登，"
        "钱在别的账户的先登记“账户调拨”（--kind 账户调拨）。",
    ),
    "pool_overdrawn": (
        "{fund}的“{purpose}”{held_in}到 {date} 会少 {missing} 元。",
        f"请核对金额和日期，补上漏登的收入；要用限定了别的用途的钱，{_CONSENT}。",
    ),
    "goods_overdrawn": (
        "{fund}库存的{valued}“{item}”到 {date} 会少 {missing} {unit}。",
        "请核对品名、规格、单位和数量；漏登的先补登收到的物品。"
        "收到时有估价的，发出时也要写折价金额；收到时没有估价的，发出时也空着。",
    ),
    "value_overdrawn": (
        "{fund}的“{item}”到 {date} 发出的价值比收到的多 {missing} 元。",
        "请核对折价金额：发出时按收到时的价值写，收到时没有估价的空着。",
    ),
    "goods_mispriced": (
        "{fund}发出“{item}” {count} {unit}，价值写了 {fen} 元；"
        "按收到时的价值应是 {least} 元到 {most} 元。",
        "请核对数量和折价金额：发出时按收到时每{unit}的价值写。",
    ),
    "value_left": (
        "{fund}的“{item}”到 {date} 全部发完了，账上还留着 {missing} 元的价值。",
        "请补填发出时的折价金额；分几次发的，最后一次写余下的价值。",
    ),
    "payout_overreturned": (
        "{fund}的“{program}”从“{party}”退回的，到 {date} 比发放的多 {missing} 元。",
        "请核对收款人、项目、资金来源和金额，要与发放时一样；发放漏登的先补登。"
        "要更正已经退回的发放，先更正那张“发放退回”。"
        "账簿开始以前发放的，退回的钱登记为“学校拨入”，备注写明。",
    ),
    "gift_overreturned": (
        "{fund}退还“{party}”的“{purpose}”捐款，到 {date} 比收到的多 {missing} 元。",
        "请核对捐赠人、用途和金额，要与捐款时一样；已经变更用途的，先变更回来。"
        "账簿开始以前的捐款，期初结转要写明是谁捐的（--party，登记表里是“对方单位或个人”一栏）。",
    ),
    "goods_overreturned": (
        "{fund}退还“{party}”的{valued}“{item}”，到 {date} 比收到的多 {missing} {unit}。",
        "请核对捐赠人、品名、规格、单位和数量，要与接收时一样；"
        "收到时有估价的，退还时也要写折价金额，收到时没有估价的也空着。"
        "要更正已经退还的那一次接收，先更正那张“退还实物”。",
    ),
    "goods_value_overreturned": (
        "{fund}退还“{party}”的“{item}”，到 {date} 价值比收到的多 {missing} 元。",
        "请核对折价金额：退还时按接收时的价值写。",
    ),
    "goods_pool_overreturned": (
        "{fund}退还“{party}”的“{purpose}”物品，到 {date} 价值比收到的多 {missing} 元。",
        "请核对捐赠人、用途和折价金额，要与接收时一样。",
    ),
}
"""Code to message and remedy."""


def fault(index: int, code: str, **details: str) -> Fault:
    """One fault in words."""
    message, remedy = KINDS[code]
    return Fault(index, code, message.format(**details), remedy.format(**details))
