"""Slices of helping reports of a handful of made-up persons: what a test does not say is empty."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from aidkit.internal.helping import CountyHelping, SchoolHelping
from aidkit.internal.learners import Learners
from aidkit.pairing.settings import read_rules
from aidkit.pipeline.learner_figures import helping_figures
from aidkit.show.view import Publisher
from aidkit.tables.learner_slices import learner_slice_columns
from aidkit.tables.pairing import (
    Absent,
    CareCoverage,
    Continuity,
    DropoutRates,
    HelpLeftOut,
    HouseholdCoverage,
    ListedChildren,
    Loads,
    Pairs,
    PeerChecks,
    Proposals,
    SchoolRates,
    SchoolTargets,
    ScreeningChanges,
    ScreeningDue,
    VisitsDue,
    VisitsOfYear,
)
from tests.internal.people import LABELS, NAMES, OTHER, SCHOOL, TERM

PARAMS = Path(__file__).resolve().parents[2] / "params"
NOW = dt.date(2026, 11, 20)
SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (9, 10, 11))

Row = dict[str, Any]

SCHEMAS: dict[str, type[dy.Schema]] = {
    "tutor_pairs": Pairs,
    "care_pairs": Pairs,
    "conduct_pairs": Pairs,
    "loads": Loads,
    "conduct_loads": Loads,
    "proposals": Proposals,
    "continuity": Continuity,
    "peer_checks": PeerChecks,
    "visits_due": VisitsDue,
    "care_visits_due": VisitsDue,
    "conduct_visits_due": VisitsDue,
    "visits_of_year": VisitsOfYear,
    "care_visits_of_year": VisitsOfYear,
    "conduct_visits_of_year": VisitsOfYear,
    "care_coverage": CareCoverage,
    "household_coverage": HouseholdCoverage,
    "screening_due": ScreeningDue,
    "screening_changes": ScreeningChanges,
    "school_targets": SchoolTargets,
    "school_rates": SchoolRates,
    "help_left_out": HelpLeftOut,
    "absent": Absent,
    "dropout_rates": DropoutRates,
    "listed_children": ListedChildren,
}

NUMBERS = ("persons", "pairs", "pupils", "classes")


def number(pupil: int) -> str:
    """学籍号 of the n-th pupil."""
    return f"L{pupil:018d}"


def pair(teacher: int, pupil: int, **more: Any) -> Row:
    """A row of `Pairs`."""
    return {
        "teacher_no": f"t{teacher}",
        "teacher_name": f"师{teacher}",
        "student_no": number(pupil),
        "name": f"生{pupil}",
        "school_code": SCHOOL,
        "grade": "p3",
        "class_name": "1班",
        "locality": "town",
        "subject": "mathematics",
        "paired_on": dt.date(2026, 9, 10),
        "ends_on": None,
    } | more


def visit(teacher: int, pupil: int, month: dt.date, **more: Any) -> Row:
    """A row of `VisitsDue`, overdue."""
    return {
        "teacher_no": f"t{teacher}",
        "teacher_name": f"师{teacher}",
        "student_no": number(pupil),
        "name": f"生{pupil}",
        "school_code": SCHOOL,
        "month": month,
        "due": 1,
        "done": 0,
        "due_by": (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1),
        "last_on": None,
        "state": "overdue",
    } | more


def proposal(pupil: int, **more: Any) -> dict[str, Any]:
    return {
        "school_code": SCHOOL,
        "grade": "p3",
        "class_name": "1班",
        "student_no": number(pupil),
        "name": f"生{pupil}",
        "subject": "mathematics",
        "teacher_no": None,
        "teacher_name": None,
        "how": "nobody",
        "until": None,
    } | more


def screening(month: dt.date, **more: Any) -> dict[str, Any]:
    return {
        "school_code": SCHOOL,
        "grade": "p3",
        "class_name": "1班",
        "month": month,
        "pupils": 30,
        "found": None,
        "screened_on": None,
        "due_by": dt.date(2026, month.month, 30),
        "state": "overdue",
    } | more


def finding(pupil: int, change: str, **more: Any) -> dict[str, Any]:
    return {
        "month": NOVEMBER,
        "school_code": SCHOOL,
        "grade": "p3",
        "class_name": "1班",
        "student_no": number(pupil),
        "name": f"生{pupil}",
        "finding": "hardship",
        "change": change,
    } | more


def text_of(markup: str) -> str:
    """What stands on the page, cell by cell."""
    return re.sub(r"\s*\|[\s|]*", "|", re.sub(r"<[^>]+>", "|", markup))


def school(**tables: list[Row]) -> SchoolHelping:
    """The report of the first school."""
    teachers = [{"teacher_no": f"t{n}", "name": f"师{n}"} for n in range(1, 6)]
    return SchoolHelping(
        _view(SCHOOL, {"teachers": teachers, **tables}), "2026-11-20", "2027-03-05"
    )


def county(**tables: list[Row]) -> CountyHelping:
    """The report of the county."""
    return CountyHelping(_view(None, tables), "2026-11-20", "2027-03-05")


def _view(code: str | None, tables: dict[str, list[Row]]) -> Learners:
    columns = learner_slice_columns("helping", of_county=code is None)
    rules = read_rules(PARAMS / "pairing.toml")
    known = [(name, NAMES[name]) for name in (SCHOOL, OTHER)]
    shared = {
        "figures": pl.DataFrame(
            list(helping_figures(rules).items()), schema=["figure", "value"], orient="row"
        ),
        "schools": pl.DataFrame(
            [(*one, "primary", "town") for one in known], schema=columns["schools"], orient="row"
        ),
        "school_names": pl.DataFrame(known, schema=columns["school_names"], orient="row"),
    }
    held = {n: c for n, c in columns.items() if n not in (*shared, "settings", "labels")}
    assert set(tables) <= set(held)
    made = {name: _frame(name, titles, tables.get(name, [])) for name, titles in held.items()}
    return Learners(
        term=TERM,
        county=Publisher("青山县", "青山县教育局", ""),
        labels=LABELS,
        code=code,
        as_of=NOW,
        frames={**shared, **made},
    )


def _frame(name: str, columns: tuple[str, ...], rows: list[Row]) -> pl.DataFrame:
    if schema := SCHEMAS.get(name):
        frame = pl.DataFrame(rows, schema=schema.create_empty().schema)
        return pl.DataFrame(schema.validate(frame, cast=True))
    dates = {"month": pl.Date, "helped_on": pl.Date}
    types = {c: dates.get(c, pl.Int64 if c in NUMBERS else pl.String) for c in columns}
    return pl.DataFrame(rows, schema=types)
