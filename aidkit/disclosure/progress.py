"""How pupils moved: counts of bands through the door.

In public by stage of the county, never of a school; for a school's own eyes by class.
"""

from collections import defaultdict
from collections.abc import Mapping

import dataframely as dy
import polars as pl

from aidkit.disclosure.ledger import Ledger, small, telling
from aidkit.disclosure.rectangles import Rectangles
from aidkit.disclosure.told import NOTHING, Told, settle
from aidkit.progress.bands import BANDS
from aidkit.progress.settings import STAGES
from aidkit.tables import ALL
from aidkit.tables.disclosed import PublicProgress
from aidkit.tables.progress import OwnProgress

BAND = "band"

LEAST_SCHOOLS = 3
"""A stage of fewer schools is left out, of the county's figure too.

Of one school it would be that school's own result, of two each would know the other's.
"""

_NOTHING_SAID = "not_assessed"
"""The band that says nothing of a pupil: that all or all but few are in it tells nobody's."""

Counts = dict[str, dict[str, int]]
"""Row to band to pupils; the row `all` is the sum of the others."""


def progress_table(
    progress: pl.DataFrame, threshold: int, width: int, told: Told = NOTHING
) -> pl.DataFrame:
    """Count bands by stage, and withhold what would tell of few.

    A count is withheld where it is 1 to `threshold - 1`, or where all the assessed of the stage or
    all but so few are in one band; and besides what would give a withheld count back.

    Args:
        progress: `tables.progress.Progress` of a term.
        threshold: See `disclosure.Settings`.
        width: As well.
        told: What was published before of the same counts, see `disclosure.before`.

    Returns:
        `tables.disclosed.PublicProgress`, by stage and band; no rows where no stage has schools
        enough.
    """
    cells = _protected(_by_stage(progress), threshold, width, told)
    rows = [{"stage": stage, **cell} for stage, cell in cells]
    return _table(PublicProgress, rows)


def own_table(progress: pl.DataFrame, threshold: int, width: int) -> pl.DataFrame:
    """Count the bands of one school and its classes, and withhold what would tell of few.

    For the school itself: beside the county's table, those of several schools together could give
    back what one of them withholds.

    Args:
        progress: `tables.progress.Progress` of one school and term.
        threshold: See `disclosure.Settings`.
        width: As well.

    Returns:
        `tables.progress.OwnProgress`, by grade, class and band; no rows where nobody was examined.
    """
    counts: Counts = defaultdict(lambda: defaultdict(int))
    names = {ALL: (ALL, ALL)}
    for grade, room, band, pupils in (
        progress.group_by("grade", "class_name", "band").len().sort(pl.all()).iter_rows()
    ):
        place = f"{grade}/{room}"
        names[place] = (grade, room)
        for row in (place, ALL):
            counts[row][band] += pupils
    rows = [
        {"grade": names[place][0], "class_name": names[place][1], **cell}
        for place, cell in _protected(counts, threshold, width)
    ]
    return _table(OwnProgress, rows)


def _table(schema: type[dy.Schema], rows: list[dict[str, object]]) -> pl.DataFrame:
    """The rows and their shares, sorted by key.

    Shares are of the assessed, all but `not_assessed`. They come from shown counts alone, so they
    give back nothing: where it is withheld how many are not assessed, there are none.
    """
    types = {name: column.dtype for name, column in schema.columns().items()}
    row = [key for key in schema.primary_key() if key != BAND]
    said = pl.col(BAND) != _NOTHING_SAID
    others = pl.col("pupils").filter(~said).first().over(row)
    assessed = pl.col("of") - others
    share = pl.when(said, assessed > 0).then((pl.col("pupils") / assessed).round(3))
    table = pl.DataFrame(rows, schema=types).with_columns(share=share)
    return pl.DataFrame(schema.validate(table)).sort(schema.primary_key())


def _protected(
    counts: Mapping[str, Mapping[str, int]], threshold: int, width: int, told: Told = NOTHING
) -> list[tuple[str, dict[str, object]]]:
    """Every row and band of a table that has the row `all`, their sum: its cell as published."""
    of = {row: sum(bands.values()) for row, bands in counts.items()}
    hidden = settle(
        lambda: _primary(counts, of, threshold, width),
        lambda ledger: [Rectangles(ledger, BAND)],
        told,
    )
    return [
        (
            row,
            {
                "band": band,
                "of": of[row],
                "pupils": None if (row, BAND, band) in hidden else bands.get(band, 0),
                "suppressed": (row, BAND, band) in hidden,
            },
        )
        for row, bands in counts.items()
        for band in BANDS
    ]


def _primary(
    counts: Mapping[str, Mapping[str, int]], of: Mapping[str, int], threshold: int, width: int
) -> Ledger:
    ledger = Ledger(width, threshold)
    for row, bands in counts.items():
        for band in BANDS:
            count = bands.get(band, 0)
            # Among the assessed: that all of them are in one band tells of each.
            assessed = of[row] - bands.get(_NOTHING_SAID, 0)
            few = band != _NOTHING_SAID and telling(count, assessed, threshold)
            # Where nobody at all is in a band, nobody of a tiny row is in it either.
            tiny = small(of[row], threshold) and counts[ALL].get(band, 0) > 0
            hide = few or small(count, threshold)
            ledger.add((row, BAND, band), count, of[row], tiny=tiny, hide=hide)
    return ledger


def _by_stage(progress: pl.DataFrame) -> Counts:
    """Stage, or `all`, to band to pupils; only stages that enough schools have."""
    stages = pl.col("grade").str.head(1).replace_strict(STAGES, return_dtype=pl.String)
    staged = progress.select("school_code", "band", stage=stages)
    enough = pl.col("school_code").n_unique().over("stage") >= LEAST_SCHOOLS
    counts: Counts = defaultdict(lambda: defaultdict(int))
    found = staged.filter(enough).group_by("stage", "band").len().sort("stage", "band")
    for stage, band, pupils in found.iter_rows():
        for row in (stage, ALL):
            counts[row][band] += pupils
    return counts
