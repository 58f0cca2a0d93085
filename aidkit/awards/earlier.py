"""What an earlier run left, and for whom it cannot hold any more.

What is told of a person under a program depends on that person's facts and on what settling said
of the person's offers; besides on versions, term and county, which must be the same here. Of facts
the lists that have entries by program are read for that program's own entries alone.
"""

from dataclasses import dataclass

import polars as pl

_BY_PROGRAM = (
    "applied_programs",
    "applications",
    "panel_tiers",
    "panel_amounts",
    "award_changes",
)
"""Columns of `tables.Facts` that are lists of entries by program, or of program ids."""

_PAIR = ("person_no", "program_id")


@dataclass(frozen=True)
class Earlier:
    """Facts, and what the same versions made of them in the same term and county.

    Attributes:
        facts: `tables.Facts`.
        decisions: `tables.Decisions`.
        settled: As `contest.SETTLED`.
    """

    facts: pl.DataFrame
    decisions: pl.DataFrame
    settled: pl.DataFrame


@dataclass(frozen=True)
class Stale:
    """Who has to be told anew.

    Attributes:
        persons: Under every program; also those who are gone.
        pairs: Under a program only: `person_no`, `program_id`.
    """

    persons: pl.Series
    pairs: pl.DataFrame

    @property
    def anybody(self) -> pl.Series:
        """Everybody who has to be told anew under some program."""
        return pl.concat([self.persons, self.pairs["person_no"]]).unique()

    def under(self, program_id: str) -> pl.Series:
        """Everybody who has to be told anew under a program."""
        own = self.pairs.filter(pl.col("program_id") == program_id)["person_no"]
        return pl.concat([self.persons, own]).unique()

    def still_good(self, decisions: pl.DataFrame) -> pl.DataFrame:
        """The decisions that hold."""
        others = decisions.filter(~pl.col("person_no").is_in(self.persons.implode()))
        return others.join(self.pairs, on=_PAIR, how="anti", maintain_order="left")


def stale(earlier: Earlier, facts: pl.DataFrame, settled: pl.DataFrame) -> Stale:
    """Whose decisions may differ from the earlier ones.

    Args:
        earlier: The earlier run.
        facts: `tables.Facts` of now.
        settled: Of `contest`, now.
    """
    differing = _differing(earlier.facts, facts)
    # A row that is there before and after, but for its lists by program, cancels itself out.
    persons = differing.drop(_BY_PROGRAM).unique(keep="none")["person_no"].unique()
    others = differing.filter(~pl.col("person_no").is_in(persons.implode()))["person_no"]
    concerned = pl.col("person_no").is_in(others.unique().implode())
    before, now = earlier.facts.filter(concerned), facts.filter(concerned)
    pairs = [
        _differing(_entries(before, column), _entries(now, column)).select(_PAIR)
        for column in _BY_PROGRAM
    ]
    offers = _differing(earlier.settled, settled).select(_PAIR)
    return Stale(persons, pl.concat([*pairs, offers]).unique())


def _differing(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The rows that only one of two frames has; no row is in one of them twice."""
    return pl.concat([before, now]).unique(keep="none")


def _entries(facts: pl.DataFrame, column: str) -> pl.DataFrame:
    """What a column holds for each person and program: `subject`, `_PAIR`, `entry`."""
    entry = pl.col("entry")
    program_id = entry if column == "applied_programs" else entry.struct.field("program_id")
    rows = facts.select("subject", "person_no", entry=column).explode("entry")
    return (
        rows.with_columns(program_id=program_id)
        .filter(pl.col("program_id").is_not_null())
        .group_by("subject", *_PAIR, maintain_order=True)
        .agg("entry")
    )
