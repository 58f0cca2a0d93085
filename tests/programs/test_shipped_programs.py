"""Every program that ships keeps its cases, and they stand on both sides of everything."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from aidkit.awards import run_cases
from aidkit.awards.cases import case_outcomes
from aidkit.calendar import Term
from aidkit.programs import AnyOf, Case, Version, applies_in, load_cases, load_programs
from aidkit.project import find_project

FOLDER = find_project().params / "programs"
VERSIONS = load_programs(FOLDER)
CASES = load_cases(FOLDER)
OUTCOMES = case_outcomes(CASES, VERSIONS)

CATALOGUE = {
    "A1": {"tiered_aid"},
    "A2": {"boarder_allowance"},
    "A3": {"day_pupil_allowance"},
    "A4": {"nutrition_national", "nutrition_henan"},
    "A5": {"fee_waiver", "textbooks"},
    "A6": {"kindergarten_aid", "kindergarten_fee_waiver"},
    "A7": {"senior_grant", "senior_fee_waiver", "senior_living_allowance"},
    "A8": {"vocational_fee_waiver", "vocational_grant", "vocational_scholarship"},
    "A9": {"rain_dew", "rain_dew_at_risk"},
    "A10": {"college_entry_grant", "student_loan"},
    "A11": {"hebei_free", "hebei_grant"},
    "A12": {"union_autumn_aid", "union_gold_collar", "union_dream"},
    "A13": {"cadre_help"},
    "A14": {"county_drive"},
    "A15": {"emergency_aid"},
    "B1": {"teacher_hardship_province", "teacher_hardship_city"},
    "B2": {"candle_action"},
    "B3": {"village_teacher_allowance"},
    "B4": {"festive_gift", "festive_gift_teachers"},
}
"""Programs of `catalogue.md` by its own numbers."""

version_by_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda v: v.id)
by_time = pytest.mark.parametrize(
    "version", [v for v in VERSIONS if v.leavers != "term"], ids=lambda v: v.id
)


def test_all_cases_come_out() -> None:
    failures, count = run_cases(FOLDER)
    assert [str(failure) for failure in failures] == []
    assert count > len(CASES)


@pytest.mark.parametrize("number", CATALOGUE)
def test_every_catalogue_program_is_there(number: str) -> None:
    assert {version.program.id for version in VERSIONS} >= CATALOGUE[number]


@pytest.mark.parametrize(
    ("program", "regions"),
    [
        ("boarder_allowance", {"cn", "cn/henan", "cn/hunan/unnamed_county"}),
        ("day_pupil_allowance", {"cn", "cn/henan", "cn/anhui/suzhou/dangshan"}),
    ],
)
def test_every_regional_form_is_there(program: str, regions: set[str]) -> None:
    assert {v.region for v in VERSIONS if v.program.id == program} >= regions


@version_by_version
def test_every_amount_has_a_case(version: Version) -> None:
    seen = {(row["tier"], row["stage"]) for _, row in _by(version) if row["awarded"]}
    tiers = {row["tier"] for _, row in _by(version) if row["awarded"]}
    for amount in version.amounts:
        assert (amount.tier, amount.stage) in seen or (
            amount.stage is None and amount.tier in tiers
        )
    assert seen


@version_by_version
def test_every_condition_fails_in_a_case(version: Version) -> None:
    missed = {name for _, row in _by(version) for name in row["missing"]}
    assert missed >= {condition.name for condition in version.required}
    needed = {"panel": "panel_tier", "rule": "tier_rule", None: None}[version.tier_from]
    assert needed is None or needed in missed
    assert version.amount_from != "panel" or "panel_amount" in missed


@version_by_version
def test_every_way_of_any_of_is_needed_by_a_case(version: Version) -> None:
    for clause in version.conditions:
        ways = clause.alternatives if isinstance(clause, AnyOf) else ()
        for way in ways:
            others = AnyOf(tuple(other for other in ways if other != way))
            poorer = replace(
                version,
                conditions=tuple(others if c == clause else c for c in version.conditions),
            )
            assert _paid(version) - _paid(version, poorer), way


@version_by_version
def test_every_rule_for_a_tier_is_needed_by_a_case(version: Version) -> None:
    for rule in version.tier_rules:
        rules = tuple(other for other in version.tier_rules if other != rule)
        assert _paid(version) != _paid(version, replace(version, tier_rules=rules)), rule


@by_time
def test_who_leaves_midway_has_a_case(version: Version) -> None:
    assert _paid(version) != _paid(version, replace(version, leavers="term"))


@version_by_version
def test_both_sides_of_every_date_have_a_case(version: Version) -> None:
    terms = {case.term for case in CASES if _concerns(case, version)}
    assert set(_around(version, version.effective_from)) <= terms
    if version.effective_to is not None:
        assert set(_around(version, version.effective_to + dt.timedelta(days=1))) <= terms


@version_by_version
def test_figures_we_did_not_see_in_a_source_document_are_unverified(version: Version) -> None:
    excerpt = version.source.found_in.startswith("公开页面")
    assert excerpt == (version.status == "unverified")


def _by(version: Version) -> list[tuple[Case, dict[str, Any]]]:
    return [(case, row) for case, row in OUTCOMES if row and row["version_id"] == version.id]


def _paid(version: Version, instead: Version | None = None) -> set[tuple[str, int]]:
    """Cases of a version that end in an award, with its amount; or of one put in its place."""
    rows = _by(version)
    if instead is not None:
        found = case_outcomes([case for case, _ in rows], [instead])
        rows = [(case, row) for case, row in found if row]
    return {(case.say, row["amount_fen"]) for case, row in rows if row["awarded"]}


def _concerns(case: Case, version: Version) -> bool:
    adopts = (case.program_id,) if case.adopted else ()
    return case.program_id == version.program.id and applies_in(version, case.region, adopts)


def _around(version: Version, day: dt.date) -> tuple[Term, Term]:
    """The last term before a day and the first from it on, of those in which a version pays."""
    term = Term(dt.date(day.year - 2, 3, 1), "spring")
    paying: list[Term] = []
    while not paying or paying[-1].starts < day:
        if version.pays_in(term.season):
            paying.append(term)
        term = term.next()
    return paying[-2], paying[-1]
