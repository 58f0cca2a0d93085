"""Settled drafts as vouchers: each is made when it is asked for, so that a million need no room."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast, overload

import polars as pl

from aidkit.fund.entry import Entry
from aidkit.fund.making.from_row import entry_of
from aidkit.fund.making.made_of import About
from aidkit.fund.settings import Fund

_ABOUT = (
    "party",
    "donor_class",
    "consent",
    "school_code",
    "person_no",
    "persons",
    "reference",
    "receipt_no",
    "note",
    "reason",
    "consent_of",
    "approved_by",
    "entered_by",
    "source_sheet",
    "source_row",
)

_MONEY = (
    "kind",
    "fund",
    "date",
    "fen",
    "channel",
    "to_channel",
    "to_fund",
    "purpose",
    "to_purpose",
    "program",
    "item",
    "unit",
    "thousandths",
    "spec",
)


class Vouchers(Sequence[Entry]):
    """The vouchers of settled drafts, in their order.

    Args:
        drafts: `FundDrafts` without problems.
        funds: The county's funds.
        file: The document that they come from.
    """

    def __init__(self, drafts: pl.DataFrame, funds: Mapping[str, Fund], file: str) -> None:
        # Most files leave most columns blank: what says nothing anywhere is not looked at by row.
        blank = {"persons": 0, "source_row": 0}
        speaks = drafts.select((pl.col(n) != blank.get(n, "")).any() for n in _ABOUT)
        said = [name for name, any_ in speaks.row(0, named=True).items() if any_]
        self._about = said
        self._drafts = drafts.select(*_MONEY, *said)
        self._funds = funds
        self._file = file

    def __len__(self) -> int:
        return self._drafts.height

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self._entry(row) for row in self._drafts[index].iter_rows(named=True)]
        return self._entry(self._drafts.row(index, named=True))

    def __iter__(self) -> Iterator[Entry]:
        return map(self._entry, self._drafts.iter_rows(named=True, buffer_size=20_000))

    def _entry(self, row: dict[str, Any]) -> Entry:
        about = {name: row[name] for name in self._about}
        about["source_file"] = self._file
        return entry_of(row, self._funds, cast(About, about))
