"""Matches that people make themselves, where no rule can."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.reconciling.matching import Ids
from aidkit.labels import folded
from aidkit.money import yuan

ByHand = tuple[Sequence[str], Sequence[str]]
"""Lines of the statement (`行号`, or `工作表!行号`) and the voucher numbers that they are."""


@dataclass(frozen=True)
class Grounds:
    """Why what no rule allows is the same money, and who says so.

    Attributes:
        reason: Why.
        approved_by: Who agreed.
        by: Who reconciles: somebody else.
    """

    reason: str = ""
    approved_by: str = ""
    by: str = ""

    def lacking(self) -> str:
        """What of them is missing, Chinese; empty where nothing is."""
        approver = folded(self.approved_by).lower()
        if not self.reason.strip():
            return "没有写原因（--reason）"
        if not approver:
            return "没有写批准人（--approved-by）"
        return "批准人就是核对的人" if approver == folded(self.by).lower() else ""


NOBODY = Grounds()
"""Nobody said why."""


def by_hands(
    lines: pl.DataFrame,
    vouchers: pl.DataFrame,
    matches: Sequence[ByHand],
    days: int,
    grounds: Grounds,
) -> list[tuple[Ids, Ids]]:
    """Ids of lines and of vouchers that people say are the same money.

    Args:
        lines: The bank's side.
        vouchers: The book's side.
        matches: What they say; a side may be empty where the other sums to nothing.
        days: How many days may lie between the first and the last of a match.
        grounds: Why, where a side is empty or more days lie between them.

    Raises:
        UsageError: A line or voucher is not there or is named twice, the sides differ, or what
            needs a reason and a second person has none.
    """
    found = [_by_hand(lines, vouchers, match, days, grounds) for match in matches]
    for side in (0, 1):
        ids = [id_ for match in found for id_ in match[side]]
        if len(ids) > len(set(ids)):
            raise UsageError(
                "同一行或同一张凭证指定了两次。", where="--match", remedy="请合成一个 --match。"
            )
    return found


_Row = tuple[int, int, dt.date]


def _by_hand(
    lines: pl.DataFrame, vouchers: pl.DataFrame, match: ByHand, days: int, grounds: Grounds
) -> tuple[Ids, Ids]:
    places = lines.with_columns(
        place=pl.col("row").cast(pl.String), full=pl.format("{}!{}", "sheet", "row")
    )
    of_bank = [
        _only(places.filter((pl.col("place") == name) | (pl.col("full") == name)), f"第 {name} 行")
        for name in match[0]
    ]
    of_book = [_only(vouchers.filter(pl.col("voucher_no") == no), f"凭证 {no}") for no in match[1]]
    bank, book = (sum(fen for _, fen, _ in side) for side in (of_bank, of_book))
    where = f"--match {','.join(match[0])}={','.join(match[1])}"
    if bank != book:
        raise UsageError(
            f"人工指定的两边不等：流水合计 {yuan(bank)} 元，凭证合计 {yuan(book)} 元。",
            where=where,
            remedy="请补上漏写的行或凭证。",
        )
    _refuse_groundless(of_bank, of_book, days, grounds, where)
    return tuple(i for i, *_ in of_bank), tuple(i for i, *_ in of_book)


def _refuse_groundless(
    of_bank: Sequence[_Row], of_book: Sequence[_Row], days: int, grounds: Grounds, where: str
) -> None:
    """Money that one side alone knows, or that took long, is nobody's word alone."""
    dates = [date for _, _, date in (*of_bank, *of_book)]
    apart = (max(dates) - min(dates)).days if dates else 0
    one_sided = not of_bank or not of_book
    if not (one_sided or apart > days) or not (lacking := grounds.lacking()):
        return
    what = "人工指定只有一边" if one_sided else f"人工指定的两边相差 {apart} 天，多于 {days} 天"
    raise UsageError(
        f"{what}，{lacking}。",
        where=where,
        remedy="漏记的收支请补登凭证。确实是银行错账等情形的，加 --reason 原因 "
        "--approved-by 核对人以外的人；都记在对账记录里，审计会列出。",
    )


def _only(rows: pl.DataFrame, what: str) -> _Row:
    if rows.height != 1:
        said = "不在这段时间里" if rows.is_empty() else "不止一个工作表有，请写成 工作表!行号"
        raise UsageError(f"{what}{said}。", where="--match", remedy="请核对行号、凭证号和日期。")
    return rows.select("id", "fen", "date").row(0)
