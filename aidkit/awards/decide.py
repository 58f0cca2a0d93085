"""Every person under every version in force, with quotas and relations settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from aidkit.awards.course import Told
from aidkit.awards.judge import Examined, due_of, examine
from aidkit.awards.layers import layers
from aidkit.awards.offers import offers_of, queued
from aidkit.awards.outcomes import outcomes
from aidkit.awards.picking import pick
from aidkit.awards.places import lists_of, per_school, roll_of
from aidkit.awards.relations import bonds
from aidkit.awards.telling import tell
from aidkit.calendar import Term
from aidkit.county import County
from aidkit.programs import Version
from aidkit.tables import Decisions
from aidkit.tables.settled import Quotas


@dataclass(frozen=True)
class Awards:
    """What a term's rules give.

    Attributes:
        decisions: One row for each person and program, also where nothing is due, so that
            everyone can be told why not; by person and program.
        quotas: One row for each list of a quota; by program and list.
    """

    decisions: dy.DataFrame[Decisions]
    quotas: dy.DataFrame[Quotas]


def award(facts: pl.DataFrame, versions: Iterable[Version], term: Term, county: County) -> Awards:
    """Decide every person under every program in force.

    Args:
        facts: `tables.Facts`.
        versions: What is in force for the county, e.g. of `programs.choose`.
        term: The term that is decided.
        county: For quotas that the county sets itself.

    Returns:
        Decisions and quotas, the same whatever the order of facts and versions.

    Raises:
        ParamsError: Programs yield to each other in a circle.
    """
    in_force = layers(versions)
    if not in_force:
        return Awards(Decisions.create_empty(), Quotas.create_empty())
    by_number = dict(enumerate(layer.version for layer in in_force))
    bound = bonds(by_number.values())
    examined = [examine(facts.filter(own.concerns), own.version, term) for own in in_force]
    roll = roll_of(facts)
    lists: list[pl.DataFrame] = []
    offers: list[pl.DataFrame] = []
    for number, (layer, own) in enumerate(zip(in_force, examined, strict=True)):
        eligible = queued(due_of(own), own.version, facts, term)
        own_lists = lists_of(number, layer, roll, per_school(eligible), county)
        offers.append(offers_of(number, layer, eligible, own_lists, bound))
        lists.append(own_lists)
    settled = outcomes(pl.concat(offers), by_number, bound)
    picked = pick(examined, in_force, settled)
    told = _told(picked, examined, Told(bound, by_number, term, county), facts)
    # There is one row for each person and program: what is done with is not kept while sorting.
    del picked, examined
    return Awards(
        Decisions.validate(told.sort("person_no", "program_id"), cast=True),
        _quotas(pl.concat(lists), settled, by_number),
    )


def _told(
    picked: pl.DataFrame, examined: Iterable[Examined], told: Told, facts: pl.DataFrame
) -> pl.DataFrame:
    frames = [
        tell(picked.filter(pl.col("version_no") == number), own, told, facts)
        for number, own in enumerate(examined)
    ]
    return pl.concat([Decisions.create_empty(), *frames])


def _quotas(
    lists: pl.DataFrame, settled: pl.DataFrame, versions: Mapping[int, Version]
) -> dy.DataFrame[Quotas]:
    succeeded = pl.col("free_on").is_not_null()
    counts = settled.group_by("version_no", "list").agg(
        awarded=pl.col("kept").sum(),
        replaced=succeeded.sum(),
        reserve=(pl.col("refused") & ~succeeded).sum(),
        cut_line=pl.col("cut_line").first(),
    )
    zero = pl.col("awarded", "replaced", "reserve").fill_null(0)
    filled = lists.join(counts, on=["version_no", "list"], how="left").with_columns(zero)
    names = {number: version.id for number, version in versions.items()}
    programs = {number: version.program.id for number, version in versions.items()}
    return Quotas.validate(
        filled.select(
            "base",
            "places",
            "awarded",
            "replaced",
            "reserve",
            "cut_line",
            program_id=pl.col("version_no").replace_strict(programs, return_dtype=pl.String),
            school_code="list",
            version_id=pl.col("version_no").replace_strict(names, return_dtype=pl.String),
            candidates=pl.col("awarded") + pl.col("reserve"),
        ).sort("program_id", "school_code", "version_id"),
        cast=True,
    )
