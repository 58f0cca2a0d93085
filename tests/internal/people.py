"""A handful of made-up persons and decisions of one term, as an internal report opens them."""

from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from aidkit.awards.to_do import find_tasks
from aidkit.calendar import Term
from aidkit.internal.open import StoredTerm
from aidkit.labels import read_labels
from aidkit.tables import (
    INPUTS,
    Completeness,
    Corrections,
    Decisions,
    Duplicates,
    Facts,
    FundingDemand,
    Problems,
    Quotas,
)
from aidkit.tables.disclosed import PublicPrograms

LABELS = read_labels(Path(__file__).resolve().parents[2] / "params" / "labels.toml")
SCHOOL, OTHER = "9901010002", "9901010003"
NAMES = {SCHOOL: "青源小学", OTHER: "云岭中学"}
TERM = Term.parse("2026-autumn")
TITLES = {
    "tiered_aid": "三级资助",
    "boarder_aid": "寄宿生补助",
    "teacher_aid": "教师资助",
    "college_aid": "大学新生资助",
}
SUBJECTS = {"teacher_aid": "teacher", "college_aid": "freshman"}

Rows = list[dict[str, Any]]


def number(person: int) -> str:
    """学籍号 of the n-th person."""
    return f"L{person:018d}"


def fact(person: int, name: str, **changes: Any) -> dict[str, Any]:
    return {
        "term": TERM.code,
        "subject": "student",
        "person_no": number(person),
        "name": name,
        "school_code": SCHOOL,
        "school_name": NAMES[SCHOOL],
        "stage": "primary",
        "grade": "p1",
        "class_name": "1班",
        "ownership": "public",
        "locality": "town",
        "boarder": False,
        "enrolled": True,
        "present_months": 5,
        "special_groups": [],
        "listed_groups": [],
        "applied_programs": [],
        "applications": [],
        "panel_tiers": [],
        "panel_amounts": [],
        "award_changes": [],
        **changes,
    }


def decision(person: int, missing: list[str], **changes: Any) -> dict[str, Any]:
    """Awarded 1000 yuan of `tiered_aid` where nothing is missing; `changes` say otherwise."""
    program = changes.get("program_id", "tiered_aid")
    outcome = changes.get("outcome", "not_eligible" if missing else "awarded")
    fen = 100_000 if outcome == "awarded" else 0
    return {
        "term": TERM.code,
        "subject": SUBJECTS.get(program, "student"),
        "person_no": number(person),
        "name": "甲",
        "school_code": SCHOOL,
        "stage": "primary",
        "grade": "p1",
        "class_name": "1班",
        "program_id": program,
        "version_id": f"{program}@cn@2026-09-01",
        "eligible": not missing,
        "outcome": outcome,
        "awarded": outcome == "awarded",
        "tier": "level_1" if outcome == "awarded" else None,
        "full_fen": fen,
        "amount_fen": fen,
        "missing": missing,
        "explanation": "",
        "determination_id": "",
        **changes,
    }


def program(program_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "program_id": program_id,
        "version_id": f"{program_id}@cn@2026-09-01",
        "title": TITLES[program_id],
        "subject": SUBJECTS.get(program_id, "student"),
        "funder": "county",
        "region": "cn",
        "source_title": "《示例办法》",
        "status": "verified",
        "in_kind": False,
        "universal": False,
        "case_by_case": False,
        "relations": [],
        "funding": [],
        "targets": [],
        **changes,
    }


TABLES: dict[str, type[dy.Schema]] = {
    "facts": Facts,
    "decisions": Decisions,
    "quotas": Quotas,
    "funding_demand": FundingDemand,
    "duplicates": Duplicates,
    "completeness": Completeness,
    "corrections": Corrections,
    "problems": Problems,
    "donations": INPUTS["donations"],
    "visits": INPUTS["visits"],
}


def stored(programs: Rows | None = None, **tables: Rows) -> StoredTerm:
    """A term of these programs (by default the tiered aid) and tables; all others are empty."""
    frames = {name: _frame(schema, tables.get(name, [])) for name, schema in TABLES.items()}
    law = _frame(PublicPrograms, [program("tiered_aid")] if programs is None else programs)
    changes = frames["facts"].select("person_no", "award_changes").explode("award_changes")
    frames["award_changes"] = changes.drop_nulls("award_changes").unnest("award_changes")
    frames["tasks"] = find_tasks(frames["facts"], frames["decisions"], law)
    return StoredTerm(TERM, LABELS, NAMES, law, frames)


def _frame(schema: type[dy.Schema], rows: Rows) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=schema.create_empty().schema)
    strict = schema not in INPUTS.values()
    return schema.validate(frame, cast=True) if strict else frame
