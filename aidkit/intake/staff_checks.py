"""Tables that name teachers, and other departments' lists, held against the names on record."""

from collections.abc import Iterator

import polars as pl

from aidkit.intake.checker import ROLL, Checker, other_name
from aidkit.intake.faults import Problem

_OF_TEACHERS = (
    "tutor_pairs",
    "visits",
    "help_logs",
    "conduct_pairs",
    "care_pairs",
    "household_pairs",
    "teacher_applications",
    "teacher_panel_decisions",
)
_PERSON_LISTS = (
    "civil_affairs_list",
    "disabled_persons_list",
    "monitored_households_list",
    "union_file",
)


def on_staff(check: Checker) -> Iterator[Problem]:
    """Teachers whom the list of staff does not have, or under another name."""
    staff = (
        check.tables["teachers"]
        .select("teacher_no", expected="name")
        .drop_nulls("teacher_no")
        .group_by("teacher_no", maintain_order=True)
        .agg(pl.col("expected").drop_nulls().unique())
    )
    if staff.is_empty():
        return
    for table in _OF_TEACHERS:
        rows = check.tables[table].drop_nulls("teacher_no")
        unknown = rows.join(staff, on="teacher_no", how="anti", maintain_order="left")
        yield from check.report("unknown_teacher", unknown, "teacher_no")
        name = "teacher_name" if "teacher_name" in rows.columns else "name"
        named = rows.join(staff, on="teacher_no", how="inner", maintain_order="left")
        told = pl.col(name).is_not_null() & (pl.col("expected").list.len() > 0)
        wrong = named.filter(told & ~pl.col("expected").list.contains(pl.col(name)))
        yield from other_name(check, wrong, "expected", roll="教职工名册", column=name)


def named_on_lists(check: Checker) -> Iterator[Problem]:
    """Persons whom another department's list names otherwise than the rolls."""
    roll = (
        pl.concat(
            check.tables[table].select("id_number", expected="name")
            for table in ("students", "freshmen")
        )
        .drop_nulls()
        .group_by("id_number", maintain_order=True)
        .agg(pl.col("expected").unique())
    )
    for table in _PERSON_LISTS:
        rows = check.tables[table].drop_nulls("id_number")
        met = rows.join(roll, on="id_number", how="inner", maintain_order="left")
        wrong = met.filter(~pl.col("expected").list.contains(pl.col("name")))
        yield from other_name(check, wrong, "expected", roll=ROLL)
