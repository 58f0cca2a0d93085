"""Of several versions of one program, the one by which a person is decided."""

from collections.abc import Mapping

import polars as pl

from aidkit.awards.contest import OF_OFFER, SETTLED
from aidkit.awards.judge import WHO, Examined
from aidkit.awards.plan import Plan


def pick(examined: Mapping[int, Examined], plan: Plan, settled: pl.DataFrame) -> pl.DataFrame:
    """One row for each person: the version kept, else the one that came closest.

    Args:
        examined: The judgements of one program's versions, by number.
        plan: Of the versions in force.
        settled: Of `contest`.

    Returns:
        `judge.WHO`, `version_no`, `set_no`, `outcome`, `full_fen` and `amount_fen` (0 if not
        awarded), `held`, what settling says (`contest.OF_OFFER`) and `local_fen` (what the
        county's own version would have paid to one who gets a floor).
    """
    rows = pl.concat(
        _rows(number, own, plan, settled.filter(pl.col("version_no") == number))
        for number, own in examined.items()
    )
    return _closest(rows) if any(plan.layers[number].is_floor for number in examined) else rows


def _rows(number: int, own: Examined, plan: Plan, settled: pl.DataFrame) -> pl.DataFrame:
    verdicts = own.sets.select(
        "set_no", "eligible", "lost", "full_fen", "due_fen", "change", "held"
    )
    judged = own.persons.join(verdicts, on="set_no")
    if number in plan.free:
        due = pl.when(pl.col("eligible") & ~pl.col("lost"))
        nothing = [pl.lit(None, dtype).alias(name) for name, dtype in SETTLED.items()]
        told = judged.with_columns(nothing[3:]).with_columns(
            kept=due.then(True), paid_fen="due_fen"
        )
    else:
        told = judged.join(settled.drop("program_id", "version_no"), on="person_no", how="left")
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
    return told.select(
        *WHO,
        "set_no",
        *OF_OFFER,
        version_no=pl.lit(number, pl.Int64),
        is_floor=pl.lit(plan.layers[number].is_floor),
        outcome=outcome,
        full_fen=pl.when(kept).then("full_fen").otherwise(0),
        amount_fen=pl.when(kept).then("paid_fen").otherwise(0),
        worth_fen=pl.col("due_fen"),
        held=pl.coalesce("held_as_successor", "held"),
        local_fen=pl.lit(None, pl.Int64),
    )


def _closest(rows: pl.DataFrame) -> pl.DataFrame:
    order = ["awarded", "reserve", "yielded", "waived", "revoked", "not_eligible"]
    nearness = pl.col("outcome").replace_strict(order, range(len(order)), return_dtype=pl.Int64)
    local = pl.col("worth_fen").filter(~pl.col("is_floor")).first().over("person_no")
    return (
        rows.with_columns(nearness=nearness)
        .with_columns(local_fen=pl.when("is_floor").then(local))
        .sort(
            *["person_no", "nearness", "worth_fen", "is_floor", "version_no"],
            descending=[False, False, True, False, False],
        )
        .unique("person_no", keep="first", maintain_order=True)
        .drop("nearness")
    )
