"""Cells merged over several rows: what stands in the first is said of every row."""

from dataclasses import replace

from aidkit.intake.layout import Layout
from aidkit.intake.lexicon import TableWords
from aidkit.intake.values import Broken, shown
from aidkit.intake.workbooks import Sheet
from aidkit.tables.columns import MONEY

_OF_ONE_ROW = MONEY | {"number", "integer"}
"""Kinds of which each row has its own: nobody can say how a merged number is shared."""


def unmerged(sheet: Sheet, layout: Layout, words: TableWords) -> Sheet:
    """The sheet with its merged cells below the header filled in each row.

    Excel keeps a merged value in the first cell only, but shows it for all. A number is not
    repeated, for that would multiply it: each of its rows becomes a fault.

    Args:
        sheet: The sheet.
        layout: Where its table stands.
        words: Its table.
    """
    if not sheet.merged:
        return sheet
    single = {
        *(p for name, p in layout.columns.items() if words.fields[name].kind in _OF_ONE_ROW),
        *layout.spread.values(),
    }
    used = {*layout.columns.values(), *layout.spread.values()}
    rows = list(sheet.rows)
    for (top, left), (bottom, _) in sheet.merged:
        # Cells may be merged below the last that holds anything.
        below = layout.first_row <= top < len(rows)
        if not below or bottom == top or left not in used:
            continue
        value = rows[top][left]
        if value == "":
            continue
        if left in single:
            value = Broken("merged_number", shown(value))
        for index in range(top, min(bottom + 1, len(rows))):
            rows[index] = [*rows[index][:left], value, *rows[index][left + 1 :]]
    return replace(sheet, rows=rows)
