"""Of several versions of one program, the one by which a person is decided."""

from collections.abc import Sequence

import polars as pl

from aidkit.awards.judge import Examined
from aidkit.awards.layers import Layer

SETTLED = (
    "yielded_to",
    "yielded_fen",
    "list",
    "places",
    "candidates",
    "rank",
    "reserve_no",
    "hindrance",
    "standing",
    "cut_line",
    "free_on",
)
"""What settling says of an offer and explanations tell."""


def pick(
    examined: Sequence[Examined], in_force: Sequence[Layer], settled: pl.DataFrame
) -> pl.DataFrame:
    """One row for each person and program: the version kept, else the one that came closest.

    Args:
        examined: Each version's judgements.
        in_force: The versions, in the same order.
        settled: Of `outcomes`.

    Returns:
        `person_no`, `program_id`, `version_no`, `set_no`, `outcome`, `full_fen` and `amount_fen`
        (0 if not awarded), `held`, what settling says, `beaten` (programs of the same group that
        were given up for this one) and `local_fen` (what the county's own version would have
        paid to one who gets a floor).
    """
    floored = {layer.version.program.id for layer in in_force if layer.is_floor}
    single: list[pl.DataFrame] = []
    several: list[pl.DataFrame] = []
    for number, (layer, own) in enumerate(zip(in_force, examined, strict=True)):
        rows = _rows(number, layer, own, settled)
        (several if layer.version.program.id in floored else single).append(rows)
    if several:
        single.append(_closest(pl.concat(several)))
    beaten = (
        settled.filter(pl.col("yielded_to") != pl.col("program_id"))
        .group_by("person_no", "group", program_id="yielded_to")
        .agg(beaten=pl.col("program_id").unique().sort())
    )
    own_group = settled.select("program_id", "group").unique()
    beaten = beaten.join(own_group, on=["program_id", "group"], how="semi").drop("group")
    return pl.concat(single).join(beaten, on=["person_no", "program_id"], how="left")


def _rows(number: int, layer: Layer, own: Examined, settled: pl.DataFrame) -> pl.DataFrame:
    offers = settled.filter(pl.col("version_no") == number).select(
        "person_no",
        "kept",
        "refused",
        *SETTLED,
        paid_fen="due_fen",
        held_as_successor="held",
    )
    judged = own.sets.select("set_no", "eligible", "full_fen", "due_fen", "change", "held")
    kept = pl.col("kept").fill_null(False)
    outcome = (
        pl.when(kept)
        .then(pl.lit("awarded"))
        .when(~pl.col("eligible"))
        .then(pl.lit("not_eligible"))
        .when(pl.col("kept").is_null())
        .then(pl.col("change"))
        .when(pl.col("refused"))
        .then(pl.lit("reserve"))
        .otherwise(pl.lit("yielded"))
    )
    return (
        own.persons.select("person_no", "set_no")
        .join(judged, on="set_no")
        .join(offers, on="person_no", how="left")
        .select(
            "person_no",
            "set_no",
            *SETTLED,
            program_id=pl.lit(layer.version.program.id),
            version_no=pl.lit(number, pl.Int64),
            is_floor=pl.lit(layer.is_floor),
            outcome=outcome,
            full_fen=pl.when(kept).then("full_fen").otherwise(0),
            amount_fen=pl.when(kept).then("paid_fen").otherwise(0),
            worth_fen=pl.col("due_fen"),
            held=pl.coalesce("held_as_successor", "held"),
            local_fen=pl.lit(None, pl.Int64),
        )
    )


def _closest(rows: pl.DataFrame) -> pl.DataFrame:
    whose = ["person_no", "program_id"]
    order = ["awarded", "reserve", "yielded", "waived", "revoked", "not_eligible"]
    nearness = pl.col("outcome").replace_strict(order, range(len(order)), return_dtype=pl.Int64)
    local = pl.col("worth_fen").filter(~pl.col("is_floor")).first().over(whose)
    return (
        rows.with_columns(nearness=nearness)
        .with_columns(local_fen=pl.when("is_floor").then(local))
        .sort(
            *[*whose, "nearness", "worth_fen", "is_floor", "version_no"],
            descending=[False] * 3 + [True, False, False],
        )
        .unique(whose, keep="first", maintain_order=True)
        .drop("nearness")
    )
