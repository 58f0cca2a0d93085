"""Complaints are entered and answered beside notices, and freeze nothing."""

import datetime as dt
from pathlib import Path

import pytest

from aidkit.errors import UsageError
from aidkit.notices.complaints import complain, read_complaints, reply_to
from aidkit.notices.objections import object_to
from aidkit.notices.steps import close
from tests.notices.sample_notices import DAYS, END, SETTINGS, posted_in

DAY = dt.date(2026, 10, 9)


def test_a_complaint_is_entered_and_answered_once(tmp_path: Path) -> None:
    posted_in(tmp_path)
    first = complain(tmp_path, says="没有张贴", on=DAY, by="王老师", notice="2026-001")
    second = complain(tmp_path, says="电话打不通", on=DAY, by="王老师", who="家长")
    assert (first.number, second.number) == (1, 2)

    answered = reply_to(tmp_path, 1, reply="已补贴", on=DAY, by="李主任")

    assert answered.answered_on == DAY
    assert read_complaints(tmp_path)[2].answered_on is None
    with pytest.raises(UsageError, match="待答复的：2"):
        reply_to(tmp_path, 1, reply="又答", on=DAY, by="李主任")
    with pytest.raises(UsageError, match="早于"):
        reply_to(tmp_path, 2, reply="已修", on=DAY - dt.timedelta(1), by="李主任")


def test_a_complaint_is_about_a_notice_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有公示 2026-009"):
        complain(tmp_path, says="没有张贴", on=DAY, by="王老师", notice="2026-009")
    assert read_complaints(tmp_path) == {}


def test_a_number_of_a_person_is_not_entered_for_good(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    says = "99010120150308123X 不住校"
    with pytest.raises(UsageError, match="一长串数字"):
        complain(tmp_path, says=says, on=DAY, by="王老师")
    with pytest.raises(UsageError, match="一长串数字"):
        object_to(
            *(tmp_path, number),
            says=says,
            on=DAY,
            by="王",
            settings=SETTINGS,
            working_days=DAYS,
        )
    assert read_complaints(tmp_path) == {}


def test_a_complaint_freezes_no_notice(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    complain(tmp_path, says="程序不对", on=DAY, by="王老师", notice=number)
    after = END + dt.timedelta(1)
    assert close(tmp_path, number, on=after, by="李主任").closed_on == after
