"""A file of gifts, payouts, goods or movements: its rows, its faults, what it claims of itself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.fund.importing.controls import controls_of
from aidkit.fund.importing.drafts import REGISTERS
from aidkit.fund.importing.plain_csv import head_of, read_plain_csv
from aidkit.fund.importing.unread import unread
from aidkit.intake import Intake, read_workbook
from aidkit.intake.files import TEXTS
from aidkit.intake.lexicon import lexicon
from aidkit.intake.workbooks import Sheet, content_of, sheets_in

LARGE = 8_000_000
"""Bytes from which a CSV file is read part by part: the rules are the same."""


@dataclass(frozen=True)
class Register:
    """What a file holds.

    Attributes:
        name: Its name.
        digest: SHA-256 of its bytes.
        tables: Good rows by name of table, see `drafts.REGISTERS`.
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
        return _register(path, *plain, [head_of(path)])
    content = content_of(path)
    intake = read_workbook(path, latest=latest)
    _refuse_foreign(path, intake)
    return _register(path, digest_of(content), intake, [*sheets_in(content, path.name)])


def _register(path: Path, digest: str, intake: Intake, sheets: Sequence[Sheet]) -> Register:
    controls, unprovable = controls_of(sheets, path.name)
    asked = unread(sheets, path.name)
    place = ["sheet", "row", "column"]
    # What must be decided is no mere reminder.
    reminders = pl.col("code").is_in(["unknown_column", "unheaded_column"])
    decided = asked.select(place).with_columns(reminder=True)
    problems = (
        intake.problems.join(decided, on=place, how="left", maintain_order="left", nulls_equal=True)
        .filter(~(reminders & pl.col("reminder").fill_null(value=False)))
        .drop("reminder")
    )
    return Register(
        name=path.name,
        digest=digest,
        tables={name: intake.tables[name] for name in REGISTERS},
        problems=pl.concat([problems, unprovable, asked]),
        counts=intake.counts,
        headers=intake.headers,
        controls=controls,
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
