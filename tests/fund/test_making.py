"""Vouchers of every kind: zero within each fund, and the postings that the contract says."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.errors import InputError
from aidkit.fund.accounts import ASSETS
from aidkit.fund.entry import COST_OF, INCOME_OF, Entry, Goods, Posting
from aidkit.fund.making import goods as making_goods
from aidkit.fund.making import money as making_money
from aidkit.fund.making import moves as making_moves
from tests.fund.funds import LOVE, UNION

DAY = dt.date(2026, 9, 20)
FEN = st.integers(1, 10**13)
PURPOSES = st.sampled_from(["", *LOVE.purposes])
CHANNELS = st.sampled_from(sorted(LOVE.channels))

Make = Callable[[int, str, str], Entry]

MAKERS: dict[str, Make] = {
    **{
        kind: lambda fen, channel, purpose, kind=kind: making_money.income(  # type: ignore[misc]
            kind, LOVE, DAY, fen, channel=channel, purpose="" if kind == "interest" else purpose
        )
        for kind in INCOME_OF
    },
    **{
        kind: lambda fen, channel, purpose, kind=kind: making_money.cost(  # type: ignore[misc]
            kind, LOVE, DAY, fen, channel=channel, purpose=purpose
        )
        for kind in COST_OF
    },
    "payout": lambda fen, channel, purpose: making_money.payout(
        LOVE, DAY, fen, channel=channel, program="hardship", purpose=purpose
    ),
    "payout_returned": lambda fen, channel, purpose: making_money.payout_returned(
        LOVE, DAY, fen, channel=channel, program="hardship", purpose=purpose
    ),
    "gift_returned": lambda fen, channel, purpose: making_money.gift_returned(
        LOVE, DAY, fen, channel=channel, purpose=purpose, reason="退回"
    ),
    "goods_in": lambda fen, _, purpose: making_goods.goods_in(
        LOVE, DAY, [Goods("书", "本", 5000, fen=fen)], purpose=purpose
    ),
    "goods_out": lambda fen, _, purpose: making_goods.goods_out(
        LOVE, DAY, [Goods("书", "本", -5000, fen=fen)], program="books", purpose=purpose
    ),
    "goods_returned": lambda fen, _, purpose: making_goods.goods_returned(
        LOVE,
        DAY,
        [Goods("书", "本", -5000, fen=fen)],
        purpose=purpose,
        party="捐赠人",
        reason="退回",
    ),
    "goods_written_off": lambda fen, _, purpose: making_goods.goods_written_off(
        LOVE,
        DAY,
        [Goods("书", "本", -5000, fen=fen)],
        purpose=purpose,
        reason="霉变",
        consent_of="保管员",
    ),
    "transfer": lambda fen, channel, purpose: making_moves.transfer(
        LOVE,
        DAY,
        fen,
        source=channel,
        to_fund=UNION,
        target="bank",
        purpose=purpose,
        to_purpose="sick",
        reason="统筹",
        consent_of="捐赠人",
    ),
    "release": lambda fen, _, purpose: making_moves.release(
        LOVE, DAY, fen, purpose=purpose or "reading", reason="结束", consent_of="捐赠人"
    ),
    "move": lambda fen, channel, _: making_moves.move(
        LOVE, DAY, fen, source=channel, target="bank" if channel == "cash" else "cash"
    ),
}


def sums(entry: Entry, *by: str) -> Counter[tuple[str, ...]]:
    total: Counter[tuple[str, ...]] = Counter()
    for one in entry.postings:
        total[tuple(getattr(one, name) for name in by)] += one.fen
    return total


@pytest.mark.parametrize("kind", MAKERS)
@given(fen=FEN, channel=CHANNELS, purpose=PURPOSES)
def test_every_voucher_is_zero_within_each_fund(
    kind: str, fen: int, channel: str, purpose: str
) -> None:
    entry = MAKERS[kind](fen, channel, purpose)
    assert entry.kind == kind
    assert all(total == 0 for total in sums(entry, "fund").values())
    assert all(one.fen != 0 for one in entry.postings)
    assert not any(one.purpose for one in entry.postings if one.account in ASSETS)


@pytest.mark.parametrize("kind", ["payout", "goods_out", "goods_written_off", *COST_OF])
@given(fen=FEN, channel=CHANNELS, purpose=PURPOSES)
def test_what_is_spent_leaves_the_purpose_that_it_was_given_for(
    kind: str, fen: int, channel: str, purpose: str
) -> None:
    entry = MAKERS[kind](fen, channel, purpose)
    pools = {
        pool: -total
        for (account_of, pool), total in _pools(entry).items()
        if account_of == "pool" and total
    }
    assert pools == {purpose: -fen}
    expense = [
        one
        for one in entry.postings
        if one.account.endswith(("_expense", "bank_fee", "goods_loss"))
    ]
    assert [(one.fen, one.purpose) for one in expense] == [(fen, "")]


def _pools(entry: Entry) -> Counter[tuple[str, str]]:
    total: Counter[tuple[str, str]] = Counter()
    for one in entry.postings:
        total["asset" if one.account in ASSETS else "pool", one.purpose] += one.fen
    return total


@given(fen=FEN, channel=CHANNELS, purpose=PURPOSES)
def test_a_returned_payout_undoes_it(fen: int, channel: str, purpose: str) -> None:
    both = Counter(sums(MAKERS["payout"](fen, channel, purpose), "account", "purpose", "program"))
    both.update(
        sums(MAKERS["payout_returned"](fen, channel, purpose), "account", "purpose", "program")
    )
    assert not any(both.values())


@pytest.mark.parametrize("kind", MAKERS)
@given(fen=FEN, channel=CHANNELS, purpose=PURPOSES)
def test_a_correction_is_the_exact_opposite(
    kind: str, fen: int, channel: str, purpose: str
) -> None:
    entry = MAKERS[kind](fen, channel, purpose)
    back = making_moves.correction(entry, "2026-000001", DAY, "录错")
    assert [
        (-one.fen, one.account, one.purpose, one.program, one.fund) for one in back.postings
    ] == [(one.fen, one.account, one.purpose, one.program, one.fund) for one in entry.postings]
    assert [-one.thousandths for one in back.goods] == [one.thousandths for one in entry.goods]
    assert (back.kind, back.corrects, back.reason) == ("correction", "2026-000001", "录错")


def test_a_correction_does_not_bear_who_entered_and_approved_the_first() -> None:
    entry = making_money.payout(
        LOVE, DAY, 5, channel="bank", program="books", entered_by="甲", approved_by="乙"
    )
    back = making_moves.correction(entry, "2026-000001", DAY, "录错")
    assert (back.entered_by, back.approved_by) == ("", "")


def test_a_payout_spends_what_its_program_says_unless_told() -> None:
    def purposes(purpose: str | None) -> list[tuple[str, int]]:
        entry = making_money.payout(
            LOVE, DAY, 100, channel="bank", program="books", purpose=purpose
        )
        return [(one.purpose, one.fen) for one in entry.postings if one.account == "released"]

    assert purposes(None) == [("reading", 100), ("", -100)]
    assert purposes("boarders") == [("boarders", 100), ("", -100)]
    assert purposes("") == []


def test_goods_without_value_are_in_no_money_total() -> None:
    entry = making_goods.goods_in(LOVE, DAY, [Goods("书", "本", 5000)])
    assert entry.postings == () and entry.goods[0].fen is None
    mixed = making_goods.goods_in(
        LOVE, DAY, [Goods("书", "本", 5000), Goods("笔", "支", 1000, fen=300)]
    )
    assert mixed.postings[0] == Posting("love", "goods", 300)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: making_money.income("gift", LOVE, DAY, 0, channel="bank"), "不大于 0"),
        (lambda: making_money.income("gift", LOVE, DAY, -5, channel="bank"), "不大于 0"),
        (lambda: making_money.income("gift", LOVE, DAY, 5, channel="cheque"), "cheque"),
        (lambda: making_money.income("gift", LOVE, DAY, 5, channel="bank", purpose="x"), "x"),
        (
            lambda: making_money.income(
                "interest", LOVE, DAY, 5, channel="bank", purpose="reading"
            ),
            "利息",
        ),
        (lambda: making_money.payout(LOVE, DAY, 5, channel="bank", program="x"), "x"),
        (lambda: making_money.gift_returned(LOVE, DAY, 5, channel="bank"), "事由"),
        (lambda: making_moves.move(LOVE, DAY, 5, source="bank", target="bank"), "同一个"),
        (
            lambda: making_moves.release(LOVE, DAY, 5, purpose="", reason="r", consent_of="c"),
            "限定用途",
        ),
        (lambda: making_moves.release(LOVE, DAY, 5, purpose="reading", consent_of="c"), "事由"),
        (lambda: making_moves.release(LOVE, DAY, 5, purpose="reading", reason="r"), "同意人"),
        (
            lambda: making_moves.release(
                LOVE, DAY, 5, purpose="reading", to_purpose="reading", reason="r", consent_of="c"
            ),
            "同一个",
        ),
        (
            lambda: making_moves.transfer(
                LOVE, DAY, 5, source="bank", to_fund=LOVE, target="cash", reason="r"
            ),
            "同一个",
        ),
        (
            lambda: making_moves.transfer(
                LOVE, DAY, 5, source="bank", to_fund=UNION, target="bank",
                purpose="reading", reason="r",
            ),
            "同意人",
        ),
        (lambda: making_goods.goods_in(LOVE, DAY, [Goods("书", "本", -1)]), "数量"),
        (
            lambda: making_goods.goods_out(LOVE, DAY, [Goods("书", "本", 1)], program="books"),
            "数量",
        ),
        (lambda: making_goods.goods_in(LOVE, DAY, [Goods("书", "本", 1, fen=0)]), "折价"),
        (
            lambda: making_moves.correction(MAKERS["gift"](5, "bank", ""), "2026-000001", DAY, " "),
            "原因",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(make: Callable[[], Entry], told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make()
    assert refused.value.remedy


def test_a_correction_is_not_corrected() -> None:
    once = making_moves.correction(MAKERS["gift"](5, "bank", ""), "2026-000001", DAY, "录错")
    with pytest.raises(InputError, match="不能再更正"):
        making_moves.correction(once, "2026-000002", DAY, "又错")
