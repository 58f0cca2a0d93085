"""Rows of a file as officers name them: `12`, `12-15`, `收入!12`; and the problems of drafts."""

import re
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.importing.row_faults import RowFault
from aidkit.intake.faults import Problem
from aidkit.labels import project_labels

_NAMED = re.compile(r"(?:(?P<sheet>.*)!)?(?P<first>\d+)(?:-(?P<last>\d+))?")


def place(sheet: str = "source_sheet", row: str = "source_row") -> pl.Expr:
    """Where a row stands, in one word: `收入!12`."""
    return pl.format("{}!{}", sheet, row)


def places_of(named: Iterable[str], sheets: Collection[str], option: str) -> set[str]:
    """The rows that an officer names, as `place` says them.

    Args:
        named: Such as `12`, `12-15`, `收入!12`; the sheet may be left out where there is one.
        sheets: Sheets of the file that hold a table.
        option: How the command calls them, for messages.

    Raises:
        UsageError: A name is none, or names no sheet where there are several.
    """
    places: set[str] = set()
    for text in named:
        match = _NAMED.fullmatch(text.strip())
        if match is None:
            raise UsageError(
                f"看不懂 {option} 里的“{text}”。",
                remedy="请写行号，例如 12、12-15 或 工作表名!12。",
            )
        sheet = match["sheet"] if match["sheet"] is not None else _only(sheets, text, option)
        first = int(match["first"])
        places |= {f"{sheet}!{row}" for row in range(first, int(match["last"] or first) + 1)}
    return places


def _only(sheets: Collection[str], text: str, option: str) -> str:
    if len(sheets) != 1:
        told = "、".join(f"{sheet}!{text}" for sheet in sheets)
        raise UsageError(
            f"文件里有几张工作表，{option} 里的“{text}”不知道是哪一张。", remedy=f"请写成 {told}。"
        )
    return next(iter(sheets))


def short(place: str, sheets: Collection[str]) -> str:
    """A place without the sheet, where there is only one."""
    sheet, _, row = place.rpartition("!")
    return row if [*sheets] == [sheet] else place


def draft_problems(
    faults: Iterable[RowFault],
    drafts: pl.DataFrame,
    file: str,
    headers: Mapping[tuple[str, str], Mapping[str, str]],
) -> list[Problem]:
    """Faults of drafts as rows of `tables.Problems`.

    Args:
        faults: What is wrong.
        drafts: With `draft`, `table` and where each stood.
        file: The file's name, as intake calls it.
        headers: What the columns are called in the file.
    """
    several = list(faults)
    wanted = drafts.filter(pl.col("draft").is_in([one.draft for one in several]))
    stood = {
        draft: (table, sheet, row)
        for draft, table, sheet, row in wanted.select(
            "draft", "table", "source_sheet", "source_row"
        ).iter_rows()
    }
    problems = []
    for one in several:
        table, sheet, row = stood[one.draft]
        label = project_labels().columns[table].get(one.column)
        column = headers.get((file, sheet), {}).get(one.column, label.header if label else "")
        problems.append(
            Problem(
                file=file,
                sheet=sheet,
                row=row,
                column=column,
                value=one.value,
                code=one.code,
                severity=one.severity,
                message=one.message,
                remedy=one.remedy,
            )
        )
    return problems
