"""Builders for what follows from decisions: an invented version and rows of each table."""

import datetime as dt
from typing import Any

import polars as pl

from aidkit.programs import AnyOf, Condition, Source, Version
from aidkit.programs.version import Program, Relation
from aidkit.tables import INPUTS, Decisions, Facts

TERM = "2026-autumn"
SCHOOL = "9900000001"
OTHER_SCHOOL = "9900000002"


def student_no(number: int) -> str:
    """An impossible student number of the right shape."""
    return f"G9900002015010{number:05d}"


def version(
    program_id: str = "bus",
    *,
    title: str = "",
    funder: str = "county",
    universal: bool = False,
    subject: Any = "student",
    conditions: tuple[Condition | AnyOf, ...] = (),
    tier_from: Any = None,
    funding: tuple[tuple[str, int], ...] = (),
    waives: tuple[str, ...] = (),
    stacks_with: tuple[str, ...] = (),
) -> Version:
    """A version of an invented program; its figures are of no concern here."""
    title = title or f"{program_id}补助"
    stack = (Relation("stack", None, stacks_with, None),) if stacks_with else ()
    return Version(
        program=Program(
            program_id, title, title, (f"{title}费",), False, universal, subject, funder
        ),
        region="cn/henan",
        effective_from=dt.date(2026, 9, 1),
        effective_to=None,
        date_status="stated",
        status="verified",
        checked_until=None,
        sources=(Source("办法", "示教〔2026〕1号", "第三条", "测试"),),
        set_by=(),
        floor=False,
        unit="yuan_per_term",
        paid="each_term",
        leavers="term",
        rounding="down",
        follows="school",
        amount_from="figures",
        basis="exact",
        conditions=conditions,
        tier_from=tier_from,
        tier_rules=(),
        amounts=(),
        derivation="",
        difference="",
        evidence=(),
        waives=waives,
        quota=None,
        relations=stack,
        targets=(),
        conflicts=(),
        channel="bank_card",
        funding=funding,
        note="",
    )


def decision(person: str, by: Version, fen: int = 100, **more: Any) -> dict[str, Any]:
    """A row of `tables.Decisions`: awarded, unless `outcome` says otherwise."""
    outcome = more.get("outcome", "awarded")
    awarded = outcome == "awarded"
    return {
        "term": TERM,
        "subject": by.program.subject,
        "person_no": person,
        "name": f"甲{person[-1]}",
        "school_code": SCHOOL,
        "stage": "primary",
        "grade": "p3",
        "class_name": "1班",
        "program_id": by.program.id,
        "version_id": by.id,
        "eligible": outcome != "not_eligible",
        "outcome": outcome,
        "awarded": awarded,
        "tier": None,
        "full_fen": fen * awarded,
        "amount_fen": fen * awarded,
        "rank": None,
        "reserve_no": None,
        "yielded_to": None,
        "missing": [],
        "explanation": "",
        "determination_id": "0",
    } | more


def decisions(*rows: dict[str, Any]) -> pl.DataFrame:
    schema = Decisions.create_empty().schema
    return Decisions.validate(pl.DataFrame(list(rows), schema=schema), cast=True)


BLANK: dict[str, Any] = {
    "term": TERM,
    "subject": "student",
    "name": "甲",
    "school_code": SCHOOL,
    "school_name": "示例小学",
    "stage": "primary",
    "grade": "p3",
    "class_name": "1班",
    "applied_programs": [],
    "applications": [],
    "panel_tiers": [],
    "panel_amounts": [],
    "award_changes": [],
}
"""What a row of facts may not lack; all other columns of `tables.Facts` are unknown."""


def facts(*persons: dict[str, Any]) -> pl.DataFrame:
    """Rows of `tables.Facts` by `person_no`; what is left out is unknown."""
    rows = [BLANK | person for person in persons]
    return Facts.validate(pl.DataFrame(rows, schema=Facts.create_empty().schema))


def tables(term: str | None = TERM, **given: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Input tables by name from dictionaries; every other table is empty."""
    made: dict[str, pl.DataFrame] = {}
    for name, schema in INPUTS.items():
        empty = schema.create_empty()
        place = {"source_file": f"{name}.xlsx", "source_sheet": "表", "term": term}
        rows = [
            place | {"source_row": n, "name": "甲"} | row
            for n, row in enumerate(given.get(name, []), 2)
        ]
        known = [{key: row[key] for key in row if key in empty.columns} for row in rows]
        made[name] = pl.DataFrame(known, schema=empty.schema)
    return made
