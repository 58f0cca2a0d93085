"""How high a row of a workbook has to be, which no program finds by itself in every case."""

from math import ceil
from typing import Final

LINE: Final = 15
"""Points of a line of text of 10 points."""

_LAST_NARROW = "\u00ff"
"""Characters after it are as wide as two digits."""

_SPARE = 1.1
"""Fonts differ from machine to machine."""


def height_of(text: str, width: float, line: float = LINE) -> float:
    """Points that a wrapped text takes.

    Args:
        text: The text; its own line breaks count.
        width: Of its column or merged columns, in digits of the default font.
        line: Points of a line.
    """
    digits = (sum(2 if c > _LAST_NARROW else 1 for c in part) for part in text.split("\n"))
    return line * sum(max(1, ceil(n * _SPARE / width)) for n in digits)
