"""What is known of the households that students come from."""

import polars as pl

from aidkit.facts.groups import listed_groups, with_implied
from aidkit.runs import Run

_NONE = pl.lit([], pl.List(pl.String))


def households(run: Run, persons: pl.DataFrame) -> pl.DataFrame:
    """The household of each person, as far as forms, department lists and the union know it.

    - `special_groups` is what the household declares together with what department lists say; null
      only where neither says anything.
    - `listed_groups` is what department lists say; null for a student without an ID number, who
      cannot be looked up, and for everybody while no list has come in.
    - `in_union_file` is looked up by the child's ID number, likewise.
    - Income per head is rounded up to whole fen, so that it is at most a limit exactly when the
      true quotient is.

    Args:
        run: One term of one county.
        persons: `subject`, `person_no` (学籍号) and `id_number`.

    Returns:
        One row for each person: `subject`, `person_no` and columns of `tables.Facts`.
    """
    tables, code = run.tables, run.term.code
    declared = tables["households"].filter(pl.col("term") == code)
    lists = listed_groups(tables, code)
    filed = tables["union_file"].filter(pl.col("term").is_null() | (pl.col("term") == code))
    rows = persons.join(
        declared.select(
            "household_size",
            "annual_income_fen",
            "listed_illness_expense_fen",
            person_no="student_no",
            declared="special_groups",
        ),
        on="person_no",
        how="left",
    ).join(lists, on="id_number", how="left")
    has_id = pl.col("id_number").is_not_null()
    listed = pl.when(has_id & pl.lit(not lists.is_empty())).then(pl.col("listed").fill_null(_NONE))
    said = pl.col("declared").is_not_null() | (pl.col("listed").list.len() > 0)
    either = pl.concat_list(pl.col("declared", "listed").fill_null(_NONE))
    in_file = pl.col("id_number").is_in(filed["id_number"].unique().sort().to_list())
    income = pl.col("annual_income_fen")
    return rows.select(
        "subject",
        "person_no",
        special_groups=pl.when(said).then(with_implied(either)),
        listed_groups=listed,
        income_per_head_fen=_per_head(income),
        income_after_illness_fen=_per_head(income - pl.col("listed_illness_expense_fen")),
        in_union_file=pl.when(has_id & pl.lit(not filed.is_empty())).then(in_file),
        subsistence_line_fen=pl.lit(run.subsistence_line_fen, pl.Int64),
    )


def _per_head(fen: pl.Expr) -> pl.Expr:
    size = pl.when(pl.col("household_size") > 0).then(pl.col("household_size"))
    return -((-fen) // size)
