"""What came back from payees, and what went back to givers: never more than was paid or given."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import unspaced


class Return(NamedTuple):
    """A kind of voucher that takes back what others brought about.

    Attributes:
        code: Fault of one that takes back too much.
        kind: The kind.
        of: Kinds that it takes back.
        who: What they have in common, beside the purpose.
        sign: Of the postings by which they change a pool.
    """

    code: str
    kind: str
    of: tuple[str, ...]
    who: tuple[str, ...]
    sign: int

    @property
    def key(self) -> tuple[str, ...]:
        """What is looked at apart."""
        return (*self.who, "purpose")


RETURNS = (
    Return(
        "payout_overreturned",
        "payout_returned",
        ("payout",),
        ("fund", "program", "party", "person_no"),
        1,
    ),
    # An opening says whose gift it carries on; without a name it is nobody's.
    Return(
        "gift_overreturned",
        "gift_returned",
        ("gift", "government", "allocation", "opening"),
        ("fund", "party"),
        -1,
    ),
    Return(
        "goods_pool_overreturned",
        "goods_returned",
        ("goods_in", "opening"),
        ("fund", "party"),
        -1,
    ),
)


def returned(book: Book, new: Tables) -> Iterator[tuple[Return, pl.LazyFrame, pl.LazyFrame]]:
    """What changes how much can still be taken back, where anything is taken back.

    Args:
        book: What stands already.
        new: What is to be added, as far as it is sound.

    Yields:
        For each kind its moves in the book, and the new ones, as `overdrafts` wants them.
    """
    columns = ["voucher_no", "kind", "corrects", *dict.fromkeys(RETURNS[0].who + RETURNS[1].who)]
    every = pl.concat([book.entries.select(columns), new.entries.select(columns)])
    for one in RETURNS:
        backs = every.filter(pl.col("kind") == one.kind).with_columns(party=unspaced("party"))
        if backs.is_empty():
            continue
        named = (pl.col("kind") != "opening") | (pl.col("party") != "")
        of = _of_kinds(every, (one.kind, *one.of)).filter(named)
        of = of.with_columns(party=unspaced("party")).join(backs, on=one.who, how="semi")
        who = of.select("voucher_no", *one.who).lazy()
        yield one, _moves(book.postings, who, one), _moves(new.postings, who, one)


def _of_kinds(every: pl.DataFrame, kinds: tuple[str, ...]) -> pl.DataFrame:
    """Vouchers of these kinds, and as what they take back the corrections of such."""
    corrections = every.filter(pl.col("kind") == "correction")
    originals = every.select(corrects="voucher_no", of="kind")
    taken_back = corrections.join(originals, on="corrects").with_columns(kind="of")
    return pl.concat([every, taken_back.select(every.columns)]).filter(pl.col("kind").is_in(kinds))


def _moves(postings: pl.DataFrame, who: pl.LazyFrame, one: Return) -> pl.LazyFrame:
    changes = postings.lazy().filter(~pl.col("account").is_in(ASSETS))
    amounts = changes.select("voucher_no", "purpose", "date", amount=one.sign * pl.col("fen"))
    return amounts.join(who, on="voucher_no").select("voucher_no", *one.key, "date", "amount")
