"""Grades invented with known true growth: whether the fair measure keeps what it promises."""

import datetime as dt
from dataclasses import dataclass
from random import Random

import polars as pl

from aidkit.tables.progress import Results

SUBJECTS = ("chinese", "mathematics", "english")
EARLIER, TERM = "2026-spring", "2026-autumn"
GRADE = {EARLIER: "p4", TERM: "p5"}
CHOICE, OUTCOME = dt.date(2026, 6, 29), dt.date(2027, 1, 21)
MEAN, SPREAD, FULL = 60.0, 9.0, 100.0
"""Points of a subject: mean, standard deviation of true scores, full marks."""


@dataclass(frozen=True)
class Conditions:
    """What is simulated.

    Attributes:
        pupils: Of a class.
        reliability: Of the total of one exam, 0 to 1.
        growth: Standard deviation of true growth, that of true scores at the start being 1.
        baseline_exams: Exams of the baseline, before the exam that the group is chosen on.
        classes: Of a grade; all classes of a grade sit the same papers.
        grades: How many grades, each of a school of its own.
    """

    pupils: int
    reliability: float
    growth: float
    baseline_exams: int = 2
    classes: int = 4
    grades: int = 60

    def exams(self) -> list[tuple[str, str, dt.date]]:
        """Term, name and day of each exam in order: baseline, choice, outcome."""
        before = [CHOICE - dt.timedelta(days=14 * n) for n in range(self.baseline_exams, 0, -1)]
        baseline = [(EARLIER, f"月考{n}", day) for n, day in enumerate(before, 1)]
        return [*baseline, (EARLIER, "期末", CHOICE), (TERM, "期末", OUTCOME)]


def truth(conditions: Conditions, seed: int) -> pl.DataFrame:
    """The pupils: `school_code`, `class_name`, `student_no`, and what no exam shows.

    `start` is the true score at the start. `residual` is the true residual of the fair measure:
    of the error-free part of the outcome on that of the baseline, in units of `z`. True scores
    are start + growth at the outcome, growth does not depend on the start; so it is growth in
    standard deviations of the observed outcome.
    """
    rng = Random(f"{seed} {conditions}")
    size = conditions.pupils * conditions.classes
    number = conditions.grades * size
    seen = ((1 + conditions.growth**2) / conditions.reliability) ** 0.5
    order = pl.int_range(pl.len(), dtype=pl.Int64)
    return (
        pl.DataFrame(
            {name: [rng.gauss(0, 1) for _ in range(number)] for name in ("start", "grown")}
        )
        .with_columns(grown=pl.col("grown") * conditions.growth)
        .with_columns(
            school_code=pl.format("99{}", (order // size).cast(pl.String).str.zfill(8)),
            class_name=pl.format("{}班", order % size // conditions.pupils + 1),
            student_no=order.cast(pl.String).str.zfill(8),
            residual=pl.col("grown") / seen,
        )
    )


def exam_results(pupils: pl.DataFrame, conditions: Conditions, seed: int) -> pl.DataFrame:
    """`tables.progress.Results` of all exams; every subject errs on its own, in whole points.

    Args:
        pupils: What `truth` gives.
        conditions: The same.
        seed: Of the errors.
    """
    rng = Random(f"errors {seed} {conditions}")
    # The total of k subjects has k² of true variance and k of error.
    true_variance = {EARLIER: 1.0, TERM: 1 + conditions.growth**2}
    odds = (1 - conditions.reliability) / conditions.reliability
    found = []
    for term, exam, day in conditions.exams():
        true = pl.col("start") + (pl.col("grown") if term == TERM else 0.0)
        error = (true_variance[term] * len(SUBJECTS) * odds) ** 0.5
        for subject in SUBJECTS:
            errors = pl.Series([rng.gauss(0, error) for _ in range(pupils.height)])
            score = (MEAN + SPREAD * (true + errors)).round(0).clip(1.0, FULL)
            found.append(
                pupils.select(
                    pl.lit(term).alias("term"),
                    pl.lit(exam).alias("exam"),
                    pl.lit(day).alias("exam_date"),
                    "school_code",
                    pl.lit(GRADE[term]).alias("grade"),
                    "class_name",
                    "student_no",
                    pl.lit(subject).alias("subject"),
                    score.alias("score"),
                    pl.lit(FULL).alias("full_score"),
                    pl.lit("scored").alias("state"),
                )
            )
    return Results.validate(pl.concat(found), cast=True)
