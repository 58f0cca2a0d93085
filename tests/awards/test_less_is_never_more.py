"""Property: a fact that is not known never makes anyone eligible and never raises an amount.

A register of earlier aid is one fact: without it nobody is known to be new. That an award was given
up or taken away is no fact of this kind but the end of one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.awards import judge
from aidkit.awards.cases import facts_of
from aidkit.calendar import Term
from aidkit.labels import project_labels
from aidkit.programs import Version, load_cases, load_programs
from aidkit.programs.cases import load_groups
from aidkit.project import find_project
from aidkit.tables import Facts

LABELS = project_labels()
PROGRAMS_FOLDER = find_project().params / "programs"
IDS = sorted({version.program.id for version in load_programs(PROGRAMS_FOLDER)})
TERM = Term.parse("2026-autumn")

NULLABLE = [
    name
    for name, column in Facts.columns().items()
    if column.nullable and name not in ("left_on", "left_by", "left_county")
]
BLANKED = ("stage", "grade")
"""Never null; an empty text is unknown."""
LISTS = ("special_groups", "listed_groups", "county_kinds", "applied_programs", "applications",
         "panel_tiers", "panel_amounts")  # fmt: skip
DETAILS = ("applied_on", "papers", "record", "hardship_causes", "debt_fen", "nominated_by")


def poorer_by_one_fact(person: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The person with each fact deleted in turn, and each member and detail of each list."""
    for column in NULLABLE:
        if person.get(column) is not None:
            yield person | {column: None}
    for column in BLANKED:
        if person.get(column):
            yield person | {column: ""}
    for column in LISTS:
        entries = person.get(column) or []
        for n, entry in enumerate(entries):
            yield person | {column: entries[:n] + entries[n + 1 :]}
            if column == "applications":
                known = (detail for detail in DETAILS if entry[detail] is not None)
                for less in (entry | {detail: None} for detail in known):
                    yield person | {column: [*entries[:n], less, *entries[n + 1 :]]}


def check(people: Iterable[dict[str, Any]], versions: Iterable[Version], term: Term) -> int:
    """Judge everybody whole and poorer by each fact; how many are eligible while whole."""
    families = [[person, *poorer_by_one_fact(person)] for person in people]
    facts = facts_of([p for family in families for p in family], [], term)
    origin = pl.Series([n for n, family in enumerate(families) for _ in family])
    whole = pl.Series([n == 0 for family in families for n in range(len(family))])
    met = 0
    for version in versions:
        subject = pl.lit(version.program.subject)
        judged = judge(facts.with_columns(subject=subject), version, term)
        rows = judged.with_columns(origin=origin, whole=whole)
        most = rows.filter("whole").select("origin", could="eligible", most="due_fen")
        raised = rows.join(most, on="origin").filter(
            (pl.col("eligible") & ~pl.col("could")) | (pl.col("due_fen") > pl.col("most"))
        )
        assert raised.is_empty(), (version.id, raised, facts.join(raised, on="person_no"))
        met += rows.filter(pl.col("whole") & pl.col("eligible")).height
    return met


def test_deleting_a_fact_of_any_case_never_makes_anyone_eligible(
    shipped: tuple[Version, ...],
) -> None:
    """All persons of all cases, under every version of the programs that the case is about."""
    cases = [(c.program_id, c.term, c.student) for c in load_cases(PROGRAMS_FOLDER)]
    for group in load_groups(PROGRAMS_FOLDER):
        for program_id in group.program_ids:
            cases += [(program_id, group.term, m.facts) for m in group.people if m.expected]
    cases.sort(key=lambda case: (case[0], case[1].code))
    met = 0
    for (program_id, term), alike in groupby(cases, key=lambda case: case[:2]):
        own = [v for v in shipped if v.program.id == program_id and v.in_force(term.starts)]
        met += check([facts for _, _, facts in alike], own, term)
    assert met > len(cases) / 4


def codes(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(LABELS.names(vocabulary)))


def known_mostly(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, st.none())


def some(vocabulary: str) -> st.SearchStrategy[list[str]]:
    return st.lists(codes(vocabulary), max_size=3, unique=True)


def by_program(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    entry = st.fixed_dictionaries({"program_id": st.sampled_from(IDS), **fields})
    return st.lists(entry, max_size=4, unique_by=lambda e: e["program_id"])


FEN = st.sampled_from([0, 399_999, 400_000, 600_001, 900_000, 5_000_000])
DAYS = st.dates(dt.date(2026, 7, 1), dt.date(2026, 12, 1))
YEARS = st.integers(2023, 2026)
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "stage": codes("stage"),
    "grade": codes("grade"),
    "enrolled": st.sampled_from([True, True, True, False, None]),
    "present_months": known_mostly(st.integers(0, 5)),
    "present_days": known_mostly(st.integers(0, 153)),
    "boarder": known_mostly(st.booleans()),
    "in_union_file": known_mostly(st.booleans()),
    "special_groups": known_mostly(some("special_group")),
    "listed_groups": known_mostly(some("special_group")),
    "county_kinds": known_mostly(some("county_kind")),
    "income_per_head_fen": known_mostly(FEN),
    "income_after_illness_fen": known_mostly(FEN),
    "subsistence_line_fen": known_mostly(FEN),
    "applied_programs": st.lists(st.sampled_from(IDS), max_size=8, unique=True),
    "applications": by_program(
        applied_on=known_mostly(DAYS),
        papers=known_mostly(some("paper")),
        record=known_mostly(codes("record")),
        hardship_causes=known_mostly(some("hardship_cause")),
        debt_fen=known_mostly(FEN),
        nominated_by=known_mostly(codes("funder")),
    ),
    "panel_tiers": by_program(tier=codes("tier")),
    "panel_amounts": by_program(amount_fen=FEN),
    "aid_received": known_mostly(by_program(funder=codes("funder"), year=YEARS)),
} | {
    column: known_mostly(codes(vocabulary))
    for column, vocabulary in {
        "ownership": "ownership",
        "locality": "locality",
        "school_type": "school_type",
        "residence": "residence",
        "household_place": "household_place",
        "college_place": "household_place",
        "major": "major",
        "post": "post",
        "employment": "employment",
        "place_tier": "tier",
    }.items()
}


def test_every_fact_is_deleted_by_one_of_these() -> None:
    named = {"term", "subject", "person_no", "name", "school_code", "school_name", "class_name"}
    left = {"left_on", "left_by", "left_county", "award_changes"}
    deleted = {*NULLABLE, *BLANKED, *LISTS}
    assert deleted == set(Facts.column_names()) - named - left
    assert set(COLUMNS) == deleted


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(st.fixed_dictionaries(COLUMNS), min_size=6, max_size=12))
def test_deleting_a_fact_never_helps_under_any_version(
    people: list[dict[str, Any]], shipped: tuple[Version, ...], invented: tuple[Version, ...]
) -> None:
    check(people, (*shipped, *invented), TERM)
