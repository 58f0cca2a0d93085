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
    aimed = (
        decisions.lazy()
        .with_row_index("at")
        .filter(pl.col("subject") == "student", ~pl.col("program_id").is_in(universal))
    )
    has_applied = pl.col("applied_programs").list.len() > 0
    is_listed = pl.col("listed_groups").list.len() > 0
    tasks = pl.concat(
        [
            _papers(aimed, decisions["missing"], students),
            _unwritten(students, "not_applied", is_listed & ~has_applied),
            _unwritten(students, "no_boarder", pl.col("boarder").is_null()),
            _unwritten(students, "no_household", pl.col("special_groups").is_null() & has_applied),
        ]
    )
    present = students.filter(
        pl.col("enrolled").fill_null(True),
        pl.col("person_no").is_in(_concerned(aimed, tasks["person_no"]).implode()),
    )
    who = present.select("person_no", "name", "school_code", "grade", "class_name")
    return who.join(tasks, on="person_no").sort("person_no", "task")


def _papers(aimed: pl.LazyFrame, missing: pl.Series, students: pl.DataFrame) -> pl.DataFrame:
    """Tasks of decisions that lack nothing else than one paper.

    A panel decides on those who applied: it owes nothing to everybody else.
    """
    pair = pl.struct("person_no", "program_id")
    applied = students.select("person_no", program_id="applied_programs").explode("program_id")
    pairs = applied.drop_nulls().select(pair).to_series().implode()
    # First and last are looked at alone: that settles most of them without copying lists.
    first, last = pl.col("missing").list.first(), pl.col("missing").list.last()
    lacking = (
        aimed.filter(~pl.col("eligible"), first.is_in(list(PAPERS)))
        .select("at", "person_no", "program_id", task=_task(first), last=_task(last))
        .collect()
        .filter(pl.col("task") == pl.col("last"))
        .filter((pl.col("task") != "no_tier") | pair.is_in(pairs))
    )
    tasks = missing.gather(lacking["at"]).list.eval(_task(pl.element()))
    one = lacking.filter(tasks.list.n_unique() == 1)
    return one.group_by("task", "person_no").agg(programs=pl.col("program_id").sort())


def _task(lacks: pl.Expr) -> pl.Expr:
    return lacks.replace_strict(PAPERS, default=None, return_dtype=pl.String)


def _concerned(aimed: pl.LazyFrame, persons: pl.Series) -> pl.Series:
    """Those of these persons for whom some program is, as far as no paper could change it."""
    own = aimed.filter(pl.col("person_no").is_in(persons.implode())).select("person_no", "missing")
    missing = pl.col("missing")
    within = (
        own.collect()
        .filter(~missing.list.first().is_in(SCOPE).fill_null(False))
        .filter(missing.list.set_intersection(list(SCOPE)).list.len() == 0)
    )
    return within["person_no"]


def _unwritten(students: pl.DataFrame, task: str, lacks: pl.Expr) -> pl.DataFrame:
    return students.filter(lacks).select(
        pl.lit(task).alias("task"),
        "person_no",
        pl.lit([], dtype=pl.List(pl.String)).alias("programs"),
    )
