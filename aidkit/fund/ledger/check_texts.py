"""Numbers of persons in what people typed: a journal keeps them for good, lists print them.

A voucher must be able to say what a bank wrote, so only what is hardly anything else is refused: ID
numbers by their day of birth and check digit, cards by theirs. Banks' and payments' own numbers are
as long as cards, so that these are not looked for in `reference`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping

import polars as pl

from aidkit.fund.ledger.faults import Fault, fault
from aidkit.identity import is_id_number, is_luhn

TYPED = ("id_number_typed", "card_typed", "mobile_typed")
"""Codes of the faults."""

KEPT = "账簿里的改不了：请管好账簿和内部报表，公开以前先检查；以后只写姓名、单位和事由。"
"""What to do about such a number that already stands in a journal."""

_YOUNGEST = 2
"""Years. Who is younger neither gives nor is paid; a number may well hold the day it was made."""

_LONG = r"(?:\d[ -]?){11}"
"""What all of these numbers are at least; most texts are none."""

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_RESIDENT = rf"\d{{6}}[ -]?(?:19|20)\d\d{_DAY}[ -]?\d{{3}}[\dXx]"
_RESIDENT_OLD = rf"[1-9]\d{{5}}[ -]?\d\d{_DAY}[ -]?\d{{3}}"
_CARD = r"\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?"
_MOBILE = r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"

Meant = Callable[[str, int], bool]
"""Whether a number, bare, is of a person in a year."""


def _resident(number: str, year: int) -> bool:
    return is_id_number(number.upper()) and int(number[6:10]) <= year - _YOUNGEST


def _resident_old(number: str, _year: int) -> bool:
    try:
        dt.date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return True


def _card(number: str, _year: int) -> bool:
    return is_luhn(number)


def _any(_number: str, _year: int) -> bool:
    return True


_SHAPES: Mapping[str, tuple[str, Meant]] = {
    _RESIDENT: ("id_number_typed", _resident),
    _RESIDENT_OLD: ("id_number_typed", _resident_old),
    _CARD: ("card_typed", _card),
    _MOBILE: ("mobile_typed", _any),
}
_NOTES = (_RESIDENT, _RESIDENT_OLD, _CARD)
_LOOKED_FOR: Mapping[str, tuple[str, ...]] = {
    "party": (*_NOTES, _MOBILE),
    "note": _NOTES,
    "reason": _NOTES,
    "consent_of": _NOTES,
    "reference": (_RESIDENT,),
}
_TITLES = {
    "party": "对方（捐赠人、收款人）",
    "note": "备注",
    "reason": "原因",
    "consent_of": "同意人",
    "reference": "流水号",
}
"""What people call the columns."""


def texts(entries: pl.DataFrame) -> Iterator[Fault]:
    """Vouchers in whose texts somebody typed a number of a person; the number is not repeated.

    Args:
        entries: With `index`, `kind`, `date` and the texts.
    """
    # The texts of a correction are those of what it takes back, but for its reason.
    own = entries.filter(pl.col("kind") != "correction")
    for column, shapes in _LOOKED_FOR.items():
        asked = pl.col(column)
        rows = (
            (entries if column == "reason" else own)
            .filter(asked.str.contains(_LONG))
            .with_columns(asked.str.normalize("NFKC"))
            .filter(asked.str.contains("|".join(shapes)))
        )
        for index, date, text in rows.select("index", "date", column).iter_rows():
            for shape in shapes:
                code, meant = _SHAPES[shape]
                if _holds(text, shape, meant, date.year):
                    yield fault(index, code, column=_TITLES[column])


def _holds(text: str, shape: str, meant: Meant, year: int) -> bool:
    found = re.finditer(rf"(?<!\d)(?:{shape})(?!\d)", text)
    return any(meant(re.sub("[ -]", "", one[0]), year) for one in found)
