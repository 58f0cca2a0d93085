"""A term's students and their aid as numbers: the one count that everything shown rests on."""

from dataclasses import dataclass

import polars as pl

from aidkit.disclosure.aid import Aid
from aidkit.disclosure.boarders import roll_counts
from aidkit.disclosure.counting import count_aid

_FACTS = (
    *("person_no", "school_code", "stage", "grade", "locality"),
    *("boarder", "enrolled", "special_groups"),
)


@dataclass(frozen=True)
class Counted:
    """What a term counts, nothing withheld.

    Attributes:
        roll: (school or `all`, grade or `all`) to (students, boarders).
        aid: Persons and money of every breakdown.
    """

    roll: dict[tuple[str, str], tuple[int, int]]
    aid: Aid


def count_term(
    *,
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    schools: pl.DataFrame,
    programs: pl.DataFrame,
    quotas: pl.DataFrame,
) -> Counted:
    """Count a term once, for the public tables and for what internal reports show.

    Only students on the roll count: teachers and college students are too few to be shown.

    Args:
        facts: `tables.Facts` of the term, of any subject.
        decisions: `tables.Decisions` of the term, of any subject.
        schools: `tables.Schools`.
        programs: `PublicPrograms` of the versions that decided.
        quotas: `tables.Quotas`: places are law, so counts are protected from who knows them.
    """
    facts = facts.lazy().filter(subject="student").select(_FACTS).collect()
    codes = sorted({*schools["school_code"], *facts["school_code"].unique()})
    roll = roll_counts(facts, codes)
    size = {key: students for key, (students, _) in roll.items()}
    return Counted(roll, count_aid(facts, decisions, programs, quotas, size))
