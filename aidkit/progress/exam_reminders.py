"""What clerks should look at in a term's exams: names, and zeros that nobody may have got."""

import polars as pl

from aidkit.labels import project_labels
from aidkit.progress.roles import EXAM, GRADE, sat_by
from aidkit.progress.settings import ProgressSettings
from aidkit.runs.faulty import no_problems, row_problems

NTH = "nth"
"""Column: which row of the scores, from 0."""

_LEAST_ZEROS = 3
"""So many zeros and nothing else in a class are a column that nobody filled in."""

_ONE_NAME = "是同一次考试的，请把考试名称写成一样；补考等确是少数人的，不用改。"


def exam_reminders(
    rows: pl.DataFrame, scores: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """Reminders of exams that few of a grade sat, that divide a grade, and of columns of zeros.

    Exams of grades with fewer pupils than are assessed are passed over: whoever is ill there
    makes an exam of few.

    Args:
        rows: Usable scores: `NTH`, `EXAM`, `student_no`, `subject`, `score`, `class_name` of the
            sheet and `own_class` of the roll.
        scores: `tables.Scores` that these are rows of.
        settings: The least number of pupils.

    Returns:
        `tables.Problems`, each a warning at the first row that it is about.
    """
    sat = rows.filter(pl.col("grade").is_not_null()).select(
        *(*EXAM, "student_no", "subject", "score", NTH),
        class_name=pl.coalesce("class_name", "own_class"),
    )
    exams = sat_by(sat.select(*EXAM, "student_no", scored=pl.col("score").is_not_null()))
    exams = exams.filter(pl.col("of") >= settings.least_pupils)
    enough = 2 * pl.col("sat") >= pl.col("of")
    found = [_few(sat, exams.filter(~enough), scores)]
    # Two exams that share fewer than half of the smaller one's pupils leave it less than ⅔.
    if exams.filter(enough, 3 * pl.col("sat") < 2 * pl.col("of")).height:
        found.append(_divided(sat, exams.filter(enough), scores))
    found.append(_zeros(sat, scores))
    return pl.concat(found)


def _few(sat: pl.DataFrame, few: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    if few.is_empty():
        return no_problems()
    return row_problems(
        _first(sat, few, EXAM, scores),
        project_labels().columns["scores"]["exam"].header,
        value=pl.col("exam"),
        code="exam_of_few",
        severity="warning",
        message=pl.format(
            "{}本学期有成绩的 {} 名学生里，只有 {} 名有“{}”的成绩，不到一半，"
            "评定进步不用这次考试。",
            _grade(),
            "of",
            "sat",
            "exam",
        ),
        remedy=_ONE_NAME,
    )


def _divided(sat: pl.DataFrame, exams: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Exams of one grade with nearly no pupil in common: one exam under two names."""
    pupils = sat.filter(pl.col("score").is_not_null()).select(*EXAM, "student_no").unique()
    pupils = pupils.join(exams, on=EXAM)
    names = pl.col("exam"), pl.col("exam_other")
    both = (
        pupils.join(pupils, on=[*GRADE, "student_no"], suffix="_other")
        .group_by(*EXAM, "exam_other")
        .len("both")
    )
    pairs = (
        exams.join(exams, on=list(GRADE), suffix="_other")
        .filter(names[0] != names[1])
        # Told once, where fewer sat it.
        .filter(
            (pl.col("sat") < pl.col("sat_other"))
            | ((pl.col("sat") == pl.col("sat_other")) & (names[0] > names[1]))
        )
        .join(both, on=[*EXAM, "exam_other"], how="left")
        .filter(2 * pl.col("both").fill_null(0) < pl.col("sat"))
    )
    if pairs.is_empty():
        return no_problems()
    return row_problems(
        _first(sat, pairs, EXAM, scores),
        project_labels().columns["scores"]["exam"].header,
        value=pl.col("exam"),
        code="exam_divided",
        severity="warning",
        message=pl.format(
            "{}考了“{}”的 {} 名学生大多没有考“{}”（{} 名），像是一次考试写成了两个名称；"
            "一学期只有一次考试作末次考试，没有考那一次的无法评定。",
            *(_grade(), "exam", "sat", "exam_other", "sat_other"),
        ),
        remedy=_ONE_NAME,
    )


def _zeros(sat: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Subjects in which everybody of a class has zero."""
    column = (*EXAM, "class_name", "subject")
    zeros = sat.filter(pl.col("score") == 0).group_by(column).agg(zeros=pl.len())
    zeros = zeros.filter(pl.col("zeros") >= _LEAST_ZEROS)
    if zeros.is_empty():
        return no_problems()
    points = sat.filter(pl.col("score") > 0).join(zeros, on=column, how="semi", nulls_equal=True)
    empty = zeros.join(points, on=column, how="anti", nulls_equal=True)
    if empty.is_empty():
        return no_problems()
    subjects = project_labels().names("subject")
    return row_problems(
        _first(sat, empty, column, scores),
        pl.col("subject").replace(subjects),
        value=pl.lit("0"),
        code="all_zeros",
        severity="warning",
        message=pl.format(
            "{}{}“{}”的{}全是零分（{} 人），像是还没有录入。",
            _grade(),
            "class_name",
            "exam",
            pl.col("subject").replace(subjects),
            "zeros",
        ),
        remedy="没有录入的请先把格子空着，录好再运行；确实都是零分的不用改。",
    )


def _first(
    sat: pl.DataFrame, told: pl.DataFrame, key: tuple[str, ...], scores: pl.DataFrame
) -> pl.DataFrame:
    """What is told of, with where its first row stands."""
    rows = sat.join(told.select(key), on=key, how="semi", nulls_equal=True)
    first = rows.group_by(key).agg(pl.col(NTH).min())
    placed = told.join(first, on=key, nulls_equal=True).sort(NTH)
    places = scores[placed[NTH]].select("source_file", "source_sheet", "source_row")
    return pl.concat([placed, places], how="horizontal")


def _grade() -> pl.Expr:
    return pl.col("grade").replace(project_labels().names("grade"))
