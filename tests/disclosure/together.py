"""Someone who has kept an earlier publication and reads it against a later one."""

from collections.abc import Sequence

import polars as pl

from tests.disclosure.attacker import PART, withheld
from tests.disclosure.exact import Range, ranges
from tests.disclosure.knowledge import Knowledge, Name
from tests.disclosure.promised import Frames

BEFORE, AFTER = "before", "after"

Counts = dict[Name, int]


def counts_of(full: Frames) -> Counts:
    """True counts by the attacker's names."""
    aid = full["aid"].filter(pl.col("breakdown") != "actual")
    counts: Counts = {(s, b, g): n for s, b, g, n, *_ in aid.iter_rows()}
    roll = full["roll"].select("school_code", "grade", "boarders")
    return counts | {(school, "boarders", grade): n for school, grade, n in roll.iter_rows()}


def together(
    knows: Sequence[Knowledge], true: Sequence[Counts], apart: int | None = None
) -> Knowledge:
    """What both tell somebody who knows of every figure whether it is the same in both.

    Args:
        knows: What each of the two publications tells.
        true: The true counts of both.
        apart: By how many persons what is not the same can differ; None: by any number.
    """
    before, after = knows
    both = Knowledge()
    both.add(before.of(BEFORE))
    both.add(after.of(AFTER))
    for name in before.low.keys() & after.low.keys():
        parts = {(BEFORE, *name): 1, (AFTER, *name): -1}
        known = name in true[0] and name in true[1]
        if known and true[0][name] == true[1][name]:
            both.equal(parts)
        elif apart is not None and (known or len(name) == PART):
            both.between(parts, -apart, apart)
    both.tighten()
    return both


def broken_together(
    both: Knowledge, published: Sequence[Frames], promised: Sequence[Counts]
) -> dict[Name, Range]:
    """What the earlier publication withheld and a reader of both nearly works out.

    What it showed is known: nothing can be promised of that. Nor of a school or grade of which
    nobody is left: who knows how one pupil changed the figures knows this pupil.
    """
    before, after = (set(withheld(tables)) for tables in published)
    wanted = {(BEFORE, *n): promised[0][n] for n in before if (AFTER, *n) in both.low}
    wanted |= {(AFTER, *n): promised[1][n] for n in before & after}
    found = ranges(both, wanted)
    return {name: found[name] for name in wanted if found[name].width < wanted[name]}
