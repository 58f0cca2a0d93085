"""Every person under every version in force, with quotas and relations settled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import dataframely as dy
import polars as pl

from aidkit.awards.contest import contest
from aidkit.awards.earlier import Earlier, Stale, stale
from aidkit.awards.plan import Plan, plan_of
from aidkit.awards.telling import tell
from aidkit.calendar import Term
from aidkit.county import County
from aidkit.programs import Version
from aidkit.tables import Decisions
from aidkit.tables.settled import Quotas

AT_A_TIME = 50_000
"""Persons who are told at a time: what explanations need of all of them would not fit."""

FEW = 1_000
"""Persons whose decisions are cut out one by one; of more, all are sorted again."""

_KEY = ("person_no", "program_id")


@dataclass(frozen=True)
class Awards:
    """What a term's rules give.

    Attributes:
        decisions: One row for each person and program, also where nothing is due, so that
            everyone can be told why not; by person and program.
        quotas: One row for each list of a quota; by program and list.
        settled: What came of offers that have to do with others, as `contest.SETTLED`.
    """

    decisions: dy.DataFrame[Decisions]
    quotas: dy.DataFrame[Quotas]
    settled: pl.DataFrame


def award(
    facts: pl.DataFrame,
    versions: Iterable[Version],
    term: Term,
    county: County,
    *,
    earlier: Earlier | None = None,
) -> Awards:
    """Decide every person under every program in force.

    Args:
        facts: `tables.Facts`.
        versions: What is in force for the county, e.g. of `programs.choose`.
        term: The term that is decided.
        county: For quotas that the county sets itself.
        earlier: What came of the same versions in the same term and county before. Everything is
            settled anew, but only those are told for whom something differs.

    Returns:
        Decisions and quotas, the same whatever the order of facts and versions, and whatever was
        before.

    Raises:
        ParamsError: Programs yield to each other in a circle.
    """
    plan = plan_of(versions, term, county)
    came = contest(plan, facts)
    if earlier is None:
        told = [_told(plan, part, came.settled) for part in _parts(facts)]
        decisions = Decisions.validate(pl.concat([Decisions.create_empty(), *told]), cast=True)
    else:
        changed = stale(earlier, facts, came.settled)
        decisions = _renewed(earlier.decisions, plan, facts, came.settled, changed)
    return Awards(decisions, came.quotas, came.settled)


def _renewed(
    decisions: pl.DataFrame,
    plan: Plan,
    facts: pl.DataFrame,
    settled: pl.DataFrame,
    changed: Stale,
) -> dy.DataFrame[Decisions]:
    """Earlier decisions with new ones in the place of those that may not hold any more.

    Those of other persons were valid when they were made, and still are.
    """
    persons = changed.anybody.sort()
    touched = pl.col("person_no").is_in(persons.implode())
    told = [_told(plan, part, settled, changed) for part in _parts(facts.filter(touched))]
    rows = pl.concat([changed.still_good(decisions.filter(touched)), *told]).sort(_KEY)
    fresh = Decisions.validate(rows, cast=True)
    if persons.len() > FEW:
        whole = pl.concat([decisions.filter(~touched), fresh]).sort(
            "person_no", maintain_order=True
        )
    else:
        whole = _spliced(decisions, persons, fresh)
    return cast(dy.DataFrame[Decisions], whole)


def _spliced(decisions: pl.DataFrame, persons: pl.Series, fresh: pl.DataFrame) -> pl.DataFrame:
    """Decisions by person, cut where these persons stand and their new ones laid between."""
    numbers = decisions["person_no"]
    begins, ends = (numbers.search_sorted(persons, side) for side in ("left", "right"))
    own = fresh.partition_by("person_no", as_dict=True)
    parts, at = [], 0
    for person, begin, end in zip(persons, begins, ends, strict=True):
        parts += [decisions[at:begin], own.get((person,), fresh.clear())]
        at = end
    return pl.concat([*parts, decisions[at:]], rechunk=True)


def _parts(facts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Facts of so many persons at a time, in order; who has two rows is in one part."""
    rows = facts.sort("person_no", "subject")
    persons = rows["person_no"]
    start = 0
    while start < rows.height:
        end = start + AT_A_TIME
        while end < rows.height and persons[end] == persons[end - 1]:
            end += 1
        yield rows[start:end]
        start = end


def _told(
    plan: Plan, facts: pl.DataFrame, settled: pl.DataFrame, changed: Stale | None = None
) -> pl.DataFrame:
    """The decisions of these persons, or of those of them for whom something changed."""
    frames: list[pl.DataFrame] = [Decisions.create_empty()]
    for program_id, numbers in plan.programs.items():
        own = pl.col("subject") == plan.layers[numbers[0]].version.program.subject
        if changed is not None:
            own &= pl.col("person_no").is_in(changed.under(program_id).implode())
        persons = facts.filter(own)
        if not persons.is_empty():
            frames.append(tell(program_id, plan, persons, settled))
    return pl.concat(frames).sort(_KEY)
