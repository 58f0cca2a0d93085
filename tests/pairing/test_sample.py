"""The whole room on the sample county, as a term's report will call it."""

import datetime as dt
from dataclasses import dataclass

import polars as pl
import pytest

from aidkit.facts import assemble_facts
from aidkit.intake import read_county
from aidkit.pairing.care import care_coverage, household_coverage
from aidkit.pairing.continuity import continuity
from aidkit.pairing.dropout import absent_children, dropout_rates
from aidkit.pairing.lists import listed_children
from aidkit.pairing.loads import loads
from aidkit.pairing.pairs import held_on, learners_of, pairs_of, staff_of
from aidkit.pairing.peers import peer_checks
from aidkit.pairing.proposal import propose
from aidkit.pairing.school_help import help_left_out, school_rates, school_targets
from aidkit.pairing.screening import screening_changes, screening_due
from aidkit.pairing.visits import visits_due, visits_of_year
from aidkit.project import Project
from aidkit.runs import open_run
from aidkit.sample import make_county
from tests.pairing.made import AUTUMN, NOW, RULES, SHIPPED

ROLES = {"tutor": "tutor_pairs", "conduct": "conduct_pairs", "care": "care_pairs"}


@dataclass(frozen=True)
class Sample:
    tables: dict[str, pl.DataFrame]
    facts: pl.DataFrame
    pairs: dict[str, pl.DataFrame]
    staff: pl.DataFrame


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample") / "small"
    make_county(folder, size="small")
    tables = read_county(folder).tables
    facts = assemble_facts(open_run(Project(SHIPPED.parents[1]), folder, AUTUMN, tables))
    pairs = {
        role: pl.DataFrame(pairs_of(tables[name], facts, AUTUMN, NOW))
        for role, name in ROLES.items()
    }
    return Sample(tables, facts, pairs, staff_of(tables["teachers"], AUTUMN, NOW))


def test_loads_and_visits_of_each_role(sample: Sample) -> None:
    found = loads(sample.staff, *sample.pairs.values(), rules=RULES, as_of=NOW)
    assert set(found["role"]) == {"tutor", "conduct", "party"}
    assert {"ok", "under"} <= set(found["state"])
    frames = {}
    rule = RULES.visits
    for role, pairs in sample.pairs.items():
        register = sample.tables[ROLES[role]]
        due = visits_due(pairs, sample.tables["visits"], AUTUMN, rule=RULES.visits, as_of=NOW)
        assert due.height >= pairs.height
        visits = sample.tables["visits"]
        year = visits_of_year(pairs, register, visits, AUTUMN, rule=rule, as_of=NOW)
        assert year.height == held_on(pairs, NOW)["student_no"].n_unique()
        frames[role] = {*due["student_no"], *year["student_no"]}
    assert not frames["tutor"] & frames["conduct"]


def test_pairs_of_the_term_before_and_a_proposal(sample: Sample) -> None:
    spring = AUTUMN.previous()
    before = sample.tables["tutor_pairs"].filter(term=spring.code)
    held = pairs_of(before, sample.facts, spring, spring.ends)
    told = continuity(
        held,
        sample.pairs["tutor"],
        sample.staff,
        learners_of(sample.facts),
        years=RULES.years,
        as_of=NOW,
    )
    assert told.height == held.height > 0
    group = learners_of(sample.facts).filter(pl.col("grade") == "j2")
    group = group.with_columns(
        weak=pl.lit(["english"], pl.List(pl.String)), need=pl.lit(None, pl.Float64)
    )
    found = propose(group, sample.pairs["tutor"], sample.staff, rules=RULES, as_of=NOW)
    assert set(group["student_no"]) <= set(found["student_no"])


def test_care_lists_and_missing_children(sample: Sample) -> None:
    care = held_on(sample.pairs["care"], NOW)
    covered = care_coverage(sample.tables, sample.facts, care, AUTUMN)
    assert {"none", "area"} <= set(covered["gap"])
    homes = household_coverage(sample.tables, care, AUTUMN)
    assert "on_roll" in set(homes["whereabouts"])
    students = sample.tables["students"]
    before = students.filter(term=AUTUMN.previous().code)
    absent = absent_children(sample.tables, before, AUTUMN, NOW)
    rates = dropout_rates(students, absent, AUTUMN, RULES.dropout_percent)
    assert rates.filter(school_code="all")["roll"].to_list()[0] > 100
    listed = listed_children(sample.tables, absent, AUTUMN)
    assert listed.filter(whereabouts="on_roll").height > 5


def test_screenings_and_schools(sample: Sample) -> None:
    screening = sample.tables["class_screening"]
    due = screening_due(screening, sample.facts, AUTUMN, NOW)
    assert set(due["state"]) == {"done", "overdue", "open"}
    changes = screening_changes(screening, sample.facts, dt.date(2026, 11, 1), NOW)
    assert "same" in set(changes["change"])
    pairs = sample.tables["school_pairs"].filter(term=AUTUMN.code)
    done = sample.tables["school_help"]
    schools = sample.tables["schools"]
    targets = school_targets(pairs, done, schools, AUTUMN, targets=RULES.targets, as_of=NOW)
    assert {"done", "open"} <= set(targets["state"])
    rates = school_rates(pairs, done, schools, AUTUMN, rates=RULES.rates, as_of=NOW)
    assert set(rates["observed"]) != {0}
    assert help_left_out(pairs, done).is_empty()


def test_peers(sample: Sample) -> None:
    found = peer_checks(sample.tables["peer_pairs"], sample.facts, AUTUMN, NOW)
    assert "good" in set(found["state"])


def test_everything_in_any_order_of_rows(sample: Sample) -> None:
    mixed = {
        name: frame.sample(fraction=1, shuffle=True, seed=7)
        for name, frame in sample.tables.items()
    }
    facts = sample.facts.sample(fraction=1, shuffle=True, seed=8)

    def every(tables: dict[str, pl.DataFrame], known: pl.DataFrame) -> list[pl.DataFrame]:
        pairs = [pairs_of(tables[name], known, AUTUMN, NOW) for name in ROLES.values()]
        staff = staff_of(tables["teachers"], AUTUMN, NOW)
        before = tables["students"].filter(term=AUTUMN.previous().code)
        absent = absent_children(tables, before, AUTUMN, NOW)
        care = held_on(pairs[2], NOW)
        visits = tables["visits"]
        schools = tables["schools"], AUTUMN
        help_ = tables["school_pairs"].filter(term=AUTUMN.code), tables["school_help"]
        return [
            loads(staff, *pairs, rules=RULES, as_of=NOW),
            visits_due(pairs[0], visits, AUTUMN, rule=RULES.visits, as_of=NOW),
            visits_of_year(
                *(pairs[0], tables["tutor_pairs"], visits, AUTUMN), rule=RULES.visits, as_of=NOW
            ),
            care_coverage(tables, known, care, AUTUMN),
            household_coverage(tables, care, AUTUMN),
            absent,
            dropout_rates(tables["students"], absent, AUTUMN, 2),
            listed_children(tables, absent, AUTUMN),
            screening_due(tables["class_screening"], known, AUTUMN, NOW),
            screening_changes(tables["class_screening"], known, dt.date(2026, 10, 1), NOW),
            school_targets(*help_, *schools, targets=RULES.targets, as_of=NOW),
            school_rates(*help_, *schools, rates=RULES.rates, as_of=NOW),
            peer_checks(tables["peer_pairs"], known, AUTUMN, NOW),
        ]

    for first, second in zip(every(sample.tables, sample.facts), every(mixed, facts), strict=True):
        assert first.equals(second)
