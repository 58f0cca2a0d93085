"""The bank against the book: every line of the statement is some voucher, or it is told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.book import Book
from aidkit.fund.reconciling.by_hand import ByHand, by_hands
from aidkit.fund.reconciling.matching import Ids, Matching
from aidkit.fund.reconciling.sides import bank_side, book_side, cancelled
from aidkit.money import yuan

DAYS = 3
"""Days that the bank may book before or after the voucher's date, unless told otherwise."""


@dataclass(frozen=True)
class Side:
    """Money in and out of the account as one side tells it.

    Attributes:
        opening_fen: Balance before the first day that was compared.
        in_fen: What came in, 0 or more.
        out_fen: What went out, 0 or more.
    """

    opening_fen: int
    in_fen: int
    out_fen: int

    @property
    def closing_fen(self) -> int:
        """Opening + in - out."""
        return self.opening_fen + self.in_fen - self.out_fen


@dataclass(frozen=True)
class Reconciliation:
    """What came of holding a statement against the book.

    Attributes:
        fund: Id of the fund.
        start: First day that was compared.
        end: Last day that was compared.
        days: Days that the bank may book before or after.
        bank: What the statement says.
        book: What the book says; vouchers that corrections took back count for neither way.
        links: One row is one line or voucher of a match: `match` (1 up), `rule` (key of
            `reconciling.matching.RULES`), `side` (`bank` or `book`), `date`, `fen`, `party`,
            `text`, `file`, `sheet`, `row` of a line, `voucher_no` of a voucher. Sides sum to the
            same.
        lines: Lines without a voucher: the same columns.
        vouchers: Vouchers without a line: the same columns.
        cancelled: Numbers of vouchers that corrections took back, and of these corrections.
        daily: By day: `date`, `balance` of the bank at its end, `book` balance, and `book_in` and
            `book_out` since `start`; only days on which something moved.
        passed_over: Lines before `start` and after `end`, which were not compared.
        searched: Whether what was left was little enough to be searched for sums.
    """

    fund: str
    start: dt.date
    end: dt.date
    days: int
    bank: Side
    book: Side
    links: pl.DataFrame
    lines: pl.DataFrame
    vouchers: pl.DataFrame
    cancelled: tuple[str, ...]
    daily: pl.DataFrame
    passed_over: int
    searched: bool

    @property
    def difference_fen(self) -> int:
        """The book's closing balance less the bank's."""
        return self.book.closing_fen - self.bank.closing_fen

    @property
    def agrees(self) -> bool:
        """Opening and closing balance are the same, and nothing is left on either side."""
        return not self.refusals

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why the two do not agree and where to look, Chinese; empty where they do."""
        said = []
        if (apart := self.book.opening_fen - self.bank.opening_fen) != 0:
            said.append(
                f"期初就不一致：{self.start} 以前账簿比银行{_more(apart)}；"
                "请先核对更早的流水，或检查期初结转凭证"
            )
        if self.difference_fen:
            since = self._apart_since()
            said.append(
                f"期末不一致：{self.end} 账簿 {yuan(self.book.closing_fen)} 元，"
                f"银行 {yuan(self.bank.closing_fen)} 元，账簿比银行{_more(self.difference_fen)}；"
                f"从 {since} 起一直对不上，请看那一天的流水和凭证"
            )
        if self.lines.height or self.vouchers.height:
            said.append(
                f"{self.lines.height} 行流水没有凭证，{self.vouchers.height} 张凭证没有流水"
            )
        return tuple(said)

    def _apart_since(self) -> dt.date:
        apart = self.daily.select("date", apart=pl.col("book") - pl.col("balance"))
        equal = apart.with_row_index("at").filter(pl.col("apart") == 0)
        if equal.is_empty():
            return self.start
        after: int = equal["at"][-1] + 1
        day: dt.date = apart["date"][after] if after < apart.height else self.end
        return day


def reconcile(
    book: Book,
    fund: str,
    rows: pl.DataFrame,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    days: int = DAYS,
    by_hand: Sequence[ByHand] = (),
) -> Reconciliation:
    """Hold a bank's statement against the book of one fund.

    Args:
        book: The book.
        fund: Id of the fund; the statement must be of its own account.
        rows: `tables.fund_registers.BankStatement`.
        start: First day; by default the first of the statement's first month, so that a voucher
            shortly before the first line is not missed, or the book's where that is later.
        end: Last day that the statement covers; by default that of its last line.
        days: Days that the bank may book before or after the voucher's date.
        by_hand: What people matched themselves; both sides must sum to the same.

    Raises:
        InputError: Lines are missing or out of order.
        UsageError: The days or the matches by hand do not fit the statement or the book.
    """
    every = bank_side(rows)
    first, last = every["date"][0], every["date"][-1]
    start = start or max(first.replace(day=1), book.funds[fund].opened_on)
    end = end or last
    if end < first or not start <= min(end, last):
        raise UsageError(
            f"流水是 {first} 至 {last} 的，不能用来核对 {start} 至 {end}。",
            remedy="请检查 --from、--to，或换一份流水。",
        )
    earlier = every.filter(pl.col("date") < start)
    compared = every.filter(pl.col("date").is_between(start, end))
    lines = compared.filter(pl.col("fen") != 0)
    if earlier.height:
        bank_opening = int(earlier["balance"][-1])
    else:
        bank_opening = int(every["balance"][0] - every["fen"][0])

    known = book_side(book, fund).filter(pl.col("date") <= end)
    gone = cancelled(known)
    live = known.filter(~pl.col("voucher_no").is_in(list(gone)))
    opened = (pl.col("date") < start) | (pl.col("kind") == "opening")
    vouchers = live.filter(~opened)

    matching = Matching(lines, vouchers)
    matching.add("by_hand", by_hands(lines, vouchers, by_hand))
    matching.run(days)
    links = pl.concat(
        [
            _told(lines, [(n, rule, i) for n, (rule, i, _) in enumerate(matching.matches, 1)]),
            _told(vouchers, [(n, rule, i) for n, (rule, _, i) in enumerate(matching.matches, 1)]),
        ]
    ).sort("match", "side", "date", maintain_order=True)
    opening = int(live.filter(opened)["fen"].sum())
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


_COLUMNS = ("match", "rule", "side", "date", "fen", "party", "text")
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


def _more(fen: int) -> str:
    return f"{'多' if fen > 0 else '少'} {yuan(abs(fen))} 元"
