"""How much of the term counts for whom, and what part of an amount that is."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from aidkit.calendar import Term
from aidkit.facts.enrolment import counted_days, school_days
from aidkit.programs import Version
from aidkit.programs.version import MONTHS_PER_TERM, Leavers, Rounding

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
Number = TypeVar("Number", int, pl.Expr)


@dataclass(frozen=True)
class Span:
    """The school time of a term in months or days, numbered from 0.

    Attributes:
        starts: First day of the term.
        marks: A month counts for who is there on its mark, the 15th; empty for days.
        whole: How many months or days the term has.
        column: Column of `tables.Facts` that counts them.
        unit: 个月 or 天.
    """

    starts: dt.date
    marks: tuple[dt.date, ...]
    whole: int
    column: str
    unit: str

    def before(self, day: pl.Expr) -> pl.Expr:
        """How many months or days lie before a day; all of them where there is no such day."""
        if self.marks:
            passed = pl.sum_horizontal((day > mark).cast(pl.Int64) for mark in self.marks)
        else:
            passed = (day - self.starts).dt.total_days().clip(0, self.whole)
        return pl.when(day.is_null()).then(self.whole).otherwise(passed)

    @property
    def end(self) -> pl.Expr:
        """Where a person's time at the county's schools ends."""
        return self.before(pl.col("left_on"))

    @property
    def start(self) -> pl.Expr:
        """Where it begins: it is taken to be one piece."""
        return (self.end - pl.col(self.column)).clip(0)

    def between(self, first: pl.Expr, last: pl.Expr) -> pl.Expr:
        """How much of a person's time lies in a part of the term; 0 where it is unknown."""
        held = pl.min_horizontal(self.end, last) - pl.max_horizontal(self.start, first)
        return held.clip(0).fill_null(0)


def span(leavers: Leavers, term: Term) -> Span | None:
    """The time that amounts go by; None where the whole term is always paid."""
    if leavers == "term":
        return None
    if leavers == "month":
        marks = tuple(counted_days(term))
        return Span(term.starts, marks, MONTHS_PER_TERM, "present_months", "个月")
    return Span(term.starts, (), school_days(term), "present_days", "天")


def part_of(full: Number, held: Number, whole: int, rounding: Rounding) -> Number:
    """The part of an amount in whole fen, rounded as the version declares."""
    product = full * held
    if rounding == "down":
        return product // whole
    if rounding == "up":
        return -((-product) // whole)
    return (2 * product + whole) // (2 * whole)


def followed(facts: Frame, version: Version, term: Term) -> Frame:
    """The facts as a version sees them.

    Where the right goes with the household, a transfer to a school elsewhere does not end it.
    Nobody here keeps the roll of a university: who is in the table of a term was there all of it.
    """
    if version.program.subject == "freshman":
        whole = {"present_months": MONTHS_PER_TERM, "present_days": school_days(term)}
        return facts.with_columns(pl.lit(n, pl.Int64).alias(name) for name, n in whole.items())
    if version.follows == "school":
        return facts
    moved = (pl.col("left_by") == "transfer_out").fill_null(False)
    columns = {
        "enrolled": pl.when(moved).then(True).otherwise(pl.col("enrolled")),
        "left_on": pl.when(~moved).then(pl.col("left_on")),
    }
    for time in (span("month", term), span("day", term)):
        assert time is not None
        stays = pl.col(time.column) + time.whole - time.end
        columns[time.column] = pl.when(moved).then(stays).otherwise(pl.col(time.column))
    return facts.with_columns(**columns)
