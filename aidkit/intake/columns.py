"""Columns of a sheet: what is plainly right is proved with polars, the rest goes to `cells`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from aidkit.identity import (
    CARD_PATTERN,
    PHONE_PATTERN,
    SCHOOL_CODE_PATTERN,
    STUDENT_NO_PATTERN,
    id_number_valid,
)
from aidkit.intake.cells import EARLIEST, FULL_SCORE, LARGEST_HOUSEHOLD, Reading, read_cell
from aidkit.intake.lexicon import Field
from aidkit.intake.values import Value

LUHN_WIDTH = 19
_EXACT_FEN = 10**13
"""Below this many fen a float division by 100 gives back the very number that was typed."""

_PLAIN_TEXT = r"^[\p{Han}A-Za-z0-9]([^\p{Cf}\p{Cc}]*[\p{Han}A-Za-z0-9。！；）])?$"
_PLAIN_NAME = r"^[\p{Han}A-Za-z0-9（）·]+$"
_PLAIN_DATE = r"^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$"
_PLAIN_CODE = r"^[A-Z0-9]+$"

Cells = Sequence[Value]
"""What stands in a column, row by row."""


@dataclass
class Judged:
    """A column after judging.

    Attributes:
        values: One value per cell, null where it is blank or faulty.
        faults: Index of the cell and what is wrong with it.
    """

    values: pl.Series
    faults: list[tuple[int, Reading]] = field(default_factory=list)


def judge(
    columns: Mapping[str, Cells], fields: Mapping[str, Field], latest: dt.date | None
) -> dict[str, Judged]:
    """Judge every cell of some columns.

    Args:
        columns: The cells by column name.
        fields: What each column must hold.
        latest: Last day that a date may name; None if unknown.
    """
    proved = _prove(columns, fields, latest)
    return {
        name: _settle(cells, fields[name], latest, proved.get(name))
        for name, cells in columns.items()
    }


def _settle(
    cells: Cells, column: Field, latest: dt.date | None, proved: pl.Series | None
) -> Judged:
    """Judge one by one the cells that are not proved."""
    if proved is None:
        values: list[object] = [None] * len(cells)
        unsettled: Sequence[int] = range(len(cells))
    elif proved.null_count() == 0:
        return Judged(proved)
    else:
        values = proved.to_list()
        unsettled = [index for index, value in enumerate(values) if value is None]
    faults: list[tuple[int, Reading]] = []
    seen: dict[tuple[type, Value], Reading] = {}
    for index in unsettled:
        cell = cells[index]
        if cell == "" and not column.required:
            continue
        key = (cell.__class__, cell)
        reading = seen.get(key)
        if reading is None:
            reading = seen[key] = read_cell(cell, column, latest)
        values[index] = reading.value
        if reading.code:
            faults.append((index, reading))
    return Judged(pl.Series(column.name, values, dtype=column.dtype, strict=True), faults)


def judge_scores(cells: Cells, column: Field) -> tuple[Judged, pl.Series]:
    """Judge a column of scores: the scores, and the codes of absences beside them."""
    scores: list[float | None] = [None] * len(cells)
    absences: list[str | None] = [None] * len(cells)
    faults: list[tuple[int, Reading]] = []
    for index, cell in enumerate(cells):
        if cell.__class__ is float and 0.0 <= cell <= FULL_SCORE:
            scores[index] = cell
        elif cell != "":
            reading = read_cell(cell, column, None)
            if reading.code:
                faults.append((index, reading))
            elif isinstance(reading.value, str):
                absences[index] = reading.value
            elif isinstance(reading.value, float):
                scores[index] = reading.value
    judged = Judged(pl.Series("score", scores, dtype=pl.Float64), faults)
    return judged, pl.Series("absence", absences, dtype=pl.String)


def _prove(
    columns: Mapping[str, Cells], fields: Mapping[str, Field], latest: dt.date | None
) -> dict[str, pl.Series]:
    """The values of cells that need no further look, null for all others."""
    raw: list[pl.Series] = []
    proofs: list[pl.Expr] = []
    for name, cells in columns.items():
        column = fields[name]
        if column.kind not in _PROVERS:
            continue
        kind, prove = _PROVERS[column.kind]
        if prove is _date and not any(cell.__class__ is dt.date for cell in cells):
            kind, prove = str, _date_text
        same = [cell if cell.__class__ is kind else None for cell in cells]
        raw.append(pl.Series(name, same, dtype=_POLARS[kind], strict=True))
        proofs.append(prove(pl.col(name), column, latest).cast(column.dtype).alias(name))
    # One query for all columns: the sheets are many and small.
    return pl.DataFrame(raw).select(proofs).to_dict() if raw else {}


_POLARS: dict[type, type[pl.DataType]] = {str: pl.String, float: pl.Float64, dt.date: pl.Date}
Prover = Callable[[pl.Expr, Field, dt.date | None], pl.Expr]


def _matching(pattern: str) -> Prover:
    plain = _half_width(pattern)
    return lambda cell, _, __: pl.when(cell.str.contains(plain)).then(cell)


def _half_width(pattern: str) -> str:
    r"""The pattern for half-width digits only: others, which `\d` means too, are folded first."""
    return pattern.replace(r"[\d", "[0-9").replace(r"\d", "[0-9]")


def _valid_id(cell: pl.Expr, _: Field, __: dt.date | None) -> pl.Expr:
    return pl.when(id_number_valid(cell)).then(cell)


def _valid_card(cell: pl.Expr, _: Field, __: dt.date | None) -> pl.Expr:
    return pl.when(cell.str.contains(_half_width(CARD_PATTERN)) & luhn_valid(cell)).then(cell)


def luhn_valid(digits: pl.Expr) -> pl.Expr:
    """Whether digits (at most 19) pass the Luhn check, as an expression."""
    padded = digits.str.pad_start(LUHN_WIDTH, "0")
    places = [padded.str.slice(i, 1).cast(pl.Int32, strict=False) for i in range(LUHN_WIDTH)]
    # Counted from the right every second digit is doubled, its own digits summed: 2d - 9 above 4.
    doubled = [
        digit if place % 2 == 0 else digit * 2 - pl.when(digit > 4).then(9).otherwise(0)
        for place, digit in enumerate(reversed(places))
    ]
    return pl.sum_horizontal(doubled) % 10 == 0


def _money(cell: pl.Expr, _: Field, __: dt.date | None) -> pl.Expr:
    fen = (cell * 100).round()
    exact = (fen / 100 == cell) & (cell >= 0) & (fen < _EXACT_FEN)
    return pl.when(exact).then(fen)


def _integer(cell: pl.Expr, column: Field, _: dt.date | None) -> pl.Expr:
    low, high = (1, LARGEST_HOUSEHOLD) if column.name == "household_size" else (-(2**31), 2**31)
    return pl.when((cell.round() == cell) & cell.is_between(low, high)).then(cell)


def _number(cell: pl.Expr, _: Field, __: dt.date | None) -> pl.Expr:
    return pl.when(cell.is_finite()).then(cell)


def _date(cell: pl.Expr, _: Field, latest: dt.date | None) -> pl.Expr:
    return pl.when(cell.is_between(EARLIEST, latest or dt.date.max)).then(cell)


def _date_text(cell: pl.Expr, column: Field, latest: dt.date | None) -> pl.Expr:
    day = cell.str.replace(_PLAIN_DATE, "$1-$2-$3").str.to_date("%Y-%m-%d", strict=False)
    return _date(day, column, latest)


def _choice(cell: pl.Expr, column: Field, _: dt.date | None) -> pl.Expr:
    codes = column.words
    return cell.replace_strict(
        list(codes), list(codes.values()), default=None, return_dtype=pl.String
    )


_PROVERS: dict[str, tuple[type, Prover]] = {
    "text": (str, _matching(_PLAIN_TEXT)),
    "address": (str, _matching(_PLAIN_TEXT)),
    "name": (str, _matching(_PLAIN_NAME)),
    "code": (str, _matching(_PLAIN_CODE)),
    "school_code": (str, _matching(SCHOOL_CODE_PATTERN)),
    "student_no": (str, _matching(STUDENT_NO_PATTERN)),
    "phone": (str, _matching(PHONE_PATTERN)),
    "id_number": (str, _valid_id),
    "card_no": (str, _valid_card),
    "money": (float, _money),
    "integer": (float, _integer),
    "number": (float, _number),
    "date": (dt.date, _date),
    "choice": (str, _choice),
}
"""The type of cell that can be proved and how, by kind; other kinds are judged cell by cell."""
