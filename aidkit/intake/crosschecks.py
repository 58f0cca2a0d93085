"""What no single cell shows: rows against each other, tables against each other.

Faulty rows take part as witnesses: a student whose row has a wrong date is still on the roll.
"""

from collections.abc import Iterator

import polars as pl

from aidkit.intake.checker import Checker, Headers, Scope
from aidkit.intake.exam_checks import exam_checks, unknown_classes
from aidkit.intake.faults import Problem
from aidkit.intake.repeats import repeats
from aidkit.intake.roll_checks import gone_before, on_roll
from aidkit.intake.staff_checks import named_on_lists, on_staff

_OF_SCHOOLS = {
    **dict.fromkeys(("teachers", "students", "freshmen", "enrolment_changes"), ("school_code",)),
    **dict.fromkeys(("household_pairs", "class_screening"), ("school_code",)),
    **dict.fromkeys(("school_pairs", "school_help"), ("helper_code", "helped_code")),
}
"""Tables that name schools of the county, and the columns in which they do."""


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
    check = Checker(tables, headers)
    yield from repeats(check)
    yield from exam_checks(check)
    if scope.whole_county:
        yield from _schools(check, scope)
        yield from on_roll(check, scope)
        yield from gone_before(check)
        classless = unknown_classes(tables["scores"], tables["students"])
        yield from check.report("unknown_class", classless, "class_name")
        yield from on_staff(check)
        yield from named_on_lists(check)


def _schools(check: Checker, scope: Scope) -> Iterator[Problem]:
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
