"""The life of a notice: drafted, posted, objected to, frozen, corrected, closed, taken down."""

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from aidkit.errors import InputError, UsageError
from aidkit.intake.files import inputs_of
from aidkit.notices.on_site import notices_on_site
from aidkit.notices.register import list_of, read_notices, register_of
from aidkit.notices.steps import close, draft, post
from aidkit.working_days import read_working_days
from tests.ground.test_working_days import OTHERS_OF_2027
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
    draft_in,
    drafted,
    object_here,
    posted_in,
)

AFTER = END + dt.timedelta(1)


def test_it_stands_for_its_working_days_and_is_gone_the_day_after(tmp_path: Path) -> None:
    notice = posted_in(tmp_path)

    assert notice.number == "2026-001"
    assert notice.end == END
    states = [notice.state(day) for day in (POSTED - dt.timedelta(1), POSTED, END, AFTER)]
    assert states == ["waiting", "site", "site", "ended"]


def test_the_list_is_proved_by_its_digest(tmp_path: Path) -> None:
    notice = posted_in(tmp_path)
    assert [line.name for line in list_of(tmp_path, notice)] == list(NAMES)

    (path,) = (tmp_path / "notices" / "lists").iterdir()
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    with pytest.raises(InputError, match="被改过"):
        list_of(tmp_path, notice)


def test_lists_are_no_workbooks_of_the_county(tmp_path: Path) -> None:
    posted_in(tmp_path)
    (tmp_path / "学校名单.csv").write_text("学校标识码\n", encoding="utf-8")
    assert [one.path.name for one in inputs_of(tmp_path)] == ["学校名单.csv"]


def test_the_register_names_nobody_of_the_list(tmp_path: Path) -> None:
    posted_in(tmp_path)
    text = register_of(tmp_path).read_text(encoding="utf-8")
    assert not [name for name in NAMES if name in text]


def test_a_draft_is_drawn_up_again_a_posted_notice_is_not(tmp_path: Path) -> None:
    first = draft_in(tmp_path)
    again = draft(tmp_path, LINES[:2], drafted(), on=POSTED, by="王老师", instead_of=first.number)
    assert (again.number, again.draft.persons) == (first.number, 2)
    assert draft_in(tmp_path).number == "2026-002"

    post_it = partial(post, on=POSTED, by="王老师", settings=SETTINGS, working_days=DAYS)
    post_it(tmp_path, "2026-001")
    with pytest.raises(UsageError, match="已经张贴"):
        draft(tmp_path, LINES, drafted(), on=POSTED, by="王", instead_of="2026-001")
    with pytest.raises(UsageError, match="已于"):
        post_it(tmp_path, "2026-001")
    with pytest.raises(UsageError, match="没有公示 2026-009"):
        post_it(tmp_path, "2026-009")


def test_a_draft_without_persons_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有人"):
        draft(tmp_path, (), drafted(), on=POSTED, by="王老师")
    assert read_notices(tmp_path) == {}


def test_a_longer_period_may_be_chosen_a_shorter_one_not(tmp_path: Path) -> None:
    longer = END + dt.timedelta(4)
    assert posted_in(tmp_path, until=longer).end == longer
    with pytest.raises(UsageError, match="最早到 2026-10-12"):
        posted_in(tmp_path, until=END - dt.timedelta(1))


def test_while_an_objection_is_open_nothing_is_closed(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    notice = object_here(tmp_path, number, says="二号不住校", on=dt.date(2026, 9, 30), about=2)

    (one,) = notice.open_objections
    # Three working days from 09-30: 10-08, 10-09, 10-10 (worked for the holiday).
    assert one.due == dt.date(2026, 10, 10)
    with pytest.raises(UsageError, match="名单冻结"):
        close(tmp_path, number, on=AFTER, by="李主任")

    answered = answer_here(
        tmp_path, number, 1, outcome="rejected", reply="核对住宿登记，属实住校", on=AFTER
    )
    assert not answered.open_objections
    assert answered.draft.digest == notice.draft.digest
    assert close(tmp_path, number, on=AFTER, by="李主任").state(AFTER) == "closed"


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (lambda c, n: close(c, n, on=END, by="李"), "不能提前结束"),
        (lambda c, n: object_here(c, n, says="?", on=POSTED, about=9), "没有编号 9"),
        (lambda c, n: object_here(c, n, says="?", on=dt.date(2026, 9, 1)), "早于"),
        (
            lambda c, n: answer_here(c, n, 1, outcome="rejected", reply="无", on=POSTED),
            "没有待答复的第 1 条",
        ),
    ],
)
def test_steps_out_of_turn_are_refused(tmp_path: Path, step: object, says: str) -> None:
    number = posted_in(tmp_path).number
    with pytest.raises(UsageError, match=says):
        step(tmp_path, number)  # type: ignore[operator]


def test_after_closing_there_are_no_objections(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    closed = close(tmp_path, number, on=AFTER, by="李主任", board_down=AFTER)
    assert closed.board_down_on == AFTER
    with pytest.raises(UsageError, match="投诉"):
        object_here(tmp_path, number, says="晚了", on=AFTER)


def test_taking_down_is_entered_once(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    assert built(tmp_path, END) == []
    assert built(tmp_path, AFTER) == [number]
    assert built(tmp_path, AFTER + dt.timedelta(1)) == []
    assert read_notices(tmp_path)[number].site_down_on == AFTER


def test_what_came_onto_the_site_late_stands_there_as_long(tmp_path: Path) -> None:
    number = draft_in(tmp_path).number
    post(tmp_path, number, on=POSTED, by="王", settings=SETTINGS, working_days=DAYS)
    late = dt.date(2026, 10, 9)
    assert read_notices(tmp_path)[number].end == END
    built(tmp_path, late)
    notice = read_notices(tmp_path)[number]
    assert (notice.site_up_on, notice.end) == (late, dt.date(2026, 10, 15))
    built(tmp_path, late + dt.timedelta(3))
    assert read_notices(tmp_path)[number] == notice


def test_what_never_was_on_the_site_is_not_closed_but_posted_again(tmp_path: Path) -> None:
    number = draft_in(tmp_path).number
    post_it = partial(post, by="王老师", settings=SETTINGS, working_days=DAYS)
    post_it(tmp_path, number, on=POSTED)
    with pytest.raises(UsageError, match="已于"):
        post_it(tmp_path, number, on=END)
    assert built(tmp_path, AFTER) == []
    with pytest.raises(UsageError, match="从来没有上过网站"):
        close(tmp_path, number, on=AFTER, by="李主任")

    again = post_it(tmp_path, number, on=AFTER)

    assert again.end == dt.date(2026, 10, 20)
    built(tmp_path, AFTER)
    day = again.end + dt.timedelta(1)
    assert close(tmp_path, number, on=day, by="李主任").closed_on == day


def test_what_was_known_on_a_day_leaves_out_what_came_later(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    object_here(tmp_path, number, says="二号不住校", on=END)
    assert not read_notices(tmp_path, END - dt.timedelta(1))[number].objections
    assert read_notices(tmp_path, END)[number].objections


def test_a_year_without_a_table_stops_the_posting_and_leaves_the_draft(tmp_path: Path) -> None:
    number = draft_in(tmp_path, dt.date(2026, 12, 28)).number
    with pytest.raises(InputError, match="没有 2027 年的工作日表"):
        post(
            tmp_path,
            number,
            on=dt.date(2026, 12, 28),
            by="王老师",
            settings=SETTINGS,
            working_days=DAYS,
        )
    assert read_notices(tmp_path)[number].posted_on is None

    (tmp_path / "params" / "workdays").mkdir(parents=True)
    (tmp_path / "params" / "workdays" / "2027.toml").write_text(
        'year = 2027\n[[holiday]]\nname = "元旦"\nfrom = 2027-01-01\nto = 2027-01-03\n'
        f'{OTHERS_OF_2027}[[source]]\ntitle = "样例"\nstatus = "unverified"\n',
        encoding="utf-8",
    )
    days = read_working_days(PARAMS, tmp_path / "params")
    posted = post(
        tmp_path, number, on=dt.date(2026, 12, 28), by="王", settings=SETTINGS, working_days=days
    )
    assert posted.end == dt.date(2027, 1, 5)


def test_classes_stand_only_where_two_have_one_name(tmp_path: Path) -> None:
    twins = (*LINES, replace(LINES[0], number=4, class_name="4班"))
    notice = draft(tmp_path, twins, drafted(), on=POSTED, by="王老师")
    classes = {line.number: line.class_name for line in list_of(tmp_path, notice)}
    assert classes == {1: "1班", 2: "", 3: "", 4: "4班"}


def test_names_that_were_taken_down_stay_away_whatever_the_clock_says(tmp_path: Path) -> None:
    number = posted_in(tmp_path).number
    built(tmp_path, AFTER)
    for day in (POSTED, END):
        (shown,) = notices_on_site(PARAMS, tmp_path, day)
        assert (shown.state, shown.lines) == ("ended", ())
    assert built(tmp_path, END) == []
    close(tmp_path, number, on=AFTER, by="李主任")
    (shown,) = notices_on_site(PARAMS, tmp_path, END)
    assert (shown.state, shown.lines) == ("closed", ())


@pytest.mark.parametrize("down", [dt.date(2030, 1, 1), POSTED - dt.timedelta(1)])
def test_a_board_is_cleared_after_the_posting_and_not_in_future(
    tmp_path: Path, down: dt.date
) -> None:
    number = posted_in(tmp_path).number
    with pytest.raises(UsageError, match="撤下"):
        close(tmp_path, number, on=AFTER, by="李主任", board_down=down)


def test_a_board_stands_for_its_own_days(tmp_path: Path) -> None:
    number = draft(
        tmp_path, LINES, drafted(period="unit_then_union_site"), on=POSTED, by="王"
    ).number
    made = post(tmp_path, number, on=POSTED, by="王", settings=SETTINGS, working_days=DAYS)
    built(tmp_path, made.spans[1].first)
    after = made.end + dt.timedelta(1)
    with pytest.raises(UsageError, match="要到 2026-10-03 才能撤"):
        close(tmp_path, number, on=after, by="李", board_down=dt.date(2026, 10, 2))
    assert close(tmp_path, number, on=after, by="李", board_down=dt.date(2026, 10, 3)).closed_on


def test_a_draft_is_not_drawn_up_again_before_it_was_drafted(tmp_path: Path) -> None:
    number = draft_in(tmp_path).number
    with pytest.raises(UsageError, match="早于"):
        draft(
            tmp_path,
            LINES,
            drafted(),
            on=POSTED - dt.timedelta(1),
            by="王",
            instead_of=number,
        )
