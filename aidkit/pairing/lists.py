"""Children of school age on department lists, and whether they are enrolled."""

import datetime as dt
from collections.abc import Mapping

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.tables.pairing import ListedChildren

SCHOOL_AGE = (6, 15)
"""First and last age of compulsory education, in full years at the start of the term."""

LISTS = ("civil_affairs_list", "disabled_persons_list", "monitored_households_list")


def listed_children(
    tables: Mapping[str, pl.DataFrame], absent: pl.DataFrame, term: Term
) -> dy.DataFrame[ListedChildren]:
    """Every child of school age on the three department lists, with where the child is.

    - `on_roll`: on a roll of the county; `missing`: on it, and away without a known school.
    - `elsewhere`: on no roll, and a household's register names the school.
    - `namesake`: on no roll, but a pupil without an ID number there has the same name.
    - `not_found`: nobody knows. It is not said that such a child does not go to school.

    Args:
        tables: Input tables by name.
        absent: `tables.pairing.Absent` of the term.
        term: The term.
    """
    here = pl.col("term") == term.code
    roll = tables["students"].filter(here)
    numbered = (
        roll.drop_nulls("id_number")
        .sort("student_no")
        .unique("id_number", keep="first", maintain_order=True)
        .select("id_number", "student_no", "school_code")
    )
    told = (
        tables["household_pairs"]
        .filter(here)
        .drop_nulls(["id_number", "enrolled_at"])
        .sort("enrolled_at")
        .unique("id_number", keep="first", maintain_order=True)
        .select("id_number", "enrolled_at")
    )
    unnumbered = roll.filter(pl.col("id_number").is_null())["name"].drop_nulls().unique().sort()
    rows = pl.concat(children_of(tables, name, term) for name in LISTS)
    known = pl.col("student_no").is_not_null()
    where = (
        pl.when(known & pl.col("student_no").is_in(absent["student_no"].implode()))
        .then(pl.lit("missing"))
        .when(known)
        .then(pl.lit("on_roll"))
        .when(pl.col("enrolled_at").is_not_null())
        .then(pl.lit("elsewhere"))
        .when(pl.col("name").is_in(unnumbered.implode()))
        .then(pl.lit("namesake"))
        .otherwise(pl.lit("not_found"))
    )
    found = (
        rows.join(numbered, on="id_number", how="left")
        .join(told, on="id_number", how="left")
        .with_columns(whereabouts=where)
    )
    return ListedChildren.validate(
        found.select(ListedChildren.column_names()).sort("listed_in", "id_number"), cast=True
    )


def children_of(tables: Mapping[str, pl.DataFrame], name: str, term: Term) -> pl.DataFrame:
    """The children of school age on one list of a term, each once.

    Returns:
        One row for each child: `listed_in`, `id_number`, `name`, `household_head` (null where the
        list has none) and `age`.
    """
    rows = tables[name].filter(pl.col("term") == term.code)
    head = pl.col("household_head") if "household_head" in rows.columns else pl.lit(None, pl.String)
    born = pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    youngest, eldest = SCHOOL_AGE
    return (
        rows.select(
            "id_number",
            "name",
            listed_in=pl.lit(name),
            household_head=head,
            age=_age_on(born, term.starts),
        )
        .filter(pl.col("age").is_between(youngest, eldest))
        .sort("id_number", "name", "household_head")
        .unique("id_number", keep="first", maintain_order=True)
        .select("listed_in", "id_number", "name", "household_head", "age")
    )


def _age_on(born: pl.Expr, day: dt.date) -> pl.Expr:
    """Full years on a day; the birthday itself counts."""
    later = (born.dt.month() > day.month) | (
        (born.dt.month() == day.month) & (born.dt.day() > day.day)
    )
    return day.year - born.dt.year() - later.cast(pl.Int32)
