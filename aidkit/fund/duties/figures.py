"""A year's figures of a fund: from its book where the book covers the year, else from its file."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from aidkit.fund.accounts import ASSETS, MANAGEMENT
from aidkit.fund.book import Book
from aidkit.money import yuan

INCOME = (
    "gift_income",
    "goods_income",
    "government_income",
    "allocation_income",
    "interest_income",
)
"""What counts as income of the organisation: money from another of its funds does not."""

EXPENSE = ("program_expense", *MANAGEMENT, "fundraising_expense")

TITLES = {
    "income": "{year} 年总收入",
    "net_assets": "{year} 年末净资产",
    "program_expense": "{year} 年慈善活动支出",
    "management_expense": "{year} 年管理费用（含银行手续费、物资报损）",
    "total_expense": "{year} 年总支出",
}
"""Figures that ratios are made of; `net_assets` is of the last day of the year."""

_ACCOUNTS = {
    "income": INCOME,
    "program_expense": ("program_expense",),
    "management_expense": MANAGEMENT,
    "total_expense": EXPENSE,
}


class MissingFigureError(Exception):
    """Neither the book nor the fund's file has a figure; the text says which, in Chinese."""


@dataclass(frozen=True)
class Figure:
    """One figure of one year.

    Attributes:
        name: Key of `TITLES`.
        year: The year.
        fen: The figure.
        source: `book`, or `file`: the `figures` of the fund's file.
        filed_fen: What the file says where the book says another figure; None where they agree.
    """

    name: str
    year: int
    fen: int
    source: str
    filed_fen: int | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.name].format(year=self.year)

    def __str__(self) -> str:
        told = (
            f"{self.title} {yuan(self.fen)} 元（{'账簿' if self.source == 'book' else '基金文件'}）"
        )
        if self.filed_fen is not None:
            told += f"（基金文件写的是 {yuan(self.filed_fen)} 元，以账簿为准，请核对）"
        return told


def figure(book: Book, fund: str, name: str, year: int, *, until: dt.date) -> Figure:
    """A figure of a fund.

    Args:
        book: The book.
        fund: Id of the fund.
        name: Key of `TITLES`.
        year: The year.
        until: Last day that counts; a year that it lies in is told up to it.

    Raises:
        MissingFigureError: The book begins later and the file does not tell it.
    """
    own = book.funds[fund]
    filed = own.figures.get((year, name))
    # What is open on its first day was there at the end of the day before.
    needed_from = dt.date(year + 1, 1, 1) if name == "net_assets" else dt.date(year, 1, 1)
    if own.opened_on <= needed_from:
        fen = _booked(book, fund, name, year, until)
        return Figure(name, year, fen, "book", filed if filed not in {None, fen} else None)
    if filed is None:
        title = TITLES[name].format(year=year)
        raise MissingFigureError(
            f"缺少{title}：账簿从 {own.opened_on} 开始，请在基金文件的 figures 里写上 {name}"
        )
    return Figure(name, year, filed, "file")


def _booked(book: Book, fund: str, name: str, year: int, until: dt.date) -> int:
    last = min(until, dt.date(year, 12, 31))
    mine = pl.col("fund") == fund
    if name == "net_assets":
        opened = pl.col("voucher_no").is_in(_opened(book, last, dt.date(year + 1, 1, 1)).implode())
        rows = book.postings.filter(
            mine & pl.col("account").is_in(ASSETS) & ((pl.col("date") <= last) | opened)
        )
        return int(rows["fen"].sum())
    rows = book.postings.filter(
        mine
        & pl.col("account").is_in(_ACCOUNTS[name])
        & pl.col("date").is_between(dt.date(year, 1, 1), last)
    )
    total = int(rows["fen"].sum())
    return -total if name == "income" else total


def _opened(book: Book, after: dt.date, until: dt.date) -> pl.Series:
    """Numbers of the openings of these days, and of what takes them back, whenever it does."""
    entries = book.entries
    days = (pl.col("date") > after) & (pl.col("date") <= until)
    openings = entries.filter(days, kind="opening")["voucher_no"]
    taken_back = entries.filter(pl.col("corrects").is_in(openings.implode()))["voucher_no"]
    return pl.concat([openings, taken_back])
