"""Schools that help schools: due and done, in months, terms and school years."""

import datetime as dt
import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.pairing.school_help import help_left_out, school_rates, school_targets
from aidkit.pairing.settings import SchoolTarget
from tests.pairing.made import AUTUMN, NOW, RULES, Row, on, register

HELPER, HELPED, OTHER = "9900000001", "9900000002", "9900000003"
SCHOOLS = register(
    "schools",
    {"school_code": HELPED, "school_type": "kindergarten"},
    {"school_code": OTHER, "school_type": "primary"},
)


def partner(helped: str = HELPED, **more: object) -> Row:
    return {
        "helper_code": HELPER, "helper_school": "甲校", "helped_code": helped,
        "helped_school": "乙校", "paired_on": dt.date(2025, 9, 10), "ended_on": None,
    } | more  # fmt: skip


def act(day: dt.date, item: str, quantity: int | None = None, **more: object) -> Row:
    return {
        "done_on": day, "helper_code": HELPER, "helped_code": HELPED, "help_item": item,
        "quantity": quantity, "good": None, "qualified": None,
    } | more  # fmt: skip


def pairs(*rows: Row) -> pl.DataFrame:
    return register("school_pairs", *(rows or (partner(),)))


def states(*done: Row, as_of: dt.date = NOW, partners: pl.DataFrame | None = None) -> pl.DataFrame:
    return school_targets(
        pairs() if partners is None else partners,
        register("school_help", *done),
        SCHOOLS,
        AUTUMN,
        targets=RULES.targets,
        as_of=as_of,
    )


def told(found: pl.DataFrame, item: str) -> list[tuple[int, int, str]]:
    return found.filter(item=item).select("due", "done", "state").rows()


def test_lessons_are_counted_and_times_are_once_each() -> None:
    done = [act(on(9, 20), "lessons", 4), act(on(10, 20), "lessons", 5), act(on(10, 1), "lecture")]
    found = states(*done)
    assert told(found, "lessons") == [(10, 9, "open")]
    assert told(found, "lecture") == [(2, 1, "open")]
    assert told(states(*done, act(on(11, 1), "lessons")), "lessons") == [(10, 10, "done")]
    late = states(*done, act(on(11, 21), "lessons"))
    assert told(late, "lessons") == [(10, 9, "open")], "not known yet"
    assert told(states(*done, as_of=dt.date(2027, 2, 1)), "lessons") == [(10, 9, "overdue")]
    assert told(states(*done, as_of=dt.date(2027, 1, 31)), "lessons") == [(10, 9, "open")]


def test_visits_are_due_every_month() -> None:
    found = states(act(on(9, 5), "school_visit"), act(on(9, 25), "school_visit"))
    assert told(found, "school_visit") == [(1, 2, "done"), (1, 0, "overdue"), (1, 0, "open")]


def test_what_a_year_asks_for_may_be_done_in_either_term() -> None:
    spring = AUTUMN.next()
    done = register("school_help", act(on(9, 20), "trainee", 2))
    found = school_targets(
        pairs(), done, SCHOOLS, spring, targets=RULES.targets, as_of=dt.date(2027, 5, 1)
    )
    assert told(found, "trainee") == [(1, 2, "done")]
    assert told(found, "lessons") == [(10, 0, "open")]
    assert found.filter(item="trainee")["begins"].to_list() == [AUTUMN.starts]


@pytest.mark.parametrize(
    ("begins", "ends", "months", "terms"),
    [
        (dt.date(2025, 9, 1), None, 3, 1),
        (on(10, 16), None, 1, 1),
        (on(11, 21), None, 0, 0),
        (dt.date(2025, 9, 1), on(10, 15), 1, 1),
        (dt.date(2025, 9, 1), on(9, 1), 0, 0),
    ],
)
def test_a_pair_owes_only_the_time_it_was_one(
    begins: dt.date, ends: dt.date | None, months: int, terms: int
) -> None:
    found = states(partners=pairs(partner(paired_on=begins, ended_on=ends)))
    assert found.filter(item="school_visit").height == months
    assert found.filter(item="lessons").height == terms


def test_a_target_may_be_for_schools_of_one_type() -> None:
    target = SchoolTarget("lessons", "term", 10, ("kindergarten",), "甲")
    found = school_targets(
        pairs(partner(), partner(OTHER)),
        register("school_help"),
        SCHOOLS,
        AUTUMN,
        targets=(target,),
        as_of=NOW,
    )
    assert found["helped_code"].to_list() == [HELPED]


def rates(*done: Row) -> list[tuple[str, int, int, str]]:
    found = school_rates(
        pairs(), register("school_help", *done), SCHOOLS, AUTUMN, rates=RULES.rates, as_of=NOW
    )
    return found.select("measure", "observed", "reached", "state").rows()


def test_rates_are_of_lessons_of_which_it_was_said() -> None:
    assert rates() == [("good", 0, 0, "unknown"), ("qualified", 0, 0, "unknown")]
    first = act(on(9, 20), "observed", 7, good=2, qualified=7)
    assert rates(first) == [("good", 7, 2, "open"), ("qualified", 7, 7, "done")]
    second = act(on(10, 20), "observed", 3, good=1)
    assert rates(first, second) == [("good", 10, 3, "done"), ("qualified", 7, 7, "done")]
    before = act(dt.date(2026, 8, 31), "observed", 9, good=0, qualified=0)
    assert rates(first, second, before) == rates(first, second)


def test_what_counts_for_nobody_is_told() -> None:
    rows = [
        act(on(9, 20), "lessons", 4),
        act(on(9, 20), "lessons", 4, helped_code=OTHER),
        act(on(9, 20), "lessons", 0),
        act(on(9, 20), "observed", 3, good=4, qualified=3),
        act(on(9, 20), "observed", good=1),
        act(on(9, 20), "observed", 3, good=-1),
    ]
    left_out = help_left_out(pairs(), register("school_help", *rows))
    assert left_out.select("source_row", "why").rows() == [
        (3, "no_pair"),
        (4, "bad_quantity"),
        (5, "bad_lessons"),
        (7, "bad_lessons"),
    ]
    assert told(states(*rows), "lessons") == [(10, 4, "open")]
    assert rates(*rows) == [("good", 1, 1, "done"), ("qualified", 0, 0, "unknown")]


DAYS = [dt.date(2026, 8, 20) + dt.timedelta(n) for n in range(100)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(DAYS),
            st.sampled_from(["lessons", "trainee", "school_visit", "paper"]),
            st.one_of(st.none(), st.integers(-1, 12)),
            st.sampled_from([HELPED, OTHER]),
        ),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_targets_are_those_counted_by_hand(
    done: list[tuple[dt.date, str, int | None, str]], chance: random.Random
) -> None:
    rows = [act(day, item, q, helped_code=code) for day, item, q, code in done]
    chance.shuffle(rows)
    found = states(*rows, partners=pairs(partner(), partner()))
    for target in RULES.targets:
        mine = [
            (day, 1 if q is None else q)
            for day, item, q, code in done
            if (item, code) == (target.item, HELPED)
            and day <= NOW
            and day >= AUTUMN.starts
            and (q is None or q >= 1)
        ]
        counts = [sum(q for _, q in mine)]
        if target.per == "month":
            counts = [sum(q for day, q in mine if day.month == month) for month in (9, 10, 11)]
        assert found.filter(item=target.item)["done"].to_list() == counts
