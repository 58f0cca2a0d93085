"""The bank against the book: every line of the statement is some voucher, or it is told."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.book import Book
from aidkit.fund.reconciling.by_hand import NOBODY, ByHand, Grounds, by_hands
from aidkit.fund.reconciling.cancelled import cancelled
from aidkit.fund.reconciling.matching import Ids, Matching
from aidkit.fund.reconciling.outcome import Reconciliation, Side
from aidkit.fund.reconciling.sides import bank_side, book_side

DAYS = 3
"""Days that the bank may book before or after the voucher's date, unless told otherwise."""


def reconcile(
    book: Book,
    fund: str,
    rows: pl.DataFrame,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    days: int = DAYS,
    due: dt.date | None = None,
    by_hand: Sequence[ByHand] = (),
    grounds: Grounds = NOBODY,
) -> Reconciliation:
    """Hold a bank's statement against the book of one fund.

    Args:
        book: The book.
        fund: Id of the fund; the statement must be of its own account.
        rows: `tables.fund_registers.BankStatement`.
        start: First day; by default `due`; where the statement begins before that, the first of
            its first month, so that a voucher shortly before the first line is not missed.
        end: Last day that the statement covers; by default that of its last line.
        days: Days that the bank may book before or after the voucher's date.
        due: First day that was not reconciled before, or the book's first where none was.
        by_hand: What people matched themselves; both sides must sum to the same.
        grounds: Why, where no rule would allow it, and who says so.

    Raises:
        InputError: Lines are missing or out of order.
        UsageError: The days or the matches by hand do not fit the statement or the book, or days
            would be left out.
    """
    every = bank_side(rows)
    first, last = every["date"][0], every["date"][-1]
    opened = book.funds[fund].opened_on
    if start is None:
        begun = due or opened
        start = begun if begun <= first else max(opened, first.replace(day=1))
    end = end or last
    if end < first or not start <= min(end, last):
        raise UsageError(
            f"流水是 {first} 至 {last} 的，不能用来核对 {start} 至 {end}。",
            remedy="请检查 --from、--to，或换一份流水。",
        )
    if due and start > due:
        raise UsageError(
            f"{due} 至 {start - dt.timedelta(days=1)} 还没有与银行核对过，中间不能空着。",
            where="--from",
            remedy=f"请用从 {due} 起的流水，写 --from {due} 或更早的日子；不写 --from 也可以。",
        )
    earlier = every.filter(pl.col("date") < start)
    compared = every.filter(pl.col("date").is_between(start, end))
    lines = compared.filter(pl.col("fen") != 0)
    if earlier.height:
        bank_opening = int(earlier["balance"][-1])
    else:
        bank_opening = int(every["balance"][0] - every["fen"][0])

    known = book_side(book, fund).filter(pl.col("date") <= end)
    gone = cancelled(known, start)
    live = known.filter(~pl.col("voucher_no").is_in(list(gone)))
    before = (pl.col("date") < start) | (pl.col("kind") == "opening")
    vouchers = live.filter(~before)

    matching = Matching(lines, vouchers)
    matching.add("by_hand", by_hands(lines, vouchers, by_hand, days, grounds))
    matching.run(days)
    links = pl.concat(
        [
            _told(lines, [(n, rule, i) for n, (rule, i, _) in enumerate(matching.matches, 1)]),
            _told(vouchers, [(n, rule, i) for n, (rule, _, i) in enumerate(matching.matches, 1)]),
        ]
    ).sort("match", "side", "date", maintain_order=True)
    opening = int(live.filter(before)["fen"].sum())
    return Reconciliation(
        fund=fund,
        start=start,
        end=end,
        days=days,
        bank=_side(bank_opening, lines),
        book=_side(opening, vouchers),
        links=links,
        lines=_told(matching.bank, [(0, "", tuple(matching.bank["id"]))]),
        vouchers=_told(matching.book, [(0, "", tuple(matching.book["id"]))]),
        cancelled=tuple(sorted(gone)),
        daily=_daily(lines, vouchers, bank_opening, opening),
        passed_over=every.height - compared.height,
        searched=matching.searched,
        grounds=grounds,
    )


def _side(opening: int, rows: pl.DataFrame) -> Side:
    fen = rows["fen"]
    return Side(opening, int(fen.filter(fen > 0).sum()), -int(fen.filter(fen < 0).sum()))


def _daily(lines: pl.DataFrame, vouchers: pl.DataFrame, bank: int, book: int) -> pl.DataFrame:
    """Balances of both at the end of every day on which something moved."""

    def of_day(rows: pl.DataFrame, name: str) -> pl.DataFrame:
        fen = pl.col("fen")
        return rows.group_by("date").agg(
            fen.clip(lower_bound=0).sum().alias(f"{name}_in"),
            -fen.clip(upper_bound=0).sum().alias(f"{name}_out"),
        )

    both = of_day(lines, "bank").join(
        of_day(vouchers, "book"), on="date", how="full", coalesce=True
    )
    run = both.sort("date").with_columns(pl.exclude("date").fill_null(0).cum_sum())
    return run.select(
        "date",
        balance=bank + pl.col("bank_in") - pl.col("bank_out"),
        book=book + pl.col("book_in") - pl.col("book_out"),
        book_in="book_in",
        book_out="book_out",
    )


_COLUMNS = ("match", "rule", "side", "date", "fen", "party", "text", "reference")
_PLACES = ("file", "sheet", "row", "voucher_no")


def _told(side: pl.DataFrame, matches: Sequence[tuple[int, str, Ids]]) -> pl.DataFrame:
    """Rows of a side as `Reconciliation.links` has them."""
    which = pl.DataFrame(
        [(match, rule, id_) for match, rule, ids in matches for id_ in ids],
        schema={"match": pl.Int64, "rule": pl.String, "id": side.schema["id"]},
        orient="row",
    )
    rows = which.join(side, on="id", maintain_order="left")
    if "voucher_no" in side.columns:
        blank = {"file": pl.lit(""), "sheet": pl.lit(""), "row": pl.lit(0, pl.Int64)}
        rows = rows.with_columns(side=pl.lit("book"), text="kind", **blank)
    else:
        rows = rows.with_columns(side=pl.lit("bank"), voucher_no=pl.lit(""))
    return rows.select(*_COLUMNS, *_PLACES)
