"""Every person a version is for, judged by its conditions: before quotas and relations."""

from dataclasses import dataclass

import polars as pl

from aidkit.awards.presence import Frame, followed
from aidkit.awards.scrutiny import Scrutiny, scrutinise
from aidkit.calendar import Term
from aidkit.programs import Version
from aidkit.tables import Decisions, Facts


def judge(facts: Frame, version: Version, term: Term) -> Frame:
    """Judge every person of a version's subject; one pass over the columns.

    Args:
        facts: `tables.Facts`, or a lazy frame of it.
        version: In force in the term.
        term: The term.

    Returns:
        One row for each person: `person_no`, `school_code`, `stage`, `eligible`, `tier`,
        `full_fen` (whole term) and `due_fen` (by actual time), both 0 where not eligible, and
        `lost`: given up or taken away before anything was due.
    """
    scrutiny = scrutinise(version, term)
    own = followed(facts.filter(pl.col("subject") == version.program.subject), version, term)
    return own.select("person_no", "school_code", "stage", **_verdict(scrutiny))


def entitled(facts: Frame, version: Version, term: Term) -> Frame:
    """Whom something is due to under a version, if places and relations allow.

    Args:
        facts: `tables.Facts` of the persons whom the version concerns.
        version: In force in the term.
        term: The term.

    Returns:
        One row for each of these persons: `DUE`.
    """
    scrutiny = scrutinise(version, term)
    # Few are eligible: what they get is worked out for them alone.
    own = followed(facts, version, term).filter(scrutiny.eligible)
    judged = own.select(
        "person_no",
        "school_code",
        tier=scrutiny.tier,
        full_fen=scrutiny.full_fen,
        due_fen=scrutiny.due_fen,
        lost=_lost(scrutiny),
        **_course(scrutiny),
    )
    return judged.filter(~pl.col("lost")).select(DUE)


DUE = (
    "person_no",
    "school_code",
    "tier",
    "full_fen",
    "due_fen",
    "whole",
    "begins",
    "ends",
    "vacant",
    "gone_on",
)
"""Who, what and how long."""

WHO = tuple(name for name in Decisions.column_names() if name in Facts.column_names())
"""Columns of facts that decisions repeat: who the person is, and where."""


@dataclass(frozen=True)
class Examined:
    """All persons under one version, with what explanations need.

    Few sets of facts differ, so each set is judged once for all who share it.

    Attributes:
        version: Who examines.
        scrutiny: What is asked.
        persons: One row for each person: `WHO`, `set_no`.
        sets: One row for each set of facts: `set_no`, `seen` (the facts as text), the columns of
            `judge`, `missing`, `change`, `changed_on`; months or days: `whole` (of the term; null
            where it is always paid whole), `held`, `begins`, `ends` and `vacant`, from where
            somebody else may have the place, by day `gone_on`; and `tables.Facts` of one who has
            them.
    """

    version: Version
    scrutiny: Scrutiny
    persons: pl.DataFrame
    sets: pl.DataFrame


def examine(facts: pl.DataFrame, version: Version, term: Term) -> Examined:
    """Judge the given persons, with all that their explanations need."""
    scrutiny = scrutinise(version, term)
    seen = pl.concat_str([f.fill_null("?") for f in scrutiny.facts], separator="\x1f")
    rows = followed(facts, version, term).with_columns(seen=seen)
    sets = rows.unique("seen").with_row_index("set_no")
    judged = sets.with_columns(
        **_verdict(scrutiny),
        missing=scrutiny.missing,
        change=scrutiny.change,
        changed_on=scrutiny.changed_on,
        **_course(scrutiny),
    )
    persons = rows.select(*WHO, "seen").join(sets.select("seen", "set_no"), on="seen")
    return Examined(version, scrutiny, persons.drop("seen"), judged)


def _verdict(scrutiny: Scrutiny) -> dict[str, pl.Expr]:
    met = pl.when(scrutiny.eligible)
    return {
        "eligible": scrutiny.eligible,
        "tier": met.then(scrutiny.tier),
        "full_fen": met.then(scrutiny.full_fen).otherwise(0),
        "due_fen": met.then(scrutiny.due_fen).otherwise(0),
        "lost": _lost(scrutiny),
    }


def _lost(scrutiny: Scrutiny) -> pl.Expr:
    return scrutiny.changed_on.is_not_null() & (scrutiny.held == 0)


def _course(scrutiny: Scrutiny) -> dict[str, pl.Expr]:
    """How the time of a person runs, and from where the place is free for somebody else."""
    time = scrutiny.time
    if time is None:
        numbers = ("whole", "held", "begins", "ends", "vacant")
        return {name: pl.lit(None, pl.Int64) for name in numbers} | {
            "gone_on": pl.lit(None, pl.Date)
        }
    left = pl.when("left_county").then("left_on")
    gone_on = pl.min_horizontal(left, scrutiny.changed_on)
    return {
        "whole": pl.lit(time.whole, pl.Int64),
        "held": scrutiny.held,
        "begins": time.start,
        "ends": pl.min_horizontal(time.end, time.before(scrutiny.changed_on)),
        "vacant": time.before(gone_on),
        "gone_on": gone_on,
    }
