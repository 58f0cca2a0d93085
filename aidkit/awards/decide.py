"""Every student under every version in force, one pass over the columns for each version."""

from collections.abc import Iterable
from hashlib import blake2b

import dataframely as dy
import polars as pl

from aidkit.awards.scrutiny import Scrutiny, scrutinise
from aidkit.awards.sentences import explanation
from aidkit.calendar import Term
from aidkit.programs import Version
from aidkit.tables import Decisions

_PERSON = ("term", "student_no", "name", "school_code", "stage", "grade", "class_name")


def decide(facts: pl.DataFrame, versions: Iterable[Version], term: Term) -> dy.DataFrame[Decisions]:
    """Decide every student under every version.

    Args:
        facts: `tables.Facts`.
        versions: At most one of each program, e.g. of `programs.choose`.
        term: The term that is decided.

    Returns:
        One row for each student and version, also where the stage is out of scope, so that
        everyone can be told why not; by student and program, whatever the order of the facts.
    """
    frames = [_decide_one(facts, version, term) for version in versions]
    if not frames:
        return Decisions.create_empty()
    return Decisions.validate(pl.concat(frames).sort("student_no", "program_id"), cast=True)


def _decide_one(facts: pl.DataFrame, version: Version, term: Term) -> pl.DataFrame:
    scrutiny = scrutinise(version)
    seen = pl.concat_str([f.fill_null("?") for f in scrutiny.facts], separator="\x1f")
    rows = facts.with_columns(seen=seen)
    # Few sets of facts differ, so each is judged and explained once, for all who share it.
    judged = rows.unique("seen").select(
        "seen",
        eligible=scrutiny.eligible,
        tier=pl.when(scrutiny.eligible).then(scrutiny.tier),
        amount_fen=pl.when(scrutiny.eligible).then(_amount(version, scrutiny)).otherwise(0),
        missing=scrutiny.missing,
        explanation=explanation(version, scrutiny, term),
    )
    decided = rows.select(
        *_PERSON,
        "seen",
        program_id=pl.lit(version.program.id),
        version_id=pl.lit(version.id),
    ).join(judged, on="seen")
    return decided.with_columns(determination_id=_hashes(decided, version)).drop("seen")


def _amount(version: Version, scrutiny: Scrutiny) -> pl.Expr:
    due = pl.lit(0, pl.Int64)
    for amount in version.amounts:
        due = pl.when(scrutiny.entitled_to(amount)).then(version.term_fen(amount)).otherwise(due)
    return due


def _hashes(decided: pl.DataFrame, version: Version) -> pl.Series:
    """Stable over machines and releases of polars, unlike its own hash."""
    start = blake2b(f"{version.id}\x1f{version.fingerprint}\x1f".encode(), digest_size=10)
    texts = decided.select(pl.concat_str("term", "student_no", "seen", separator="\x1f"))
    hashes = []
    for text in texts.to_series():
        own = start.copy()
        own.update(text.encode())
        hashes.append(own.hexdigest())
    return pl.Series(hashes, dtype=pl.String)
