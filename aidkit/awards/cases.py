"""Run the cases that stand beside program files: of one person, and of several who share places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.awards.decide import award
from aidkit.calendar import Term
from aidkit.county import County, CountyQuota
from aidkit.facts.enrolment import school_days
from aidkit.money import yuan
from aidkit.programs import Case, Version, choose, load_cases, load_programs
from aidkit.programs.case_groups import GroupCase
from aidkit.programs.cases import load_groups
from aidkit.programs.version import MONTHS_PER_TERM
from aidkit.tables import Facts

_LISTED = ("applied_programs", "applications", "panel_tiers", "panel_amounts", "award_changes")
_NAMED = ("name", "school_code", "school_name", "stage", "grade", "class_name")


@dataclass(frozen=True)
class Failure:
    """A case that did not come out as its file says.

    Attributes:
        case: The case.
        message: What came out instead, Chinese.
    """

    case: Case | GroupCase
    message: str

    def __str__(self) -> str:
        return f"{self.case.file}：{self.case.say}：{self.message}"


def run_cases(*folders: Path) -> tuple[list[Failure], int]:
    """Decide every case that stands beside a program file of the folders.

    Returns:
        The cases that do not come out, and how many cases there are.

    Raises:
        ParamsError: A program or cases file breaks a rule, or a program has no cases.
    """
    versions = load_programs(*folders)
    cases, groups = load_cases(*folders), load_groups(*folders)
    faults: list[tuple[Case | GroupCase, str]] = []
    faults += [(case, _fault(case, row)) for case, row in case_outcomes(cases, versions)]
    faults += [(group, group_fault(group, versions)) for group in groups]
    return [Failure(case, fault) for case, fault in faults if fault], len(cases) + len(groups)


def case_outcomes(
    cases: Iterable[Case], versions: Iterable[Version]
) -> list[tuple[Case, dict[str, Any] | None]]:
    """Each case with its row of `tables.Decisions`; None where no version is in force.

    A person alone has nobody to share a quota with: whoever meets the conditions is in.
    """
    versions = tuple(versions)
    setting = attrgetter("program_id", "region", "adopted", "term")
    outcomes: list[tuple[Case, dict[str, Any] | None]] = []
    for (program_id, region, adopted, term), group in groupby(sorted(cases, key=setting), setting):
        own = [version for version in versions if version.program.id == program_id]
        county = _county(region, (program_id,) if adopted else (), ())
        in_force = _in_force(own, county, term)
        alike = list(group)
        if in_force:
            facts = facts_of([case.student for case in alike], in_force, term)
            unlimited = [replace(version, quota=None) for version in in_force]
            decided = award(facts, unlimited, term, county).decisions.to_dicts()
            rows = {row["person_no"]: row for row in decided}
            # Where only another school has a version, nothing is decided.
            found = map(rows.get, facts["person_no"])
            outcomes += zip(alike, found, strict=True)
        else:
            outcomes += ((case, None) for case in alike)
    return outcomes


def group_fault(group: GroupCase, versions: Iterable[Version]) -> str:
    """What did not come out as a case of several people says, Chinese; empty if all did."""
    own = [version for version in versions if version.program.id in group.program_ids]
    quota = CountyQuota(group.quota_places, group.quota_of)
    county = _county(group.region, group.adopts, ((group.program_id, quota),))
    in_force = _in_force(own, county, group.term)
    facts = facts_of([member.facts for member in group.people], in_force, group.term)
    awards = award(facts, in_force, group.term, county)
    decided = {(r["person_no"], r["program_id"]): r for r in awards.decisions.to_dicts()}
    lists = {r["school_code"]: r for r in awards.quotas.to_dicts()}
    faults: list[str] = []
    for number, member in zip(facts["person_no"], group.people, strict=True):
        for expected in member.expected:
            row = decided.get((number, expected.program_id))
            faults += [f"{member.name} {text}" for text in _differences(expected.told, row)]
    for expected_list in group.lists:
        row = lists.get(expected_list.school_code)
        name = expected_list.school_code
        faults += [f"名单 {name} {text}" for text in _differences(expected_list.told, row)]
    return "；".join(faults)


def facts_of(
    persons: Sequence[dict[str, Any]], versions: Iterable[Version], term: Term
) -> pl.DataFrame:
    """One row of facts for each person that knows only what the case says.

    Who is `enrolled` was there the whole term, and who is not never was, unless the case says
    otherwise.
    """
    subject = next((version.program.subject for version in versions), "student")
    nothing: dict[str, Any] = dict.fromkeys(_NAMED, "") | {name: [] for name in _LISTED}
    rows = []
    for number, person in enumerate(persons):
        there = person.get("enrolled")
        time = {
            "present_months": None if there is None else MONTHS_PER_TERM * there,
            "present_days": None if there is None else school_days(term) * there,
        }
        who = {"term": term.code, "subject": subject, "person_no": f"G990000201501{number:06d}"}
        rows.append(nothing | who | time | person)
    return pl.DataFrame(rows, schema=Facts.create_empty().schema)


def _county(
    region: str, adopts: tuple[str, ...], quotas: tuple[tuple[str, CountyQuota], ...]
) -> County:
    return County("", region, "", "", adopts, quotas=quotas)


def _in_force(own: Iterable[Version], county: County, term: Term) -> tuple[Version, ...]:
    return choose(
        own, region=county.region, adopts=county.adopts, on=term.starts, season=term.season
    )


def _fault(case: Case, outcome: dict[str, Any] | None) -> str:
    if outcome is None:
        return "没有有效的版本" if case.in_force else ""
    if not case.in_force:
        return f"不该有有效的版本，却有 {outcome['version_id']}"
    if case.outcome is not None:
        return "；".join(_differences({"outcome": case.outcome}, outcome))
    if case.missing is not None:
        got = tuple(outcome["missing"])
        return "" if set(got) == set(case.missing) else f"应缺 {case.missing}，实缺 {got}"
    got_fen, got_tier = outcome["amount_fen"], outcome["tier"]
    if (got_fen, got_tier) == (case.amount_fen, case.tier) and outcome["awarded"]:
        return ""
    expected = f"{yuan(case.amount_fen or 0)} 元 {case.tier or ''}".strip()
    return f"应为 {expected}，实为 {yuan(got_fen)} 元 {got_tier or ''}，缺 {outcome['missing']}"


def _differences(told: dict[str, Any], row: dict[str, Any] | None) -> list[str]:
    if row is None:
        return ["没有结果"]
    return [
        f"{name} 应为 {_plain(value)}，实为 {_plain(row[name])}"
        for name, value in told.items()
        if _plain(value) != _plain(row[name])
    ]


def _plain(value: Any) -> Any:
    """Lists compare in any order."""
    return sorted(value) if isinstance(value, list | tuple) else value
