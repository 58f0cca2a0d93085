"""What no single cell shows: rows against each other, tables against each other.

Faulty rows take part as witnesses: a student whose row has a wrong date is still on the roll.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from aidkit.calendar import Term
from aidkit.identity import STUDENT_NO_PATTERN
from aidkit.intake.exam_checks import unknown_classes
from aidkit.intake.faults import Problem, problem
from aidkit.intake.values import shown
from aidkit.tables import KEYS

Headers = Mapping[tuple[str, str], Mapping[str, str]]
"""File and sheet to column name to the column for people: `C 身份证号`."""

_PLACE = ("source_file", "source_sheet", "source_row")
_EQUAL_GIFTS = frozenset(
    {"donations", "goods_received", "goods_given", "fund_movements", "bank_statement"}
)
"""Tables in which two equal rows are ordinary: the same person may give the same twice a day."""

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

_OF_TEACHERS = (
    "tutor_pairs",
    "visits",
    "help_logs",
    "conduct_pairs",
    "care_pairs",
    "household_pairs",
    "teacher_applications",
    "teacher_panel_decisions",
)
_OF_SCHOOLS = {
    **dict.fromkeys(("teachers", "students", "freshmen", "enrolment_changes"), ("school_code",)),
    **dict.fromkeys(("household_pairs", "class_screening"), ("school_code",)),
    **dict.fromkeys(("school_pairs", "school_help"), ("helper_code", "helped_code")),
}
"""Tables that name schools of the county, and the columns in which they do."""

_ARRIVED = ("transfer_in", "resumed")
_PERSON_LISTS = (
    "civil_affairs_list",
    "disabled_persons_list",
    "monitored_households_list",
    "union_file",
)
_ROLL = "学生名册"


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
        yield from _gone_before(check)
        classless = unknown_classes(tables["scores"], tables["students"])
        yield from check.report("unknown_class", classless, "class_name")
        yield from _on_staff(check)
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
        complete = _not_single(complete, key)
        if complete.is_empty():
            continue
        if table == "scores":
            complete = complete.unique([*_PLACE, *key], maintain_order=True)
        first = complete.with_columns(
            other=pl.col("elsewhere").first().over(key), nth=pl.int_range(pl.len()).over(key)
        )
        again = first.filter(pl.col("nth") > 0).unique(_PLACE, maintain_order=True)
        column = told[0] if table in KEYS else "student_no" if "student_no" in content else "name"
        yield from check.report("duplicate_row", again, column, other="other")


def _not_single(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """All rows whose key another row has too, each with where it stands: `elsewhere`.

    They are few. A row that has its key for itself may be among them, but nearly never is.
    """
    return rows.filter(rows.select(key).hash_rows().is_duplicated()).with_columns(
        elsewhere=_elsewhere()
    )


def _rolls(check: _Checker) -> Iterator[Problem]:
    key = ["term", "student_no"]
    rows = _not_single(check.tables["students"].drop_nulls("student_no"), key)
    if rows.is_empty():
        return
    rows = rows.with_columns(
        schools=pl.col("school_code").drop_nulls().n_unique().over(key),
        times=pl.len().over(key),
        nth=pl.int_range(pl.len()).over(key),
        first=pl.col("elsewhere").first().over(key),
        last=pl.col("elsewhere").last().over(key),
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
    wrong = students.filter(pl.col("birth_date") != born).with_columns(
        expected=born.dt.to_string("%Y-%m-%d")
    )
    yield from check.report("birth_mismatch", wrong, "birth_date", expected="expected")
    for table, person in (
        ("students", "student_no"),
        ("freshmen", "student_no"),
        ("teachers", "teacher_no"),
    ):
        yield from _one_to_one(check, table, "id_number", person, "id_twice")
    yield from _one_to_one(check, "students", "card_no", "account_name", "card_shared")


def _one_to_one(
    check: _Checker, table: str, shared: str, owner: str, code: str
) -> Iterator[Problem]:
    """Rows in which a value belongs to more than one owner in a term; each names another row."""
    key = ["term", shared]
    rows = _not_single(check.tables[table].drop_nulls([shared, owner]), key)
    if rows.is_empty():
        return
    rows = rows.with_columns(
        owners=pl.col(owner).n_unique().over(key),
        first=pl.col("elsewhere").first().over(key),
        last=pl.col("elsewhere").last().over(key),
        nth=pl.int_range(pl.len()).over(key),
    ).with_columns(other=pl.when(pl.col("nth") == 0).then("last").otherwise("first"))
    yield from check.report(code, rows.filter(pl.col("owners") > 1), shared, other="other")


def _schools(check: _Checker, scope: Scope) -> Iterator[Problem]:
    known = check.tables["schools"].select("school_code").drop_nulls()
    if known.is_empty() and not scope.own_folder:
        return
    for table, columns in _OF_SCHOOLS.items():
        for column in columns:
            rows = check.tables[table].drop_nulls(column)
            unknown = rows.join(
                known, left_on=column, right_on="school_code", how="anti", maintain_order="left"
            )
            yield from check.report("unknown_school", unknown, column)


def _on_roll(check: _Checker, scope: Scope) -> Iterator[Problem]:
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


def _gone_before(check: _Checker) -> Iterator[Problem]:
    """Who is on a roll though transferred away in an earlier term, with no return since."""
    changes = check.tables["enrolment_changes"]
    changes = changes.with_columns(on=_begins(changes), other=_elsewhere())
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


def _at_school_and_college(check: _Checker) -> Iterator[Problem]:
    """Nobody is a pupil and a student at college in one term: the roll stands."""
    key = ["term", "student_no"]
    roll = check.tables["students"].drop_nulls("student_no").select(*key, other=_elsewhere())
    rows = check.tables["freshmen"].join(
        roll.unique(key, keep="first", maintain_order=True), on=key, maintain_order="left"
    )
    yield from check.report("freshman_on_roll", rows, "student_no", other="other")


def _against_roll(
    check: _Checker,
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
    rows = rows.drop_nulls(number).unique(_PLACE, maintain_order=True)
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
    other_name = told & ~pl.col("names").list.contains(pl.col("name"))
    yield from _other_name(check, rows.filter(other_name), "names", roll=_ROLL)


def _other_name(
    check: _Checker, rows: pl.DataFrame, expected: str, *, roll: str, column: str = "name"
) -> Iterator[Problem]:
    """Rows with another name than those that the list in `expected` holds."""
    told = rows.with_columns(
        expected=pl.col(expected).list.sort().list.join("、"), roll=pl.lit(roll)
    )
    yield from check.report("name_mismatch", told, column, expected="expected", roll="roll")


def _on_staff(check: _Checker) -> Iterator[Problem]:
    staff = (
        check.tables["teachers"]
        .select("teacher_no", expected="name")
        .drop_nulls("teacher_no")
        .group_by("teacher_no", maintain_order=True)
        .agg(pl.col("expected").drop_nulls().unique())
    )
    if staff.is_empty():
        return
    for table in _OF_TEACHERS:
        rows = check.tables[table].drop_nulls("teacher_no")
        unknown = rows.join(staff, on="teacher_no", how="anti", maintain_order="left")
        yield from check.report("unknown_teacher", unknown, "teacher_no")
        name = "teacher_name" if "teacher_name" in rows.columns else "name"
        named = rows.join(staff, on="teacher_no", how="inner", maintain_order="left")
        told = pl.col(name).is_not_null() & (pl.col("expected").list.len() > 0)
        wrong = named.filter(told & ~pl.col("expected").list.contains(pl.col(name)))
        yield from _other_name(check, wrong, "expected", roll="教职工名册", column=name)


def _lists(check: _Checker) -> Iterator[Problem]:
    roll = (
        pl.concat(
            check.tables[table].select("id_number", expected="name")
            for table in ("students", "freshmen")
        )
        .drop_nulls()
        .group_by("id_number", maintain_order=True)
        .agg(pl.col("expected").unique())
    )
    for table in _PERSON_LISTS:
        rows = check.tables[table].drop_nulls("id_number")
        met = rows.join(roll, on="id_number", how="inner", maintain_order="left")
        wrong = met.filter(~pl.col("expected").list.contains(pl.col("name")))
        yield from _other_name(check, wrong, "expected", roll=_ROLL)
