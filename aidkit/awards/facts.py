"""One row of facts for each student on the roll, put together from the tables of a run."""

import dataframely as dy
import polars as pl

from aidkit.awards.enrolment import left_school
from aidkit.awards.groups import listed_groups, with_implied
from aidkit.runs import Run
from aidkit.tables import Facts


def assemble_facts(run: Run) -> dy.DataFrame[Facts]:
    """All that conditions may ask of each student on the roll of the run's term.

    - `stage` follows from the grade; primary and junior grades of a special school are `special`.
    - `special_groups` is what the household declares together with what department lists say; null
      only where neither says anything.
    - `listed_groups` is what department lists say; null for a student without an ID number, who
      cannot be looked up, and for everybody while no list has come in.
    - `enrolled` is false after the school's last change of the term took the student away.
    - Income per head is rounded up to whole fen, so that it is at most a limit exactly when the
      true quotient is.
    - An application counts with its written promise; a panel's tier counts when it is the only
      one for the program.

    Raises:
        dataframely.exc.ValidationError: Intake let a student on the roll twice.
    """
    tables, code = run.tables, run.term.code
    students = tables["students"].filter(pl.col("term") == code)
    lists = listed_groups(tables, code)
    facts = (
        students.join(_schools(tables["schools"]), on="school_code", how="left")
        .join(
            _households(tables["households"].filter(pl.col("term") == code)),
            on="student_no",
            how="left",
        )
        .join(lists, on="id_number", how="left")
        .join(
            left_school(tables["enrolment_changes"], run.term),
            on=["school_code", "student_no"],
            how="left",
        )
        .join(_applied(tables["applications"]), on="student_no", how="left")
        .join(_tiers(tables["panel_decisions"]), on="student_no", how="left")
    )
    listed = pl.when(pl.col("id_number").is_not_null() & pl.lit(not lists.is_empty())).then(
        pl.col("listed").fill_null(pl.lit([], pl.List(pl.String)))
    )
    said = pl.col("declared").is_not_null() | (pl.col("listed").list.len() > 0)
    declared_or_listed = pl.concat_list(
        pl.col("declared").fill_null(pl.lit([], pl.List(pl.String))),
        pl.col("listed").fill_null(pl.lit([], pl.List(pl.String))),
    )
    return Facts.validate(
        facts.select(
            "term",
            "student_no",
            "name",
            "school_code",
            "grade",
            "class_name",
            "ownership",
            "locality",
            "boarder",
            school_name=pl.col("school_name").fill_null(pl.col("school_code")),
            stage=_stage(),
            enrolled=~pl.col("left").fill_null(False),
            special_groups=pl.when(said).then(with_implied(declared_or_listed)),
            listed_groups=listed,
            income_per_head_fen=_income_per_head(),
            applied_programs=pl.col("applied_programs").fill_null(pl.lit([], pl.List(pl.String))),
            panel_tiers=pl.col("panel_tiers").fill_null(pl.lit([], _TIERS)),
        ).sort("student_no"),
        cast=True,
    )


_TIERS = pl.List(pl.Struct({"program_id": pl.String, "tier": pl.String}))

_STAGE_BY_FIRST_LETTER = {
    "k": "kindergarten",
    "p": "primary",
    "j": "junior",
    "s": "senior",
    "v": "vocational",
}


def _stage() -> pl.Expr:
    by_grade = pl.col("grade").str.head(1).replace_strict(_STAGE_BY_FIRST_LETTER)
    compulsory = by_grade.is_in(["primary", "junior"])
    special = (pl.col("school_type") == "special").fill_null(False)
    return pl.when(special & compulsory).then(pl.lit("special")).otherwise(by_grade)


def _schools(schools: pl.DataFrame) -> pl.DataFrame:
    return schools.select("school_code", "school_name", "school_type", "ownership", "locality")


def _households(households: pl.DataFrame) -> pl.DataFrame:
    return households.select(
        "student_no",
        "household_size",
        "annual_income_fen",
        declared=pl.col("special_groups"),
    )


def _income_per_head() -> pl.Expr:
    size = pl.when(pl.col("household_size") > 0).then(pl.col("household_size"))
    return -((-pl.col("annual_income_fen")) // size)


def _applied(applications: pl.DataFrame) -> pl.DataFrame:
    valid = applications.filter(pl.col("promise_signed").fill_null(False))
    return valid.group_by("student_no").agg(applied_programs=pl.col("program_id").unique().sort())


def _tiers(decisions: pl.DataFrame) -> pl.DataFrame:
    single = (
        decisions.group_by("student_no", "program_id")
        .agg(pl.col("tier").unique())
        .filter(pl.col("tier").list.len() == 1)
        .select("student_no", "program_id", pl.col("tier").list.first())
        .sort("student_no", "program_id")
    )
    return single.group_by("student_no", maintain_order=True).agg(
        panel_tiers=pl.struct("program_id", "tier")
    )
