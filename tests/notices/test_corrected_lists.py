"""Lists that an objection corrects: who is gone, who is new, and how long that stands."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from aidkit.errors import UsageError
from aidkit.notices.listing import Line
from aidkit.notices.notice import Notice
from aidkit.notices.on_site import notices_on_site
from aidkit.notices.register import list_of, read_notices
from aidkit.notices.steps import close, post
from aidkit.notices.wording import change_words
from tests.notices.sample_notices import (
    DAYS,
    END,
    LINES,
    NAMES,
    PARAMS,
    POSTED,
    SETTINGS,
    answer_here,
    built,
    object_here,
    posted_in,
)

AFTER = END + dt.timedelta(1)


def test_an_objection_that_is_right_corrects_the_list(tmp_path: Path) -> None:
    before = posted_in(tmp_path)
    day = dt.date(2026, 10, 9)
    object_here(tmp_path, before.number, says="二号已转走", on=day, about=2)
    kept = [line for line in LINES if line.number != 2]

    after = answer_here(
        tmp_path, before.number, 1, outcome="upheld", reply="已转出", on=day, corrected=kept
    )

    assert [line.number for line in list_of(tmp_path, after)] == [1, 3]
    assert after.first_digest == before.draft.digest != after.draft.digest
    assert (after.draft.persons, after.end) == (2, END)
    assert after.objections[0].taken_off == (2,)


def test_whoever_is_new_on_the_list_stands_on_it_for_a_whole_period(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    day = dt.date(2026, 10, 12)
    object_here(tmp_path, number, says="漏了一人", on=day)
    more = [*LINES, Line(4, "试丁四", "青山县试验小学", "三年级", "1班", "寄宿生生活补助")]

    after = answer_here(tmp_path, number, 1, outcome="upheld", reply="补上", on=day, corrected=more)

    assert after.end == dt.date(2026, 10, 19)
    assert after.objections[0].added == 1


def test_names_that_come_back_for_somebody_new_are_taken_down_again(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    object_here(tmp_path, number, says="漏了一人", on=END)
    assert built(tmp_path, AFTER) == [number]
    more = [*LINES, Line(4, "试丁四", "青山县试验小学", "三年级")]
    after = answer_here(
        tmp_path, number, 1, outcome="upheld", reply="补上", on=AFTER, corrected=more
    )
    assert (after.state(AFTER), after.site_down_on) == ("site", None)
    assert built(tmp_path, AFTER) == []
    assert built(tmp_path, after.end) == []
    assert built(tmp_path, after.end + dt.timedelta(1)) == [number]


def test_a_list_is_not_corrected_for_an_objection_that_is_wrong(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    object_here(tmp_path, number, says="不对", on=POSTED)
    with pytest.raises(UsageError, match="名单不能改"):
        answer_here(
            tmp_path, number, 1, outcome="rejected", reply="无误", on=POSTED, corrected=LINES[:1]
        )


def corrected_in(county: Path, lines: list[Line], on: dt.date = END) -> Notice:
    """A posted notice whose list an objection has corrected."""
    number = posted_in(county).number
    object_here(county, number, says="名单有误", on=on)
    return answer_here(county, number, 1, outcome="upheld", reply="已改", on=on, corrected=lines)


def test_a_new_person_stands_on_the_site_for_a_whole_period_from_the_build_on(
    tmp_path: Path,
) -> None:
    new = Line(4, "试丁四", "青山县试验小学", "三年级")
    number = corrected_in(tmp_path, [*LINES, new]).number
    late = dt.date(2026, 10, 16)
    built(tmp_path, late)
    notice = read_notices(tmp_path)[number]
    assert (notice.end, notice.counted_from) == (dt.date(2026, 10, 23), late)
    assert notice.site_up_on == POSTED


def test_a_corrected_list_that_never_was_on_the_site_is_not_closed(tmp_path: Path) -> None:
    new = Line(4, "试丁四", "青山县试验小学", "三年级")
    notice = corrected_in(tmp_path, [*LINES, new])
    after = notice.end + dt.timedelta(1)
    with pytest.raises(UsageError, match="更正后的名单从来没有上过网站"):
        close(tmp_path, notice.number, on=after, by="李主任")

    # The old list was on the site: it is taken down, and that is entered.
    assert built(tmp_path, after) == [notice.number]
    again = post(tmp_path, notice.number, on=after, by="王", settings=SETTINGS, working_days=DAYS)
    built(tmp_path, after)
    (shown,) = notices_on_site(PARAMS, tmp_path, after)
    assert "试丁四" in shown.names
    closed = close(tmp_path, notice.number, on=again.end + dt.timedelta(1), by="李主任")
    assert closed.first_digest == closed.draft.digest


def test_a_new_person_with_the_name_of_another_is_new(tmp_path: Path) -> None:
    twin = Line(4, NAMES[0], "青山县另一小学", "一年级")
    notice = corrected_in(tmp_path, [*LINES, twin])
    assert (notice.objections[0].added, notice.corrected) == (1, True)
    assert notice.end > END


def test_another_school_or_amount_is_a_correction_and_stands_anew(tmp_path: Path) -> None:
    moved = replace(LINES[1], school="青山县另一小学")
    notice = corrected_in(tmp_path, [LINES[0], moved, LINES[2]])
    one = notice.objections[0]
    assert (one.taken_off, one.added, one.changed) == ((), 0, 1)
    assert notice.corrected
    assert change_words(one) == "更正学校、年级或金额 1 人"
    assert notice.end > END


def test_another_name_under_a_number_is_another_person(tmp_path: Path) -> None:
    notice = corrected_in(tmp_path, [LINES[0], replace(LINES[1], name="试戊五"), LINES[2]])
    one = notice.objections[0]
    assert (one.taken_off, one.added, one.changed) == ((2,), 1, 0)


def test_whoever_stays_keeps_the_number(tmp_path: Path) -> None:
    closed_up = [replace(LINES[1], number=1), replace(LINES[2], number=2)]
    with pytest.raises(UsageError, match="编号 1 的人，原来的编号是 2"):
        corrected_in(tmp_path, closed_up)
