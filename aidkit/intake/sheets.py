"""One sheet: from its cells to rows of a table, problems and counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from aidkit.intake.cells import Reading
from aidkit.intake.columns import Judged, Unjudged, judge, judge_scores
from aidkit.intake.faults import ERROR, Problem, problem
from aidkit.intake.files import Source
from aidkit.intake.layout import Layout, find_layout, unheaded_positions, unit_of_money
from aidkit.intake.lexicon import SCORE, Field, TableWords, lexicon
from aidkit.intake.lines import Lines, all_around, sort_lines
from aidkit.intake.merged import unmerged
from aidkit.intake.totals import check_totals
from aidkit.intake.values import Value, is_blank, shown
from aidkit.intake.workbooks import Sheet

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

OF_FUNDS = frozenset(
    {"donations", "payouts", "goods_received", "goods_given", "fund_movements", "bank_statement"}
)
COUNTY_WIDE = frozenset({"schools", "teachers"}) | OF_FUNDS
"""Tables that belong to no term; all others are read by the term of their folder."""


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


@dataclass(frozen=True)
class _Opened:
    """A sheet whose lines are known and whose cells are not judged yet."""

    read: SheetRead
    sheet: Sheet
    layout: Layout
    words: TableWords
    cells: list[tuple[Value, ...]]
    usable: bool

    def unjudged(self) -> Unjudged:
        columns = {
            name: self.cells[position] if self.cells else ()
            for name, position in self.layout.columns.items()
        }
        return Unjudged(self.layout.table, columns, self.words.fields, self.read.source.latest)


def read_sheets(sheets: Iterable[tuple[Sheet, Source]]) -> list[SheetRead]:
    """Read some sheets: find each one's table, judge every cell, account for every line.

    Args:
        sheets: The cells, and where they come from.
    """
    reads: list[SheetRead] = []
    opened: list[_Opened] = []
    for sheet, source in sheets:
        layout, nearest = find_layout(sheet, f"{source.file} {sheet.name}")
        if layout is None:
            reads.append(_no_table(sheet, source, nearest))
        else:
            opened.append(_open(sheet, source, layout))
            reads.append(opened[-1].read)
    for each, columns in zip(opened, judge([each.unjudged() for each in opened]), strict=True):
        _take(each, columns)
    return reads


def _open(sheet: Sheet, source: Source, layout: Layout) -> _Opened:
    words = lexicon().tables[layout.table]
    lines = sort_lines(sheet, layout, words, lexicon().known)
    read = SheetRead(source, sheet.name, layout.table, pl.DataFrame(), lines, layout=layout)
    _check_header(sheet, read, layout, words)
    usable = not any(p["severity"] == ERROR for p in read.problems)
    _check_lines(sheet, read, layout, usable=usable)
    sheet = unmerged(sheet, layout, words)
    cells = list(zip(*(sheet.rows[line] for line in lines.data), strict=True))
    return _Opened(read, sheet, layout, words, cells, usable)


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


def _take(opened: _Opened, columns: Mapping[str, Judged]) -> None:
    """Put what was judged of a sheet's cells into its `SheetRead`."""
    read, layout, cells, usable = opened.read, opened.layout, opened.cells, opened.usable
    data = read.lines.data
    bad = [not usable] * len(data)

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

    for name, judged in columns.items():
        note(judged.faults, layout.columns[name])
    if layout.spread and data:
        column = _score_field(opened.words)
        for code, position in layout.spread.items():
            scores, absences = judge_scores(cells[position], column)
            read.scores[code] = (scores.values, absences)
            note(scores.faults, position)
    read.rows = pl.DataFrame(
        [
            pl.Series("source_row", [line + 1 for line in data], dtype=pl.Int64),
            *(judged.values for judged in columns.values()),
            pl.Series("set_aside", bad, dtype=pl.Boolean),
        ]
    )
    read.faulty = {line for line, wrong in zip(data, bad, strict=True) if wrong}
    if usable:
        read.problems.extend(
            check_totals(
                read.source.file,
                opened.sheet,
                layout,
                lines=read.lines,
                words=opened.words,
                rows=read.rows,
            )
        )


def _score_field(words: TableWords) -> Field:
    absence = words.fields["absence"]
    return Field("score", SCORE, pl.Float64(), False, absence.words, absence.choices)
