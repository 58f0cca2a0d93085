"""Numbers that a bank or a book of receipts gives once: one that is met again is asked about.

Several rows of one file may bear one number where they are one party's, each with an amount or
goods of its own. What a bank pays out as a batch bears one number for many people: there only the
same person's is asked about.
"""

from collections.abc import Iterator

import polars as pl

from aidkit.fund.entry import OF_PROGRAMS
from aidkit.fund.importing.places import place

_FROM = dict.fromkeys(("gift", "government", "allocation", "interest", "goods_in"), "in")
"""What comes in shares its numbers; every other kind has its own: money that comes back may bear
the number under which it went.
"""

_NUMBERS = (
    ("流水号", "reference", ("side", "fund", "channel", "payee")),
    ("票据号", "receipt_no", ("side", "fund", "payee")),
)
"""What people call a number, its column, and within what it is given once."""

_TWINS = ("party", "person_no", "program", "fen", "item", "spec")
_TOLD = 5
"""Rows that a message names."""

LIKE_ANOTHER = {"draft": pl.UInt32(), "voucher_no": pl.String(), "why": pl.String()}
"""Rows that are asked about, the voucher that bears their number, and what people are told."""


def borne_by_vouchers(rows: pl.DataFrame, vouchers: pl.DataFrame) -> pl.DataFrame:
    """Rows one of whose numbers a voucher bears.

    Args:
        rows: Drafts.
        vouchers: Of `standing.standing`, those of other documents.

    Returns:
        Columns `LIKE_ANOTHER`, a row for each of the drafts.
    """
    return _asked(_borne(rows, vouchers))


def twice_in_file(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows one of whose numbers another party's row bears, or a row that says the same.

    Args:
        rows: All drafts of a file.

    Returns:
        Columns `LIKE_ANOTHER`, a row for each of the drafts.
    """
    return _asked(_doubled(rows))


def _borne(rows: pl.DataFrame, vouchers: pl.DataFrame) -> Iterator[pl.DataFrame]:
    by_hand = pl.col("source_file") == ""
    file = pl.when(by_hand).then(pl.lit("手工登记")).otherwise(pl.format(" {} ", "source_file"))
    for title, number, within in _NUMBERS:
        key = [*within, number]
        several = _bearing(rows, number)
        if several.is_empty():
            continue
        known = _bearing(vouchers, number).unique(key, keep="first", maintain_order=True)
        money = pl.concat_str(pl.lit("，"), _yuan(pl.col("fen"))).fill_null("")
        why = pl.format(
            "{} {} 已经用在{}的凭证 {}（{}{}）上。",
            pl.lit(title),
            number,
            file,
            "voucher_no",
            "party",
            money,
        )
        told = known.select(*key, "voucher_no", why=why)
        yield several.select("draft", *key).join(told, on=key, nulls_equal=True)


def _doubled(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for title, number, within in _NUMBERS:
        key = [*within, number]
        several = _bearing(rows, number)
        shared = several.filter(pl.struct(key).is_duplicated())
        parties = pl.col("party").n_unique().over(key) > 1
        twins = pl.struct(*key, *_TWINS).is_duplicated()
        doubtful = shared.filter(parties | twins)
        if doubtful.is_empty():
            continue
        one_sheet = doubtful["source_sheet"].n_unique() == 1
        named = pl.col("source_row").cast(pl.String) if one_sheet else place()
        places = named.unique(maintain_order=True).head(_TOLD)
        told = (
            doubtful.group_by(key)
            .agg(places=places)
            .select(
                *key,
                voucher_no=pl.lit(""),
                why=pl.format(
                    "{} {} 写在第 {} 行。", pl.lit(title), number, pl.col("places").list.join("、")
                ),
            )
        )
        yield doubtful.select("draft", *key).join(told, on=key, nulls_equal=True)


def _bearing(rows: pl.DataFrame, number: str) -> pl.DataFrame:
    """Those that bear a number, with what it is given once within."""
    payee = pl.concat_str("party", pl.lit("/"), "person_no")
    return rows.filter(pl.col(number) != "").with_columns(
        side=pl.col("kind").replace(_FROM),
        payee=pl.when(pl.col("kind").is_in(OF_PROGRAMS)).then(payee).otherwise(pl.lit("")),
    )


def _yuan(fen: pl.Expr) -> pl.Expr:
    return pl.format("{}.{} 元", fen // 100, (fen % 100).cast(pl.String).str.zfill(2))


def _asked(found: Iterator[pl.DataFrame]) -> pl.DataFrame:
    parts = [part.select([*LIKE_ANOTHER]) for part in found]
    return pl.concat([pl.DataFrame(schema=LIKE_ANOTHER), *parts]).unique(
        "draft", keep="first", maintain_order=True
    )
