"""Decisions with their explanations and determination ids."""

from hashlib import blake2b

import polars as pl

from aidkit.awards.course import Told
from aidkit.awards.judge import Examined
from aidkit.awards.picking import SETTLED
from aidkit.awards.sentences import explanation
from aidkit.programs import Version
from aidkit.tables import Decisions

_CAME_OF_IT = ("outcome", "full_fen", "amount_fen", "held", "local_fen", *SETTLED)
_FOUND = ("seen", "eligible", "tier", "missing")


def tell(picked: pl.DataFrame, examined: Examined, told: Told, facts: pl.DataFrame) -> pl.DataFrame:
    """The decisions of one version.

    Args:
        picked: Of `pick`, of this version.
        examined: Its judgements.
        told: What explanations refer to.
        facts: `tables.Facts`, for who the persons are.

    Returns:
        `tables.Decisions`, in no order.
    """
    version = examined.version
    titles = picked["beaten"].list.eval(told.titled(pl.element())).list.join("")
    rows = picked.with_columns(beaten=titles)
    # Few situations differ, so each is put into words once, for all who share it.
    key = ["set_no", *_CAME_OF_IT, "beaten"]
    situations = rows.select(key).unique().with_row_index("situation")
    explained = situations.join(
        examined.sets.drop("full_fen", "held"), on="set_no", suffix="_judged"
    ).select("situation", *_FOUND, explanation=explanation(examined, told))
    decided = (
        rows.join(situations, on=key, nulls_equal=True)
        .join(explained, on="situation")
        .join(
            facts.filter(pl.col("subject") == version.program.subject).select(
                name for name in Decisions.column_names() if name in facts.columns
            ),
            on="person_no",
        )
        .with_columns(
            version_id=pl.lit(version.id),
            awarded=pl.col("outcome") == "awarded",
            yielded_to=pl.when(pl.col("outcome") == "yielded").then("yielded_to"),
        )
    )
    decided = decided.with_columns(determination_id=_hashes(decided, version))
    return decided.select(Decisions.column_names())


def _hashes(decided: pl.DataFrame, version: Version) -> pl.Series:
    """Stable over machines and releases of polars, unlike its own hash."""
    start = blake2b(f"{version.id}\x1f{version.fingerprint}\x1f".encode(), digest_size=10)
    settled = [pl.col(name).cast(pl.String).fill_null("") for name in _CAME_OF_IT]
    texts = decided.select(pl.concat_str("term", "person_no", "seen", *settled, separator="\x1f"))
    hashes = []
    for text in texts.to_series():
        own = start.copy()
        own.update(text.encode())
        hashes.append(own.hexdigest())
    return pl.Series(hashes, dtype=pl.String)
