"""Beside every ranking of a group: what was seen, and what luck alone would give."""

import polars as pl

from aidkit.progress.comparable import comparable, of_role
from aidkit.progress.luck import AMONG, FIGURES, by_luck, risen_places
from aidkit.progress.reliability import UNIT
from aidkit.progress.settings import ProgressSettings
from aidkit.tables.progress import Luck

KEYS = ("school_code", "grade", "class_name")


def luck(
    progress: pl.DataFrame,
    sittings: pl.DataFrame,
    reliabilities: pl.DataFrame,
    settings: ProgressSettings,
) -> pl.DataFrame:
    """What each group of a grade and of a class gained in places, and would gain by luck alone.

    Luck is that of a group of the same size, the last at the choice exam of as many pupils, with
    exams as reliable as the unit's own two, to two decimals. A group that was chosen otherwise is
    less lucky: who was not among the last has further to fall.

    Args:
        progress: What `progress` gives for the term.
        sittings: `tables.progress.Sittings` that it was made from.
        reliabilities: What `reliability` gives for them.
        settings: Declared figures.

    Returns:
        `tables.progress.Luck`: a row for each group among all and among itself.
    """
    used = comparable(sittings, progress, settings).join(
        reliabilities.select(*UNIT, "reliability"), on=UNIT, how="left"
    )
    pupils = (
        progress.select("student_no", *KEYS, "in_group")
        .join(of_role(used, "choice", "total", "reliability"), on="student_no")
        .join(of_role(used, "outcome", "total", "reliability"), on="student_no")
        .rename({"choice_total": "before", "outcome_total": "now"})
        .drop_nulls(["before", "now"])
        .with_columns(reliability=pl.mean_horizontal("choice_reliability", "outcome_reliability"))
    )
    grades = pupils.with_columns(class_name=pl.lit(""))
    named = pupils.filter(pl.col("class_name") != "")
    found = [_seen(unit, among) for unit in (grades, named) for among in AMONG]
    return Luck.validate(_beside_luck(pl.concat(found)).sort(*KEYS, "among"), cast=True)


def _seen(pupils: pl.DataFrame, among: str) -> pl.DataFrame:
    sizes = pupils.group_by(KEYS).agg(
        pl.len().alias("n_grade"), pl.col("reliability").sort().mean().round(2)
    )
    return (
        risen_places(pupils, KEYS, among)
        .rename({"group": "n_group"} | {name: f"observed_{name}" for name in FIGURES})
        .join(sizes, on=KEYS)
        .with_columns(among=pl.lit(among))
    )


def _beside_luck(seen: pl.DataFrame) -> pl.DataFrame:
    sizes = ("n_grade", "n_group", "reliability", "among")
    # Classes of one size and reliability one after another, so that they are simulated once.
    asked = seen.select(sizes).unique().sort("n_grade", "reliability", "n_group", "among")
    lucky = [by_luck(*row) for row in asked.iter_rows()]
    columns = [
        pl.Series(f"luck_{name}", [getattr(one, name) for one in lucky], pl.Float64)
        for name in FIGURES
    ]
    known = asked.with_columns(columns)
    return seen.join(known, on=sizes, how="left").select(Luck.column_names())
