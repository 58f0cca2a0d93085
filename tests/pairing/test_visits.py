"""Visits due and done, against counting by hand."""

import datetime as dt
import random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from aidkit.pairing.pairs import pairs_of
from aidkit.pairing.visits import visits_due, visits_of_year
from tests.pairing.made import (
    AUTUMN,
    NOW,
    RULES,
    Row,
    empty,
    facts,
    on,
    pair,
    paired,
    pupil,
    register,
)
from tests.pairing.made import student_no as number

DAYS = [dt.date(2026, 8, 20) + dt.timedelta(n) for n in range(170)]
RULE = RULES.visits
NONE = empty("tutor_pairs")


def visit(teacher: int, pupil_: int, day: dt.date) -> Row:
    return {
        "visited_on": day,
        "teacher_no": f"t{teacher:02d}",
        "teacher_name": f"师{teacher}",
        "student_no": number(pupil_),
        "name": f"生{pupil_}",
    }


def due(pairs: pl.DataFrame, *visits: Row, as_of: dt.date = NOW) -> pl.DataFrame:
    return visits_due(pairs, register("visits", *visits), AUTUMN, rule=RULE, as_of=as_of)


def test_a_month_over_without_a_visit_is_overdue_with_its_day() -> None:
    found = due(paired(pair(1, 1)), visit(1, 1, on(10, 8)))
    assert found.select("month", "due", "done", "due_by", "last_on", "state").rows() == [
        (on(9, 1), 1, 0, on(9, 30), on(10, 8), "overdue"),
        (on(10, 1), 1, 1, on(10, 31), on(10, 8), "done"),
        (on(11, 1), 1, 0, on(11, 30), on(10, 8), "open"),
    ]
    assert due(paired(pair(1, 1)), as_of=on(9, 30))["state"].to_list() == ["open"]


def test_village_schools_ask_for_two_a_month_on_two_days() -> None:
    pairs = paired(pair(1, 1), pupils=[pupil(1, locality="village")])
    same_day = [visit(1, 1, on(9, 20)), visit(1, 1, on(9, 20))]
    assert due(pairs, *same_day)["done"].to_list() == [1, 0, 0]
    assert due(pairs, *same_day)["due"].to_list() == [2, 2, 2]
    twice = due(pairs, *same_day, visit(1, 1, on(9, 21)))
    assert twice["state"].to_list()[0] == "done"


def test_another_teachers_visit_is_not_the_helpers() -> None:
    found = due(paired(pair(1, 1)), visit(2, 1, on(9, 20)))
    assert found["done"].to_list() == [0, 0, 0]
    assert found["last_on"].null_count() == 3
    made = register("visits", visit(2, 1, on(9, 20)))
    year = visits_of_year(paired(pair(1, 1)), NONE, made, AUTUMN, rule=RULE, as_of=NOW)
    assert year["done"].to_list() == [1]


def test_a_school_year_is_behind_when_the_months_over_ask_for_more() -> None:
    pairs = paired(pair(1, 1, paired_on=on(9, 1)))

    def state(as_of: dt.date, *days: dt.date) -> tuple[int, int, str]:
        made = register("visits", *(visit(1, 1, day) for day in days))
        row = visits_of_year(pairs, NONE, made, AUTUMN, rule=RULE, as_of=as_of)
        return row.select("due_so_far", "done", "state").row(0)

    assert state(on(10, 31)) == (0, 0, "open")
    assert state(on(11, 30)) == (0, 0, "open"), "the month is not over on its last day"
    assert state(on(12, 1)) == (1, 0, "behind")
    assert state(on(12, 1), on(9, 1)) == (1, 1, "open")
    assert state(on(12, 1), dt.date(2026, 8, 31)) == (1, 0, "behind"), "of the year before"
    assert state(on(12, 1), on(9, 1), on(9, 2), on(9, 3), on(9, 4)) == (1, 4, "done")
    assert state(on(12, 1), on(12, 2)) == (1, 0, "behind"), "not known yet"


SPRING = AUTUMN.next()


def of_spring(
    before: list[Row], now: list[Row], as_of: dt.date, *days: dt.date
) -> tuple[int, int, str] | None:
    """What is told in spring of the first pupil, by registers of both terms."""
    registers = [
        register("tutor_pairs", *before),
        register("tutor_pairs", *now, term=SPRING.code),
    ]
    visits = [visit(1, 1, day) for day in days]
    made = [
        register("visits", *(row for row in visits if row["visited_on"] < SPRING.starts)),
        register(
            "visits",
            *(row for row in visits if row["visited_on"] >= SPRING.starts),
            term=SPRING.code,
        ),
    ]
    pairs = pairs_of(registers[1], facts(pupil(1)), SPRING, as_of)
    found = visits_of_year(
        pairs, pl.concat(registers), pl.concat(made), SPRING, rule=RULE, as_of=as_of
    )
    return found.select("due_so_far", "done", "state").row(0)


def test_a_year_is_counted_over_both_its_terms() -> None:
    day = dt.date(2027, 5, 20)
    autumn = [on(9, 20), on(10, 20)]
    spring = [dt.date(2027, 3, 20), dt.date(2027, 4, 20)]
    same = [pair(1, 1, paired_on=on(9, 1))]
    # Seven months are over: September to January, March and April.
    assert of_spring(same, same, day) == (2, 0, "behind")
    assert of_spring(same, same, day, *autumn) == (2, 2, "open")
    assert of_spring(same, same, day, *autumn, *spring) == (2, 4, "done")
    end = dt.date(2027, 8, 1)
    assert of_spring(same, same, end, *autumn, spring[0]) == (4, 3, "behind")


def test_months_with_another_helper_count_as_well() -> None:
    day = dt.date(2027, 5, 20)
    before, new = pair(2, 1, paired_on=on(9, 1)), pair(1, 1, paired_on=dt.date(2027, 3, 1))
    assert of_spring([before], [new], day) == (2, 0, "behind")
    assert of_spring([], [new], day) == (0, 0, "open")
    ended = pair(2, 1, paired_on=on(9, 1), ended_on=on(10, 10))
    assert of_spring([ended], [new], day) == (1, 0, "behind"), "September, March and April"
    late = pair(1, 1, paired_on=dt.date(2027, 5, 1))
    assert of_spring([before], [late], day) == (2, 0, "behind"), "autumn alone: five months"


def test_a_month_counts_for_a_pair_that_is_there_on_the_15th() -> None:
    ended = due(paired(pair(1, 1, ended_on=on(10, 15))))
    assert ended["month"].to_list() == [on(9, 1)]
    begun = due(paired(pair(1, 1, paired_on=on(10, 15), ended_on=on(10, 16))))
    assert begun["month"].to_list() == [on(10, 1)]


def test_no_pairs_no_visits() -> None:
    assert due(paired()).is_empty()
    nothing = visits_of_year(paired(), NONE, empty("visits"), AUTUMN, rule=RULE, as_of=NOW)
    assert nothing.is_empty()


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 2), st.integers(0, 3)),
        st.tuples(st.sampled_from(DAYS), st.one_of(st.none(), st.sampled_from(DAYS))),
        max_size=5,
    ),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(DAYS)), max_size=20),
    st.lists(st.sampled_from(["town", "village", None]), min_size=4, max_size=4),
    st.sampled_from(DAYS[10:]),
    st.randoms(use_true_random=False),
)
def test_visits_are_those_counted_by_hand(
    pairs: dict[tuple[int, int], tuple[dt.date, dt.date | None]],
    made: list[tuple[int, int, dt.date]],
    places: list[str | None],
    as_of: dt.date,
    chance: random.Random,
) -> None:
    rows = [pair(t, p, paired_on=a, ended_on=b) for (t, p), (a, b) in pairs.items()]
    told = [visit(*each) for each in made]
    for shuffled in (rows, told):
        chance.shuffle(shuffled)
    pupils = [pupil(n, locality=place) for n, place in enumerate(places)]
    frame = paired(*rows, pupils=pupils, as_of=as_of)
    found = due(frame, *told, as_of=as_of)
    expected = set()
    for (t, p), (begins, ends) in pairs.items():
        if begins > as_of:
            continue
        mine = {day for a, b, day in made if (a, b) == (t, p) and day <= as_of}
        for month in (on(9, 1), on(10, 1), on(11, 1), on(12, 1), on(1, 1)):
            counted = month.replace(day=15)
            if month > as_of or begins > counted or (ends is not None and ends <= counted):
                continue
            done = len({day for day in mine if (day.year, day.month) == (month.year, month.month)})
            want = 2 if places[p] == "village" else 1
            last = (month + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
            state = "done" if done >= want else "overdue" if last < as_of else "open"
            expected.add(
                (f"t{t:02d}", number(p), month, want, done, max(mine, default=None), state)
            )
    columns = ["teacher_no", "student_no", "month", "due", "done", "last_on", "state"]
    assert set(found.select(columns).rows()) == expected
