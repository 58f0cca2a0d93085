"""One sheet: from its cells to rows of a table, problems and counts."""

import datetime as dt
from dataclasses import dataclass, field

import polars as pl

from aidkit.errors import InvariantError
from aidkit.intake.cells import Reading
from aidkit.intake.columns import judge, judge_scores
from aidkit.intake.faults import ERROR, Problem, problem
from aidkit.intake.layout import Layout, find_layout, unheaded_positions, unit_of_money
from aidkit.intake.lexicon import SCORE, Field, TableWords, lexicon, polars_schema
from aidkit.intake.lines import Lines, all_around, sort_lines
from aidkit.intake.merged import unmerged
from aidkit.intake.totals import check_totals
from aidkit.intake.values import is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.tables import ReadCounts

NOTE_SHEETS = (
    "说明",
    "须知",
    "指南",
    "字典",
    "选项",
    "下拉",
    "封面",
    "目录",
    "README",
    "readme",
    "Readme",
)
"""A sheet whose name holds one of these and that is no table is words for people, not a fault."""

COUNTY_WIDE = frozenset({"schools", "teachers", "donations", "payouts", "bank_statement"})
"""Tables that belong to no term; all others are read by the term of their folder."""


@dataclass(frozen=True)
class Source:
    """Where a sheet comes from.

    Attributes:
        file: Path relative to the county folder, with `/`.
        term: Term code of the folder; None in county-wide files.
        latest: Last day that a date may name; None if unknown.
        of_county: Whether the file lies in a county folder, where a term's tables need a term.
    """

    file: str
    term: str | None = None
    latest: dt.date | None = None
    of_county: bool = False


@dataclass
class SheetRead:
    """What was read from a sheet.

    Attributes:
        table: Table name; None where it holds no table.
        rows: One row per line of data with every column of the table that the sheet has, null
            where a cell is faulty; `set_aside` says that the row has an error.
        faulty: Lines of data that have an error.
        scores: Subject code to its scores and absences, beside `rows`.
        problems: Faults found.
        lines: What each line is.
        layout: Where the table stands.
    """

    source: Source
    sheet: str
    table: str | None
    rows: pl.DataFrame
    lines: Lines
    faulty: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    scores: dict[str, tuple[pl.Series, pl.Series]] = field(default_factory=dict)
    layout: Layout | None = None


def read_sheet(sheet: Sheet, source: Source) -> SheetRead:
    """Read one sheet: find its table, judge every cell, account for every line.

    Args:
        sheet: The cells.
        source: Where they come from.
    """
    words = lexicon()
    layout, nearest = find_layout(sheet, f"{source.file} {sheet.name}", words)
    if layout is None:
        return _no_table(sheet, source, nearest)
    table = words.tables[layout.table]
    lines = sort_lines(sheet, layout, table, words.known)
    read = SheetRead(source, sheet.name, layout.table, pl.DataFrame(), lines, layout=layout)
    _check_header(sheet, read, layout, table)
    usable = not any(p["severity"] == ERROR for p in read.problems)
    _check_lines(sheet, read, layout, usable=usable)
    _judge_rows(unmerged(sheet, layout, table), read, layout, table, usable=usable)
    return read


def counts_row(read: SheetRead, bad: int) -> dict[str, object]:
    """The row of `tables.ReadCounts` for a sheet of which `bad` lines of data are set aside.

    Raises:
        InvariantError: Lines are missing from the account.
    """
    lines = read.lines
    row: dict[str, object] = {
        "file": read.source.file,
        "sheet": read.sheet,
        "table": read.table,
        "rows": lines.end - lines.first,
        "header_rows": len(lines.around),
        "blank_rows": len(lines.blank),
        "total_rows": len(lines.totals),
        "good_rows": len(lines.data) - bad,
        "bad_rows": bad + len(lines.beyond),
    }
    accounted = sorted([*lines.around, *lines.blank, *lines.totals, *lines.data, *lines.beyond])
    if accounted != list(range(lines.first, lines.end)):
        raise InvariantError(
            "读入的行数与表里的行数对不上。", where=f"{read.source.file} {read.sheet}"
        )
    return row


def counts_frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows of `counts_row` as a table."""
    return pl.DataFrame(rows, schema=polars_schema(ReadCounts))


def _no_table(sheet: Sheet, source: Source, nearest: Layout | None) -> SheetRead:
    read = SheetRead(source, sheet.name, None, pl.DataFrame(), all_around(sheet))
    if not read.lines.around or sheet.hidden or any(n in sheet.name for n in NOTE_SHEETS):
        return read
    # Nobody can say which of these lines are data: all of them are set aside.
    read.lines.data, read.lines.around = read.lines.around, []
    read.faulty = set(read.lines.data)
    details = ""
    row = None
    if nearest:
        words = lexicon().tables[nearest.table]
        row = nearest.header_row + 1
        missing = "、".join(f"“{_header(words, name)}”" for name in nearest.missing)
        details = (
            f"最接近《{words.title}》，但缺少{missing}。"
            if missing
            else (f"有点像《{words.title}》，但对得上的表头太少。")
        )
    read.problems.append(
        problem("unknown_sheet", source.file, sheet=sheet.name, row=row, nearest=details)
    )
    return read


def _header(words: TableWords, column: str) -> str:
    return words.standard.get(column, column)


def _check_header(sheet: Sheet, read: SheetRead, layout: Layout, words: TableWords) -> None:
    row = layout.header_row + 1

    def report(code: str, position: int | None = None, **details: str) -> None:
        place = layout.place(position) if position is not None else ""
        value = layout.headers[position] if position is not None else ""
        read.problems.append(
            problem(
                code,
                read.source.file,
                sheet=read.sheet,
                row=row,
                column=place,
                value=value,
                **details,
            )
        )

    if read.source.of_county and not read.source.term and layout.table not in COUNTY_WIDE:
        report("no_term", table=words.title)
    for name in layout.missing:
        report("missing_column", table=words.title, header=_header(words, name))
    for position in layout.doubled:
        report("duplicate_header", position)
    money = [p for name, p in layout.columns.items() if words.fields[name].kind == "money"]
    if wrong := unit_of_money(sheet, layout, money):
        report("unit_not_yuan", wrong[0], unit=wrong[1])
    for position in layout.unknown:
        report("unknown_column", position)


def _check_lines(sheet: Sheet, read: SheetRead, layout: Layout, *, usable: bool) -> None:
    data = read.lines.data
    if usable and sheet.hidden and data:
        count = str(len(data))
        read.problems.append(
            problem("hidden_sheet", read.source.file, sheet=read.sheet, count=count)
        )
    if read.lines.beyond:
        row = read.lines.beyond[0] + 1
        read.problems.append(problem("second_table", read.source.file, sheet=read.sheet, row=row))
    for position in unheaded_positions(sheet, layout) if usable else ():
        said = [line for line in data if not is_blank(sheet.rows[line][position])]
        if said:
            read.problems.append(
                problem(
                    "unheaded_column",
                    read.source.file,
                    sheet=read.sheet,
                    row=said[0] + 1,
                    column=layout.place(position),
                    value=shown(sheet.rows[said[0]][position]),
                    count=str(len(said)),
                )
            )


def _judge_rows(
    sheet: Sheet, read: SheetRead, layout: Layout, words: TableWords, *, usable: bool
) -> None:
    data = read.lines.data
    cells = list(zip(*(sheet.rows[i] for i in data), strict=True))
    bad = [not usable] * len(data)
    columns: list[pl.Series] = []

    def note(faults: list[tuple[int, Reading]], position: int) -> None:
        for index, reading in faults:
            fault = problem(
                reading.code,
                read.source.file,
                sheet=read.sheet,
                row=data[index] + 1,
                column=layout.place(position),
                **{"value": shown(cells[position][index])} | reading.details,
            )
            bad[index] = bad[index] or fault["severity"] == ERROR
            if usable:
                read.problems.append(fault)

    found = {name: cells[position] if data else () for name, position in layout.columns.items()}
    for name, judged in judge(found, words.fields, read.source.latest).items():
        columns.append(judged.values)
        note(judged.faults, layout.columns[name])
    if layout.spread and data:
        column = _score_field(words)
        for code, position in layout.spread.items():
            scores, absences = judge_scores(cells[position], column)
            read.scores[code] = (scores.values, absences)
            note(scores.faults, position)
    read.rows = pl.DataFrame(
        [
            pl.Series("source_row", [line + 1 for line in data], dtype=pl.Int64),
            *columns,
            pl.Series("set_aside", bad, dtype=pl.Boolean),
        ]
    )
    read.faulty = {line for line, wrong in zip(data, bad, strict=True) if wrong}
    if usable:
        read.problems.extend(
            check_totals(
                read.source.file, sheet, layout, lines=read.lines, words=words, rows=read.rows
            )
        )


def _score_field(words: TableWords) -> Field:
    absence = words.fields["absence"]
    return Field("score", SCORE, pl.Float64(), False, absence.words, absence.choices)
