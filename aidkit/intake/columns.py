"""Columns of a sheet: what is plainly right is proved with polars, the rest goes to `cells`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

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


@dataclass(frozen=True)
class Unjudged:
    """The cells of one sheet below its header.

    Attributes:
        table: Table name.
        columns: The cells by column name, equally many.
        fields: What each column of the table must hold.
        latest: Last day that a date may name; None if unknown.
    """

    table: str
    columns: Mapping[str, Cells]
    fields: Mapping[str, Field]
    latest: dt.date | None

    @property
    def height(self) -> int:
        """Number of rows."""
        return max(map(len, self.columns.values()), default=0)


def judge(sheets: Sequence[Unjudged]) -> list[dict[str, Judged]]:
    """Judge every cell of some sheets.

    Args:
        sheets: The cells.

    Returns:
        For each sheet its columns by name, in their order.
    """
    proved: list[dict[str, pl.Series]] = [{} for _ in sheets]
    # One query for all sheets of a table: they are many and small.
    alike: dict[tuple[str, dt.date | None], list[int]] = {}
    for number, sheet in enumerate(sheets):
        alike.setdefault((sheet.table, sheet.latest), []).append(number)
    for numbers in alike.values():
        several = [sheets[number] for number in numbers]
        for number, proofs in zip(numbers, _prove(several), strict=True):
            proved[number] = proofs
    return [
        {
            name: _settle(cells, sheet.fields[name], sheet.latest, proofs.get(name))
            for name, cells in sheet.columns.items()
        }
        for sheet, proofs in zip(sheets, proved, strict=True)
    ]


def _settle(
    cells: Cells, column: Field, latest: dt.date | None, proved: pl.Series | None
) -> Judged:
    """Judge one by one the cells that are not proved."""
    if proved is not None and proved.null_count() == 0:
        return Judged(proved)
    values: list[object] = [None] * len(cells) if proved is None else proved.to_list()
    unsettled = [
        index
        for index, (value, cell) in enumerate(zip(values, cells, strict=True))
        if value is None and (cell != "" or column.required)
    ]
    if proved is not None and not unsettled:
        return Judged(proved)
    faults: list[tuple[int, Reading]] = []
    seen: dict[tuple[type, Value], Reading] = {}
    for index in unsettled:
        cell = cells[index]
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


def _prove(sheets: Sequence[Unjudged]) -> list[dict[str, pl.Series]]:
    """For sheets of one table the values that need no further look, null for all other cells."""
    fields, latest = sheets[0].fields, sheets[0].latest
    raw: list[pl.Series] = []
    proofs: list[pl.Expr] = []
    for name in dict.fromkeys(name for sheet in sheets for name in sheet.columns):
        column = fields[name]
        ways: list[pl.Expr] = []
        for kind, prove in _PROVERS.get(column.kind, ()):
            nothing = (None,)
            below = (sheet.columns.get(name) or nothing * sheet.height for sheet in sheets)
            same = [cell if cell.__class__ is kind else None for cell in chain(*below)]
            series = pl.Series(f"{name} {kind.__name__}", same, dtype=_POLARS[kind], strict=True)
            if series.null_count() < len(series) or not ways:
                raw.append(series)
                ways.append(prove(pl.col(series.name), column, latest).cast(column.dtype))
        if ways:
            proofs.append(pl.coalesce(ways).alias(name))
    proved = pl.DataFrame(raw).select(proofs) if raw else pl.DataFrame()
    found, start = [], 0
    for sheet in sheets:
        names = [name for name in proved.columns if name in sheet.columns]
        found.append({name: proved[name].slice(start, sheet.height) for name in names})
        start += sheet.height
    return found


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
    number = digits.cast(pl.UInt64, strict=False)
    places = [number // 10**place % 10 for place in range(LUHN_WIDTH)]
    # Counted from the right every second digit is doubled, its own digits summed: 2d - 9 above 4.
    doubled = [
        digit if place % 2 == 0 else digit * 2 - pl.when(digit > 4).then(9).otherwise(0)
        for place, digit in enumerate(places)
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


_PROVERS: dict[str, tuple[tuple[type, Prover], ...]] = {
    "text": ((str, _matching(_PLAIN_TEXT)),),
    "address": ((str, _matching(_PLAIN_TEXT)),),
    "name": ((str, _matching(_PLAIN_NAME)),),
    "code": ((str, _matching(_PLAIN_CODE)),),
    "school_code": ((str, _matching(SCHOOL_CODE_PATTERN)),),
    "student_no": ((str, _matching(STUDENT_NO_PATTERN)),),
    "phone": ((str, _matching(PHONE_PATTERN)),),
    "id_number": ((str, _valid_id),),
    "card_no": ((str, _valid_card),),
    "money": ((float, _money),),
    "integer": ((float, _integer),),
    "number": ((float, _number),),
    "date": ((dt.date, _date), (str, _date_text)),
    "choice": ((str, _choice),),
}
"""The types of cells that can be proved and how, by kind; other kinds are judged cell by cell."""
