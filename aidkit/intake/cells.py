"""One cell: from what stands there to a typed value, or the fault.

These functions are the rule. `columns` proves the plain cells of a whole column at once and asks
here only about the rest.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from aidkit.calendar import date_of_serial, date_of_text
from aidkit.identity import (
    CARD_PATTERN,
    ID_PATTERN,
    PHONE_PATTERN,
    SCHOOL_CODE_PATTERN,
    STUDENT_NO_PATTERN,
    is_id_number,
    is_luhn,
)
from aidkit.intake.lexicon import Field
from aidkit.intake.values import INVISIBLE, Broken, Value, bare, is_blank, number_text
from aidkit.labels import plain
from aidkit.money import fen_of_number, fen_of_text

MOST_MARKS = 300
"""No paper of one subject gives more points: the comprehensive papers of the 高考 give 300."""

LARGEST_HOUSEHOLD = 20
EARLIEST = dt.date(1949, 10, 1)
"""No date in these tables is older; an older one is a slip of the pen."""

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+")
"""What Excel writes into a CSV file for a long number: the digits are gone."""

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")
_DATE_SHAPE = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|(19|20)\d{6}")
_TIME = re.compile(r"\s+\d{1,2}[:：]\d{2}([:：]\d{2})?\s*$")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_DOTS = re.compile("[•・‧∙⋅．]")
_SEPARATORS = re.compile(r"[、,，;；/\s]+")
_NONE = frozenset({"无", "没有", "否", "不属于"})


class Reading(NamedTuple):
    """A judged cell: its value, and the code and details of its fault if it has one."""

    value: object
    code: str = ""
    details: dict[str, str] = {}  # noqa: RUF012 - never changed


def refused(code: str, **details: str) -> Reading:
    """No value, and why."""
    return Reading(None, code, details)


def read_cell(cell: Value, field: Field, latest: dt.date | None) -> Reading:
    """Judge one cell.

    Args:
        cell: What stands there, with its type.
        field: The column.
        latest: Last day that a date may name; None if unknown.
    """
    if isinstance(cell, Broken):
        return refused(cell.code)
    if is_blank(cell):
        return refused("missing_value") if field.required else Reading(None)
    if field.kind == "date":
        return _date(cell, latest)
    return _READERS[field.kind](cell, field)


def compact(text: str) -> str:
    """Half-width text without any space, in capitals: identifiers."""
    folded = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    # The apostrophe by which people make Excel keep digits as text, typed or exported along.
    return "".join(folded.split()).lstrip("'’‘").upper()


def name_of(text: str) -> str:
    """A name as it is compared and printed: no space between Han characters, one kind of dot."""
    return _DOTS.sub("·", _BETWEEN_HAN.sub("", bare(text)))


def _text(cell: Value, _: Field) -> Reading:
    if isinstance(cell, str):
        return Reading(bare(cell))
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        return Reading(str(cell))
    return Reading(cell.text if isinstance(cell, Broken) else number_text(cell))


def _name(cell: Value, field: Field) -> Reading:
    return Reading(name_of(str(_text(cell, field).value)))


def _identifier(
    pattern: str, numeric: str, misshapen: str, then: Callable[[str], Reading] = Reading
) -> Callable[[Value, Field], Reading]:
    shape = re.compile(pattern, re.ASCII)

    def read(cell: Value, _: Field) -> Reading:
        if not isinstance(cell, str):
            return refused(numeric)
        text = compact(cell)
        if _SCIENTIFIC.fullmatch(text):
            return refused(numeric)
        return then(text) if shape.fullmatch(text) else refused(misshapen)

    return read


def _checked_id(text: str) -> Reading:
    return Reading(text) if is_id_number(text) else refused("bad_id_check")


def _checked_card(text: str) -> Reading:
    return Reading(text) if is_luhn(text) else Reading(text, "card_luhn")


def _code(cell: Value, field: Field) -> Reading:
    return _ANY_CODE(cell, field)


def _phone(cell: Value, _: Field) -> Reading:
    # Eleven digits fit into an Excel number: nothing was lost.
    text = compact(cell) if isinstance(cell, str) else str(_text(cell, _).value)
    return (
        Reading(text) if re.fullmatch(PHONE_PATTERN, text, re.ASCII) else Reading(text, "bad_phone")
    )


def _date(cell: Value, latest: dt.date | None) -> Reading:
    day: dt.date
    if isinstance(cell, dt.datetime):
        day = cell.date()
    elif isinstance(cell, dt.date):
        day = cell
    elif isinstance(cell, bool | dt.time | dt.timedelta | Broken):
        return refused("bad_date")
    else:
        # The time goes first: without its space `2026-9-1 8:30` would be the 18th.
        text = compact(_TIME.sub("", cell)) if isinstance(cell, str) else number_text(cell)
        try:
            day = date_of_text(text.replace("号", "日"))
        except ValueError:
            if _DATE_SHAPE.fullmatch(text):
                return refused("impossible_date")
            try:
                day = date_of_serial(float(text))
            except (ValueError, OverflowError):
                return refused("bad_date")
    if day < EARLIEST:
        return refused("impossible_date")
    if latest and day > latest:
        return refused("future_date", latest=latest.isoformat())
    return Reading(day)


def _money(cell: Value, field: Field) -> Reading:
    try:
        if isinstance(cell, str):
            text = compact(cell)
            if re.fullmatch(r"[-+]?[\d,]+\.\d{3,}元?", text.lstrip("￥¥")):
                fen = fen_of_number(float(text.lstrip("￥¥").removesuffix("元").replace(",", "")))
            else:
                fen = fen_of_text(text)
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            fen = fen_of_number(cell)
        else:
            return refused("text_in_amount")
    except ValueError:
        if isinstance(cell, str):
            numeric = re.search(r"\d\.\d{3,}元?$", compact(cell)) is not None
        else:
            numeric = isinstance(cell, int | float) and math.isfinite(cell)
        return refused("too_many_decimals" if numeric else "text_in_amount")
    if abs(fen) > 10**15:
        return refused("text_in_amount")
    if fen < 0 and field.kind == "money":
        return refused("negative_amount")
    return Reading(fen)


def _number(cell: Value, _: Field) -> Reading:
    number = _decimal(cell)
    return refused("not_a_number") if number is None else Reading(float(number))


def _integer(cell: Value, field: Field) -> Reading:
    number = _decimal(cell)
    if number is None:
        return refused("not_a_number")
    if field.name == "household_size" and not 1 <= number <= LARGEST_HOUSEHOLD:
        return refused("household_size_implausible")
    if number != number.to_integral_value() or abs(number) > 2**53:
        code = "household_size_implausible" if field.name == "household_size" else "not_a_number"
        return refused(code)
    return Reading(int(number))


def _decimal(cell: Value) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if isinstance(cell, str):
        text = compact(cell)
        if not _NUMBER.fullmatch(text) or len(text) > 20:
            return None
    else:
        if not math.isfinite(cell):
            return None
        text = number_text(cell)
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def read_marks(cell: Value) -> float | None:
    """Points of a paper; None where it is no number, or none that a paper can give."""
    number = _decimal(cell)
    return float(number) if number is not None and 0 <= number <= MOST_MARKS else None


def _score(cell: Value, field: Field) -> Reading:
    """A score as float, or the code of an absence as str."""
    number = _decimal(cell)
    if number is not None:
        if 0 <= number <= MOST_MARKS:
            return Reading(float(number))
        return refused("score_out_of_range", full=str(MOST_MARKS))
    reading = _choice(cell, field)
    return refused("not_a_score", choices=field.choices) if reading.code else reading


def _choice(cell: Value, field: Field) -> Reading:
    code = field.words.get(_word(str(_text(cell, field).value)))
    return Reading(code) if code else refused("unknown_word", choices=field.choices)


def _word(text: str) -> str:
    """A choice as it is looked up. What stands in brackets counts: it may take the word back."""
    return "" if re.search("[(（]", text) else plain(text)


def _choices(cell: Value, field: Field) -> Reading:
    text = str(_text(cell, field).value)
    if plain(text) in _NONE:
        return Reading([])
    # A whole cell may be one word with a space in it.
    if whole := field.words.get(_word(text)):
        return Reading([whole])
    parts = [part for part in _SEPARATORS.split(text) if part]
    codes = [field.words.get(_word(part)) for part in parts]
    if not codes or None in codes:
        unknown = next((p for p, code in zip(parts, codes, strict=True) if not code), text)
        return refused("unknown_word", choices=field.choices, value=unknown)
    return Reading(list(dict.fromkeys(codes)))


def _yes_no(cell: Value, field: Field) -> Reading:
    if isinstance(cell, bool):
        return Reading(cell)
    reading = _choice(cell, field)
    return Reading(reading.value == "yes") if reading.value else reading


_ANY_CODE = _identifier(r".*", "numeric_code", "numeric_code")
_READERS: dict[str, Callable[[Value, Field], Reading]] = {
    "text": _text,
    "address": _text,
    "name": _name,
    "code": _code,
    "school_code": _identifier(SCHOOL_CODE_PATTERN, "numeric_code", "bad_school_code"),
    "student_no": _identifier(STUDENT_NO_PATTERN, "numeric_code", "bad_student_no"),
    "id_number": _identifier(ID_PATTERN, "numeric_id", "bad_id_shape", _checked_id),
    "card_no": _identifier(CARD_PATTERN, "numeric_card", "bad_card", _checked_card),
    "phone": _phone,
    "money": _money,
    "signed_money": _money,
    "number": _number,
    "integer": _integer,
    "score": _score,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
}
