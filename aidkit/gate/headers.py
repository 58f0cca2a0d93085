"""Which cells head a column that tells of persons, and what it tells."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from aidkit.gate import learner_words, personal_words, rank_words, reasons, score_words
from aidkit.gate.column_kind import Table
from aidkit.gate.learner_words import PERSON_HEADER

_KINDS = (
    *rank_words.RANKS,
    *score_words.SCORES,
    learner_words.MARKED,
    *personal_words.PERSONAL,
)

_HINTS = tuple(
    dict.fromkeys(
        (
            *rank_words.HINTS,
            *score_words.HINTS,
            *learner_words.HINTS,
            *personal_words.HINTS,
            *reasons.HINTS,
        )
    )
)
"""One of these is in every header; looking for them one by one is faster than a pattern of all."""

_APART = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\u00a0]+(?=[\u4e00-\u9fff])")
_SPREAD = re.compile(
    r"[姓名出生身证家监学手地住户卡账排位总成得分升进评班年]"
    r"(?:[ \u3000\u00a0]{1,6}[\u4e00-\u9fff](?![\u4e00-\u9fff])){1,6}"
)
"""What may be such a header."""


LONGEST = 24
"""Characters of a header."""


def hints_in(text: str) -> list[int]:
    """Where a header may stand; without such places a text need not be looked at further."""
    places = [match.start() for match in _SPREAD.finditer(text)]
    there = set(text)
    for word in _HINTS:
        place = text.find(word) if there.issuperset(word) else -1
        while place >= 0:
            places.append(place)
            place = text.find(word, place + len(word))
    return sorted(places)


@lru_cache(maxsize=1 << 16)
def is_header(cell: str) -> bool:
    """Whether a cell, field or key heads such a column."""
    if len(cell) > LONGEST:
        return False
    cell = joined(cell)
    headers = (PERSON_HEADER, reasons.PERSON_HEADER, *(kind.header for kind in _KINDS))
    return any(header.fullmatch(cell) for header in headers)


def joined(header: str) -> str:
    """A header without the spaces that spread it over its column (姓　名)."""
    return _APART.sub("", header)


def leak_below(header: str, cells: Iterable[str], table: Table = (), least: int = 0) -> str:
    """What the cells below a header leak; empty where they leak nothing.

    Args:
        header: What stands above them, beside them, or before each.
        cells: They, without spaces at their ends.
        table: The rows of the table, headers too.
        least: Ask for at least so many, where cells were only guessed.
    """
    values: Sequence[str] = list(cells)
    header = joined(header)
    for kind in _KINDS:
        if kind.header.fullmatch(header) and kind.holds(values, table, least):
            return kind.kind
    return ""
