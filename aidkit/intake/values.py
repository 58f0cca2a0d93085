"""What a cell can hold before anyone judges it, and how it reads as text."""

import datetime as dt
import re
from decimal import Context, Decimal
from typing import NamedTuple

from aidkit.money import EXCEL_DIGITS

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\xad]")
BLANK_MARKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "-/-"})
"""What people write into a cell that has nothing to say."""

SHOWN = 80
"""How many characters of a cell a problem quotes."""


class Broken(NamedTuple):
    """A cell without a value: an Excel error, or a formula that was never calculated."""

    code: str
    text: str


Value = str | float | int | bool | dt.date | dt.time | dt.timedelta | Broken
"""A cell as the workbook keeps it; an empty cell is an empty string."""


def bare(text: str) -> str:
    """Text without surrounding space and invisible marks."""
    return INVISIBLE.sub("", text).strip()


def is_blank(value: Value) -> bool:
    """Whether a cell says nothing."""
    return isinstance(value, str) and (value == "" or bare(value) in BLANK_MARKS)


def shown(value: Value) -> str:
    """A cell as text, as Excel would show it, for problems and messages."""
    if isinstance(value, Broken):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return number_text(value)
    text = bare(value) if isinstance(value, str) else str(value)
    # Control characters cannot stand in a workbook, and line breaks spoil a list of problems.
    text = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+", " ", text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def number_text(number: float | int) -> str:
    """A number in plain digits, at the 15 significant digits that Excel keeps."""
    exact = Decimal(number)
    if not exact.is_finite():
        return str(number)
    kept = Context(prec=EXCEL_DIGITS).plus(exact)
    if kept == kept.to_integral_value() and abs(kept) < Decimal(10) ** 25:
        return str(int(kept))
    if abs(kept) >= Decimal(10) ** 25 or abs(kept) < Decimal(10) ** -15:
        return str(number)
    return f"{kept:f}".rstrip("0").rstrip(".")


def column_letter(position: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    rest = position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
