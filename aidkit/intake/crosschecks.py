"""What no single cell shows: rows against each other, tables against each other.

Faulty rows take part as witnesses: a student whose row has a wrong date is still on the roll.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.intake.faults import Problem, problem
from aidkit.intake.values import shown
from aidkit.tables import KEYS

Headers = Mapping[tuple[str, str], Mapping[str, str]]
"""File and sheet to column name to the column for people: `C 身份证号`."""

_PLACE = ("source_file", "source_sheet", "source_row")
_EQUAL_GIFTS = frozenset({"donations", "bank_statement"})
"""Tables in which two equal rows are ordinary: the same person may give the same twice a day."""

_OF_A_TERM = ("households", "applications", "panel_decisions", "scores", "tutor_pairs", "visits")
_PERSON_LISTS = ("civil_affairs_list", "disabled_persons_list", "monitored_households_list")


@dataclass(frozen=True)
class _Checker:
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


def cross_check(
    tables: dict[str, pl.DataFrame], headers: Headers, scope: Scope
) -> Iterator[Problem]:
    """Check rows and tables against each other.

    Args:
        tables: All rows by table, faulty ones too.
        headers: What the columns are called in the sheets that the rows came from.
        scope: What was read.

    Yields:
        Problems.
    """
    check = _Checker(tables, headers)
    yield from _repeated_rows(check)
    yield from _rolls(check)
    yield from _people(check)
    if scope.whole_county:
        yield from _schools(check, scope)
        yield from _on_roll(check, scope)
        yield from _helpers(check)
        yield from _lists(check)


def _elsewhere() -> pl.Expr:
    """Where a row stands, in words."""
    sheet = pl.when(pl.col("source_sheet") != "").then(
        pl.format("工作表“{}”", pl.col("source_sheet"))
    )
    return pl.format(
        "{} {}第 {} 行", pl.col("source_file"), sheet.otherwise(pl.lit("")), pl.col("source_row")
    )


def _repeated_rows(check: _Checker) -> Iterator[Problem]:
    for table, rows in check.tables.items():
        if rows.is_empty() or table == "students" or table in _EQUAL_GIFTS:
            continue
        content = [c for c in rows.columns if not c.startswith("source_") and c != "set_aside"]
        key = list(KEYS.get(table, content))
        told = [c for c in key if c != "term"]
        complete = rows.filter(
            pl.all_horizontal(pl.col(told).is_not_null()) if table in KEYS else True
        )
        if table == "scores":
            complete = complete.unique([*_PLACE, *key], maintain_order=True)
        first = complete.with_columns(
            other=_elsewhere().first().over(key), nth=pl.int_range(pl.len()).over(key)
        )
        again = first.filter(pl.col("nth") > 0).unique(_PLACE, maintain_order=True)
        column = told[0] if table in KEYS else "student_no" if "student_no" in content else "name"
        yield from check.report("duplicate_row", again, column, other="other")


def _rolls(check: _Checker) -> Iterator[Problem]:
    rows = check.tables["students"].drop_nulls("student_no")
    if rows.is_empty():
        return
    key = ["term", "student_no"]
    rows = rows.with_columns(
        schools=pl.col("school_code").drop_nulls().n_unique().over(key),
        times=pl.len().over(key),
        nth=pl.int_range(pl.len()).over(key),
        first=_elsewhere().first().over(key),
        last=_elsewhere().last().over(key),
    ).with_columns(other=pl.when(pl.col("nth") == 0).then("last").otherwise("first"))
    # On two rolls: neither school may be believed. Twice on one: the first row stands.
    two_schools = (pl.col("schools") > 1) & (pl.col("times") > 1)
    yield from check.report(
        "student_in_two_schools", rows.filter(two_schools), "student_no", other="other"
    )
    again = rows.filter(~two_schools & (pl.col("nth") > 0))
    yield from check.report("duplicate_student", again, "student_no", other="first")


def _people(check: _Checker) -> Iterator[Problem]:
    students = check.tables["students"]
    born = pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    wrong = students.with_columns(expected=born.dt.to_string("%Y-%m-%d")).filter(
        pl.col("birth_date") != born
    )
    yield from check.report("birth_mismatch", wrong, "birth_date", expected="expected")
    for table, person in (("students", "student_no"), ("teachers", "teacher_no")):
        yield from _one_to_one(check, table, "id_number", person, "id_twice")
    yield from _one_to_one(check, "students", "card_no", "account_name", "card_shared")


def _one_to_one(
    check: _Checker, table: str, shared: str, owner: str, code: str
) -> Iterator[Problem]:
    """Rows in which a value belongs to more than one owner in a term; each names another row."""
    rows = check.tables[table].drop_nulls([shared, owner])
    if rows.is_empty():
        return
    key = ["term", shared]
    rows = rows.with_columns(
        owners=pl.col(owner).n_unique().over(key),
        first=_elsewhere().first().over(key),
        last=_elsewhere().last().over(key),
        nth=pl.int_range(pl.len()).over(key),
    ).with_columns(other=pl.when(pl.col("nth") == 0).then("last").otherwise("first"))
    yield from check.report(code, rows.filter(pl.col("owners") > 1), shared, other="other")


def _schools(check: _Checker, scope: Scope) -> Iterator[Problem]:
    known = check.tables["schools"].select("school_code").drop_nulls()
    if known.is_empty() and not scope.own_folder:
        return
    for table in ("teachers", "students", "enrolment_changes"):
        rows = check.tables[table].drop_nulls("school_code")
        unknown = rows.join(known, on="school_code", how="anti", maintain_order="left")
        yield from check.report("unknown_school", unknown, "school_code")


def _on_roll(check: _Checker, scope: Scope) -> Iterator[Problem]:
    joined = check.tables["enrolment_changes"].filter(change_kind="transfer_in")
    roll = pl.concat(
        rows.select("term", "student_no", "name").drop_nulls("student_no")
        for rows in (check.tables["students"], joined)
    )
    # Without the roll of a term nothing can be said about its students.
    complete = [term for term in roll["term"].unique() if term not in scope.without_roll]
    for table in (*_OF_A_TERM, "enrolment_changes"):
        rows = check.tables[table].filter(pl.col("term").is_in(complete))
        yield from _against_roll(check, rows, roll, ["term", "student_no"])
    if scope.all_terms and not scope.without_roll and not roll.is_empty():
        yield from _against_roll(check, check.tables["payouts"], roll, ["student_no"])


def _against_roll(
    check: _Checker, rows: pl.DataFrame, roll: pl.DataFrame, key: list[str]
) -> Iterator[Problem]:
    rows = rows.drop_nulls("student_no").unique(_PLACE, maintain_order=True)
    if rows.is_empty():
        return
    known = roll.group_by(key, maintain_order=True).agg(names=pl.col("name").drop_nulls().unique())
    rows = rows.join(known, on=key, how="left", maintain_order="left", nulls_equal=True)
    yield from check.report("unknown_student", rows.filter(pl.col("names").is_null()), "student_no")
    # A name that is missing, here or on the roll, agrees with nothing and contradicts nothing.
    told = pl.col("name").is_not_null() & (pl.col("names").list.len() > 0)
    other_name = told & ~pl.col("names").list.contains(pl.col("name"))
    yield from check.report(
        "name_mismatch",
        rows.filter(other_name).with_columns(
            expected=pl.col("names").list.sort().list.join("、"), roll=pl.lit("学生名册")
        ),
        "name",
        expected="expected",
        roll="roll",
    )


def _helpers(check: _Checker) -> Iterator[Problem]:
    staff = check.tables["teachers"].select("teacher_no", expected="name").drop_nulls("teacher_no")
    staff = staff.unique("teacher_no", keep="first", maintain_order=True)
    if staff.is_empty():
        return
    for table in ("tutor_pairs", "visits"):
        rows = check.tables[table].drop_nulls("teacher_no")
        unknown = rows.join(staff, on="teacher_no", how="anti", maintain_order="left")
        yield from check.report("unknown_teacher", unknown, "teacher_no")
        named = rows.join(staff, on="teacher_no", how="inner", maintain_order="left")
        wrong = named.filter(pl.col("expected") != pl.col("teacher_name"))
        yield from check.report(
            "name_mismatch",
            wrong.with_columns(roll=pl.lit("教职工名册")),
            "teacher_name",
            expected="expected",
            roll="roll",
        )


def _lists(check: _Checker) -> Iterator[Problem]:
    roll = (
        check.tables["students"]
        .select("id_number", expected="name")
        .drop_nulls()
        .group_by("id_number", maintain_order=True)
        .agg(pl.col("expected").unique())
    )
    for table in _PERSON_LISTS:
        rows = check.tables[table].drop_nulls("id_number")
        met = rows.join(roll, on="id_number", how="inner", maintain_order="left")
        wrong = met.filter(~pl.col("expected").list.contains(pl.col("name")))
        yield from check.report(
            "name_mismatch",
            wrong.with_columns(
                expected=pl.col("expected").list.sort().list.join("、"), roll=pl.lit("学生名册")
            ),
            "name",
            expected="expected",
            roll="roll",
        )
