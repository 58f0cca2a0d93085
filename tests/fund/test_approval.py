"""Who enters does not approve, whichever of the two names the journal has of who entered."""

from pathlib import Path

import pytest

from aidkit.fund.entry import Batch
from aidkit.fund.ledger import journal
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.journal import Refused, post
from tests.fund.county import make_county
from tests.fund.vouchers import ENTERED, START, gift, payout

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
    post(county, [PAID], Batch("post", ENTERED, "李会计"))
    found = [(one.voucher_no, one.code) for one in audit(county).findings]
    assert found == [("2025-000002", "self_approved")]
