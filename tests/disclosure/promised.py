"""What is promised of withheld counts, and which of them do not keep it against the attacker."""

from collections.abc import Mapping

import polars as pl

from aidkit.tables import ALL
from tests.disclosure import worlds
from tests.disclosure.attacker import attack, withheld
from tests.disclosure.exact import Range, ranges
from tests.disclosure.knowledge import Knowledge, Name
from tests.disclosure.law import Law, law_of

Frames = Mapping[str, pl.DataFrame]

THRESHOLD = 5
WIDTH = 2


def promised(
    knowledge: Knowledge, tables: Frames, full: Frames, width: int = WIDTH
) -> dict[Name, int]:
    """Withheld count to how far apart the least and the greatest possible count must be.

    That is the declared width; in a group of fewer than the threshold that there are at least two
    counts. The group of a hardship category is those with aid.

    Args:
        knowledge: What the attacker knows of the figures.
        tables: The public tables.
        full: The same with nothing withheld.
        width: The declared width.
    """
    totals = full["aid"].filter(breakdown="total")
    aided = dict(totals.select("school_code", "persons").iter_rows())

    def enough(name: Name) -> int:
        size = aided[name[0]] if name[1] == "category" else knowledge.room[name]
        return width if size >= THRESHOLD else min(1, knowledge.room[name])

    return {name: enough(name) for name in withheld(tables)}


def broken(tables: Frames, full: Frames, law: Law, width: int = WIDTH) -> dict[Name, Range]:
    """The withheld counts whose possible values are too near to one another."""
    knowledge = attack(tables, law, THRESHOLD)
    wanted = promised(knowledge, tables, full, width)
    found = ranges(knowledge, wanted)
    return {name: found[name] for name in wanted if found[name].width < wanted[name]}


def broken_in(
    world: worlds.World, width: int = WIDTH, kept: int | None = None
) -> dict[Name, Range]:
    """The same of a small made-up term, in which another width may be kept."""
    law = law_of(world, worlds.HEADS, worlds.EXCLUSIVE)
    return broken(
        worlds.disclosed(world, threshold=THRESHOLD, width=kept or width),
        worlds.in_full(world),
        law,
        width,
    )


def all_of_aid(tables: Frames) -> pl.DataFrame:
    """The rows that may be withheld: without the county by actual time and what is for everyone."""
    universal = tables["programs"].filter("universal")["program_id"].implode()
    return tables["aid"].filter(pl.col("breakdown") != "actual", ~pl.col("group").is_in(universal))


def county_total(tables: Frames) -> int | None:
    """Persons with aid of the county, if they are shown."""
    row = tables["aid"].filter(school_code=ALL, breakdown="total")
    shown: int | None = row["persons"].item()
    return shown
