"""A list that is no longer what was decided or paid is not posted."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from aidkit.errors import UsageError
from aidkit.fund.period import Period
from aidkit.notices.drafting import payout_lines
from aidkit.notices.steps import draft, post
from aidkit.pipeline import notice_lists
from aidkit.pipeline.notice_lists import refuse_outdated
from aidkit.project import Project
from tests.fund.books import book_of
from tests.fund.vouchers import gift, payout
from tests.notices.sample_notices import DAYS, POSTED, SETTINGS, drafted

PAID = dt.date(2026, 3, 2)


def test_a_list_of_payouts_is_what_was_paid_when_it_is_posted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = [gift(PAID, 10**9), payout(PAID, 50000, party="试甲一", person_no="G1")]
    book = book_of(paid)
    fund = book.funds["love"]
    term = f"{PAID}..{PAID}"
    own = replace(drafted("payouts"), scope=fund.name, program="", term=term)
    lines = payout_lines(book, "love", Period(PAID, PAID), {})
    notice = draft(tmp_path, lines, own, on=POSTED, by="王老师")
    project = Project(tmp_path)

    monkeypatch.setattr(notice_lists, "read_book", lambda county: book)
    refuse_outdated(project, tmp_path, notice)
    more = book_of([*paid, payout(PAID, 30000, party="试乙二", person_no="G2")])
    monkeypatch.setattr(notice_lists, "read_book", lambda county: more)
    with pytest.raises(UsageError, match="起草时 1 人，现在 2 人"):
        refuse_outdated(project, tmp_path, notice)
    nothing = replace(book, funds={})
    monkeypatch.setattr(notice_lists, "read_book", lambda county: nothing)
    with pytest.raises(UsageError, match="现在 0 人"):
        refuse_outdated(project, tmp_path, notice)

    # What stands already is corrected by an objection, not by posting it again.
    standing = post(
        tmp_path, notice.number, on=POSTED, by="王", settings=SETTINGS, working_days=DAYS
    )
    refuse_outdated(project, tmp_path, replace(standing, counted_from=POSTED))
