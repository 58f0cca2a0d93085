"""How many pupils each person looks after, against how many it may be."""

import datetime as dt
from collections.abc import Collection, Sequence

import dataframely as dy
import polars as pl

from aidkit.pairing.pairs import held_on
from aidkit.pairing.settings import LoadRule, PairingRules
from aidkit.tables.pairing import Loads


def loads(
    staff: pl.DataFrame,
    tutors: pl.DataFrame,
    conduct: pl.DataFrame,
    care: pl.DataFrame,
    *,
    rules: PairingRules,
    as_of: dt.date,
    tutoring: Collection[str] | None = None,
) -> dy.DataFrame[Loads]:
    """Everybody whom a rule binds, or who has a pupil in the role, by role.

    A party member's pupils are those of all three roles, each once.

    Args:
        staff: `staff_of` the term.
        tutors: `tables.pairing.Pairs` of `tutor_pairs`.
        conduct: The same of `conduct_pairs`.
        care: The same of `care_pairs`.
        rules: The limits.
        as_of: The day on which is asked.
        tutoring: Schools that have pupils to help with their learning, so that their teachers are
            bound to; a kindergarten has none. None: every school.
    """
    held = [held_on(pairs, as_of) for pairs in (tutors, conduct, care)]
    parts = [
        _of_role(staff, held[:1], "tutor", rules.loads["tutor"], at=tutoring),
        _of_role(staff, held[1:2], "conduct", rules.loads["conduct"]),
        _of_role(staff.filter(pl.col("party_member")), held, "party", rules.loads["party"]),
    ]
    return Loads.validate(pl.concat(parts).sort("role", "school_code", "teacher_no"), cast=True)


def _of_role(
    staff: pl.DataFrame,
    held: Sequence[pl.DataFrame],
    role: str,
    rule: LoadRule,
    *,
    at: Collection[str] | None = None,
) -> pl.DataFrame:
    counted = (
        pl.concat(pairs.select("teacher_no", "student_no") for pairs in held)
        .group_by("teacher_no")
        .agg(pupils=pl.col("student_no").n_unique().cast(pl.Int64))
    )
    pupils = pl.col("pupils").fill_null(0)
    bound = pl.col("post").is_in(rule.posts) if rule.posts else pl.lit(True)
    if at is not None:
        bound &= pl.col("school_code").is_in(sorted(at))
    most = pl.lit(rule.most, pl.Int64)
    state = (
        pl.when(pl.col("pupils") < rule.least)
        .then(pl.lit("under"))
        .when(pl.col("pupils") > most)
        .then(pl.lit("over"))
        .otherwise(pl.lit("ok"))
    )
    return (
        staff.join(counted, on="teacher_no", how="left")
        .filter(bound | (pupils > 0))
        .with_columns(
            role=pl.lit(role), pupils=pupils, least=pl.lit(rule.least, pl.Int64), most=most
        )
        .with_columns(state=state)
        .select(Loads.column_names())
    )
