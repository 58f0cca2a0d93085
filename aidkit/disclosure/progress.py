"""How the county's pupils moved, by stage: counts of bands through the door, never of a school."""

from collections import defaultdict

import polars as pl

from aidkit.disclosure.ledger import Ledger, small, telling
from aidkit.disclosure.rectangles import Rectangles
from aidkit.progress.bands import BANDS
from aidkit.progress.settings import STAGES
from aidkit.tables import ALL
from aidkit.tables.disclosed import PublicProgress

BAND = "band"

LEAST_SCHOOLS = 3
"""A stage of fewer schools is left out, of the county's figure too.

Of one school it would be that school's own result, of two each would know the other's.
"""

_NOTHING_SAID = "not_assessed"
"""The band that says nothing of a pupil: that all or all but few are in it tells nobody's."""


def progress_table(progress: pl.DataFrame, threshold: int) -> pl.DataFrame:
    """Count bands by stage, and withhold what would tell of few.

    A count is withheld where it is 1 to `threshold - 1`, or where all pupils of the stage or all
    but so few are in one band; and besides what would give a withheld count back.

    Args:
        progress: `tables.progress.Progress` of a term.
        threshold: See `disclosure.Settings`.

    Returns:
        `tables.disclosed.PublicProgress`, by stage and band; no rows where no stage has schools
        enough.
    """
    counts = _counts(progress)
    ledger = Ledger()
    of = {stage: sum(bands.values()) for stage, bands in counts.items()}
    for stage, bands in counts.items():
        for band in BANDS:
            count = bands.get(band, 0)
            few = telling(count, of[stage], threshold) and band != _NOTHING_SAID
            # Where nobody of the county is in a band, a tiny stage has nobody in it either.
            tiny = small(of[stage], threshold) and counts[ALL].get(band, 0) > 0
            hide = few or small(count, threshold)
            ledger.add((stage, BAND, band), count, of[stage], tiny=tiny, hide=hide)
    ledger.protect(Rectangles(ledger, BAND))
    rows = [
        (stage, band, of[stage], None if cell in ledger.hidden else count, cell in ledger.hidden)
        for cell, count in ledger.value.items()
        for stage, _, band in (cell,)
    ]
    columns = {"stage": pl.String, "band": pl.String, "of": pl.Int64}
    columns |= {"pupils": pl.Int64, "suppressed": pl.Boolean}
    table = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        share=(pl.col("pupils") / pl.col("of")).round(3)
    )
    order = PublicProgress.primary_key()
    return PublicProgress.validate(table.select(PublicProgress.column_names())).sort(order)


def _counts(progress: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Stage, or `all`, to band to pupils; only stages that enough schools have."""
    stages = pl.col("grade").str.head(1).replace_strict(STAGES, return_dtype=pl.String)
    staged = progress.select("school_code", "band", stage=stages)
    enough = pl.col("school_code").n_unique().over("stage") >= LEAST_SCHOOLS
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    found = staged.filter(enough).group_by("stage", "band").len().sort("stage", "band")
    for stage, band, pupils in found.iter_rows():
        for row in (stage, ALL):
            counts[row][band] += pupils
    return counts
