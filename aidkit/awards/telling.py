"""Decisions with their explanations and determination ids."""

from hashlib import blake2b

import polars as pl

from aidkit.awards.contest import OF_OFFER
from aidkit.awards.judge import WHO, Examined, examine
from aidkit.awards.picking import pick
from aidkit.awards.plan import Plan
from aidkit.awards.sentences import explanation
from aidkit.programs import Version
from aidkit.tables import Decisions

_NAMES = "beaten"
_CAME_OF_IT = (
    "outcome",
    "full_fen",
    "amount_fen",
    "held",
    "local_fen",
    *(name for name in OF_OFFER if name != _NAMES),
)
"""What a determination id holds of the outcome; by whose titles it was beaten is no part of it."""


def tell(program_id: str, plan: Plan, facts: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """The decisions of one program.

    Args:
        program_id: The program.
        plan: Of the versions in force.
        facts: `tables.Facts` of the persons to be told; others of the program's subject are not.
        settled: Of `contest`, over everybody.

    Returns:
        `tables.Decisions`, in no order.
    """
    examined = {
        number: examine(facts.filter(layer.concerns), layer.version, plan.term)
        for number in plan.programs[program_id]
        for layer in [plan.layers[number]]
    }
    picked = pick(examined, plan, settled)
    return pl.concat(
        _told(picked.filter(pl.col("version_no") == number), own, plan)
        for number, own in examined.items()
    )


def _told(picked: pl.DataFrame, examined: Examined, plan: Plan) -> pl.DataFrame:
    version = examined.version
    # Few situations differ, so each is put into words once, for all who share it.
    situations = (
        picked.with_row_index("row")
        .group_by("set_no", *_CAME_OF_IT, _NAMES)
        .agg("row")
        .join(examined.sets.drop("full_fen", "held"), on="set_no", suffix="_judged")
        .select(
            "row",
            "eligible",
            "outcome",
            "tier",
            "full_fen",
            "amount_fen",
            "rank",
            "reserve_no",
            "missing",
            version_id=pl.lit(version.id),
            program_id=pl.lit(version.program.id),
            awarded=pl.col("outcome") == "awarded",
            yielded_to=pl.when(pl.col("outcome") == "yielded").then("yielded_to"),
            explanation=explanation(examined, plan.told),
            found=pl.concat_str("seen", *_came_of_it(), separator="\x1f"),
        )
    )
    rows = situations.explode("row")
    who = picked.select(WHO)[rows["row"]]
    decided = who.hstack(rows.drop("row"))
    return decided.with_columns(determination_id=_hashes(decided, version)).select(
        Decisions.column_names()
    )


def _came_of_it() -> list[pl.Expr]:
    return [pl.col(name).cast(pl.String).fill_null("") for name in _CAME_OF_IT]


def _hashes(decided: pl.DataFrame, version: Version) -> pl.Series:
    """Stable over machines and releases of polars, unlike its own hash."""
    start = blake2b(f"{version.id}\x1f{version.fingerprint}\x1f".encode(), digest_size=10)
    texts = decided.select(pl.concat_str("term", "person_no", "found", separator="\x1f"))
    hashes = []
    for text in texts.to_series():
        own = start.copy()
        own.update(text.encode())
        hashes.append(own.hexdigest())
    return pl.Series(hashes, dtype=pl.String)
