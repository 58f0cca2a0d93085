"""Small builders: pupils, teachers and registers of one invented term."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.pairing.pairs import pairs_of
from aidkit.pairing.settings import PairingRules, read_rules
from aidkit.tables import INPUTS
from tests.awards.followers import SCHOOL, facts, student_no, tables

__all__ = ["SCHOOL", "facts", "student_no", "tables"]

AUTUMN = Term.parse("2026-autumn")
SHIPPED = Path(__file__).resolve().parents[2] / "params" / "pairing.toml"
NOW = dt.date(2026, 11, 20)
RULES: PairingRules = read_rules(SHIPPED)

Row = dict[str, Any]


def on(month: int, day: int) -> dt.date:
    """A day of the autumn term; January is of the next year."""
    return dt.date(2026 if month > 8 else 2027, month, day)


def pupil(n: int, **more: Any) -> Row:
    """A row of facts of the n-th pupil."""
    return {"person_no": student_no(n), "name": f"生{n}", "locality": "town"} | more


def teacher(n: int, **more: Any) -> Row:
    """A row of table `teachers`."""
    return {
        "teacher_no": f"t{n:02d}",
        "name": f"师{n}",
        "school_code": SCHOOL,
        "post": "teacher",
        "party_member": False,
        "subject": None,
        "employment": "in_post",
    } | more


def pair(teacher_: int, pupil_: int, **more: Any) -> Row:
    """A row of `tutor_pairs`, `conduct_pairs` or `care_pairs`."""
    return {
        "teacher_no": f"t{teacher_:02d}",
        "teacher_name": f"师{teacher_}",
        "student_no": student_no(pupil_),
        "name": f"生{pupil_}",
        "paired_on": on(9, 10),
        "ended_on": None,
    } | more


def register(name: str, *rows: Row, term: str = AUTUMN.code) -> pl.DataFrame:
    """An input table of the term."""
    return tables(term, **{name: list(rows)})[name]


def paired(
    *rows: Row, pupils: list[Row] | None = None, as_of: dt.date = NOW, count: int = 9
) -> pl.DataFrame:
    """`tables.pairing.Pairs` of `tutor_pairs`; the pupils are the first `count` by default."""
    known = facts(*(pupils if pupils is not None else [pupil(n) for n in range(count)]))
    return pairs_of(register("tutor_pairs", *rows), known, AUTUMN, as_of)


def empty(name: str) -> pl.DataFrame:
    """An input table without rows."""
    return INPUTS[name].create_empty()
