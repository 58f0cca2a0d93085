"""Identifiers of people and accounts: what makes them valid, scalar and as polars expressions.

Nothing here repairs a value: an ID or card that Excel kept as a number has lost digits for good.
"""

import datetime as dt
import re

import polars as pl

ID_PATTERN = r"^\d{17}[\dX]$"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
"""GB 11643-1999: weights of the first 17 digits, check character by sum mod 11."""

STUDENT_NO_PATTERN = r"^([GJ]\d{17}[\dX]|L\d{14}[0-9A-Z]{4})$"
"""学籍号: G+18 with ID, J+18 official without ID, L+18 temporary whose last four are random."""

SCHOOL_CODE_PATTERN = r"^\d{10}$"
PHONE_PATTERN = r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$"
CARD_PATTERN = r"^\d{12,19}$"


def id_check_character(first17: str) -> str:
    """The check character that belongs to the first 17 digits of an ID number (GB 11643)."""
    total = sum(int(d) * w for d, w in zip(first17, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def is_id_number(text: str) -> bool:
    """Whether `text` is an 18-character ID number with a real birth date and check character."""
    if not re.fullmatch(ID_PATTERN, text):
        return False
    return birth_date_of(text) is not None and id_check_character(text[:17]) == text[17]


def birth_date_of(id_number: str) -> dt.date | None:
    """The birth date inside an ID number, or None where it is not a date."""
    try:
        return dt.date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_luhn(card_no: str) -> bool:
    """Whether the digits pass the Luhn check; passbook accounts fail it, so it only warns."""
    total = 0
    for place, char in enumerate(reversed(card_no)):
        digit = int(char)
        if place % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def id_number_valid(column: pl.Expr) -> pl.Expr:
    """`is_id_number` as an expression: true, false, or null where the value is null."""
    shape = column.str.contains(ID_PATTERN)
    digit = [column.str.slice(i, 1).cast(pl.Int32, strict=False) for i in range(17)]
    total = pl.sum_horizontal(d * w for d, w in zip(digit, ID_WEIGHTS, strict=True))
    check = (total % 11).replace_strict(
        list(range(11)), list(ID_CHECKS), default=None, return_dtype=pl.String
    )
    born = column.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    valid = shape & born.is_not_null() & (check == column.str.slice(17, 1))
    return pl.when(column.is_null()).then(None).otherwise(valid.fill_null(False))
