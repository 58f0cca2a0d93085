"""A file's drafts held against the book: what is new, changed, the same, gone, to be asked about.

Rows are compared as what they say, each as often as it stands: two equal gifts are two gifts. Where
the file leaves the date, the channel or the approver open, the book's own is no difference.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.importing.alike import entered_in, like_vouchers
from aidkit.fund.importing.numbers import LIKE_ANOTHER, borne_by_vouchers, twice_in_file
from aidkit.fund.ledger.standing import BETWEEN, standing, taken_back
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
    "persons",
    "reason",
    "consent_of",
    "approved_by",
    "out_account",
    "in_account",
)
"""What a row of the same document must say to be the same row: all but remarks and who wrote it."""

_OPEN = {"date": "date_told", "channel": "channel_told", "approved_by": "approved_told"}
"""What may be said of a whole file, and whether a row says it itself."""

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
        The drafts with `status` (`new`, `changed`, `same`, `duplicate`, `taken_back`),
        `voucher_no` and `why`, see `FundImportRows`; then the vouchers of `standing.standing` that
        the document had and has no longer.
    """
    if book is None or book.entries.is_empty():
        return _with_status(drafts, _of_status("duplicate", twice_in_file(drafts))), _NOTHING
    own = (pl.col("source_file") == document) | (pl.col("file_digest") == digest)
    stands = _numbered(standing(book)).with_row_index("voucher")
    back = _numbered(taken_back(book).filter(own)).with_row_index("voucher")
    mine, others = stands.filter(own), stands.filter(~own)
    rows = _comparable(drafts, book.funds)
    same = _pairs(rows, mine, CONTENT)
    rest, left = _without(rows, mine, same)
    # What was taken back by hand is not posted again because its file still has it.
    again = _pairs(rest, back, KEY)
    rest, _ = _without(rest, back, again)
    twice = _pairs(rest, others, KEY)
    rest, unlike = _without(rest, others, twice)
    doubled = twice_in_file(rows.join(again, on="draft", how="anti")).join(
        rest, on="draft", how="semi", maintain_order="left"
    )
    borne = borne_by_vouchers(rest.join(doubled, on="draft", how="anti"), others)
    rest = rest.join(pl.concat([doubled, borne]), on="draft", how="anti", maintain_order="left")
    # Who said it in this document before may be said in other words now.
    like = like_vouchers(rest.join(like_vouchers(rest, left), on="draft", how="anti"), unlike)
    rest = rest.join(like, on="draft", how="anti", maintain_order="left")
    changed = pl.DataFrame(schema=same.schema)
    for keys in _ALIKE:
        # Rows without a number of their own are not alike in that.
        told = [pl.col("number") != ""] if "number" in keys else []
        more = _match(rest.filter(*told), left.filter(*told), keys)
        rest, left = _without(rest, left, more)
        changed = pl.concat([changed, more])
    taken = pl.format("凭证 {} 已由 {} 更正冲销。", "voucher_no", "corrected_by")
    alike = pl.format("与 {}的 {} 相同。", entered_in(), "voucher_no")
    found = [
        _of_status("same", _named(same, stands)),
        _of_status("changed", _named(changed, stands)),
        _of_status("taken_back", _named(again, back, taken)),
        _of_status("duplicate", _named(twice, stands, alike)),
        _of_status("duplicate", doubled),
        _of_status("duplicate", borne),
        _of_status("duplicate", like),
    ]
    return _with_status(drafts, pl.concat(found)), left


_NOTHING = pl.DataFrame(schema={"voucher_no": pl.String()})


def _named(pairs: pl.DataFrame, vouchers: pl.DataFrame, why: pl.Expr | None = None) -> pl.DataFrame:
    """Pairs as columns `LIKE_ANOTHER`."""
    nothing = pl.lit("") if why is None else why
    return pairs.join(vouchers.select("voucher", "voucher_no", why=nothing), on="voucher").select(
        [*LIKE_ANOTHER]
    )


def _of_status(status: str, asked: pl.DataFrame) -> pl.DataFrame:
    return asked.with_columns(status=pl.lit(status))


def _with_status(drafts: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The drafts with what was found of some of them; all others are new."""
    new = {"status": pl.lit("new"), "voucher_no": pl.lit(""), "why": pl.lit("")}
    if found.is_empty():
        return drafts.with_columns(**new)
    return drafts.join(found, on="draft", how="left", maintain_order="left").with_columns(
        pl.col(name).fill_null(nothing) for name, nothing in new.items()
    )


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
        persons=pl.when(pl.col("kind") == "payout_returned").then(0).otherwise("persons"),
        out_account=account(pl.col("fund"), "channel"),
        in_account=account(target, "to_channel"),
    )


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    by_bank = pl.col("reference") != ""
    return rows.with_columns(number=pl.when(by_bank).then("reference").otherwise("receipt_no"))


def _pairs(rows: pl.DataFrame, vouchers: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Rows and vouchers that say the same; what the file leaves open is no difference."""
    pairs = [pl.DataFrame(schema=_PAIRS)]
    # Rows that say all take first what agrees in all.
    for told in product((True, False), repeat=len(_OPEN)):
        if vouchers.is_empty():
            break
        said = dict(zip(_OPEN, told, strict=True))
        some = rows.filter(**{_OPEN[key]: is_told for key, is_told in said.items()})
        found = _match(some, vouchers, [key for key in keys if said.get(key, True)])
        vouchers = vouchers.join(found, on="voucher", how="anti", maintain_order="left")
        pairs.append(found)
    return pl.concat(pairs)


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
