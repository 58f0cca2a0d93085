"""A file's drafts held against the book: what is new, changed, the same, gone, or elsewhere.

Rows are compared as what they say, each as often as it stands: two equal gifts are two gifts. Where
the file leaves the date or the channel open, the book's own is no difference.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.importing.standing import BETWEEN, standing
from aidkit.fund.settings import Fund

KEY = (
    "kind",
    "fund",
    "date",
    "party",
    "fen",
    "channel",
    "purpose",
    "number",
    "program",
    "person_no",
    "item",
    "spec",
    "unit",
    "thousandths",
)
"""What two rows of different documents have in common when they may be one.

`number` is the bank's own, else the receipt's.
"""

CONTENT = (
    *KEY,
    "receipt_no",
    "to_purpose",
    "to_fund",
    "donor_class",
    "consent",
    "school_code",
    "out_account",
    "in_account",
)
"""What a row of the same document must say to be the same row."""

_ALIKE = (
    ("kind", "fund", "number"),
    ("kind", "fund", "party", "person_no", "item", "date"),
    ("kind", "fund", "party", "person_no", "item", "fen", "thousandths"),
    ("kind", "source_sheet", "source_row"),
)
"""By what a changed row is found again, the surest first."""


def compare(
    drafts: pl.DataFrame, book: Book | None, document: str, digest: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Say of every draft whether the book has it already.

    Args:
        drafts: Settled drafts, without those that are left out.
        book: The book; None: nothing is known.
        document: Name under which the file was or will be imported.
        digest: SHA-256 of its bytes: a copy under another name is the same document.

    Returns:
        The drafts with `status` (`new`, `changed`, `same`, `duplicate`), `voucher_no` and
        `elsewhere`; then the vouchers of `standing.standing` that the document had and has no
        longer.
    """
    if book is None or book.entries.is_empty():
        return drafts.with_columns(
            status=pl.lit("new"), voucher_no=pl.lit(""), elsewhere=pl.lit("")
        ), pl.DataFrame(schema={"voucher_no": pl.String})
    stands = _numbered(standing(book)).with_row_index("voucher")
    own = (pl.col("source_file") == document) | (pl.col("file_digest") == digest)
    mine, others = stands.filter(own), stands.filter(~own)
    rows = _comparable(drafts, book.funds)
    same = _pairs(rows, mine, CONTENT)
    rest, left = _without(rows, mine, same)
    changed = pl.DataFrame(schema=same.schema)
    for alike in _ALIKE:
        # Rows without a number of their own are not alike in that.
        told = [pl.col("number") != ""] if "number" in alike else []
        more = _match(rest.filter(*told), left.filter(*told), alike)
        rest, left = _without(rest, left, more)
        changed = pl.concat([changed, more])
    twice = _pairs(rest, others, KEY)
    found = pl.concat(
        pairs.with_columns(status=pl.lit(status))
        for pairs, status in ((same, "same"), (changed, "changed"), (twice, "duplicate"))
    ).join(stands.select("voucher", "voucher_no", "source_file"), on="voucher")
    foreign = pl.when(pl.col("status") == "duplicate").then("source_file").fill_null("")
    compared = drafts.join(
        found.select("draft", "status", "voucher_no", elsewhere=foreign),
        on="draft",
        how="left",
        maintain_order="left",
    ).with_columns(
        pl.col("status").fill_null("new"), pl.col("voucher_no", "elsewhere").fill_null("")
    )
    return compared, left


def _comparable(drafts: pl.DataFrame, funds: Mapping[str, Fund]) -> pl.DataFrame:
    """Drafts with the columns of `CONTENT`, said as the book says them."""
    accounts = {f"{f.id}/{c}": account for f in funds.values() for c, account in f.channels.items()}
    between = pl.col("kind").is_in(BETWEEN)
    target = pl.when(pl.col("to_fund") == "").then("fund").otherwise("to_fund")

    def account(fund: pl.Expr, channel: str) -> pl.Expr:
        pair = pl.concat_str([fund, pl.lit("/"), channel])
        found = pair.replace_strict(accounts, default="", return_dtype=pl.String)
        return pl.when(between).then(found).fill_null("")

    unvalued = (pl.col("item") != "") & pl.col("fen").is_null()
    return _numbered(drafts).with_columns(
        # Goods that nobody valued have no postings, so the book knows no purpose of them.
        purpose=pl.when(unvalued).then(pl.lit("")).otherwise("purpose"),
        channel=pl.when(pl.col("kind") == "move").then(pl.lit("")).otherwise("channel"),
        thousandths=pl.col("thousandths").fill_null(0),
        out_account=account(pl.col("fund"), "channel"),
        in_account=account(target, "to_channel"),
    )


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    by_bank = pl.col("reference") != ""
    return rows.with_columns(number=pl.when(by_bank).then("reference").otherwise("receipt_no"))


def _pairs(rows: pl.DataFrame, vouchers: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Rows and vouchers that say the same; what the file leaves open is no difference."""
    pairs: list[pl.DataFrame] = []
    # Rows that say all take first what agrees in all.
    for date, channel in product((True, False), repeat=2):
        some = rows.filter(date_told=date, channel_told=channel)
        if some.is_empty():
            continue
        open_ = {*([] if date else ["date"]), *([] if channel else ["channel"])}
        found = _match(some, vouchers, [key for key in keys if key not in open_])
        vouchers = vouchers.join(found, on="voucher", how="anti", maintain_order="left")
        pairs.append(found)
    return pl.concat([pl.DataFrame(schema=_PAIRS), *pairs])


_PAIRS = {"draft": pl.UInt32, "voucher": pl.UInt32}


def _match(rows: pl.DataFrame, vouchers: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Rows and vouchers with equal keys, one to one: the first with the first."""
    if rows.is_empty() or vouchers.is_empty():
        return pl.DataFrame(schema=_PAIRS)
    several = [*keys, "nth"]
    left, right = (
        side.select(index, *keys).with_columns(nth=pl.int_range(pl.len()).over(keys))
        for side, index in ((rows, "draft"), (vouchers, "voucher"))
    )
    return left.join(right, on=several, nulls_equal=True).select([*_PAIRS])


def _without(
    rows: pl.DataFrame, vouchers: pl.DataFrame, pairs: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    return (
        rows.join(pairs, on="draft", how="anti", maintain_order="left"),
        vouchers.join(pairs, on="voucher", how="anti", maintain_order="left"),
    )
