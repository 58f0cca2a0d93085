"""Tables whose columns stand alike, judged together: sheets are many, small and mostly alike.

A query costs the same for sixty rows as for six thousand, so that of hundreds of schools' sheets
each column is judged once; its faults then go back to the sheet that they stand in.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import chain, repeat

import polars as pl

from aidkit.intake.cells import Reading, refused
from aidkit.intake.columns import Judged, judge, judge_scores
from aidkit.intake.faults import ERROR, problem
from aidkit.intake.full_scores import stated_full_scores
from aidkit.intake.lexicon import SCORE, Field, TableWords
from aidkit.intake.sheets import Opened
from aidkit.intake.totals import check_totals
from aidkit.intake.values import Value, number_text, shown

SHEET = "sheet"
"""Column of the rows of a batch: which of the sheets they come from, by its number."""


def judge_sheets(opened: Sequence[Opened]) -> dict[str, list[pl.DataFrame]]:
    """Judge every cell of some tables and put the faults to their sheets.

    Args:
        opened: The tables.

    Returns:
        Table name to frames of its rows, faulty ones too: every column that the sheets have, null
        where a cell is faulty, where the row stood, `set_aside` for an error in it, and `SHEET`,
        by which the rows of several frames come into the order of the sheets.
    """
    alike: dict[object, list[int]] = {}
    for number, each in enumerate(opened):
        source = each.read.source
        alike.setdefault((each.layout.shape, source.term, source.latest), []).append(number)
    frames: dict[str, list[pl.DataFrame]] = {}
    for numbers in alike.values():
        batch = _Batch([opened[number] for number in numbers], numbers)
        if batch.height:
            frames.setdefault(batch.layout.table, []).extend(batch.rows())
    return frames


class _Batch:
    """Tables whose columns stand alike, in files of the same term."""

    def __init__(self, opened: Sequence[Opened], numbers: Sequence[int]) -> None:
        self.opened, self.numbers = opened, numbers
        self.layout, self.words = opened[0].layout, opened[0].words
        self.source = opened[0].read.source
        self.cells: dict[int, list[Value]] = {place: [] for place in self.layout.positions}
        self.starts: list[int] = []
        self.height = 0
        for each in opened:
            self.starts.append(self.height)
            data = each.read.lines.data
            self.height += len(data)
            columns = list(zip(*(each.sheet.rows[line] for line in data), strict=True))
            for place, cells in self.cells.items() if columns else ():
                cells.extend(columns[place])

    def rows(self) -> list[pl.DataFrame]:
        """The rows, judged: one frame, or one for each code that is spread over columns."""
        bad = list(chain.from_iterable([not each.usable] * size for each, size in self._sizes()))
        columns = {name: self.cells[place] for name, place in self.layout.columns.items()}
        judged = judge(columns, self.words.fields, self.source.latest)
        for name, column in judged.items():
            self._note(column.faults, self.layout.columns[name], bad)
        spread = {code: self.cells[place] for code, place in self.layout.spread.items()}
        scores = judge_scores(spread, _score_field(self.words)) if spread else {}
        full = self._full_scores()
        for code, stated in full.items():
            self._note(_out_of(scores[code][0].faults, stated), self.layout.spread[code], bad)
            self._note(_above(scores[code][0], stated), self.layout.spread[code], bad)
        rows = pl.DataFrame(
            [*self._places(), *(each.values for each in judged.values()), _flags(bad)]
        )
        self._settle(rows, bad)
        if not self.words.spread:
            return [rows]
        return [
            rows.with_columns(column.values, absence, full[code], subject=pl.lit(code))
            for code, (column, absence) in scores.items()
        ]

    def _full_scores(self) -> dict[str, pl.Series]:
        """Full marks of each row by subject; null where its sheet does not state them."""
        of_sheets = []
        for each in self.opened:
            read = each.read
            of_sheet, problems = stated_full_scores(
                read.source.file, each.sheet, each.layout, read.lines
            )
            of_sheets.append(of_sheet)
            if each.usable:
                read.problems.extend(problems)
        sizes = [size for _, size in self._sizes()]
        return {
            code: pl.Series(
                "full_score",
                list(chain.from_iterable(map(repeat, (s.get(code) for s in of_sheets), sizes))),
                dtype=pl.Float64,
            )
            for code in self.layout.spread
        }

    def _sizes(self) -> Iterable[tuple[Opened, int]]:
        return ((each, len(each.read.lines.data)) for each in self.opened)

    def _places(self) -> list[pl.Series]:
        """Where each row stood."""
        sizes = [len(each.read.lines.data) for each in self.opened]

        def of_each(values: Iterable[object]) -> Iterable[object]:
            return list(chain.from_iterable(map(repeat, values, sizes)))

        reads = [each.read for each in self.opened]
        lines = [line + 1 for read in reads for line in read.lines.data]
        return [
            pl.Series("source_row", lines, dtype=pl.Int64),
            pl.Series("source_file", of_each(read.source.file for read in reads), dtype=pl.String),
            pl.Series("source_sheet", of_each(read.sheet for read in reads), dtype=pl.String),
            pl.Series("term", [self.source.term], dtype=pl.String).new_from_index(0, self.height),
            pl.Series(SHEET, of_each(self.numbers), dtype=pl.UInt32),
        ]

    def _note(self, faults: Sequence[tuple[int, Reading]], place: int, bad: list[bool]) -> None:
        """Put the faults of a column to their sheets, and what rows they make bad."""
        for index, reading in faults:
            number = bisect(self.starts, index) - 1
            each = self.opened[number]
            read = each.read
            fault = problem(
                reading.code,
                read.source.file,
                sheet=read.sheet,
                row=read.lines.data[index - self.starts[number]] + 1,
                column=each.layout.place(place),
                **{"value": shown(self.cells[place][index])} | reading.details,
            )
            bad[index] = bad[index] or fault["severity"] == ERROR
            if each.usable:
                read.problems.append(fault)

    def _settle(self, rows: pl.DataFrame, bad: Sequence[bool]) -> None:
        """Say of each sheet which of its lines are faulty, and hold its totals against its rows."""
        for (each, size), start in zip(self._sizes(), self.starts, strict=True):
            read, part = each.read, slice(start, start + size)
            if True in bad[part]:
                lines = zip(read.lines.data, bad[part], strict=True)
                read.faulty = {line for line, wrong in lines if wrong}
            if each.usable and read.lines.totals:
                read.problems.extend(
                    check_totals(
                        read.source.file,
                        each.sheet,
                        each.layout,
                        lines=read.lines,
                        words=each.words,
                        rows=rows[part],
                    )
                )


def _flags(bad: Sequence[bool]) -> pl.Series:
    return pl.Series("set_aside", bad, dtype=pl.Boolean)


def _out_of(
    faults: Sequence[tuple[int, Reading]], full: pl.Series
) -> Sequence[tuple[int, Reading]]:
    """Faults of scores, told with the full marks that their own sheet states."""
    return [
        (at, reading._replace(details={"full": number_text(full[at])}))
        if reading.code == "score_out_of_range" and full[at] is not None
        else (at, reading)
        for at, reading in faults
    ]


def _above(scores: Judged, full: pl.Series) -> list[tuple[int, Reading]]:
    """Scores above the full marks that their own sheet states; they are taken out."""
    above = (scores.values > full).fill_null(False)
    scores.values = scores.values.set(above, None)
    refusals = ((at, number_text(full[at])) for at in above.arg_true())
    return [(at, refused("score_out_of_range", full=said)) for at, said in refusals]


def _score_field(words: TableWords) -> Field:
    absence = words.fields["absence"]
    return Field("score", SCORE, pl.Float64(), False, absence.words, absence.choices)
