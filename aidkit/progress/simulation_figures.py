"""What the fair measure keeps of what it promises, on grades whose true growth is known."""

from dataclasses import dataclass

import polars as pl

from aidkit.calendar import Term
from aidkit.progress.bands import interval
from aidkit.progress.group import inside_entry
from aidkit.progress.progress import PLACE, progress
from aidkit.progress.rank_rule import places
from aidkit.progress.reliability import reliability
from aidkit.progress.roles import exam_roles
from aidkit.progress.settings import ProgressSettings
from aidkit.progress.simulation import TERM, Conditions, exam_results, truth
from aidkit.progress.sittings import sittings

CLASS = ("school_code", "class_name")


@dataclass(frozen=True)
class Figures:
    """What came out; correlations are means over classes, NaN where nothing grows.

    Attributes:
        with_baseline: Correlation of the fair measure with the observed baseline.
        with_start: With the true score at the start.
        with_growth: With true growth.
        rank_with_growth: Correlation of raw rank change in the class with true growth.
        rank_with_start: Of the same with the true score at the start.
        coverage: Share of pupils whose interval holds the true residual.
        clear: Share of pupils of whom clear growth is said.
        group_coverage: Coverage among the group alone.
        group_bias: Mean of growth less true residual in the group, in units of z.
        rank_prizes: Share of the group that the documents' rule gives a prize.
        fair_prizes: Share of the group that the fair measure gives one.
        fair_right: Of the latter, share who truly grew more than half of all.
    """

    with_baseline: float
    with_start: float
    with_growth: float
    rank_with_growth: float
    rank_with_start: float
    coverage: float
    clear: float
    group_coverage: float
    group_bias: float
    rank_prizes: float
    fair_prizes: float
    fair_right: float


def figures(conditions: Conditions, settings: ProgressSettings, seed: int = 1) -> Figures:
    """Simulate, measure as a run does, and compare with the truth."""
    pupils = truth(conditions, seed)
    results = exam_results(pupils, conditions, seed)
    sat = sittings(results, exam_roles(results, Term.parse(TERM), settings), settings)
    before, now = (sat.filter(role=role) for role in ("choice", "outcome"))
    group = inside_entry(before, PLACE, settings).filter("inside")
    measured = progress(sat, reliability(sat, results, settings), group, settings, TERM)
    told = (
        measured.join(pupils.select("student_no", "start", "residual"), on="student_no")
        .join(before.select("student_no", before="total"), on="student_no")
        .join(now.select("student_no", now="total"), on="student_no")
        .with_columns(places("before", CLASS), places("now", CLASS))
        .with_columns(raw=pl.col("rank_before") - pl.col("rank_now"))
    )
    off = pl.col("growth") - pl.col("residual")
    held = (off.abs() <= interval(settings.confidence) * pl.col("sem")).mean()
    by_class = told.group_by(CLASS).agg(
        pl.corr("growth", "baseline_z").alias("with_baseline"),
        pl.corr("growth", "start").alias("with_start"),
        pl.corr("growth", "residual").alias("with_growth"),
        pl.corr("raw", "residual").alias("rank_with_growth"),
        pl.corr("raw", "start").alias("rank_with_start"),
    )
    fair = pl.col("fair_prize") != "none"
    in_group = told.filter("in_group").select(
        group_coverage=held,
        group_bias=off.mean(),
        rank_prizes=(pl.col("rank_prize") != "none").mean(),
        fair_prizes=fair.mean(),
        fair_right=(pl.col("residual").filter(fair) > 0).mean(),
    )
    everybody = told.select(
        coverage=held, clear=(pl.col("band") == "clearly_better").mean()
    )  # fmt: skip
    row = pl.concat([by_class.drop(CLASS).mean(), everybody, in_group], how="horizontal").fill_null(
        float("nan")
    )
    return Figures(**row.row(0, named=True))
