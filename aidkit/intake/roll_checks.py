"""Tables that name pupils, students and teachers, held against those who are known."""

import datetime as dt
from collections.abc import Iterator

import polars as pl

from aidkit.calendar import Term
from aidkit.identity import STUDENT_NO_PATTERN
from aidkit.intake.checker import PLACE, ROLL, Checker, Scope, elsewhere, other_name
from aidkit.intake.faults import Problem

_OF_PUPILS = (
    "scores",
    "tutor_pairs",
    "visits",
    "help_logs",
    "peer_pairs",
    "conduct_pairs",
    "class_screening",
    "fees_taken",
    "enrolment_changes",
)
"""Tables that name pupils of the term's roll."""

_OF_STUDENTS = ("households", "applications", "panel_decisions", "care_pairs")
"""Tables that name pupils, or students at college: those are not on any roll."""

_OF_PERSONS = ("aid_received", "award_changes")
"""Tables that name pupils, students at college and teachers."""

_ARRIVED = ("transfer_in", "resumed")


def on_roll(check: Checker, scope: Scope) -> Iterator[Problem]:
    """Who is named in a term and not known in it, or by another name."""
    joined = check.tables["enrolment_changes"].filter(change_kind="transfer_in")
    pupils = _named(check.tables["students"], joined)
    students = _named(pupils, check.tables["freshmen"])
    yield from _at_school_and_college(check)
    # Without the roll of a term nothing can be said about its students.
    complete = [term for term in pupils["term"].unique() if term not in scope.without_roll]
    staff = check.tables["teachers"].select(student_no="teacher_no", name="name")
    for tables, roll in ((_OF_PUPILS, pupils), (_OF_STUDENTS, students)):
        for table in tables:
            rows = check.tables[table].filter(pl.col("term").is_in(complete))
            yield from _against_roll(check, rows, roll, by_term=True)
    for table in _OF_PERSONS:
        rows = check.tables[table].filter(pl.col("term").is_in(complete))
        if staff.is_empty():
            rows = rows.filter(pl.col("person_no").str.contains(STUDENT_NO_PATTERN))
        terms = rows.select("term").unique(maintain_order=True)
        persons = pl.concat(
            [students, terms.join(staff, how="cross").select("term", "student_no", "name")]
        )
        yield from _against_roll(check, rows, persons, by_term=True, number="person_no")
    if scope.all_terms and not scope.without_roll and not pupils.is_empty():
        yield from _against_roll(check, check.tables["payouts"], students, by_term=False)


def gone_before(check: Checker) -> Iterator[Problem]:
    """Who is on a roll though transferred away in an earlier term, with no return since."""
    changes = check.tables["enrolment_changes"]
    changes = changes.with_columns(on=_begins(changes), other=elsewhere())
    roll = check.tables["students"].drop_nulls("student_no")
    roll = roll.with_columns(now=_begins(roll))
    left = (pl.col("change_kind") == "transfer_out") & (pl.col("on") < pl.col("now"))
    came = pl.col("change_kind").is_in(_ARRIVED)
    known = (
        changes.select("student_no", "change_kind", "on", "other")
        .join(roll.select("term", "student_no", "now"), on="student_no")
        .filter(pl.col("on") <= pl.col("now"))
        .sort("on", "other")
        .group_by("term", "student_no", maintain_order=True)
        .agg(
            left=pl.col("on").filter(left).last(),
            came=pl.col("on").filter(came).last(),
            other=pl.col("other").filter(left).last(),
        )
        .filter(pl.col("left") > pl.col("came").fill_null(dt.date.min))
    )
    rows = roll.join(known, on=["term", "student_no"], maintain_order="left")
    yield from check.report("gone_before", rows, "student_no", other="other")


def _begins(rows: pl.DataFrame) -> pl.Expr:
    """The first day of each row's term."""
    first = {code: Term.parse(code).starts for code in rows["term"].unique() if code}
    return pl.col("term").replace_strict(first, default=None, return_dtype=pl.Date)


def _named(*tables: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        rows.select("term", "student_no", "name").drop_nulls("student_no") for rows in tables
    )


def _at_school_and_college(check: Checker) -> Iterator[Problem]:
    """Nobody is a pupil and a student at college in one term: the roll stands."""
    key = ["term", "student_no"]
    roll = check.tables["students"].drop_nulls("student_no").select(*key, other=elsewhere())
    rows = check.tables["freshmen"].join(
        roll.unique(key, keep="first", maintain_order=True), on=key, maintain_order="left"
    )
    yield from check.report("freshman_on_roll", rows, "student_no", other="other")


def _against_roll(
    check: Checker,
    rows: pl.DataFrame,
    roll: pl.DataFrame,
    *,
    by_term: bool,
    number: str = "student_no",
) -> Iterator[Problem]:
    """Rows that name nobody known, or somebody of another name.

    Args:
        check: Reports.
        rows: A table's rows.
        roll: Everybody known, with `term`, `student_no` and `name`.
        by_term: Whether a person must be known in the row's own term.
        number: Column of the rows that names the person.
    """
    rows = rows.drop_nulls(number).unique(PLACE, maintain_order=True)
    if rows.is_empty():
        return
    roll = roll.rename({"student_no": number})
    key = ["term", number] if by_term else [number]
    # Nearly all rows name a person as the roll does: only the others need a closer look.
    rows = rows.join(roll, on=[*key, "name"], how="anti", maintain_order="left")
    if rows.is_empty():
        return
    roll = roll.join(rows, on=key, how="semi", maintain_order="left", nulls_equal=True)
    known = roll.group_by(key, maintain_order=True).agg(names=pl.col("name").drop_nulls().unique())
    rows = rows.join(known, on=key, how="left", maintain_order="left", nulls_equal=True)
    code = "unknown_student" if number == "student_no" else "unknown_person"
    yield from check.report(code, rows.filter(pl.col("names").is_null()), number)
    # A name that is missing, here or on the roll, agrees with nothing and contradicts nothing.
    told = pl.col("name").is_not_null() & (pl.col("names").list.len() > 0)
    differs = told & ~pl.col("names").list.contains(pl.col("name"))
    yield from other_name(check, rows.filter(differs), "names", roll=ROLL)
