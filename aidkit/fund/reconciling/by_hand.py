"""Matches that people make themselves, where no rule can."""

from collections.abc import Sequence

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.reconciling.matching import Ids
from aidkit.money import yuan

ByHand = tuple[Sequence[str], Sequence[str]]
"""Lines of the statement (`行号`, or `工作表!行号`) and the voucher numbers that they are."""


def by_hands(
    lines: pl.DataFrame, vouchers: pl.DataFrame, matches: Sequence[ByHand]
) -> list[tuple[Ids, Ids]]:
    """Ids of lines and of vouchers that people say are the same money.

    Args:
        lines: The bank's side.
        vouchers: The book's side.
        matches: What they say; a side may be empty where the other sums to nothing.

    Raises:
        UsageError: A line or voucher is not there or is named twice, or the sides differ.
    """
    found = [_by_hand(lines, vouchers, match) for match in matches]
    for side in (0, 1):
        ids = [id_ for match in found for id_ in match[side]]
        if len(ids) > len(set(ids)):
            raise UsageError(
                "同一行或同一张凭证指定了两次。", where="--match", remedy="请合成一个 --match。"
            )
    return found


def _by_hand(lines: pl.DataFrame, vouchers: pl.DataFrame, match: ByHand) -> tuple[Ids, Ids]:
    places = lines.select(
        "id", "fen", place=pl.col("row").cast(pl.String), full=pl.format("{}!{}", "sheet", "row")
    )
    of_bank = [
        _only(places.filter((pl.col("place") == name) | (pl.col("full") == name)), f"第 {name} 行")
        for name in match[0]
    ]
    of_book = [_only(vouchers.filter(pl.col("voucher_no") == no), f"凭证 {no}") for no in match[1]]
    bank, book = sum(fen for _, fen in of_bank), sum(fen for _, fen in of_book)
    if bank != book:
        raise UsageError(
            f"人工指定的两边不等：流水合计 {yuan(bank)} 元，凭证合计 {yuan(book)} 元。",
            where=f"--match {','.join(match[0])}={','.join(match[1])}",
            remedy="请补上漏写的行或凭证。",
        )
    return tuple(i for i, _ in of_bank), tuple(i for i, _ in of_book)


def _only(rows: pl.DataFrame, what: str) -> tuple[int, int]:
    if rows.height != 1:
        said = "不在这段时间里" if rows.is_empty() else "不止一个工作表有，请写成 工作表!行号"
        raise UsageError(f"{what}{said}。", where="--match", remedy="请核对行号、凭证号和日期。")
    return int(rows["id"][0]), int(rows["fen"][0])
