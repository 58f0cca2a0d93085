"""What importing a file would do: every row of it, in one of seven cases."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.fund.importing.registers import Register
from aidkit.fund.importing.unread import UNREAD_DATES
from aidkit.intake.faults import ERROR
from aidkit.intake.lexicon import polars_schema
from aidkit.money import yuan
from aidkit.tables.fund_import import FundImportRows

STATUSES = ("new", "changed", "same", "gone", "duplicate", "taken_back", "left_out")
"""See `FundImportRows`; in the order in which they are told."""

POSTED = ("new", "changed")
"""Statuses of rows that an import posts."""

ASKED = ("duplicate", "taken_back")
"""Statuses of rows that are posted only if an officer says so."""


UNUSED = (
    "unknown_sheet",
    "missing_column",
    "duplicate_header",
    "split_header",
    "unit_not_yuan",
    "second_table",
)
"""Problems for which a table, or all from a line on, is not used; its rows are counted as read."""

OF_TABLES = (*UNUSED, UNREAD_DATES)
"""Problems that stand at the line of a header."""


@dataclass(frozen=True)
class Tally:
    """How many rows, and what they come to.

    Attributes:
        rows: How many.
        fen: Their sum; goods that nobody valued count 0.
        returned: How many of them are money of a payout that came back.
        returned_fen: Their sum.
    """

    rows: int
    fen: int
    returned: int = 0
    returned_fen: int = 0

    @classmethod
    def of(cls, rows: pl.DataFrame) -> "Tally":
        """The rows of a table with `kind` and `fen`."""
        back = pl.col("kind") == "payout_returned"
        fen = pl.col("fen")
        return cls(
            *rows.select(
                pl.len(), fen.sum(), returned=back.sum(), returned_fen=fen.filter(back).sum()
            ).row(0)
        )

    @property
    def told(self) -> str:
        """Rows and sum; what came back apart, so that the rest can be held against a total."""
        paid = f"{self.rows - self.returned:,} 行，{yuan(self.fen - self.returned_fen)} 元"
        back = f"退票 {self.returned:,} 行，{yuan(self.returned_fen)} 元"
        if not self.returned:
            return paid
        return f"{paid}；另有{back}" if self.rows > self.returned else back


@dataclass(frozen=True)
class Preview:
    """What importing a file would do.

    Attributes:
        document: Name that the file has in the journal.
        register: What it is and claims; its rows are the drafts.
        known: Whether these very bytes were imported before.
        drafts: Drafts with `status`, `voucher_no` and `why`, without bad rows.
        gone: Vouchers that the document had and has no longer, see `standing.standing`.
        problems: `tables.Problems`, without those of rows left out.
        left_out: Row as officers name it to the reason for which it is left out.
        distinct: Row to what spoke against it, posted all the same, as was decided.
        idle: Rows that were named to be left out, and nothing is wrong with them so far.
    """

    document: str
    register: Register
    known: bool
    drafts: pl.DataFrame
    gone: pl.DataFrame
    problems: pl.DataFrame
    left_out: Mapping[str, str]
    distinct: Mapping[str, str]
    idle: frozenset[str] = frozenset()

    @property
    def rows(self) -> pl.DataFrame:
        """`FundImportRows`: every voucher asked for, then those that are gone."""
        schema = polars_schema(FundImportRows)
        gone = self.gone.with_columns(status=pl.lit("gone"), why=pl.lit(""))
        parts = [part.select([*schema]) for part in (self.drafts, gone) if part.height]
        return pl.concat([pl.DataFrame(schema=schema), *parts])

    @property
    def tallies(self) -> dict[str, Tally]:
        """Every one of `STATUSES` to its rows and their sum."""
        rows = self.rows.select("status", "kind", "fen")
        return {status: Tally.of(rows.filter(status=status)) for status in STATUSES}

    @property
    def to_post(self) -> pl.DataFrame:
        """Drafts that an import posts."""
        posted = self.drafts["status"].is_in(POSTED)
        return self.drafts if posted.all() else self.drafts.filter(posted)

    @property
    def asked(self) -> pl.DataFrame:
        """Rows of `rows` that are posted only if an officer says so, as `why` tells."""
        return self.rows.filter(pl.col("status").is_in(ASKED))

    @property
    def sheets(self) -> list[str]:
        """Sheets of the file that hold a table."""
        return self.register.counts.drop_nulls("table")["sheet"].to_list()

    @property
    def undated(self) -> Tally:
        """Rows to be posted of which nobody says the date."""
        return Tally.of(self.to_post.filter(pl.col("date").is_null()))

    @property
    def without_channel(self) -> Tally:
        """Rows to be posted of which nobody says how the money came or went."""
        return Tally.of(self.to_post.filter(pl.col("channel").is_null()))

    @property
    def errors(self) -> pl.DataFrame:
        """Problems for which nothing of the file is posted."""
        return self.problems.filter(severity=ERROR)

    @property
    def held(self) -> int:
        """Rows of the file that nothing is posted of, because they or their tables have an error.

        A total that does not fit is no row, and neither is a header.
        """
        place = ["sheet", "row"]
        totals = self.register.controls.select(sheet="source_sheet", row="source_row")
        of_rows = (
            self.errors.filter(~pl.col("code").is_in(OF_TABLES))
            .drop_nulls("row")
            .select(place)
            .unique()
            .join(totals, on=place, how="anti")
        )
        unused = self.errors.filter(pl.col("code").is_in(UNUSED))["sheet"].unique()
        bad = self.register.counts.filter(pl.col("sheet").is_in(unused.implode()))["bad_rows"]
        return of_rows.filter(~pl.col("sheet").is_in(unused.implode())).height + int(bad.sum())

    @property
    def takes_back(self) -> list[str]:
        """Numbers of the vouchers that a correction of the file would take back."""
        changed = self.drafts.filter(status="changed")["voucher_no"]
        return [*changed, *(self.gone["voucher_no"] if self.gone.height else ())]
