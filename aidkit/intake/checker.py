"""Rows that a check found, as problems at their places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from aidkit.intake.faults import Problem, problem
from aidkit.intake.values import shown

Headers = Mapping[tuple[str, str], Mapping[str, str]]
"""File and sheet to column name, or subject, to the column for people: `C 身份证号`."""

PLACE = ("source_file", "source_sheet", "source_row")
"""Where a row stands."""

ROLL = "学生名册"
"""What people call the list of pupils."""


@dataclass(frozen=True)
class Scope:
    """How far the tables can be held against each other.

    Attributes:
        whole_county: Whether they are a county's, so that what one lacks is missing.
        all_terms: Whether every term was read: county-wide tables need all rolls.
        own_folder: Whether it is a county's own folder, which holds the list of schools too.
        without_roll: Terms of which some roll could not be read.
    """

    whole_county: bool
    all_terms: bool
    own_folder: bool = False
    without_roll: frozenset[str | None] = frozenset()


@dataclass(frozen=True)
class Checker:
    """All rows by table, and what their columns are called in the sheets."""

    tables: dict[str, pl.DataFrame]
    headers: Headers

    def report(
        self, code: str, rows: pl.DataFrame, column: str, **details: str
    ) -> Iterator[Problem]:
        """A problem per row; `details` name columns of `rows` that hold the words."""
        for row in rows.iter_rows(named=True):
            file, sheet = row["source_file"], row["source_sheet"]
            yield problem(
                code,
                file,
                sheet=sheet,
                row=row["source_row"],
                column=self.headers[file, sheet].get(column, ""),
                value=shown(str(row[column] if row[column] is not None else "")),
                **{name: str(row[source]) for name, source in details.items()},
            )


def elsewhere() -> pl.Expr:
    """Where a row stands, in words."""
    sheet = pl.when(pl.col("source_sheet") != "").then(
        pl.format("工作表“{}”", pl.col("source_sheet"))
    )
    return pl.format(
        "{} {}第 {} 行", pl.col("source_file"), sheet.otherwise(pl.lit("")), pl.col("source_row")
    )


def not_single(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """All rows whose key another row has too, each with where it stands: `elsewhere`.

    They are few. A row that has its key for itself may be among them, but nearly never is.
    """
    return rows.filter(rows.select(key).hash_rows().is_duplicated()).with_columns(
        elsewhere=elsewhere()
    )


def other_name(
    check: Checker, rows: pl.DataFrame, expected: str, *, roll: str, column: str = "name"
) -> Iterator[Problem]:
    """Rows with another name than those that the list in `expected` holds."""
    told = rows.with_columns(
        expected=pl.col(expected).list.sort().list.join("、"), roll=pl.lit(roll)
    )
    yield from check.report("name_mismatch", told, column, expected="expected", roll="roll")
