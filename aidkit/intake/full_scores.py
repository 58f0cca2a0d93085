"""Full marks that a sheet of scores states itself: in a header `数学（120分）`, or a row 满分."""

import re
from collections.abc import Iterator

from aidkit.intake.cells import MOST_MARKS, read_marks
from aidkit.intake.faults import Problem, problem
from aidkit.intake.layout import Layout
from aidkit.intake.lines import Lines
from aidkit.intake.values import Value, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import folded, plain

ROW = "满分"

_IN_HEADER = re.compile(r"\((?:满分:?)?(\d{1,3}(?:\.\d)?)分\)|\(满分:?(\d{1,3}(?:\.\d)?)\)")


def stated_full_scores(
    file: str, sheet: Sheet, layout: Layout, lines: Lines
) -> tuple[dict[str, float], list[Problem]]:
    """The full marks of each subject as a sheet states them.

    Args:
        file: The sheet's file.
        sheet: Its cells.
        layout: Where its columns are.
        lines: What its lines are.

    Returns:
        Subject to full marks, without those that cannot be believed, and a problem for each of
        these: no number that a paper can give, or two places that say different things.
    """
    found: dict[str, float] = {}
    contradicted: set[str] = set()
    problems: list[Problem] = []
    for subject, row, cell in _said(sheet, layout, lines):
        marks = read_marks(cell)
        other = found.get(subject)
        if marks and other in (None, marks):
            found[subject] = marks
            continue
        contradicted.add(subject)
        problems.append(
            problem(
                "bad_full_score",
                file,
                sheet=sheet.name,
                row=row + 1,
                column=layout.place(layout.spread[subject]),
                value=shown(cell),
                most=str(MOST_MARKS),
            )
        )
    return {s: marks for s, marks in found.items() if s not in contradicted}, problems


def _said(sheet: Sheet, layout: Layout, lines: Lines) -> Iterator[tuple[str, int, Value]]:
    """Subject, line and what is said there of its full marks."""
    for subject, position in layout.spread.items():
        if stated := _IN_HEADER.search(folded(layout.headers[position])):
            yield subject, layout.header_row, stated[1] or stated[2]
    for line in lines.totals if layout.spread else ():
        row = sheet.rows[line]
        if any(isinstance(cell, str) and plain(cell) == ROW for cell in row):
            for subject, position in layout.spread.items():
                if not is_blank(row[position]):
                    yield subject, line, row[position]
