"""Settled drafts as vouchers: each is made when it is asked for, so that a million need no room."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast, overload

import polars as pl

from aidkit.fund.entry import Entry, Goods
from aidkit.fund.making import goods as making_goods
from aidkit.fund.making import money as making_money
from aidkit.fund.making import moves as making_moves
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


def entry_of(row: Mapping[str, Any], funds: Mapping[str, Fund], about: About) -> Entry:
    """The voucher of one settled draft.

    Args:
        row: Columns of `FundDrafts`.
        funds: The county's funds.
        about: What the voucher says besides its money.

    Raises:
        InputError: It cannot be, or something is not told that must be.
    """
    kind, fund, date, fen = row["kind"], funds[row["fund"]], row["date"], row["fen"]
    if kind in _PAYOUTS:
        return _PAYOUTS[kind](
            fund,
            date,
            fen,
            channel=row["channel"],
            program=row["program"],
            purpose=row["purpose"],
            **about,
        )
    if kind in {"goods_in", "goods_out"}:
        return _with_goods(row, fund, about)
    if kind in _WITHIN:
        return _within(row, funds, about)
    make = making_money.income if kind in making_money.INCOME_OF else making_money.cost
    return make(kind, fund, date, fen, channel=row["channel"], purpose=row["purpose"], **about)


_PAYOUTS = {"payout": making_money.payout, "payout_returned": making_money.payout_returned}
_WITHIN = ("gift_returned", "move", "transfer", "release", "redesignate")


def _with_goods(row: Mapping[str, Any], fund: Fund, about: About) -> Entry:
    goods = Goods(row["item"], row["unit"], row["thousandths"], row["spec"], row["fen"])
    if row["kind"] == "goods_in":
        return making_goods.goods_in(fund, row["date"], [goods], purpose=row["purpose"], **about)
    return making_goods.goods_out(
        fund, row["date"], [goods], program=row["program"], purpose=row["purpose"], **about
    )


def _within(row: Mapping[str, Any], funds: Mapping[str, Fund], about: About) -> Entry:
    kind, fund, date, fen = row["kind"], funds[row["fund"]], row["date"], row["fen"]
    if kind == "gift_returned":
        return making_money.gift_returned(
            fund, date, fen, channel=row["channel"], purpose=row["purpose"], **about
        )
    if kind == "move":
        return making_moves.move(
            fund, date, fen, source=row["channel"], target=row["to_channel"], **about
        )
    if kind == "transfer":
        return making_moves.transfer(
            fund,
            date,
            fen,
            source=row["channel"],
            to_fund=funds[row["to_fund"]],
            target=row["to_channel"],
            purpose=row["purpose"],
            to_purpose=row["to_purpose"],
            **about,
        )
    return making_moves.release(
        fund, date, fen, purpose=row["purpose"], to_purpose=row["to_purpose"], **about
    )
