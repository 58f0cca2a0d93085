"""Roll and boarders of every grade and school: boarders are counted through the door."""

import polars as pl

from aidkit.disclosure.ledger import Ledger, small
from aidkit.disclosure.rectangles import Rectangles
from aidkit.disclosure.told import NOTHING, Told, settle
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


def roll_table(
    counts: dict[tuple[str, str], tuple[int, int]],
    threshold: int,
    width: int,
    told: Told = NOTHING,
) -> pl.DataFrame:
    """The public roll: students of every grade, boarders where they may be shown.

    A few boarders or a few day pupils are withheld; a grade that boards as a whole is not, since
    boarding says nothing of a family's hardship.
    """

    def primary() -> Ledger:
        return _primary(counts, threshold, width)

    withheld = settle(primary, lambda ledger: [Rectangles(ledger, BOARDERS)], told)
    hidden = {(school, grade) for school, _, grade in withheld}
    rows = [
        (*key, students, None if key in hidden else boarders, key in hidden)
        for key, (students, boarders) in sorted(counts.items())
    ]
    columns = {"school_code": pl.String, "grade": pl.String, "students": pl.Int64}
    columns |= {"boarders": pl.Int64, "suppressed": pl.Boolean}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _primary(counts: dict[tuple[str, str], tuple[int, int]], threshold: int, width: int) -> Ledger:
    ledger = Ledger(width, threshold)
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
    return ledger
