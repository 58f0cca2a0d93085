"""What is still to do for whom: a paper that is lacking, or a fact that nobody wrote down."""

import polars as pl

PAPERS = {
    "applied": "no_application",
    "applied_or_listed": "no_application",
    "papers": "no_papers",
    "panel_tier": "no_tier",
    "panel_amount": "no_tier",
    "panel_tier_in": "no_tier",
}
"""What a decision lacks → the task, where it is a paper and not a fact of the family."""

SCOPE = ("enrolled", "stage_in", "grade_in", "ownership_in", "locality_in")
"""Conditions that no paper can meet: without one of them a program is not for the student."""


def find_tasks(
    facts: pl.DataFrame, decisions: pl.DataFrame, programs: pl.DataFrame
) -> pl.DataFrame:
    """List what to do for students on the roll, one row a student and task.

    Args:
        facts: `tables.Facts`.
        decisions: `tables.Decisions`.
        programs: `PublicPrograms` of the versions that decided.

    Returns:
        `person_no`, `name`, `school_code`, `grade`, `class_name`, `task` (`not_applied`: listed by
        a department, `no_application`, `no_papers`, `no_tier`, `no_boarder`, `no_household`) and
        the `programs` that it concerns, sorted by person and task.
    """
    students = facts.filter(subject="student")
    universal = programs.filter("universal")["program_id"].implode()
    aimed = decisions.select("subject", "person_no", "program_id", "eligible", "missing").filter(
        ~pl.col("program_id").is_in(universal), subject="student"
    )
    first = pl.col("missing").list.first()  # looked at alone it settles most of them, quickly
    within = aimed.filter(~first.is_in(SCOPE).fill_null(False))
    concerned = within.filter(pl.col("missing").list.set_intersection(list(SCOPE)).list.len() == 0)
    present = students.filter(pl.col("enrolled").fill_null(True)).join(
        concerned, on="person_no", how="semi"
    )
    papers = (
        aimed.filter(~pl.col("eligible") & first.is_in(list(PAPERS)))
        .with_columns(
            tasks=pl.col("missing").list.eval(
                pl.element().replace_strict(PAPERS, default=None, return_dtype=pl.String)
            )
        )
        .filter(pl.col("tasks").list.n_unique() == 1, pl.col("tasks").list.first().is_not_null())
        .with_columns(task=pl.col("tasks").list.first())
        .join(_applications(students), on=["person_no", "program_id"], how="left")
        .filter((pl.col("task") != "no_tier") | pl.col("applied").is_not_null())
        .group_by("task", "person_no")
        .agg(programs=pl.col("program_id").sort())
    )
    has_applied = pl.col("applied_programs").list.len() > 0
    is_listed = pl.col("listed_groups").list.len() > 0
    unwritten = (
        _unwritten(present, "not_applied", is_listed & ~has_applied),
        _unwritten(present, "no_boarder", pl.col("boarder").is_null()),
        _unwritten(present, "no_household", pl.col("special_groups").is_null() & has_applied),
    )
    who = present.select("person_no", "name", "school_code", "grade", "class_name")
    tasks = who.join(pl.concat([papers, *unwritten]), on="person_no")
    return tasks.sort("person_no", "task")


def _applications(students: pl.DataFrame) -> pl.DataFrame:
    """A panel decides on those who applied: it owes nothing to everybody else."""
    applied = students.select("person_no", program_id="applied_programs").explode("program_id")
    return applied.drop_nulls().unique().with_columns(applied=pl.lit(True))


def _unwritten(present: pl.DataFrame, task: str, lacks: pl.Expr) -> pl.DataFrame:
    return present.filter(lacks).select(
        pl.lit(task).alias("task"),
        "person_no",
        pl.lit([], dtype=pl.List(pl.String)).alias("programs"),
    )
