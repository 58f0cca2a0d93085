"""The learners who are looked after: whom the pairs name, else the last part of the grade."""

import polars as pl

from aidkit.progress.comparable import comparable
from aidkit.progress.settings import ProgressSettings
from aidkit.tables.progress import Group

_WHOLE = 10_000


def inside_entry(
    placed: pl.DataFrame, within: tuple[str, ...], settings: ProgressSettings
) -> pl.DataFrame:
    """Say of each sitting whether it lies inside the entry criterion of the group.

    Inside is the declared share of who has a position, counted from the last and rounded up; who
    is as good as the best of them is inside as well.

    Args:
        placed: Sittings with `position`.
        within: Columns that say who is counted together.
        settings: The declared share.

    Returns:
        The sittings with `inside`: null for who has no position.
    """
    share = round(settings.entry_share * _WHOLE)
    scored = pl.col("position").count().over(within).cast(pl.Int64)
    places = (scored * share + _WHOLE - 1) // _WHOLE
    from_last = pl.col("position").rank("min").over(within).cast(pl.Int32)
    return placed.with_columns(inside=from_last <= places)


def looked_after(
    roll: pl.DataFrame, pairs: pl.DataFrame, sittings: pl.DataFrame, settings: ProgressSettings
) -> pl.DataFrame:
    """The group of each school.

    Where a school has pairs of the term, its group is whom they name and nobody else: no rule
    puts a child among the struggling whom no teacher did. Where it has none, the group is who
    was inside the entry criterion of the present grade on the choice exam.

    Args:
        roll: `tables.Students` of the term.
        pairs: `tables.TutorPairs` of the term.
        sittings: `tables.progress.Sittings`.
        settings: The entry criterion.

    Returns:
        `tables.progress.Group`.
    """
    pupils = roll.select("term", "school_code", "grade", "class_name", "student_no")
    named = pupils.join(pairs.select("student_no").unique(), on="student_no", how="semi")
    others = pupils.join(named.select("school_code").unique(), on="school_code", how="anti")
    choice = comparable(sittings, others, settings).filter(pl.col("role") == "choice")
    last = inside_entry(
        others.join(choice.select("student_no", "position"), on="student_no"),
        ("school_code", "grade"),
        settings,
    ).filter("inside")
    found = [
        named.with_columns(chosen_by=pl.lit("pairs")),
        last.select(*pupils.columns, chosen_by=pl.lit("choice")),
    ]
    order = ["school_code", "grade", "class_name", "student_no"]
    return Group.validate(pl.concat(found).sort(order), cast=True)
