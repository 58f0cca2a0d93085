"""Two sets of decisions on the same people, side by side."""

from collections.abc import Sequence

import polars as pl

from aidkit.programs import Version
from aidkit.tables.simulated import SimulatedAid, SimulatedPersons, SimulatedPrograms

_WHO = ("name", "subject", "school_code", "stage", "grade", "class_name")
_SIDES = ("today", "changed")


def compared_aid(today: pl.DataFrame, changed: pl.DataFrame, touched: pl.DataFrame) -> pl.DataFrame:
    """Persons and fen by school, program and tier, as `SimulatedAid`.

    Args:
        today: `tables.Decisions`.
        changed: `tables.Decisions` of the same people.
        touched: `SimulatedPrograms`; these, and others that come out otherwise because of them,
            are compared.
    """
    keys = ["school_code", "program_id", "tier"]
    sides = [
        frame.filter("awarded")
        .with_columns(pl.col("tier").fill_null(""))
        .group_by(keys)
        .agg(
            pl.len().cast(pl.Int64).alias(f"persons_{side}"),
            pl.col("amount_fen").sum().alias(f"fen_{side}"),
        )
        for frame, side in zip((today, changed), _SIDES, strict=True)
    ]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True).fill_null(0)
    moved = both.filter(
        (pl.col("persons_today") != pl.col("persons_changed"))
        | (pl.col("fen_today") != pl.col("fen_changed"))
    )
    ids = pl.concat([moved["program_id"], touched["program_id"]]).unique().implode()
    concerned = both.filter(pl.col("program_id").is_in(ids))
    return SimulatedAid.validate(concerned.sort(keys).select(SimulatedAid.column_names()))


def altered_persons(today: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """Persons whose award is another one with the changes, as `SimulatedPersons`.

    Args:
        today: `tables.Decisions`.
        changed: `tables.Decisions` of the same people.
    """
    keys = ["program_id", "person_no"]
    sides = [
        frame.filter("awarded").select(
            *keys,
            *_WHO,
            pl.col("tier").alias(f"tier_{side}"),
            pl.col("amount_fen").alias(f"fen_{side}"),
        )
        for frame, side in zip((today, changed), _SIDES, strict=True)
    ]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True, suffix="_then")
    before, after = pl.col("fen_today"), pl.col("fen_changed")
    kind = (
        pl.when(before.is_null())
        .then(pl.lit("gains"))
        .when(after.is_null())
        .then(pl.lit("loses"))
        .when(after > before)
        .then(pl.lit("more"))
        .when(after < before)
        .then(pl.lit("less"))
        .when(pl.col("tier_today").ne_missing(pl.col("tier_changed")))
        .then(pl.lit("tier"))
    )
    altered = both.with_columns(
        kind.alias("kind"), *(pl.coalesce(name, f"{name}_then").alias(name) for name in _WHO)
    ).filter(pl.col("kind").is_not_null())
    return SimulatedPersons.validate(
        altered.with_columns(before.fill_null(0), after.fill_null(0))
        .select(SimulatedPersons.column_names())
        .sort(keys)
    )


def as_if_all_applied(facts: pl.DataFrame, programs: pl.DataFrame) -> pl.DataFrame:
    """Facts in which everybody has a valid application for some programs.

    Whom a rule newly covers has had no reason to apply yet: this bounds what it can come to. What
    stands in an application (its day, papers, debt) stays unknown where there is none.

    Args:
        facts: `tables.Facts`.
        programs: `SimulatedPrograms`; only these are applied for, by whom they are for.
    """
    applied = pl.col("applied_programs")
    for subject, program_id in programs.select("subject", "program_id").iter_rows():
        more = applied.list.concat(pl.lit([program_id])).list.unique().list.sort()
        applied = pl.when(pl.col("subject") == subject).then(more).otherwise(applied)
    return facts.with_columns(applied)


def listed_programs(today: Sequence[Version], changed: Sequence[Version]) -> pl.DataFrame:
    """Programs that decide today or with the changes, as `SimulatedPrograms`."""
    sides = [
        {
            program_id: sorted(v.fingerprint for v in versions if v.program.id == program_id)
            for program_id in {v.program.id for v in versions}
        }
        for versions in (today, changed)
    ]
    programs = {version.program.id: version.program for version in (*today, *changed)}
    rows = [
        {
            "program_id": program_id,
            "title": program.short_title,
            "subject": program.subject,
            "universal": program.universal,
            "touched": sides[0].get(program_id) != sides[1].get(program_id),
        }
        for program_id, program in sorted(programs.items())
    ]
    return pl.DataFrame(rows, schema=SimulatedPrograms.create_empty().schema)
