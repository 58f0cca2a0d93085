"""What must stand once: rows, students, persons, the numbers that are somebody's own."""

from collections.abc import Iterator

import polars as pl

from aidkit.intake.checker import PLACE, Checker, not_single
from aidkit.intake.faults import Problem
from aidkit.tables import KEYS

_EQUAL_GIFTS = frozenset(
    {
        "donations",
        "goods_received",
        "goods_given",
        "goods_taken",
        "fund_movements",
        "bank_statement",
    }
)
"""Tables in which two equal rows are ordinary: the same person may give the same twice a day."""

_ELSEWHERE = frozenset({"students", "scores"})
"""Tables of which more is asked than whether a row stands twice: see `_rolls`, `exam_checks`."""


def repeats(check: Checker) -> Iterator[Problem]:
    """Rows, students, persons and cards that stand more than once."""
    yield from _repeated_rows(check)
    yield from _rolls(check)
    yield from _people(check)


def _repeated_rows(check: Checker) -> Iterator[Problem]:
    for table, rows in check.tables.items():
        if rows.is_empty() or table in _ELSEWHERE or table in _EQUAL_GIFTS:
            continue
        content = [c for c in rows.columns if not c.startswith("source_") and c != "set_aside"]
        key = list(KEYS.get(table, content))
        told = [c for c in key if c != "term"]
        complete = rows.filter(
            pl.all_horizontal(pl.col(told).is_not_null()) if table in KEYS else True
        )
        complete = not_single(complete, key)
        if complete.is_empty():
            continue
        first = complete.with_columns(
            other=pl.col("elsewhere").first().over(key), nth=pl.int_range(pl.len()).over(key)
        )
        again = first.filter(pl.col("nth") > 0).unique(PLACE, maintain_order=True)
        column = told[0] if table in KEYS else "student_no" if "student_no" in content else "name"
        yield from check.report("duplicate_row", again, column, other="other")


def _rolls(check: Checker) -> Iterator[Problem]:
    key = ["term", "student_no"]
    rows = not_single(check.tables["students"].drop_nulls("student_no"), key)
    if rows.is_empty():
        return
    rows = rows.with_columns(
        schools=pl.col("school_code").drop_nulls().n_unique().over(key),
        times=pl.len().over(key),
        nth=pl.int_range(pl.len()).over(key),
        first=pl.col("elsewhere").first().over(key),
        last=pl.col("elsewhere").last().over(key),
    ).with_columns(other=pl.when(pl.col("nth") == 0).then("last").otherwise("first"))
    # On two rolls: neither school may be believed. Twice on one: the first row stands.
    two_schools = (pl.col("schools") > 1) & (pl.col("times") > 1)
    yield from check.report(
        "student_in_two_schools", rows.filter(two_schools), "student_no", other="other"
    )
    again = rows.filter(~two_schools & (pl.col("nth") > 0))
    yield from check.report("duplicate_student", again, "student_no", other="first")


def _people(check: Checker) -> Iterator[Problem]:
    students = check.tables["students"]
    born = pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    wrong = students.filter(pl.col("birth_date") != born).with_columns(
        expected=born.dt.to_string("%Y-%m-%d")
    )
    yield from check.report("birth_mismatch", wrong, "birth_date", expected="expected")
    for table, person in (
        ("students", "student_no"),
        ("freshmen", "student_no"),
        ("teachers", "teacher_no"),
    ):
        yield from _one_to_one(check, table, "id_number", person, "id_twice")
    yield from _one_to_one(check, "students", "card_no", "account_name", "card_shared")


def _one_to_one(
    check: Checker, table: str, shared: str, owner: str, code: str
) -> Iterator[Problem]:
    """Rows in which a value belongs to more than one owner in a term; each names another row."""
    key = ["term", shared]
    rows = not_single(check.tables[table].drop_nulls([shared, owner]), key)
    if rows.is_empty():
        return
    rows = rows.with_columns(
        owners=pl.col(owner).n_unique().over(key),
        first=pl.col("elsewhere").first().over(key),
        last=pl.col("elsewhere").last().over(key),
        nth=pl.int_range(pl.len()).over(key),
    ).with_columns(other=pl.when(pl.col("nth") == 0).then("last").otherwise("first"))
    yield from check.report(code, rows.filter(pl.col("owners") > 1), shared, other="other")
