"""Who enters does not approve, whichever of the two names the journal has of who entered."""

import dataclasses
from pathlib import Path

import pytest

from aidkit.fund.entry import Batch, Entry, Goods
from aidkit.fund.ledger import journal
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.checks import faults
from aidkit.fund.ledger.journal import Refused, post
from tests.fund.books import book_of
from tests.fund.county import make_county
from tests.fund.funds import ENTERED, START
from tests.fund.moves import move
from tests.fund.vouchers import correction, cost, gift, goods_in, payout

GIVEN = gift(START, 1000)
PAID = payout(START, 5, approved_by="王主任", entered_by="李会计")


def test_whoever_posts_a_batch_approves_nothing_of_it(tmp_path: Path) -> None:
    """Also where the rows of a register name another person as who wrote them."""
    county = make_county(tmp_path)
    with pytest.raises(Refused, match="批准人和登记的人都是“王主任”") as refused:
        post(county, [GIVEN, PAID], Batch("post", ENTERED, "王 主任"))
    assert [(one.index, one.code) for one in refused.value.faults] == [(1, "self_approved")]
    post(county, [GIVEN, PAID], Batch("post", ENTERED, "李会计"))
    assert audit(county).findings == ()


def test_an_audit_knows_who_posted_each_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = make_county(tmp_path)
    monkeypatch.setattr(journal, "check", lambda *_: [])
    post(county, [GIVEN], Batch("post", ENTERED, "王主任"))
    post(county, [PAID], Batch("post", ENTERED, "王主任"))
    another = dataclasses.replace(PAID, party="另一名学生")
    post(county, [another], Batch("post", ENTERED, "李会计"))
    found = [(one.voucher_no, one.code) for one in audit(county).findings]
    assert found == [("2025-000002", "self_approved")]


def codes(entry: Entry, before: list[Entry]) -> list[str]:
    return [one.code for one in faults(book_of(before), [entry], ENTERED, "李会计")]


RICH = [gift(START, 90_000), gift(START, 500, channel="cash")]
BOOKS_GIVEN = goods_in(START, Goods("旧书", "本", 5000))


def test_a_fee_needs_no_approver_up_to_a_hundred_yuan() -> None:
    assert codes(cost("bank_fee", START, 100_00, approved_by=""), RICH) == []
    assert codes(cost("bank_fee", START, 100_01, approved_by=""), RICH) == ["no_approver"]
    assert codes(cost("bank_fee", START, 100_01), RICH) == []
    assert codes(cost("bank_fee", START, 5, channel="cash"), RICH) == ["fee_in_cash"]


def test_one_alone_pays_cash_in_but_takes_none_out() -> None:
    assert codes(move(START, 500, "cash", "bank", approved_by=""), RICH) == []
    assert codes(move(START, 500, "bank", "cash", approved_by=""), RICH) == ["no_approver"]


def test_no_correction_takes_money_or_goods_away_on_one_s_own() -> None:
    """Else a gift in cash could be taken out of the box as a gift that never was."""
    before = [*RICH, BOOKS_GIVEN, payout(START, 5), cost("bank_fee", START, 7)]
    for number, needs in enumerate([True, True, True, True, False], 1):
        wrong = correction(START, f"2025-{number:06d}", before[number - 1], approved_by="")
        assert codes(wrong, before) == (["no_approver"] if needs else [])


def test_an_audit_finds_a_correction_that_nobody_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = make_county(tmp_path)
    monkeypatch.setattr(journal, "check", lambda *_: [])
    wrong = correction(START, "2025-000001", GIVEN, approved_by="")
    post(county, [GIVEN, wrong], Batch("post", ENTERED, "李会计"))
    found = [(one.voucher_no, one.code) for one in audit(county).findings]
    assert found == [("2025-000002", "no_approver")]


@pytest.mark.parametrize("written", ["李 Ann", "李\u200bＡＮＮ", "\ufeff李aNN\u2060"])
def test_one_person_written_otherwise_is_the_same(written: str) -> None:
    paid = payout(START, 5, approved_by=written, entered_by="李Ann")
    assert codes(paid, RICH) == ["self_approved"]
    assert codes(payout(START, 5, approved_by="\u200b\ufeff"), RICH) == ["no_approver"]
