"""Vouchers that say the same thing of one day, each in its own words: maybe one, entered twice.

Fund, kind, day, name and sum are equal, and nothing that both say contradicts. One may lack the
bank's number, the other the receipt's; a name may be written with blanks or in full width; the
money may be said to have come another way. Two equal rows of one document are two: whoever wrote
it saw both.
"""

from itertools import product

import polars as pl

from aidkit.fund.ledger.names import unspaced
from aidkit.fund.ledger.standing import with_money

NEVER_ALIKE = ("opening", "correction")
"""Kinds with rules of their own against a second one."""

SAME = ("fund", "kind", "date", "name", "fen", "item", "thousandths")
"""What must be equal; `name` is the party, `names.unspaced`."""

SAID = ("reference", "receipt_no", "person_no", "program", "purpose", "spec")
"""What must not differ where both say it."""

LIKE = {"row": pl.UInt32(), "voucher": pl.UInt32()}
"""A row, and the first of the vouchers that it may be; both by `row` of their table."""

_CHEAP = ("fund", "kind", "date")
_TITLES: dict[str, str] = {
    "party": "名称的写法",
    "reference": "流水号",
    "receipt_no": "票据号",
    "channel": "收付方式",
    "program": "项目",
    "purpose": "用途",
    "person_no": "学籍号",
    "spec": "规格",
}

CONTRASTED = tuple(_TITLES)
"""Columns in which two that are alike may differ."""


def alike(rows: pl.DataFrame, vouchers: pl.DataFrame) -> pl.DataFrame:
    """Rows that may be vouchers of other documents.

    Args:
        rows: With `row`, `document`, and the columns of `standing.standing` that tell.
        vouchers: The same.

    Returns:
        Columns `LIKE`, a row for each of the rows.
    """
    few = [*_CHEAP, "fen"]
    rows = rows.filter(~pl.col("kind").is_in(NEVER_ALIKE)).join(
        vouchers, on=few, how="semi", maintain_order="left", nulls_equal=True
    )
    vouchers = vouchers.join(rows, on=few, how="semi", maintain_order="left", nulls_equal=True)
    rows, vouchers = _named(rows), _named(vouchers)
    found = [pl.DataFrame(schema=LIKE)]
    # Whoever says something is held against whoever says it too, and against the silent.
    for (said, some), (also, others) in product(_by_what_is_said(rows), _by_what_is_said(vouchers)):
        key = [*SAME, *(name for name in SAID if name in said and name in also)]
        # Of each document one will do, and of two documents one is another than the row's.
        told = others.select("row", "document", *key).unique(
            [*key, "document"], keep="first", maintain_order=True
        )
        told = told.filter(pl.int_range(pl.len()).over(key) < 2).rename({"row": "voucher"})
        pairs = some.join(told, on=key, nulls_equal=True, maintain_order="left_right")
        other = pl.col("document") != pl.col("document_right")
        found.append(pairs.filter(other).select([*LIKE]))
    return pl.concat(found).group_by("row").agg(pl.col("voucher").min()).sort("row")


def contrast(theirs: str) -> pl.Expr:
    """What two that are alike say differently, in words; empty where nothing is.

    Args:
        theirs: Suffix of the columns of the second.
    """
    differs = [
        pl.when(pl.col(name).fill_null("") != pl.col(f"{name}{theirs}").fill_null(""))
        .then(pl.lit(title))
        .otherwise(None)
        for name, title in _TITLES.items()
    ]
    return pl.concat_list(differs).list.drop_nulls().list.join("、")


def document() -> pl.Expr:
    """What a voucher was entered from: its file, or by hand its batch."""
    by_hand = pl.when(pl.col("source_file") == "").then("batch")
    return pl.struct("source_file", by_hand).hash()


def likely(entries: pl.DataFrame, postings: pl.DataFrame, goods: pl.DataFrame) -> pl.DataFrame:
    """Vouchers of a journal that may be one with another document's.

    Args:
        entries: Those that stand, in the order of the journal.
        postings: `FundPostings`.
        goods: `FundGoods`.

    Returns:
        The entries that may be, with the columns `SAME`.
    """
    # Few of a million share a day with another document: only those are looked at closely.
    days = (
        entries.select(*_CHEAP, document=document())
        .filter(~pl.col("kind").is_in(NEVER_ALIKE))
        .group_by(_CHEAP)
        .agg(first=pl.col("document").min(), last=pl.col("document").max())
    )
    shared = days.filter(pl.col("first") != pl.col("last"))
    papers = entries.join(shared, on=_CHEAP, how="semi", maintain_order="left")
    papers = _named(papers.with_columns(document=document()))
    several = papers.filter(pl.struct(*_CHEAP, "name").hash().is_duplicated())
    theirs = pl.col("voucher_no").is_in(several["voucher_no"].implode())
    told = with_money(several, postings.filter(theirs), goods.filter(theirs)).with_row_index("row")
    return told.join(alike(told, told), on="row", how="semi", maintain_order="left")


def _named(entries: pl.DataFrame) -> pl.DataFrame:
    """With `name`; names are few, so that each is folded once."""
    names = entries.select("party").unique().with_columns(name=unspaced("party"))
    return entries.drop("name", strict=False).join(
        names, on="party", how="left", maintain_order="left"
    )


def _by_what_is_said(rows: pl.DataFrame) -> list[tuple[set[str], pl.DataFrame]]:
    """The rows by which of `SAID` they say."""
    says = rows.select(said=pl.sum_horizontal(_bit(n, name) for n, name in enumerate(SAID)))
    return [
        (
            {name for n, name in enumerate(SAID) if says_ >> n & 1},
            rows.filter(says["said"] == says_),
        )
        for says_ in says["said"].unique().sort()
    ]


def _bit(place: int, name: str) -> pl.Expr:
    return (pl.col(name) != "").cast(pl.UInt32) * (1 << place)
