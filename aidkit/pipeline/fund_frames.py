"""The tables of a fund's reports, from the book: public ones disclosed, internal ones in full."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from aidkit.disclosure.fund import fund_activity, tells_of_few
from aidkit.fund.book import Book
from aidkit.fund.duties.duties import Event, duties_after
from aidkit.fund.duties.pledges import PledgeReport, pledge_report
from aidkit.fund.duties.ratios import Ratio, ratios_of
from aidkit.fund.duties.rules import Article, Rules
from aidkit.fund.period import Period
from aidkit.fund.reconciling.record import Reconciled
from aidkit.fund.reconciling.standing import Standing, standing
from aidkit.fund.settings import Fund
from aidkit.fund.statements import (
    activity,
    balance_sheet,
    comparison,
    corrections,
    gifts,
    goods_register,
    payouts,
    receipts,
    summary,
)
from aidkit.fund.statements.feedback import feedback, uses
from aidkit.pipeline.fund_checked import Published, beside, public_tables, restates
from aidkit.tables.fund_slices import BESIDE, OF_FUND, TOO_FEW, fund_slice_columns

Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Known:
    """What a fund's statements are told from.

    Attributes:
        book: The book.
        records: What was reconciled.
        rules: What binds it.
        events: What happened that starts a duty.
        schools: `school_code`, `school_name`.
        threshold: Counts below it are not published.
        gift_columns: What the table of gifts may show, as `params/disclosure.toml` declares it.
        published: Fund to the public statements that were made.
    """

    book: Book
    records: tuple[Reconciled, ...]
    rules: Rules
    events: tuple[Event, ...]
    schools: pl.DataFrame
    threshold: int
    gift_columns: Collection[str]
    published: Mapping[str, tuple[Published, ...]] = field(default_factory=dict)


def public_frames(known: Known, fund: str, period: Period) -> Frames:
    """What a public report shows, but no month by itself.

    Every table is empty where the bank does not agree, or where the totals would be of few people,
    by themselves or beside what was published.

    Raises:
        UsageError: The period is not of whole months.
    """
    book, least = known.book, known.threshold
    year = whole_year(book.funds[fund], period.last)
    of_year = year or Period.year(period.last.year)
    before = known.published.get(fund, ())
    told = _activity(fund_activity(book, fund, of_year, least), year)
    if tells_of_few(book, fund, of_year, least) or beside(book, fund, of_year, before, least):
        told = told.clear()
    common = public_tables(book, fund, period, least, known.gift_columns)
    tables = {"programs": _programs(book.funds[fund]), **common, "fund_activity": told}
    bank = standing(book, fund, known.records, period.last)
    why = ""
    if bank.may_speak:
        few = tells_of_few(book, fund, period, least)
        why = TOO_FEW if few else BESIDE if beside(book, fund, period, before, least) else ""
    about = _fund(book, fund, period, bank)
    if why:
        about = about.with_columns(told=pl.lit(False), standing=pl.lit(why))
    elif bank.may_speak:
        again = restates(
            common,
            book=book,
            fund=fund,
            period=period,
            published=before,
            threshold=least,
            columns=known.gift_columns,
        )
        about = about.with_columns(corrected=pl.lit(again))
    if why or not bank.may_speak:
        tables = {name: table.clear() for name, table in tables.items()}
    return {"fund": about, **tables}


def internal_frames(known: Known, fund: str, period: Period) -> Frames:
    """What an internal report shows, whatever the bank says."""
    book, own = known.book, known.book.funds[fund]
    year = whole_year(own, period.last)
    bank = standing(book, fund, known.records, period.last)
    months = [(one, summary(book, fund, one)) for one in period.months()]
    pledged = year or period
    gave = pledge_report(book, fund, pledged.first, pledged.last)
    asked = ratios_of(book, fund, known.rules, period)
    due = duties_after(own, known.rules, known.events, period.last)
    return {
        "fund": _fund(book, fund, period, bank),
        "programs": _programs(own),
        "fund_months": _months(months),
        "fund_summary": summary(book, fund, period),
        "fund_payouts": payouts(book, fund, period),
        "fund_gifts": gifts(book, fund, period),
        "fund_activity": _activity(
            activity(book, fund, year or Period.year(period.last.year)), year
        ),
        "comparison": comparison(book, fund, period),
        "receipts": receipts(book, fund, period),
        "balance": balance_sheet(book, fund, period.last),
        "purposes": _frame(
            "purposes", [(one.id, one.title, one.leftover) for one in own.purposes.values()]
        ),
        "feedback": feedback(book, fund, period),
        "uses": uses(book, fund, period, known.threshold),
        "schools": known.schools,
        "goods": goods_register(book, fund, period),
        "corrections": corrections(book, fund, period),
        "reconciled": _reconciled(bank),
        "ratios": _frame("ratios", map(_ratio, asked)),
        "duties": _frame(
            "duties",
            [(d.rule.title, d.about, d.due, d.alert, *_article(d.rule.article)) for d in due],
        ),
        "pledges": _frame(
            "pledges",
            [
                (one.post, one.persons, one.fen_a_day, one.days, one.stated_fen, one.derived_fen)
                for one in gave.posts
            ],
        ),
        "pledged": _pledged(gave, pledged),
        "pledge_gifts": _frame(
            "pledge_gifts",
            [*gave.donors.iter_rows(), *(("", fen) for fen in gave.amounts["fen"])],
        ),
    }


def whole_year(fund: Fund, last: dt.date) -> Period | None:
    """The last calendar year that ended by a day and that the fund's book covers whole."""
    ended = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    return Period.year(ended) if fund.opened_on <= dt.date(ended, 1, 1) else None


_TYPES: Mapping[str, type[pl.DataType]] = {
    "first": pl.Date,
    "last": pl.Date,
    "until": pl.Date,
    "told": pl.Boolean,
    "corrected": pl.Boolean,
    "line": pl.Int64,
    "start": pl.Date,
    "end": pl.Date,
    "due": pl.Date,
    "alert": pl.Date,
    "lines": pl.Int64,
    "year": pl.Int64,
    "years": pl.Int64,
    "percent": pl.Int64,
    "persons": pl.Int64,
    "days": pl.Int64,
    "fen": pl.Int64,
    "fen_a_day": pl.Int64,
}
"""Columns of the small tables that are no text; so are those that end in `_fen`."""


def _frame(name: str, rows: object) -> pl.DataFrame:
    columns = fund_slice_columns("internal")[name]
    usual = {column: pl.Int64 if column.endswith("_fen") else pl.String for column in columns}
    schema = {column: _TYPES.get(column, kind) for column, kind in usual.items()}
    return pl.DataFrame([*rows], schema=schema, orient="row")  # type: ignore[misc]


def _fund(book: Book, fund: str, period: Period, bank: Standing) -> pl.DataFrame:
    own = book.funds[fund]
    row = (
        *(fund, own.name, own.org_type, period.first, period.last, bank.may_speak, bank.kind),
        *(bank.until, book.head, book.lines, False),
    )
    assert len(row) == len(OF_FUND)
    return _frame("fund", [row])


def _programs(fund: Fund) -> pl.DataFrame:
    return _frame("programs", [(one.id, one.title) for one in fund.programs.values()])


def _months(months: list[tuple[Period, pl.DataFrame]]) -> pl.DataFrame:
    shown = (pl.col("section") == "income") | (pl.col("line") == "total")
    return pl.concat(
        table.filter(shown, pl.col("fen").is_not_null()).select(
            pl.lit(f"{month.first:%Y-%m}").alias("month"), "section", "line", "group", "fen"
        )
        for month, table in months
    )


def _activity(table: pl.DataFrame, year: Period | None) -> pl.DataFrame:
    """The 业务活动表 of a year, marked with it; empty where there is none."""
    number = pl.lit(year.first.year if year else 0, pl.Int64).alias("year")
    marked = table.select(number, pl.all())
    return marked if year else marked.clear()


def _reconciled(bank: Standing) -> pl.DataFrame:
    if (kept := bank.record) is None:
        return _frame("reconciled", [])
    row = (kept.statement, kept.start, kept.end, kept.lines, kept.by, bank.bank_fen, bank.book_fen)
    return _frame("reconciled", [row])


def _pledged(gave: PledgeReport, period: Period) -> pl.DataFrame:
    sums = (gave.stated_fen, gave.derived_fen, gave.received_fen, gave.anonymous_fen)
    return _frame("pledged", [(period.first, period.last, gave.years, *sums)])


def _ratio(ratio: Ratio) -> tuple[object, ...]:
    hundredths = None if ratio.share is None else round(ratio.share * 10_000)
    share = "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}%"
    percent = ratio.bracket.percent if ratio.bracket else None
    return (
        *(ratio.rule.title, ratio.year, ratio.result, ratio.formula),
        *("，".join(map(str, ratio.figures)), share, ratio.rule.bound, percent, ratio.reason),
        *_article(ratio.rule.article),
    )


def _article(article: Article) -> tuple[str, ...]:
    return article.title, article.clause, article.status, article.found_in
