"""Roll and boarders of every grade and school: boarders are counted through the door."""

from collections.abc import Iterator

import polars as pl

from aidkit.disclosure.ledger import Cell, Ledger, Move, small
from aidkit.tables import ALL

BOARDERS = "boarders"


def roll_counts(facts: pl.DataFrame, schools: list[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """(school, grade) to (students, boarders), with `all` for margins."""
    counts = {(school, ALL): (0, 0) for school in [*schools, ALL]}
    here = facts.filter(pl.col("enrolled").fill_null(True))
    rows = here.group_by("school_code", "grade").agg(
        pl.len().alias("students"), pl.col("boarder").fill_null(False).sum().alias("boarders")
    )
    for school, grade, students, boarders in rows.sort("school_code", "grade").iter_rows():
        for key in ((school, grade), (school, ALL), (ALL, grade), (ALL, ALL)):
            before = counts.get(key, (0, 0))
            counts[key] = (before[0] + students, before[1] + boarders)
    return counts


def roll_table(counts: dict[tuple[str, str], tuple[int, int]], threshold: int) -> pl.DataFrame:
    """The public roll: students of every grade, boarders where they may be shown.

    A few boarders or a few day pupils are withheld; a grade that boards as a whole is not, since
    boarding says nothing of a family's hardship.
    """
    ledger = Ledger()
    for (school, grade), (students, boarders) in counts.items():
        ledger.add(
            (school, BOARDERS, grade),
            boarders,
            students,
            tiny=small(students, threshold)
            and counts[ALL, grade][1] > 0
            and (counts[school, ALL][1] > 0 or small(counts[school, ALL][0], threshold)),
            hide=small(boarders, threshold)
            or (boarders > 0 and small(students - boarders, threshold)),
        )
    if not ledger.protect(lambda cell: _moves(ledger, cell), lambda _: True):
        ledger.hidden = set(ledger.value)
    hidden = {(school, grade) for school, _, grade in ledger.hidden}
    rows = [
        (*key, students, None if key in hidden else boarders, key in hidden)
        for key, (students, boarders) in sorted(counts.items())
    ]
    columns = {"school_code": pl.String, "grade": pl.String, "students": pl.Int64}
    columns |= {"boarders": pl.Int64, "suppressed": pl.Boolean}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _moves(ledger: Ledger, cell: Cell) -> Iterator[Move]:
    """Rectangles of two rows and two columns; the margins count as a row and a column."""
    rows = sorted({school for school, _, _ in ledger.value})
    columns = sorted({grade for _, _, grade in ledger.value})
    row, _, column = cell
    for other_row in rows:
        for other_column in columns:
            if other_row == row or other_column == column:
                continue
            # Two parts of one sum move against each other; a part and its sum move together.
            down = 1 if ALL in (row, other_row) else -1
            across = 1 if ALL in (column, other_column) else -1
            for step in (1, -1):
                yield {
                    (row, BOARDERS, column): step,
                    (row, BOARDERS, other_column): step * across,
                    (other_row, BOARDERS, column): step * down,
                    (other_row, BOARDERS, other_column): step * across * down,
                }
