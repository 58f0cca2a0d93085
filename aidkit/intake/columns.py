"""Columns of a sheet: what is plainly right is proved with polars, the rest goes to `cells`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

import polars as pl
from polars.datatypes import DataType

from aidkit.identity import (
    CARD_PATTERN,
    PHONE_PATTERN,
    SCHOOL_CODE_PATTERN,
    STUDENT_NO_PATTERN,
    id_number_valid,
)
from aidkit.intake.cells import EARLIEST, LARGEST_HOUSEHOLD, MOST_MARKS, Reading, read_cell
from aidkit.intake.lexicon import SCORE, Field
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
    judged = {}
    for name, proved in _prove(columns, fields, latest).items():
        read = _read(columns[name], fields[name], latest, proved)
        values = [reading.value for reading in read.readings]
        judged[name] = Judged(read.put(values, proved), read.faults())
    return judged


def judge_scores(
    columns: Mapping[str, Cells], column: Field
) -> dict[str, tuple[Judged, pl.Series]]:
    """Judge columns of scores: the scores of each, and the codes of absences beside them."""
    judged = {}
    for name, proved in _prove(columns, dict.fromkeys(columns, column), None).items():
        read = _read(columns[name], column, None, proved)
        values = [reading.value for reading in read.readings]
        scores = read.put([v if isinstance(v, float) else None for v in values], proved)
        nothing = _nothing("absence", pl.String(), len(proved))
        absences = read.put([v if isinstance(v, str) else None for v in values], nothing)
        judged[name] = Judged(scores.alias("score"), read.faults()), absences
    return judged


@dataclass(frozen=True)
class _Read:
    """Cells that are not proved, judged one by one; cells alike have one reading.

    Attributes:
        places: Index of each of these cells.
        which: Number of the reading of each.
        readings: The readings.
    """

    places: list[int]
    which: list[int]
    readings: list[Reading]

    def put(self, values: Sequence[object], proved: pl.Series) -> pl.Series:
        """A column with the values of the readings where nothing was proved."""
        if not self.places:
            return proved
        told = pl.Series(proved.name, values, dtype=proved.dtype).gather(self.which)
        return told if len(told) == len(proved) else proved.scatter(self.places, told)

    def faults(self) -> list[tuple[int, Reading]]:
        """Index and reading of each faulty cell."""
        if not any(reading.code for reading in self.readings):
            return []
        read = ((at, self.readings[w]) for at, w in zip(self.places, self.which, strict=True))
        return [(at, reading) for at, reading in read if reading.code]


def _read(cells: Cells, column: Field, latest: dt.date | None, proved: pl.Series) -> _Read:
    unproved = proved.is_null() if proved.null_count() else ()
    places = list(compress(range(len(cells)), unproved))
    which: list[int] = []
    readings: list[Reading] = []
    seen: dict[object, int] = {}
    for cell in compress(cells, unproved):
        # 1 and 1.0 and True are equal, but not alike.
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        number = seen.get(key)
        if number is None:
            number = seen[key] = len(readings)
            readings.append(read_cell(cell, column, latest))
        which.append(number)
    return _Read(places, which, readings)


def _nothing(name: str, dtype: DataType, size: int) -> pl.Series:
    return pl.Series(name, [None], dtype=dtype).new_from_index(0, size)


def _prove(
    columns: Mapping[str, Cells], fields: Mapping[str, Field], latest: dt.date | None
) -> dict[str, pl.Series]:
    """The values that need no further look, null for all other cells; one query for all."""
    raw: list[pl.Series] = []
    proofs: list[pl.Expr | pl.Series] = []
    for name, cells in columns.items():
        column = fields[name]
        kinds = set(map(type, cells))
        ways: list[pl.Expr] = []
        for kind, prove in _PROVERS.get(column.kind, ()):
            if kind not in kinds:
                continue
            alike = (
                cells if len(kinds) == 1 else [c if c.__class__ is kind else None for c in cells]
            )
            raw.append(pl.Series(f"{name} {kind.__name__}", alike, dtype=_POLARS[kind]))
            ways.append(prove(pl.col(raw[-1].name), column, latest).cast(column.dtype))
        proofs.append(
            pl.coalesce(ways).alias(name) if ways else _nothing(name, column.dtype, len(cells))
        )
    return pl.DataFrame(raw).select(proofs).to_dict()


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


def _money(cell: pl.Expr, column: Field, __: dt.date | None) -> pl.Expr:
    fen = (cell * 100).round()
    least = 0 if column.kind == "money" else -_EXACT_FEN
    exact = (fen / 100 == cell) & (cell >= least) & (fen < _EXACT_FEN)
    return pl.when(exact).then(fen)


def _integer(cell: pl.Expr, column: Field, _: dt.date | None) -> pl.Expr:
    low, high = (1, LARGEST_HOUSEHOLD) if column.name == "household_size" else (-(2**31), 2**31)
    return pl.when((cell.round() == cell) & cell.is_between(low, high)).then(cell)


def _score(cell: pl.Expr, _: Field, __: dt.date | None) -> pl.Expr:
    return pl.when(cell.is_between(0, MOST_MARKS)).then(cell)


def _number(cell: pl.Expr, _: Field, __: dt.date | None) -> pl.Expr:
    # Of others a cell is told at the fifteen digits that Excel shows.
    short = ((cell * 100).round() / 100 == cell) & (cell.abs() < _EXACT_FEN / 100)
    return pl.when(short).then(cell)


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
    "signed_money": ((float, _money),),
    "integer": ((float, _integer),),
    "number": ((float, _number),),
    SCORE: ((float, _score),),
    "date": ((dt.date, _date), (str, _date_text)),
    "choice": ((str, _choice),),
}
"""The types of cells that can be proved and how, by kind; other kinds are judged cell by cell."""
