"""Vouchers that look like the same paper entered twice: for people to look at.

What was corrected is left out. What is legal is not told: several rows of one receipt for one
donor, one transfer of the bank that pays many on one day, a slip with several goods.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from aidkit.fund.entry import GIFTS, INCOME_OF, OF_GOODS
from aidkit.fund.ledger.likeness import SAME, likely
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.standing import uncorrected

_ALIKE = ("fund", "kind", "date", "party", "program", "channel", "number")
_ROW = ("source_file", "source_sheet", "source_row")


@dataclass(frozen=True)
class Alike:
    """Vouchers that may be of the same paper.

    Attributes:
        line: Line of the last one.
        voucher_nos: Their numbers, by line.
        why: What they have in common, Chinese.
    """

    line: int
    voucher_nos: tuple[str, ...]
    why: str


def duplicates(made: Tables) -> Iterator[Alike]:
    """Groups of vouchers that stand and may be the same; a group and its parts once."""
    standing = uncorrected(made.entries)
    told: defaultdict[str, set[int]] = defaultdict(set)
    found = (
        *_alike(standing, made),
        *_same(standing, made.postings),
        *_numbers(standing),
        *_receipts(standing),
    )
    for group, one in enumerate(found):
        # What was told as part of more is not told again.
        if not set.intersection(*(told[number] for number in one.voucher_nos)):
            for number in one.voucher_nos:
                told[number].add(group)
            yield one


def _alike(standing: pl.DataFrame, made: Tables) -> Iterator[Alike]:
    """Of different documents, each with words of its own."""
    likely_ = likely(standing, made.postings, made.goods)
    yield from _groups(
        likely_, SAME, "日期、对方和金额（数量）都相同，不是同一份文件里的，可能是同一笔"
    )


def _same(standing: pl.DataFrame, postings: pl.DataFrame) -> Iterator[Alike]:
    """Alike in all that tells vouchers apart."""
    by_bank = pl.col("reference") != ""
    numbered = standing.with_columns(
        number=pl.when(by_bank).then("reference").otherwise("receipt_no")
    )
    papers = numbered.filter((pl.col("number") != "") | (pl.col("source_file") != ""))
    alike = _likely(papers, _ALIKE)
    if alike.is_empty():
        return
    money = postings.filter(pl.col("fen") > 0).join(alike, on="voucher_no", how="semi")
    debit = money.group_by("voucher_no").agg(pl.col("fen").sum())
    # Without a number of its own, only the same row of the same file is the same paper.
    of = alike.join(debit, on="voucher_no", how="left", maintain_order="left").with_columns(
        paper=pl.when(pl.col("number") == "").then(pl.struct(_ROW))
    )
    yield from _groups(of, (*_ALIKE, "fen", "paper"), "看起来是同一笔")


def _numbers(standing: pl.DataFrame) -> Iterator[Alike]:
    """Different, but under one number of the bank."""
    came = pl.col("kind").is_in([*INCOME_OF, "payout_returned"])
    key = ("fund", "channel", "came", "reference")
    papers = standing.with_columns(came=came).filter(
        pl.col("reference") != "", ~pl.col("kind").is_in(OF_GOODS)
    )
    alike = _likely(papers, key)
    # One transfer pays many: what went out under one number on one day is one slip.
    slip = pl.when("came").then("voucher_no").otherwise(pl.col("date").cast(pl.String))
    several = alike.filter(slip.n_unique().over(key) > 1)
    yield from _groups(several, key, "流水号相同")


def _receipts(standing: pl.DataFrame) -> Iterator[Alike]:
    """Of different donors, but under one number of a receipt."""
    key = ("fund", "receipt_no")
    papers = standing.filter(pl.col("receipt_no") != "", pl.col("kind").is_in(GIFTS))
    alike = _likely(papers, key)
    several = alike.filter(pl.col("party").n_unique().over(key) > 1)
    yield from _groups(several, key, "票据号相同，捐赠人不同")


def _likely(entries: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Entries that share a key with another one; equal hashes are only likely to be equal.

    What stands last tells most of them apart, so that the rest is seldom looked at.
    """
    hashes = entries[key[-1]].hash()
    if hashes.n_unique() == entries.height:
        return entries.clear()
    alike = entries.filter(hashes.is_duplicated())
    return alike.filter(pl.struct(key).hash().is_duplicated())


def _groups(entries: pl.DataFrame, key: tuple[str, ...], why: str) -> Iterator[Alike]:
    groups = entries.group_by(key, maintain_order=True).agg(
        pl.col("voucher_no"), pl.col("line").last()
    )
    several = groups.filter(pl.col("voucher_no").list.len() > 1)
    for numbers, line in several.select("voucher_no", "line").iter_rows():
        yield Alike(line, tuple(numbers), why)
