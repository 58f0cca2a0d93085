"""Every program that ships keeps its cases, and they stand on both sides of everything."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from aidkit.awards import run_cases
from aidkit.awards.cases import case_outcomes
from aidkit.calendar import Term
from aidkit.programs import AnyOf, Case, Condition, Version, applies_in, load_cases, load_programs
from aidkit.project import find_project

FOLDER = find_project().params / "programs"
VERSIONS = load_programs(FOLDER)
CASES = load_cases(FOLDER)
OUTCOMES = case_outcomes(CASES, VERSIONS)

version_by_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda v: v.id)


def test_all_cases_come_out() -> None:
    failures, count = run_cases(FOLDER)
    assert [str(failure) for failure in failures] == []
    assert count == len(CASES)


def test_every_catalogue_program_is_there() -> None:
    assert {version.program.id for version in VERSIONS} >= {
        "tiered_aid",
        "boarder_allowance",
        "day_pupil_allowance",
        "nutrition_national",
        "nutrition_henan",
        "fee_waiver",
        "textbooks",
    }
    regions = {v.region for v in VERSIONS if v.program.id == "day_pupil_allowance"}
    assert {"cn/henan", "cn/anhui"} <= regions


@version_by_version
def test_every_amount_has_a_case(version: Version) -> None:
    seen = {(row["tier"], row["stage"]) for _, row in _by(version) if row["eligible"]}
    assert seen >= {(amount.tier, amount.stage) for amount in version.amounts}


@version_by_version
def test_every_condition_fails_in_a_case(version: Version) -> None:
    missed = {name for _, row in _by(version) for name in row["missing"]}
    assert missed >= {condition.name for condition in _conditions(version)}
    assert version.tier_from is None or "panel_tier" in missed


@version_by_version
def test_every_way_of_any_of_is_needed_by_a_case(version: Version) -> None:
    paid = {case.say for case, row in _by(version) if row["eligible"]}
    for clause in version.conditions:
        ways = clause.alternatives if isinstance(clause, AnyOf) else ()
        for way in ways:
            others = AnyOf(tuple(other for other in ways if other != way))
            poorer = replace(
                version,
                conditions=tuple(others if c == clause else c for c in version.conditions),
            )
            rows = case_outcomes([case for case, _ in _by(version)], [poorer])
            assert paid - {case.say for case, row in rows if row and row["eligible"]}, way


@version_by_version
def test_both_sides_of_every_date_have_a_case(version: Version) -> None:
    terms = {case.term for case in CASES if _concerns(case, version)}
    first = _first_term(version.effective_from)
    assert {first, first.previous()} <= terms
    if version.effective_to is not None:
        after = _first_term(version.effective_to + dt.timedelta(days=1))
        assert {after, after.previous()} <= terms


@version_by_version
def test_figures_we_did_not_see_in_a_source_document_are_unverified(version: Version) -> None:
    excerpt = version.source.found_in.startswith("公开页面")
    assert excerpt == (version.status == "unverified")


def _by(version: Version) -> list[tuple[Case, dict[str, Any]]]:
    return [(case, row) for case, row in OUTCOMES if row and row["version_id"] == version.id]


def _conditions(version: Version) -> list[Condition]:
    found: list[Condition] = []
    for clause in version.conditions:
        if isinstance(clause, Condition):
            found.append(clause)
        else:
            found += (condition for way in clause.alternatives for condition in way)
    return found


def _concerns(case: Case, version: Version) -> bool:
    adopts = (case.program_id,) if case.adopted else ()
    return case.program_id == version.program.id and applies_in(version, case.region, adopts)


def _first_term(day: dt.date) -> Term:
    term = Term(dt.date(day.year, 3, 1), "spring")
    while term.starts < day:
        term = term.next()
    return term
