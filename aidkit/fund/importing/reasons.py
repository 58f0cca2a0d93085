"""Why nothing of a file is posted, in words: its problems, and what an officer must decide."""

from collections.abc import Iterator

import polars as pl

from aidkit.fund.importing.preview import Preview
from aidkit.money import yuan

TOLD = 20
"""Problems, or rows, that a refusal quotes."""


def reasons_of(shown: Preview, correct: str) -> Iterator[tuple[str, str]]:
    """Why nothing of a file can be posted.

    Args:
        shown: What the file asks for.
        correct: Why rows that were posted are taken back; empty: they may not be.

    Yields:
        Message and remedy, Chinese.
    """
    errors, tallies = shown.errors, shown.tallies
    for one in errors.head(TOLD).iter_rows(named=True):
        where = f"{_place(one['sheet'], one['row'])} {one['column']}".rstrip()
        yield f"{where}：{one['message']}{one['remedy']}", _REMEDY
    if errors.height > TOLD:
        yield f"……共 {errors.height} 处。", _REMEDY
    for status, message, remedy in _DOUBTS:
        tally = tallies[status]
        if tally.rows and not (correct and status in {"changed", "gone"}):
            yield f"{tally.rows} 行（{yuan(tally.fen)} 元）{message}", remedy
            told = shown.rows.filter(pl.col("why") != "", status=status).head(TOLD)
            for sheet, row, why in told.select("source_sheet", "source_row", "why").iter_rows():
                yield f"{_place(sheet, row)}：{why}", remedy
    for tally, message, remedy in (
        (shown.undated, "没有日期。", "请补填日期，或用 --date 指明这些行的日期。"),
        (shown.without_channel, "没有写收付方式。", "请补填，或用 --channel 指明这些行的方式。"),
    ):
        if tally.rows:
            yield f"{tally.rows} 行（{yuan(tally.fen)} 元）{message}", remedy


def _place(sheet: str, row: int | None) -> str:
    where = "" if row is None else f"第 {row} 行"
    return f"工作表“{sheet}” {where}" if sheet else where


_REMEDY = "请改正文件；改不了的行用 --accept 行号 留下不入账，会记在账簿里。"
_CORRECT = (
    "确实要改账的，请用 --correct 原因：原来的凭证会冲销，再登记新的。"
    "如果其实是另一份文件，请改文件名再导入。"
)
_DOUBTS = (
    ("changed", "与以前导入的不一样。", _CORRECT),
    ("gone", "以前导入过，现在文件里没有了。", _CORRECT),
    (
        "duplicate",
        "可能是别的文件里已经入账的、或者本文件里写了两次的同一笔。",
        "同一笔的用 --accept 行号 留下不入账；确是另外一笔的用 --distinct 行号。",
    ),
)
