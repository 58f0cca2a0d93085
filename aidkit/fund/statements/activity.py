"""业务活动表 and what it must agree with: the balance sheet.

The lines and their row numbers are those of form 会民非02表 of 《民间非营利组织会计制度》
(财会〔2004〕7号). The system revised from 2026-01-01 is not among our sources: its form is not
checked yet. Where our accounts go:

- money and goods given to 捐赠收入, government money to 政府补助收入
- the school's own allocation, interest and transfers from another fund to 其他收入
- bank fees and goods spoilt or lost to 管理费用 (`accounts.MANAGEMENT`), as ratios count them
- transfers to another fund to 其他费用

Expenses are always unrestricted: what they take from restricted money is first released.
"""

import datetime as dt

import polars as pl

from aidkit.fund.accounts import ASSETS, GIVEN, MANAGEMENT, OPENING, RELEASED
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.tables.fund_statements import FundActivity, FundBalance

FORM: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "donations", GIVEN),
    (2, "dues", ()),
    (3, "services", ()),
    (4, "sales", ()),
    (5, "government_grants", ("government_income",)),
    (6, "investment", ()),
    (9, "other_income", ("allocation_income", "interest_income", "transfer_in")),
    (11, "income", ()),
    (12, "program_cost", ("program_expense",)),
    (21, "management_cost", MANAGEMENT),
    (24, "fundraising_cost", ("fundraising_expense",)),
    (28, "other_cost", ("transfer_out",)),
    (35, "expense", ()),
    (40, "released", (RELEASED,)),
    (45, "change", ()),
)
"""Row number on the form, line, our accounts that it sums; totals have none."""

_COSTS = range(12, 35)
_SUMS = {11: range(1, 11), 35: _COSTS}


def activity(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """The 业务活动表.

    Returns:
        `FundActivity`, every line of the form in its order; costs are positive. Line `change` is
        the change of the balance sheet in the period less what was carried in.
    """
    sums = (
        book.postings.lazy()
        .filter(
            pl.col("fund") == fund,
            pl.col("date").is_between(period.first, period.last),
            ~pl.col("account").is_in([*ASSETS, OPENING]),
        )
        .group_by("account", restricted=pl.col("purpose") != "")
        .agg(-pl.col("fen").sum())
        .collect()
    )
    of = {(account, restricted): fen for account, restricted, fen in sums.iter_rows()}
    rows: dict[int, list[int]] = {}
    for row, _, accounts in FORM:
        parts = [sum(of.get((account, kept), 0) for account in accounts) for kept in (False, True)]
        rows[row] = [-fen if row in _COSTS else fen for fen in parts]
    for row, parts_of in _SUMS.items():
        rows[row] = [sum(rows[n][side] for n in rows if n in parts_of) for side in (0, 1)]
    rows[45] = [rows[11][side] - rows[35][side] + rows[40][side] for side in (0, 1)]
    lines = [(row, line, *rows[row], sum(rows[row])) for row, line, _ in FORM]
    table = pl.DataFrame(lines, schema=list(FundActivity.columns()), orient="row")
    return FundActivity.validate(table, cast=True)


def balance_sheet(book: Book, fund: str, day: dt.date) -> pl.DataFrame:
    """What the fund has at the end of a day, and whose wish binds it.

    Returns:
        `FundBalance`: assets in the order of the chart, net assets unrestricted first, then by
        purpose; an account that was never used is left out. A fund has no debts.
    """
    sums = (
        book.postings.lazy()
        .filter(pl.col("fund") == fund, pl.col("date") <= day)
        .group_by(
            line=pl.when(pl.col("account").is_in(ASSETS)).then("account").otherwise("purpose"),
            side=pl.when(pl.col("account").is_in(ASSETS))
            .then(pl.lit("assets"))
            .otherwise(pl.lit("net_assets")),
        )
        .agg(pl.col("fen").sum())
        .collect()
    )
    of = {(side, line): fen for line, side, fen in sums.iter_rows()}
    rows = [("assets", line, of["assets", line]) for line in ASSETS if ("assets", line) in of]
    rows.append(("assets", "total", sum(fen for *_, fen in rows)))
    pools = sorted(line for side, line in of if side == "net_assets")
    net = [("net_assets", pool or "unrestricted", -of["net_assets", pool]) for pool in pools]
    rows += [*net, ("net_assets", "total", sum(fen for *_, fen in net))]
    table = pl.DataFrame(
        rows, schema={"side": pl.String, "line": pl.String, "fen": pl.Int64}, orient="row"
    )
    return FundBalance.validate(table, cast=True)
