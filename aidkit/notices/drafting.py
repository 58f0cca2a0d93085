"""Lists of notices from a term's decisions and from a fund's payouts."""

from collections.abc import Iterator, Mapping

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.statements.payouts import spent
from aidkit.labels import Labels
from aidkit.notices.listing import Line
from aidkit.programs import Program


def award_lines(
    decisions: pl.DataFrame,
    schools: Mapping[str, str],
    program: Program,
    labels: Labels,
    *,
    school_code: str = "",
) -> tuple[Line, ...]:
    """Who is awarded a program, by school, grade and name: an order that tells nothing of need.

    Args:
        decisions: `tables.Decisions` of a term.
        schools: School code to name.
        program: Which program.
        labels: Names of grades.
        school_code: Only this school.

    Returns:
        A line each; with the amount for teachers only, for a pupil's would tell the tier.
    """
    own = decisions.filter(
        pl.col("awarded"),
        pl.col("program_id") == program.id,
        (pl.col("school_code") == school_code) if school_code else pl.lit(True),
    )
    grades = labels.names("grade")
    place = {code: number for number, code in enumerate(grades)}
    ordered = own.with_columns(
        _place=pl.col("grade").replace_strict(place, default=len(place), return_dtype=pl.Int64)
    ).sort("school_code", "_place", "name", "class_name", "person_no")
    teachers = program.subject == "teacher"
    return tuple(
        Line(
            number=number,
            name=row["name"],
            school=schools.get(row["school_code"], ""),
            grade="" if teachers else grades.get(row["grade"], ""),
            class_name="" if teachers else row["class_name"],
            program=program.short_title,
            amount_fen=row["amount_fen"] if teachers else None,
        )
        for number, row in enumerate(ordered.iter_rows(named=True), 1)
    )


def payout_lines(
    book: Book, fund: str, period: Period, schools: Mapping[str, str], *, program: str = ""
) -> tuple[Line, ...]:
    """Persons whom a fund paid in a period, each with the sum; what came back is taken off.

    Args:
        book: The county's book.
        fund: Id of the fund.
        period: From when to when.
        schools: School code to name.
        program: Only this program of the fund.

    Returns:
        A line for each person and program, by school and name. Payouts to a school for several
        are no persons: the school's own notice names these.
    """
    titles = {one.id: one.title for one in book.funds[fund].programs.values()}
    rows = spent(book, fund, period).filter(
        (pl.col("program") == program) if program else pl.lit(True),
        # What came back may not say again of how many it was.
        (pl.col("person_no") != "")
        | (pl.col("people").abs() == 1)
        | (pl.col("kind") == "payout_returned"),
    )
    named = rows.join(book.entries.select("voucher_no", "party"), on="voucher_no")
    sums = (
        named.group_by("party", "person_no", "school_code", "program")
        .agg(pl.col("fen").sum())
        .filter(pl.col("fen") > 0, pl.col("party") != "")
        .sort("school_code", "party", "program", "person_no")
    )
    return tuple(_numbered(sums, schools, titles))


def _numbered(
    sums: pl.DataFrame, schools: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Line]:
    for number, row in enumerate(sums.iter_rows(named=True), 1):
        yield Line(
            number=number,
            name=row["party"],
            school=schools.get(row["school_code"], ""),
            program=titles.get(row["program"], row["program"]),
            amount_fen=row["fen"],
        )
