"""收支公示表: opening, what came in and from whom, what it was spent on, closing, where it lies."""

import polars as pl

from aidkit.errors import InvariantError
from aidkit.fund.accounts import ASSETS, EXPENSES, GIVEN, INCOME, OPENING
from aidkit.fund.book import Book
from aidkit.fund.entry import OF_DONORS
from aidkit.fund.period import Period
from aidkit.fund.statements.window import number_of_corrections, place_of_program, vouchers
from aidkit.tables.fund_statements import FundSummary

SECTIONS = ("opening", "carried_in", "income", "expense", "closing", "corrections")
"""In the order in which they are read."""

LINES = (
    *ASSETS,
    "opening_net",
    *OF_DONORS,
    *(account for account in INCOME if account not in GIVEN),
    *EXPENSES,
    "total",
)
"""Within a section; vocabulary `fund_line`."""


def summary(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """The 收支公示表.

    Returns:
        `FundSummary` in the order in which it is read. Its closing is the opening of the period
        after it; lines and sums of adjoining periods add up.

    Raises:
        InvariantError: Opening + carried in + income - expense is not closing: a voucher does not
            sum to zero, so the book must not speak.
    """
    of_fund = book.postings.lazy().filter(pl.col("fund") == fund)
    within = pl.col("date").is_between(period.first, period.last)
    asset = pl.col("account").is_in(ASSETS)
    no_group = {"group": pl.lit("")}
    held = of_fund.filter(asset, pl.col("date") <= period.last).group_by(line="account")
    gifts = (
        of_fund.filter(within, pl.col("account").is_in(GIVEN))
        .select("voucher_no", "fen")
        .join(
            vouchers(book, fund, period).select("voucher_no", line="kind", group="donor_class"),
            on="voucher_no",
        )
        .group_by("line", "group")
        .agg(fen=pl.col("fen").sum(), vouchers=pl.len())
    )
    opening, closing, other, given = pl.collect_all(
        [
            held.agg(fen=pl.col("fen").filter(pl.col("date") < period.first).sum()),
            held.agg(fen=pl.col("fen").sum()),
            of_fund.filter(within, ~asset, ~pl.col("account").is_in([*GIVEN, "released"]))
            .group_by(line="account", group="program")
            .agg(fen=pl.col("fen").sum(), vouchers=pl.len()),
            gifts,
        ]
    )
    parts = {
        "opening": opening.with_columns(**no_group, vouchers=pl.lit(0)),
        "carried_in": other.filter(pl.col("line") == OPENING).with_columns(fen=-pl.col("fen")),
        "income": pl.concat(
            [other.filter(pl.col("line").is_in(INCOME)), given], how="vertical_relaxed"
        ).with_columns(fen=-pl.col("fen")),
        "expense": other.filter(pl.col("line").is_in(EXPENSES)),
        "closing": closing.with_columns(**no_group, vouchers=pl.lit(0)),
    }
    total = {section: int(part["fen"].sum()) for section, part in parts.items()}
    left = total["opening"] + total["carried_in"] + total["income"] - total["expense"]
    if left != total["closing"]:
        raise InvariantError(
            f"账不平：期初加收入减支出得 {left} 分，期末却是 {total['closing']} 分。",
            where=f"基金 {fund}，{period.first} 至 {period.last}",
            remedy="请运行 aidkit fund audit，先查清哪一号凭证不平。",
        )
    number = number_of_corrections(book, fund, period)
    table = pl.concat(
        [
            *(_section(section, part) for section, part in parts.items()),
            _row("corrections", None, number),
        ]
    )
    return FundSummary.validate(table, cast=True).sort(read_order(book, fund))


def read_order(book: Book, fund: str) -> list[pl.Expr]:
    """By what lines of the 收支公示表 are sorted: programs stand as in the fund's file."""
    return [
        pl.col("section").cast(pl.Enum(SECTIONS)),
        pl.col("line").cast(pl.Enum(LINES)),
        place_of_program(book, fund, "group"),
        pl.col("group"),
    ]


def totals(told: pl.DataFrame) -> dict[str, int]:
    """Section of the 收支公示表 (`FundSummary`) to its total in fen."""
    stated = told.filter(line="total").drop_nulls("fen")
    return dict(stated.select("section", "fen").iter_rows())


def _section(section: str, part: pl.DataFrame) -> pl.DataFrame:
    """The part's lines and their total; balances of 0 are lines too."""
    lines = part.select(
        pl.lit(section).alias("section"),
        "line",
        "group",
        pl.col("fen").cast(pl.Int64),
        pl.col("vouchers").cast(pl.Int64),
    )
    return pl.concat([lines, _row(section, int(part["fen"].sum()), int(part["vouchers"].sum()))])


def _row(section: str, fen: int | None, vouchers: int) -> pl.DataFrame:
    return pl.DataFrame(
        [(section, "total", "", fen, vouchers)],
        schema={
            "section": pl.String,
            "line": pl.String,
            "group": pl.String,
            "fen": pl.Int64,
            "vouchers": pl.Int64,
        },
        orient="row",
    )
