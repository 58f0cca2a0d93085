"""A file of gifts, payouts, goods or movements: its rows, its faults, what it claims of itself."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.fund.importing.plain_csv import read_plain_csv
from aidkit.intake import Intake, read_workbook
from aidkit.intake.cells import read_cell
from aidkit.intake.files import TEXTS
from aidkit.intake.layout import find_layout
from aidkit.intake.lexicon import lexicon, polars_schema
from aidkit.intake.line_judge import claimed_count
from aidkit.intake.lines import sort_lines
from aidkit.intake.totals import claims
from aidkit.intake.workbooks import Sheet, content_of, sheets_in
from aidkit.tables.fund_import import FundControls

REGISTERS = ("donations", "payouts", "goods_received", "goods_given", "fund_movements")
"""Tables that an import posts from."""

LARGE = 8_000_000
"""Bytes from which a CSV file is read part by part: the rules are the same."""

Claim = tuple[str, int, str, str, int, int, bool]
"""A row of `FundControls`."""


@dataclass(frozen=True)
class Register:
    """What a file holds.

    Attributes:
        name: Its name.
        digest: SHA-256 of its bytes.
        tables: Good rows by name of table, see `REGISTERS`.
        problems: `tables.Problems`.
        counts: `tables.ReadCounts`.
        headers: File and sheet to column name to the column for people.
        controls: `tables.fund_import.FundControls`.
    """

    name: str
    digest: str
    tables: Mapping[str, pl.DataFrame]
    problems: pl.DataFrame
    counts: pl.DataFrame
    headers: Mapping[tuple[str, str], Mapping[str, str]]
    controls: pl.DataFrame

    @property
    def stated(self) -> dict[str, int]:
        """What the file claims of itself, `rows` and `fen`: its last claims, if of one sheet."""
        last = self.controls.group_by("measure", maintain_order=True).agg(
            pl.col("claimed").last(), pl.col("source_sheet").n_unique().alias("sheets")
        )
        return {measure: claimed for measure, claimed, sheets in last.rows() if sheets == 1}


def read_register(path: Path, latest: dt.date | None) -> Register:
    """Read a workbook or CSV file of registers.

    Args:
        path: The file.
        latest: Day after which no date can lie; None where nobody says.

    Raises:
        InputError: It cannot be read, or holds no register of a fund.
    """
    if not path.is_file():
        raise InputError("没有这个文件。", where=path.name, remedy="请检查路径。")
    large = path.suffix.lower() in TEXTS and path.stat().st_size >= LARGE
    if large and (plain := read_plain_csv(path, latest)):
        _refuse_foreign(path, plain[1])
        # A plain file has no control lines: every line of it is a row.
        return _register(path, *plain, ())
    content = content_of(path)
    intake = read_workbook(path, latest=latest)
    _refuse_foreign(path, intake)
    sheets = sheets_in(content, path.name)
    claimed = [claim for sheet in sheets for claim in _claims(sheet, path.name, intake)]
    return _register(path, digest_of(content), intake, claimed)


def _register(path: Path, digest: str, intake: Intake, claimed: Iterable[Claim]) -> Register:
    return Register(
        name=path.name,
        digest=digest,
        tables={name: intake.tables[name] for name in REGISTERS},
        problems=intake.problems,
        counts=intake.counts,
        headers=intake.headers,
        controls=pl.DataFrame(list(claimed), schema=polars_schema(FundControls), orient="row"),
    )


def _refuse_foreign(path: Path, intake: Intake) -> None:
    """Refuse what cannot be opened at all and what holds no register of a fund."""
    for fault in intake.problems.filter(code="file_unreadable").iter_rows(named=True):
        raise InputError(fault["message"], where=path.name, remedy=fault["remedy"])
    if not {*intake.counts["table"].drop_nulls()} & {*REGISTERS}:
        titles = "、".join(f"《{lexicon().tables[name].title}》" for name in REGISTERS)
        told = "".join(intake.problems["message"].head(1))
        raise InputError(
            f"文件里没有基金的登记表。{told}", where=path.name, remedy=f"可以导入的有{titles}。"
        )


def _claims(sheet: Sheet, file: str, intake: Intake) -> Iterator[Claim]:
    """What the total lines of a sheet claim, beside what its good rows come to."""
    layout, _ = find_layout(sheet, f"{file} {sheet.name}")
    if layout is None or layout.table not in REGISTERS:
        return
    words = lexicon().tables[layout.table]
    money = [
        (words.fields[name], position)
        for name, position in layout.columns.items()
        if words.fields[name].kind == "money"
    ]
    rows = intake.tables[layout.table].filter(source_sheet=sheet.name)
    before = layout.header_row
    for total in sort_lines(sheet, layout, words, lexicon().known).totals:
        above = rows.filter(pl.col("source_row") <= total)
        since = above.filter(pl.col("source_row") > before + 1)
        if claim := claimed_count(sheet.rows[total]):
            rows_said = ("rows", "", claim[1])
            yield _claim((sheet.name, total), rows_said, (above.height, since.height))
        for _, cell, column in claims(sheet.rows[total], money):
            fen = read_cell(cell, column, None).value
            if isinstance(fen, int):
                sums = int(above[column.name].sum()), int(since[column.name].sum())
                fen_said = ("fen", words.standard[column.name], fen)
                yield _claim((sheet.name, total), fen_said, sums)
        before = total


def _claim(at: tuple[str, int], said: tuple[str, str, int], either: tuple[int, int]) -> Claim:
    """A claim: sheet and line; measure, column and number; the sum from the top, of the part."""
    sheet, line = at
    measure, column, claimed = said
    agrees = claimed in either
    return sheet, line + 1, measure, column, claimed, claimed if agrees else either[0], agrees
