"""Who answers for the children of 建档立卡 families: pupil by school, household by area."""

from collections.abc import Mapping

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.labels import folded
from aidkit.pairing.lists import children_of
from aidkit.pairing.pairs import learners_of
from aidkit.tables.pairing import CareCoverage, HouseholdCoverage

REGISTERED = "registered_poor"
"""Code of vocabulary `special_group` for 建档立卡, today 脱贫户和监测对象."""

MONITORED = "monitored_households_list"


def care_coverage(
    tables: Mapping[str, pl.DataFrame], facts: pl.DataFrame, care: pl.DataFrame, term: Term
) -> dy.DataFrame[CareCoverage]:
    """Everybody on a roll or at college who is known as 建档立卡, with both helpers or the gap.

    Who left the county's schools is nobody's pupil any more. Of students at college only the area
    answers: no school of the county has them.

    Args:
        tables: Input tables by name.
        facts: `tables.Facts` of the term.
        care: `tables.pairing.Pairs` of `care_pairs` that hold.
        term: The term.
    """
    known = learners_of(facts).filter(
        pl.col("special_groups").list.contains(REGISTERED), pl.col("left_on").is_null()
    )
    rows = known.rename({"student_no": "person_no"}).join(
        _by_pupil(care, "of_school"), on="person_no", how="left"
    )
    area = (
        _households(tables, term)
        .drop_nulls("person_no")
        .sort("paired_on", "teacher_no")
        .group_by("person_no", maintain_order=True)
        .agg(of_area=pl.col("teacher_no").first())
    )
    told = rows.join(area, on="person_no", how="left").with_columns(
        gap=_gap(
            pl.col("of_school").is_not_null() | pl.col("at_college"),
            pl.col("of_area").is_not_null(),
        )
    )
    return CareCoverage.validate(
        told.select(CareCoverage.column_names()).sort("school_code", "person_no"), cast=True
    )


def household_coverage(
    tables: Mapping[str, pl.DataFrame], care: pl.DataFrame, term: Term
) -> dy.DataFrame[HouseholdCoverage]:
    """Every child of the areas' registers, and every child of school age on the list without one.

    A child is looked for on the term's rolls and among students at college, by 学籍号 or ID number.
    `elsewhere` is what the register says of a school outside the county; a child said to attend a
    school of the county, or no school, whom no roll has is `not_found`.

    Args:
        tables: Input tables by name.
        care: `tables.pairing.Pairs` of `care_pairs` that hold.
        term: The term.
    """
    households = _households(tables, term)
    listed = (
        children_of(tables, MONITORED, term)
        .join(households.drop_nulls("id_number"), on="id_number", how="anti")
        .join(_numbers(tables, term), on="id_number", how="left")
        .filter(
            pl.col("person_no").is_null()
            | ~pl.col("person_no").is_in(households["person_no"].drop_nulls().implode())
        )
    )
    rows = pl.concat([households, listed], how="diagonal_relaxed").join(
        _by_pupil(care, "of_school"), on="person_no", how="left"
    )
    known = pl.col("person_no").is_not_null()
    schools = sorted({folded(name) for name in tables["schools"]["school_name"]})
    said = pl.col("enrolled_at").map_elements(folded, return_dtype=pl.String)
    where = (
        pl.when(known & pl.col("at_college"))
        .then(pl.lit("at_college"))
        .when(known)
        .then(pl.lit("on_roll"))
        .when(pl.col("enrolled_at").is_not_null() & ~said.is_in(schools))
        .then(pl.lit("elsewhere"))
        .otherwise(pl.lit("not_found"))
    )
    at_school = known & ~pl.col("at_college")
    told = rows.with_columns(
        whereabouts=where,
        of_area="teacher_no",
        gap=_gap(
            pl.col("of_school").is_not_null() | ~at_school.fill_null(False),
            pl.col("teacher_no").is_not_null(),
        ),
    )
    order = ["school_code", "area", "household_head", "name", "person_no", "id_number"]
    return HouseholdCoverage.validate(
        told.sort(order, nulls_last=True).select(HouseholdCoverage.column_names()), cast=True
    )


def _gap(school: pl.Expr, area: pl.Expr) -> pl.Expr:
    return (
        pl.when(school & area)
        .then(pl.lit("none"))
        .when(area)
        .then(pl.lit("school"))
        .when(school)
        .then(pl.lit("area"))
        .otherwise(pl.lit("both"))
    )


def _by_pupil(care: pl.DataFrame, column: str) -> pl.DataFrame:
    """The teacher who has answered longest for each pupil."""
    return (
        care.sort("paired_on", "teacher_no")
        .group_by("student_no", maintain_order=True)
        .agg(pl.col("teacher_no").first().alias(column))
        .rename({"student_no": "person_no"})
    )


def _households(tables: Mapping[str, pl.DataFrame], term: Term) -> pl.DataFrame:
    """The areas' registers of a term with `person_no` and `at_college` of who is known here."""
    numbers = _numbers(tables, term)
    rows = tables["household_pairs"].filter(pl.col("term") == term.code)
    by_id = rows.join(numbers.drop_nulls("id_number"), on="id_number", how="left")
    by_no = numbers.select(student_no="person_no", at="at_college").unique("student_no")
    return by_id.join(by_no, on="student_no", how="left").with_columns(
        person_no=pl.when(pl.col("at").is_not_null()).then("student_no").otherwise("person_no"),
        at_college=pl.coalesce("at", "at_college"),
    )


def _numbers(tables: Mapping[str, pl.DataFrame], term: Term) -> pl.DataFrame:
    """ID number and 学籍号 of everybody on a roll or at college in a term, each number once."""
    here = [
        tables[name]
        .filter(pl.col("term") == term.code)
        .select("id_number", person_no="student_no", at_college=pl.lit(at_college))
        for name, at_college in (("students", False), ("freshmen", True))
    ]
    return (
        pl.concat(here)
        .sort("at_college", "person_no")
        .unique("person_no", keep="first", maintain_order=True)
    )
