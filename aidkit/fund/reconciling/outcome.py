"""What came of holding a bank's statement against the book."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from aidkit.fund.reconciling.by_hand import NOBODY, Grounds
from aidkit.money import yuan


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
            `text`, `reference`, `file`, `sheet`, `row` of a line, `voucher_no` of a voucher. Sides
            sum to the same.
        lines: Lines without a voucher: the same columns.
        vouchers: Vouchers without a line: the same columns.
        cancelled: Numbers of vouchers that corrections took back, and of these corrections.
        daily: By day: `date`, `balance` of the bank at its end, `book` balance, and `book_in` and
            `book_out` since `start`; only days on which something moved.
        passed_over: Lines before `start` and after `end`, which were not compared.
        searched: Whether what was left was little enough to be searched for sums.
        grounds: Why matches by hand were allowed that no rule allows, and by whom.
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
    grounds: Grounds = NOBODY

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
        made = self.vouchers.filter(pl.col("text") == "correction")
        if made.height:
            said.append(
                f"更正凭证 {'、'.join(made['voucher_no'])} 更正的是 {self.start} 以前的凭证，"
                "银行那时就有：重记的凭证要与更正记在同一天（两张写同一个 --date）；"
                "已经记在原来日子的，用那一天起的流水重新核对（--from 原凭证的日子）"
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


def _more(fen: int) -> str:
    return f"{'多' if fen > 0 else '少'} {yuan(abs(fen))} 元"
