"""Restricted money: what is spent of it is released to the fen, for what it was given for."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import polars as pl

from aidkit.fund.accounts import EXPENSES, RELEASED
from aidkit.fund.entry import COST_OF, OF_PROGRAMS
from aidkit.fund.ledger.faults import Rule
from aidkit.fund.ledger.shapes import SPENDING
from aidkit.fund.settings import Fund, Purpose


def earmarks(
    entries: pl.DataFrame, postings: pl.DataFrame, funds: Mapping[str, Fund]
) -> Iterator[Rule]:
    """What is wrong with vouchers that spend.

    Args:
        entries: The vouchers: `voucher_no`, `kind`, `fund`, `program`.
        postings: Their postings.
        funds: By id.
    """
    released = postings.filter(account=RELEASED)
    yield _unequal(released, postings)
    expenses = postings.lazy().filter(account="program_expense")
    of_program = expenses.select("voucher_no", "program").collect()
    of_purpose = released.filter(pl.col("purpose") != "").select(
        "voucher_no", "kind", "fund", "purpose"
    )
    spent = of_purpose.filter(pl.col("kind").is_in(OF_PROGRAMS)).join(of_program, on="voucher_no")
    programs = _allowed(funds, "program", lambda purpose: purpose.programs)
    yield Rule("outside_purpose", spent.join(programs, on=programs.columns, how="anti"))
    costs = _allowed(funds, "kind", lambda purpose: purpose.costs)
    paid = of_purpose.filter(pl.col("kind").is_in(COST_OF))
    unasked = paid.join(costs, on=costs.columns, how="anti")
    yield Rule("cost_outside_purpose", unasked.with_columns(cost="kind", file="fund"))
    said = entries.select("kind", "voucher_no", "fund", said="program").filter(
        pl.col("kind").is_in(OF_PROGRAMS)
    )
    other = of_program.join(said.drop("kind"), on="voucher_no")
    yield Rule("unknown_program", other.filter(pl.col("program") != pl.col("said")))


def _unequal(released: pl.DataFrame, postings: pl.DataFrame) -> Rule:
    """Vouchers that release more or less than they spend, or lose some on the way."""
    fen = pl.col("fen")
    sums = released.group_by("voucher_no", "kind").agg(
        kept=fen.sum(), released=fen.filter(pl.col("purpose") != "").sum()
    )
    spent = (
        postings.lazy()
        .filter(pl.col("account").is_in(EXPENSES))
        .join(sums.lazy(), on="voucher_no", how="semi")
        .group_by("voucher_no")
        .agg(spent=fen.sum())
        .collect()
    )
    both = sums.join(spent, on="voucher_no", how="left").with_columns(pl.col("spent").fill_null(0))
    unequal = pl.col("kind").is_in(SPENDING) & (pl.col("spent") != pl.col("released"))
    return Rule("wrong_release", both.filter(unequal | (pl.col("kept") != 0)))


def _allowed(
    funds: Mapping[str, Fund], name: str, of: Callable[[Purpose], Iterable[str]]
) -> pl.DataFrame:
    """What each purpose of each fund pays for, in a column of this name."""
    rows = [
        (fund.id, purpose.id, use)
        for fund in funds.values()
        for purpose in fund.purposes.values()
        for use in of(purpose)
    ]
    columns = ("fund", "purpose", name)
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
