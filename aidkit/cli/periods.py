"""Periods as people type them: terms, years, quarters, months, two days."""

import datetime as dt
import re

from aidkit.calendar import Term, date_as_typed
from aidkit.errors import UsageError
from aidkit.fund.period import Period

_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


def period_of(text: str) -> Period:
    """A period as people type it: a year, a month, a quarter, a term, or two days.

    Raises:
        UsageError: It is none of these.
    """
    first, dots, last = text.partition("..")
    try:
        if dots:
            return Period(date_as_typed(first), date_as_typed(last))
        if text.isdecimal() and len(text) == 4:
            return Period.year(int(text))
        if quarter := _QUARTER.fullmatch(text):
            return _months(int(quarter[1]), 3 * int(quarter[2]) - 2, 3)
        if month := _MONTH.fullmatch(text):
            return _months(int(month[1]), int(month[2]), 1)
        term = Term.parse(text)
        return Period(term.starts, term.ends)
    except ValueError:
        raise UsageError(
            f"时段“{text}”不认识。",
            remedy="请写 2026、2026-03、2026-Q1、2026-autumn 或 2026-01-01..2026-06-30。",
        ) from None


def term_of(text: str) -> Term:
    """The term that people mean by `2026-autumn` or `2026秋`.

    Raises:
        UsageError: They mean none.
    """
    try:
        return Term.parse(text)
    except ValueError:
        raise UsageError(
            f"学期“{text}”不认识。", remedy="请写成 2026-autumn、2026-spring 或 2026年秋季学期。"
        ) from None


def _months(year: int, month: int, count: int) -> Period:
    first = dt.date(year, month, 1)
    years, after = divmod(month - 1 + count, 12)
    return Period(first, dt.date(year + years, after + 1, 1) - dt.timedelta(days=1))
