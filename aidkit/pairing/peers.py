"""Pupils who help pupils."""

import datetime as dt

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.pairing.pairs import learners_of
from aidkit.tables.pairing import PeerChecks

_KEY = ["helper_no", "student_no"]


def peer_checks(
    register: pl.DataFrame, facts: pl.DataFrame, term: Term, as_of: dt.date
) -> dy.DataFrame[PeerChecks]:
    """The pairs that hold on a day, each once, and whether both pupils are still there.

    Args:
        register: `tables.PeerPairs`.
        facts: `tables.Facts` of the term.
        term: The term.
        as_of: The day on which is asked.
    """
    holds = pl.col("ended_on").is_null() | (pl.col("ended_on") > as_of)
    held = (
        register.filter(pl.col("term") == term.code, pl.col("paired_on") <= as_of, holds)
        .sort("paired_on", "subject", "helper_name", "name")
        .unique(_KEY, keep="first", maintain_order=True)
    )
    place = ["school_code", "grade", "class_name"]
    present = learners_of(facts).filter(
        ~pl.col("at_college"), pl.col("left_on").is_null() | (pl.col("left_on") > as_of)
    )
    helpers = present.select(helper_no="student_no", helper_class=pl.struct(place))
    pupils = present.select("student_no", "school_code", pupil_class=pl.struct(place))
    helper_gone = pl.col("helper_class").is_null()
    pupil_gone = pl.col("pupil_class").is_null()
    state = (
        pl.when(pl.col("helper_no") == pl.col("student_no"))
        .then(pl.lit("self"))
        .when(pupil_gone)
        .then(pl.lit("pupil_gone"))
        .when(helper_gone)
        .then(pl.lit("helper_gone"))
        .otherwise(pl.lit("good"))
    )
    told = (
        held.join(helpers, on="helper_no", how="left")
        .join(pupils, on="student_no", how="left")
        .with_columns(
            state=state,
            same_class=pl.col("helper_class") == pl.col("pupil_class"),
        )
    )
    return PeerChecks.validate(told.select(PeerChecks.column_names()).sort(_KEY), cast=True)
