"""捐赠明细: what was given, under which consent to be named."""

import polars as pl

from aidkit.fund.accounts import GIVEN
from aidkit.fund.book import Book
from aidkit.fund.entry import OF_DONORS, RETURNED
from aidkit.fund.period import Period
from aidkit.fund.statements.window import money, vouchers
from aidkit.tables.fund_statements import FundConsents, FundGifts

CONSENT = pl.when(pl.col("consent") == "").then(pl.lit("anonymous")).otherwise("consent")
"""Who said nothing is not named."""

_KEYS = ["consent", "donor_class"]


def gifts(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """Gifts of money and goods, and gifts given back, one by one.

    A gift that is taken back by a correction in the same period is not among them; where the gift
    is of an earlier period, the correction stands here with the opposite sign.

    Returns:
        `FundGifts`, by date, party, sum and voucher. Its sum is that of gifts of the summary.
    """
    told = _told(book, fund, period)
    keys = ["root", "purpose"]
    same = "root_date", "kind", "party", "donor_class", "consent", "channel"
    net = told.group_by(keys).agg(
        *[pl.col(name).first() for name in same],
        pl.col("date").max(),
        pl.col("sign", "fen").sum(),
        corrections=(pl.col("voucher_no") != pl.col("root")).sum(),
    )
    kept = net.filter((pl.col("sign") != 0) | (pl.col("fen") != 0)).rename({"root": "voucher_no"})
    table = FundGifts.validate(kept.collect(), cast=True)
    return table.sort("date", "party", "fen", "voucher_no", "purpose")


def consents(book: Book, fund: str, period: Period) -> pl.DataFrame:
    """What was given under each consent, by donor class.

    Returns:
        `FundConsents`; its sum is that of `gifts`.
    """
    told = _told(book, fund, period).select(*_KEYS, "kind", "sign", "voucher_no", "fen").collect()
    number = pl.when(pl.col("kind").is_in(RETURNED)).then(0).otherwise("sign")
    heads = told.unique("voucher_no").group_by(_KEYS).agg(gifts=number.sum())
    table = heads.join(told.group_by(_KEYS).agg(pl.col("fen").sum()), on=_KEYS)
    return FundConsents.validate(table, cast=True).sort(_KEYS)


def _told(book: Book, fund: str, period: Period) -> pl.LazyFrame:
    """Vouchers of donors with their sums by purpose; 0 and no purpose for unvalued goods."""
    heads = vouchers(book, fund, period).filter(pl.col("kind").is_in(OF_DONORS))
    given = money(book, fund, GIVEN, period)
    sums = given.group_by("voucher_no", "purpose").agg(fen=-pl.col("fen").sum())
    told = heads.with_columns(consent=CONSENT).join(sums, on="voucher_no", how="left")
    return told.with_columns(pl.col("fen").fill_null(0), pl.col("purpose").fill_null(""))
