"""Run the cases that stand beside program files."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.awards.decide import decide
from aidkit.money import yuan
from aidkit.programs import Case, Version, choose, load_cases, load_programs
from aidkit.tables import Facts


@dataclass(frozen=True)
class Failure:
    """A case that did not come out as its file says.

    Attributes:
        case: The case.
        message: What came out instead, Chinese.
    """

    case: Case
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
    cases = load_cases(*folders)
    outcomes = case_outcomes(cases, load_programs(*folders))
    faults = ((case, _fault(case, outcome)) for case, outcome in outcomes)
    return [Failure(case, fault) for case, fault in faults if fault], len(cases)


def case_outcomes(
    cases: Iterable[Case], versions: Iterable[Version]
) -> list[tuple[Case, dict[str, Any] | None]]:
    """Each case with its row of `tables.Decisions`; None where no version is in force."""
    versions = tuple(versions)
    setting = attrgetter("program_id", "region", "adopted", "term")
    outcomes: list[tuple[Case, dict[str, Any] | None]] = []
    for (program_id, region, adopted, term), group in groupby(sorted(cases, key=setting), setting):
        own = [version for version in versions if version.program.id == program_id]
        adopts = (program_id,) if adopted else ()
        in_force = choose(own, region=region, adopts=adopts, on=term.starts)
        alike = list(group)
        # Student numbers follow the order of the cases, and decisions are sorted by them.
        if in_force:
            decisions = decide(_facts_of(alike), in_force, term)
            outcomes += zip(alike, decisions.to_dicts(), strict=True)
        else:
            outcomes += ((case, None) for case in alike)
    return outcomes


def _facts_of(cases: Iterable[Case]) -> pl.DataFrame:
    """One row of facts for each case that knows only what the case says."""
    names = ("name", "school_code", "school_name", "stage", "grade", "class_name")
    nothing: dict[str, Any] = dict.fromkeys(names, "") | {"applied_programs": [], "panel_tiers": []}
    rows = [
        nothing | {"term": case.term.code, "student_no": f"G99000020150101{n:04d}"} | case.student
        for n, case in enumerate(cases)
    ]
    return pl.DataFrame(rows, schema=Facts.create_empty().schema)


def _fault(case: Case, outcome: dict[str, Any] | None) -> str:
    if outcome is None:
        return "没有有效的版本" if case.in_force else ""
    if not case.in_force:
        return f"不该有有效的版本，却有 {outcome['version_id']}"
    if case.missing is not None:
        got = tuple(outcome["missing"])
        return "" if set(got) == set(case.missing) else f"应缺 {case.missing}，实缺 {got}"
    got_fen, got_tier = outcome["amount_fen"], outcome["tier"]
    if (got_fen, got_tier) == (case.amount_fen, case.tier) and outcome["eligible"]:
        return ""
    expected = f"{yuan(case.amount_fen or 0)} 元 {case.tier or ''}".strip()
    return f"应为 {expected}，实为 {yuan(got_fen)} 元 {got_tier or ''}，缺 {outcome['missing']}"
