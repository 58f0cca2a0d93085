"""What stands on every statement of a fund: whose, of when, and from which book."""

from dataclasses import dataclass

import polars as pl

from aidkit.documents.fund_table import chinese_day
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.fund.reconciling.standing import UNRECONCILED, Standing
from aidkit.fund.settings import Fund
from aidkit.fund.statements.carried import Carried
from aidkit.money import yuan

_HEAD_SHOWN = 8
_REPLACED_SHOWN = 16
_VOUCHERS_SHOWN = 5


@dataclass(frozen=True)
class Stamp:
    """The facts that tie a statement to the book that it was told from.

    Attributes:
        fund: The fund.
        publisher: Who publishes, as in county.toml.
        contact: Whom readers can turn to.
        period: What it tells of.
        head: Hash of the journal's last line.
        lines: How many lines the journal has.
        journal: Days of the journal's first and last voucher; None where it has none.
        standing: Whether the bank agrees on the last day.
        replaces: Head of the last statement of the same days that said otherwise; empty: none did.
        carried: What was entered since into the days of the statement before; None: nothing was.
        public: Whether everybody may read it.
    """

    fund: Fund
    publisher: str
    contact: str
    period: Period
    head: str
    lines: int
    journal: Period | None
    standing: Standing
    replaces: str = ""
    carried: Carried | None = None
    public: bool = False

    @property
    def number(self) -> str:
        """Number of the statements: fund, days and the first digits of the head."""
        days = f"{self.period.first:%Y%m%d}-{self.period.last:%Y%m%d}"
        return f"{self.fund.id}-{days}-{self.head[:_HEAD_SHOWN]}"

    @property
    def warning(self) -> str:
        """What is printed across a statement that the bank does not agree with, or nothing."""
        return "" if self.standing.may_speak else UNRECONCILED

    @property
    def edition(self) -> str:
        """What is printed below the title of a statement that replaces another one, or nothing."""
        if not self.replaces:
            return ""
        return f"更正版（代替链首 {self.replaces[:_REPLACED_SHOWN]} 的报表）"

    @property
    def when(self) -> str:
        """`2026 年 7 月 1 日至 2026 年 9 月 30 日`."""
        return f"{chinese_day(self.period.first)}至 {chinese_day(self.period.last)}"

    @property
    def lasting(self) -> str:
        """The period in a title: `2026 年度`, `2026 年第三季度`, `2026 年 3 月`, or its days."""
        first, last = self.period.first, self.period.last
        if not self.period.whole_months:
            return self.when
        if self.period.whole_years:
            years = f"{first.year}" if first.year == last.year else f"{first.year}—{last.year}"
            return f"{years} 年度"
        if first.year != last.year:
            return f"{first.year} 年 {first.month} 月至 {last.year} 年 {last.month} 月"
        if first.month == last.month:
            return f"{first.year} 年 {first.month} 月"
        if last.month - first.month == 2 and first.month % 3 == 1:
            return f"{first.year} 年第{'一二三四'[first.month // 3]}季度"
        return f"{first.year} 年 {first.month}—{last.month} 月"

    @property
    def of_bank(self) -> str:
        """Whether the bank agrees, in one sentence; without sums: public papers bear it too."""
        found = self.standing
        until = f"只对到 {chinese_day(found.until)}" if found.until else "还没有对过账"
        return {
            "no_bank": "本基金没有银行账户，不须与银行核对。",
            "agrees": f"截至 {chinese_day(found.on)}，银行存款与银行对账单相符。",
            "differs": f"{UNRECONCILED}：截至 {chinese_day(found.on)}，账簿与银行对账单不符。",
            "changed": f"{UNRECONCILED}：对账以后账簿又有变动。",
            "not_reconciled": f"{UNRECONCILED}：{until}。",
        }[found.kind]

    @property
    def of_opening(self) -> str:
        """Why it opens otherwise than the statement before closed, or nothing.

        Public papers tell no sum: it may be that of one person.
        """
        found = self.carried
        if found is None:
            return ""
        days, count = f"{found.period.first} 至 {found.period.last}", len(found.voucher_nos)
        if self.public:
            return (
                f"{days} 的报表做好以后又登记了 {count} 张那以前的凭证，"
                "期初已经计入，可能与那份报表的期末不同。"
            )
        more = " 等" if count > _VOUCHERS_SHOWN else ""
        numbers = "、".join(found.voucher_nos[:_VOUCHERS_SHOWN])
        return (
            f"期初与 {days} 报表的期末相差 {yuan(found.fen)} 元，"
            f"因为做好以后又登记了 {count} 张那以前的凭证（{numbers}{more}）。"
        )

    @property
    def of_book(self) -> str:
        """Which book it was told from, in one sentence."""
        days = f"，凭证日期 {self.journal.first} 至 {self.journal.last}" if self.journal else ""
        return f"依据账簿第 1 至 {self.lines:,} 行{days}；账簿链首 {self.head}。"


def stamp_of(
    book: Book,
    fund: str,
    period: Period,
    standing: Standing,
    *,
    publisher: str,
    contact: str,
    replaces: str = "",
) -> Stamp:
    """What stands on the statements of a fund and a period."""
    first, last = book.entries.select(
        pl.col("date").min().alias("first"), pl.col("date").max().alias("last")
    ).row(0)
    return Stamp(
        fund=book.funds[fund],
        publisher=publisher,
        contact=contact,
        period=period,
        head=book.head,
        lines=book.lines,
        journal=Period(first, last) if first else None,
        standing=standing,
        replaces=replaces,
    )
