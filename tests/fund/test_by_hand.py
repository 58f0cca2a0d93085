"""One voucher as it is typed: what is missing, idle or absurd is named by its option."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.errors import InputError, UsageError
from aidkit.fund.entry import APPROVED, COST_OF, GOODS_LEAVE, KINDS, RETURNED, Entry
from aidkit.fund.ledger.checks import faults
from aidkit.fund.making.by_hand import entry_by_hand
from aidkit.fund.making.made_of import asset
from aidkit.fund.making.typed import day_of, thousandths_of
from tests.fund.books import book_of
from tests.fund.funds import ENTERED, LOVE, START
from tests.fund.vouchers import gift, payout

BOOK = book_of([gift(START, 1_000_00, party="甲"), payout(START, 100_00), gift(START, 5)])
MONEY = "fund=love date=2026-03-10 amount=5 "
GOODS = "fund=love date=2026-03-10 item=书 unit=本 quantity=2.5 "
REASON = "reason=因 consent_of=甲 "

TYPED = {
    "期初结转": MONEY + "channel=现金",
    "捐赠收入": MONEY + "channel=银行转账 party=甲 donor_class=单位 consent=实名 purpose=图书角",
    "接收实物": GOODS + "amount=7",
    "政府补助": MONEY + "channel=bank",
    "学校拨入": MONEY + "channel=bank",
    "利息收入": MONEY + "channel=bank",
    "资助发放": MONEY + "channel=bank program=临时困难补助 persons=3 party=某校",
    "发放退回": MONEY + "channel=bank program=临时困难补助",
    "发放实物": GOODS + "program=图书角建设",
    "退还实物": GOODS + "amount=7 party=甲 " + REASON,
    "实物报损": GOODS + "amount=7 purpose=图书角 " + REASON,
    "管理费用": MONEY + "channel=bank",
    "募捐成本": MONEY + "channel=bank",
    "银行手续费": MONEY + "channel=bank",
    "退还捐款": MONEY + "channel=bank party=甲 " + REASON,
    "账户调拨": MONEY + "channel=现金 to_channel=bank",
    "转到别的基金": MONEY + "channel=bank to_fund=union to_channel=bank " + REASON,
    "解除限定": MONEY + "purpose=寄宿生补助 " + REASON,
    "变更用途": MONEY + "purpose=寄宿生补助 to_purpose=图书角 " + REASON,
    "更正": "corrects=2025-000001 reason=录错",
}
"""A voucher of every kind."""


def made(kind: str, words: str = "") -> Entry:
    """The voucher of a kind, with other words; a word without `=` takes that one away."""
    said = {"kind": kind} | dict(word.split("=") for word in TYPED[kind].split())
    for word in words.split():
        name, sign, value = word.partition("=")
        if sign:
            said[name] = value
        else:
            del said[name]
    return entry_by_hand(BOOK, said)


def test_every_kind_is_typed_in_chinese() -> None:
    assert {made(kind).kind for kind in TYPED} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("捐赠收入", "date", "缺少 --date"),
        ("捐赠收入", "amount", "缺少 --amount"),
        ("捐赠收入", "channel", "缺少 --channel"),
        ("账户调拨", "to_channel", "缺少 --to-channel"),
        ("资助发放", "program", "缺少 --program"),
        ("变更用途", "to_purpose", "缺少 --to-purpose"),
        ("转到别的基金", "to_fund", "缺少 --to-fund"),
        ("接收实物", "quantity", "缺少 --quantity"),
        ("解除限定", "to_purpose=图书角", "“解除限定”用不着 --to-purpose"),
        ("解除限定", "channel=bank", "“解除限定”用不着 --channel"),
        ("捐赠收入", "program=临时困难补助", "“捐赠收入”用不着 --program"),
        ("捐赠收入", "item=书", "“捐赠收入”用不着 --item"),
        ("更正", "amount=3", "“更正”用不着 --amount"),
        ("捐赠收入", "corrects=2025-000001", "“捐赠收入”用不着 --corrects"),
        ("捐赠收入", "channel=支票", "现金、银行转账、手机支付"),
        ("捐赠收入", "fund=别的", "love（示例县教育爱心基金）、union（示例县教育工会互助金）"),
        ("资助发放", "persons=99999999", "人数"),
        ("捐赠收入", "date=20260310", "不是日期"),
    ],
)
def test_what_is_missing_or_idle_is_named(kind: str, words: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        made(kind, words)
    assert told in refused.value.message + refused.value.remedy


@pytest.mark.parametrize(
    "text", ["20260301", "2026-W10-7", "2026-060", "2026.3.1", "2026-02-30", ""]
)
def test_a_day_is_typed_in_one_way(text: str) -> None:
    with pytest.raises(UsageError, match="不是日期"):
        day_of(text, "--date")


@given(st.dates())
def test_a_day_may_lack_its_zeros(day: object) -> None:
    year, month, date = str(day).split("-")
    assert str(day_of(f"{year}-{month}-{date}", "--date")) == str(day)
    assert str(day_of(f"{year}-{int(month)}-{int(date)}", "--date")) == str(day)


@given(st.integers(1, 10**12 - 1))
def test_a_quantity_is_read_to_the_thousandth(thousandths: int) -> None:
    assert thousandths_of(f"{thousandths // 1000}.{thousandths % 1000:03d}") == thousandths


@pytest.mark.parametrize(
    "text", ["0", "-1", "0.0005", "1e30", "1e999999999", "nan", "inf", "两本", "", "9999999999"]
)
def test_a_quantity_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="不能用"):
        thousandths_of(text)


def test_a_missing_channel_is_no_fault_of_the_fund_file() -> None:
    with pytest.raises(InputError) as missing:
        asset(LOVE, "")
    assert "没有写钱怎样收付" in missing.value.message
    assert "现金、银行转账、手机支付" in missing.value.remedy
    with pytest.raises(InputError, match="没有写明“支票”的钱") as unknown:
        asset(LOVE, "支票")
    assert "channels" in unknown.value.where


def test_a_correction_has_an_approver_of_its_own() -> None:
    """Who approved a payout did not approve that it is taken back."""
    words = "corrects=2025-000002 reason=录错 entered_by=李会计"
    alone = made("更正", words)
    assert alone.approved_by == ""
    assert [one.code for one in faults(BOOK, [alone], ENTERED)] == ["no_approver"]
    assert faults(BOOK, [made("更正", f"{words} approved_by=王主任")], ENTERED) == []


@pytest.mark.parametrize("kind", TYPED)
def test_whoever_enters_does_not_approve(kind: str) -> None:
    """Not in the voucher and not in its batch; what pays out must be approved."""
    rich = [
        gift(START, 10**6, purpose=p, channel=c) for p in ("", "boarders") for c in ("bank", "cash")
    ]
    book = book_of([*rich, *[payout(START, 5_00, party="")] * 2, gift(START, 10**6, party="甲")])
    entry = dataclasses.replace(made(kind), entered_by="李会计")
    if kind in {"更正", "期初结转", "发放实物", "退还实物", "实物报损"}:
        return
    bare = {one.code for one in faults(book, [entry], ENTERED)}
    assert bare == ({"no_approver"} if entry.kind in APPROVED else set())
    for who, posted_by in (("李会计", "王会计"), ("王 会计", "王会计")):
        own = dataclasses.replace(entry, approved_by=who)
        assert [one.code for one in faults(book, [own], ENTERED, posted_by)] == ["self_approved"]
    assert faults(book, [dataclasses.replace(entry, approved_by="主任")], ENTERED, "王会计") == []


def test_what_must_be_approved() -> None:
    """All that leaves the fund or changes what it may be spent on; a bank takes its fees itself."""
    outgoing = {"payout", "transfer", "release", "redesignate", *RETURNED, *GOODS_LEAVE}
    assert set(APPROVED) == outgoing | (set(COST_OF) - {"bank_fee"})
