"""What each person asked for and what the panel answered: lists with one entry for a program."""

import polars as pl

from aidkit.runs import Run


def applications(run: Run) -> pl.DataFrame:
    """The applications that count: those with their written promise.

    Of several for one program the first day counts; papers and causes add up, and where other
    answers contradict each other there is none.

    Returns:
        One row for each applicant: `person_no`, `applied_programs`, `applications`.
    """
    valid = _of_everyone(run, "applications", "teacher_applications").filter("promise_signed")
    entries = _by_program(
        valid,
        applied_on=pl.col("applied_on").min(),
        papers=_all("papers"),
        record=_only("record"),
        hardship_causes=_all("hardship_causes"),
        debt_fen=_only("debt_fen"),
        nominated_by=_only("nominated_by"),
    )
    return entries.group_by("person_no", maintain_order=True).agg(
        applied_programs="program_id", applications=pl.struct(pl.exclude("person_no"))
    )


def panel_answers(run: Run) -> pl.DataFrame:
    """What the panel decided; a tier, or an amount, only where it is the only one for the program.

    Returns:
        One row for each person: `person_no`, `panel_tiers`, `panel_amounts`.
    """
    rows = _of_everyone(run, "panel_decisions", "teacher_panel_decisions")
    entries = _by_program(rows, tier=_only("tier"), amount_fen=_only("amount_fen"))
    tier, amount = pl.struct("program_id", "tier"), pl.struct("program_id", "amount_fen")
    return entries.group_by("person_no", maintain_order=True).agg(
        panel_tiers=tier.filter(pl.col("tier").is_not_null()),
        panel_amounts=amount.filter(pl.col("amount_fen").is_not_null()),
    )


def _of_everyone(run: Run, of_students: str, of_teachers: str) -> pl.DataFrame:
    """Rows of students and of teachers, by `person_no`; a column that one lacks is null."""
    return pl.concat(
        [
            run.tables[of_students].rename({"student_no": "person_no"}),
            run.tables[of_teachers].rename({"teacher_no": "person_no"}),
        ],
        how="diagonal",
    )


def _by_program(rows: pl.DataFrame, **answers: pl.Expr) -> pl.DataFrame:
    return rows.group_by("person_no", "program_id").agg(**answers).sort("person_no", "program_id")


def _only(column: str) -> pl.Expr:
    """The one answer that rows give; null where none does or two differ."""
    given = pl.col(column).drop_nulls()
    return pl.when(given.n_unique() == 1).then(given.first())


def _all(column: str) -> pl.Expr:
    """Everything that lists name; null where no row has one."""
    given = pl.col(column).drop_nulls()
    return pl.when(given.len() > 0).then(given.explode().drop_nulls().unique().sort().implode())
