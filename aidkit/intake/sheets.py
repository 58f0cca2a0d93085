"""One sheet: which table it holds, what each of its lines is, what its header lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aidkit.intake.faults import ERROR, Problem, problem
from aidkit.intake.files import Source
from aidkit.intake.layout import Layout, find_layout, unheaded_positions, unit_of_money
from aidkit.intake.lexicon import TableWords, lexicon
from aidkit.intake.lines import Lines, all_around, sort_lines
from aidkit.intake.merged import unmerged
from aidkit.intake.values import is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain
from aidkit.tables.columns import MONEY

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
    {
        "donations",
        "payouts",
        "goods_received",
        "goods_given",
        "goods_taken",
        "fund_movements",
        "bank_statement",
    }
)
_OF_EXAM = frozenset({"exam", "exam_date"})
"""Columns that a sheet has no need of where the exams stand above its subjects."""

COUNTY_WIDE = frozenset({"schools", "teachers"}) | OF_FUNDS
"""Tables that belong to no term; all others are read by the term of their folder."""


@dataclass
class SheetRead:
    """What was read from a sheet.

    Attributes:
        source: Where it comes from.
        sheet: Its name.
        table: Table name; None where it holds no table.
        lines: What each line is.
        faulty: Lines of data that have an error.
        problems: Faults found.
        layout: Where the table stands.
    """

    source: Source
    sheet: str
    table: str | None
    lines: Lines
    faulty: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    layout: Layout | None = None


@dataclass(frozen=True)
class Opened:
    """A table whose lines are known and whose cells are not judged yet.

    Attributes:
        read: What is known of it; its faults are added when its cells are judged.
        sheet: Its cells, merged ones filled in.
        layout: Where it stands.
        words: What its columns must hold.
        usable: Whether its header lets its rows be used.
    """

    read: SheetRead
    sheet: Sheet
    layout: Layout
    words: TableWords
    usable: bool


def open_sheet(sheet: Sheet, source: Source) -> SheetRead | Opened:
    """Find a sheet's table and say of every line what it is.

    Args:
        sheet: The cells.
        source: Where they come from.
    """
    layout, nearest = find_layout(sheet, f"{source.file} {sheet.name}")
    if layout is None:
        return _no_table(sheet, source, nearest)
    words = lexicon().tables[layout.table]
    lines = sort_lines(sheet, layout, words, lexicon().known)
    read = SheetRead(source, sheet.name, layout.table, lines, layout=layout)
    _check_header(sheet, read, layout, words)
    usable = not any(p["severity"] == ERROR for p in read.problems)
    _check_lines(sheet, read, layout, usable=usable)
    return Opened(read, unmerged(sheet, layout, words), layout, words, usable)


def _no_table(sheet: Sheet, source: Source, nearest: Layout | None) -> SheetRead:
    read = SheetRead(source, sheet.name, None, all_around(sheet))
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
    beside = _exams_side_by_side(layout, words)
    if beside:
        report("exams_side_by_side", beside[0])
    for name in layout.missing:
        if not (beside and name in _OF_EXAM):
            report("missing_column", table=words.title, header=_header(words, name))
    for position in layout.doubled if not beside else ():
        report("duplicate_header", position)
    money = [p for name, p in layout.columns.items() if words.fields[name].kind in MONEY]
    if wrong := unit_of_money(sheet, layout, money):
        report("unit_not_yuan", wrong[0], unit=wrong[1])
    for position in _split(sheet, read, layout, money):
        report("split_header", position)
    for position in layout.unknown:
        report("unknown_column", position)


def _exams_side_by_side(layout: Layout, words: TableWords) -> list[int]:
    """Columns of subjects that stand there a second time."""
    if not layout.spread:
        return []
    return [p for p in layout.doubled if plain(layout.headers[p]).endswith(tuple(words.spread))]


def _split(sheet: Sheet, read: SheetRead, layout: Layout, money: Sequence[int]) -> Iterator[int]:
    """Columns of money whose header is merged over other columns that hold something."""
    for (top, left), (bottom, right) in sheet.merged:
        if left in money and top <= layout.header_row <= bottom:
            end = min(right + 1, len(layout.headers))
            others = [p for p in range(left + 1, end) if p not in layout.positions]
            rows = (sheet.rows[line] for line in read.lines.data)
            if any(not is_blank(row[p]) for row in rows for p in others):
                yield left


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
