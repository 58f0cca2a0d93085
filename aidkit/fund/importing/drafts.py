"""Rows of registers as drafts of vouchers, column by column: nothing is judged here yet."""

from collections.abc import Mapping

import polars as pl

from aidkit.fund.entry import INCOME_OF
from aidkit.intake.lexicon import polars_schema
from aidkit.tables.fund_import import FundDrafts

SAID = ("fund_said", "purpose_said", "to_purpose_said", "program_said", "to_fund_said")
"""Words of the file beside a draft's columns; null where the file says nothing."""

SCHEMA = polars_schema(FundDrafts) | dict.fromkeys((*SAID, "table"), pl.String())


def drafts_of(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """A draft for every voucher that the good rows of registers ask for.

    Args:
        tables: Rows by name of register.

    Returns:
        `FundDrafts` with `fund`, `purpose`, `to_purpose`, `program` and `to_fund` still as the
        file words them, in the columns of `SAID`, and the name of the register; in file order.
    """
    made = [_completed(_MAKERS[name](rows)) for name, rows in tables.items() if rows.height]
    return pl.concat(made) if made else pl.DataFrame(schema=SCHEMA)


def _completed(rows: pl.LazyFrame) -> pl.DataFrame:
    """All columns of a draft: what a register has no column for says nothing."""
    named = rows.collect_schema().names()
    columns = []
    for name, dtype in SCHEMA.items():
        cell = pl.col(name) if name in named else pl.lit(None)
        cell = cell.cast(dtype)
        if name not in _MAY_BE_NULL:
            cell = cell.fill_null({pl.String(): "", pl.Boolean(): False}.get(dtype, 0))
        columns.append(cell.alias(name))
    return rows.select(columns).collect()


_MAY_BE_NULL = {"date", "fen", "channel", "purpose", "thousandths", *SAID}


def _gifts(rows: pl.DataFrame) -> pl.LazyFrame:
    government = pl.col("donor_class").eq_missing("government")
    return rows.lazy().select(
        *_PLACE,
        "donor_class",
        "consent",
        "entered_by",
        "reference",
        "receipt_no",
        "note",
        table=pl.lit("donations"),
        kind=pl.when(government).then(pl.lit("government")).otherwise(pl.lit("gift")),
        date="donated_on",
        date_told=pl.col("donated_on").is_not_null(),
        fen="amount_fen",
        channel="channel",
        channel_told=pl.col("channel").is_not_null(),
        party="donor",
        fund_said="fund",
        purpose_said="purpose",
    )


def _payouts(rows: pl.DataFrame) -> pl.LazyFrame:
    by_card = pl.when(pl.col("card_no").is_not_null()).then(pl.lit("bank"))
    paid = rows.lazy().select(
        *_PLACE,
        "reference",
        "note",
        "school_code",
        "approved_by",
        "entered_by",
        "result",
        "returned_on",
        table=pl.lit("payouts"),
        kind=pl.lit("payout"),
        date="paid_on",
        date_told=pl.lit(True),
        approved_told=_APPROVED,
        fen="amount_fen",
        # Money for a card went through the bank, whatever else the row leaves open.
        channel=pl.coalesce("channel", by_card),
        channel_told=pl.coalesce("channel", by_card).is_not_null(),
        party="name",
        person_no="student_no",
        persons=pl.lit(1),
        fund_said="fund",
        purpose_said="purpose",
        program_said="program_title",
    )
    back = paid.filter(result="returned").with_columns(
        kind=pl.lit("payout_returned"), date=pl.coalesce("returned_on", "date"), persons=pl.lit(0)
    )
    return pl.concat([paid, back]).sort("source_sheet", "source_row", maintain_order=True)


def _goods_in(rows: pl.DataFrame) -> pl.LazyFrame:
    return rows.lazy().select(
        *_PLACE,
        "item",
        "spec",
        "unit",
        "donor_class",
        "consent",
        "entered_by",
        "receipt_no",
        "note",
        table=pl.lit("goods_received"),
        kind=pl.lit("goods_in"),
        date="received_on",
        date_told=pl.col("received_on").is_not_null(),
        fen="value_fen",
        channel=pl.lit(""),
        channel_told=pl.lit(True),
        thousandths=_thousandths(),
        party="donor",
        fund_said="fund",
        purpose_said="purpose",
    )


def _goods_out(rows: pl.DataFrame) -> pl.LazyFrame:
    return rows.lazy().select(
        *_PLACE,
        "item",
        "spec",
        "unit",
        "school_code",
        "persons",
        "reference",
        "note",
        "approved_by",
        "entered_by",
        table=pl.lit("goods_given"),
        kind=pl.lit("goods_out"),
        date="given_on",
        date_told=pl.col("given_on").is_not_null(),
        approved_told=_APPROVED,
        fen="value_fen",
        channel=pl.lit(""),
        channel_told=pl.lit(True),
        thousandths=-_thousandths(),
        party="receiver",
        fund_said="fund",
        purpose_said="purpose",
        program_said="program_title",
    )


def _goods_taken(rows: pl.DataFrame) -> pl.LazyFrame:
    return rows.lazy().select(
        *_PLACE,
        "item",
        "spec",
        "unit",
        "reason",
        "reference",
        "note",
        "approved_by",
        "entered_by",
        table=pl.lit("goods_taken"),
        kind="taken_kind",
        date="taken_on",
        date_told=pl.col("taken_on").is_not_null(),
        approved_told=_APPROVED,
        fen="value_fen",
        channel=pl.lit(""),
        channel_told=pl.lit(True),
        thousandths=-_thousandths(),
        party="donor",
        consent_of="witness",
        fund_said="fund",
        purpose_said="purpose",
    )


def _movements(rows: pl.DataFrame) -> pl.LazyFrame:
    comes = pl.col("entry_kind").is_in([*INCOME_OF])
    moneyless = pl.col("entry_kind").is_in(["release", "redesignate"])
    back = pl.col("entry_kind") == "payout_returned"
    own = pl.when(comes | back).then("account_to").otherwise("account_from")
    channel = pl.when(moneyless).then(pl.lit("")).otherwise(own)
    other = pl.when(comes | back).then("account_from").otherwise("account_to")
    either = pl.coalesce("account_to", "account_from")
    return rows.lazy().select(
        *_PLACE,
        "party",
        "school_code",
        "persons",
        "reason",
        "consent_of",
        "approved_by",
        "entered_by",
        "reference",
        "note",
        table=pl.lit("fund_movements"),
        kind="entry_kind",
        date="moved_on",
        date_told=pl.lit(True),
        approved_told=_APPROVED,
        fen="amount_fen",
        channel=channel,
        channel_told=channel.is_not_null(),
        # An account that the kind has no use for: `row_faults` wants it blank.
        to_channel=pl.when(moneyless).then(either).otherwise(other),
        fund_said="fund",
        purpose_said="purpose",
        to_purpose_said="to_purpose",
        program_said="program_title",
        to_fund_said="to_fund",
    )


_PLACE = ("source_sheet", "source_row")
_APPROVED = pl.col("approved_by").is_not_null()
_MAKERS = {
    "donations": _gifts,
    "payouts": _payouts,
    "goods_received": _goods_in,
    "goods_given": _goods_out,
    "goods_taken": _goods_taken,
    "fund_movements": _movements,
}

REGISTERS = tuple(_MAKERS)
"""Tables that an import posts from."""


def _thousandths() -> pl.Expr:
    """The quantity in thousandths; null where it has more than three decimals."""
    whole = (pl.col("quantity") * 1000).round()
    exact = (whole / 1000 == pl.col("quantity")) & (whole.abs() < 2**53)
    return pl.when(exact).then(whole).cast(pl.Int64, strict=False)
