"""A county folder: which file belongs to which term; all read, checked and accounted for."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.errors import InputError, InvariantError
from aidkit.intake.assembly import assemble
from aidkit.intake.crosschecks import Headers, Scope, cross_check
from aidkit.intake.faults import ERROR, Problem, problem, problems_frame
from aidkit.intake.layout import may_hold
from aidkit.intake.lexicon import lexicon
from aidkit.intake.sheets import SheetRead, Source, counts_frame, counts_row, read_sheet
from aidkit.intake.workbooks import FOREIGN, TEXTS, WORKBOOKS, open_sheets
from aidkit.tables import INPUTS

RETURNED = ".问题.xlsx"
"""End of the name of a marked copy: an answer of ours, not input."""

_LOST = frozenset({"file_unreadable", "unknown_sheet"})
_NOT_INPUT = frozenset({"params"})
_BACKWARD = "enrolment_changes"
"""The table of which a term needs the earlier terms too."""


@dataclass(frozen=True)
class Intake:
    """What a county handed in.

    Attributes:
        tables: A frame for every name of `tables.INPUTS`, empty where no file was found; only
            rows without an error.
        problems: `tables.Problems`: every fault, by place.
        counts: `tables.ReadCounts`: every line of every sheet accounted for.
        headers: What the columns are called, by file and sheet.
    """

    tables: dict[str, pl.DataFrame]
    problems: pl.DataFrame
    counts: pl.DataFrame
    headers: Headers


def read_county(folder: Path, term: str | None = None) -> Intake:
    """Read and check everything in a county folder.

    With a term, `enrolment_changes` also holds the good rows of earlier terms: who was suspended
    then may still be away. Their faults belong to those terms and are not told again.

    Args:
        folder: The county folder.
        term: Only the files of this term and the county-wide ones; all terms when None.

    Raises:
        InputError: There is no such folder.
    """
    if not folder.is_dir():
        raise InputError(
            "没有这个县的文件夹。",
            where=folder.name,
            remedy="请检查路径，或先用 aidkit init 建立。",
        )
    files = sorted(input_files(folder), key=lambda path: path.relative_to(folder).as_posix())
    # A folder that is no county's own may lie in one: the term stands further up.
    own = folder if (folder / "county.toml").is_file() else None
    terms = {path: term_of(path.relative_to(own) if own else path.resolve()) for path in files}
    # A fund's book runs on after a term: its dates are held against the county's last term.
    last = max((t for t in terms.values() if t), default=None)
    wanted = Term.parse(term) if term else None
    reads: list[SheetRead] = []
    earlier: list[SheetRead] = []
    problems: list[Problem] = []
    for path in files:
        belongs = terms[path]
        name = path.relative_to(folder).as_posix()
        past = bool(wanted and belongs and belongs < wanted)
        future = bool(wanted and belongs and belongs > wanted)
        if future or (past and not may_hold(_BACKWARD, name)):
            continue
        latest = (belongs or last).ends if (belongs or last) else None  # type: ignore[union-attr]
        source = Source(name, belongs.code if belongs else None, latest, own is not None)
        found, unreadable = _read_file(path, source)
        if past:
            earlier.extend(read for read in found if read.table == _BACKWARD)
            continue
        reads.extend(found)
        problems.extend(unreadable)
    scope = Scope(
        whole_county=True,
        all_terms=term is None,
        own_folder=own is not None,
        without_roll=_terms_without_roll(reads, problems),
    )
    intake = take_in(reads, problems, scope)
    if earlier:
        before = take_in(earlier, [], Scope(whole_county=False, all_terms=False))
        both = [before.tables[_BACKWARD], intake.tables[_BACKWARD]]
        intake.tables[_BACKWARD] = pl.concat(both).sort("source_file", maintain_order=True)
    return intake


def read_workbook(path: Path) -> Intake:
    """Read and check one workbook or CSV file by itself, without the county's other tables.

    Args:
        path: The file; its folder's name may say the term.

    Raises:
        InputError: There is no such file.
    """
    if not path.is_file():
        raise InputError("没有这个文件。", where=path.name, remedy="请检查路径。")
    term = term_of(path.resolve())
    source = Source(path.name, term.code if term else None, term.ends if term else None)
    reads, problems = _read_file(path, source)
    return take_in(reads, problems, Scope(whole_county=False, all_terms=False))


def take_in(reads: list[SheetRead], problems: list[Problem], scope: Scope) -> Intake:
    """Put sheets together, check them against each other and keep the rows without an error.

    Args:
        reads: Sheets as read.
        problems: Faults of files that could not be read.
        scope: How far the sheets can be held against each other.

    Raises:
        InvariantError: A row was lost or broke its schema.
    """
    problems = [*problems, *(found for read in reads for found in read.problems)]
    whole = {name: assemble(name, [r for r in reads if r.table == name]) for name in INPUTS}
    headers = {
        (read.source.file, read.sheet): {
            name: read.layout.place(position) for name, position in read.layout.columns.items()
        }
        for read in reads
        if read.layout
    }
    problems.extend(cross_check(whole, headers, scope))
    frame = problems_frame(problems)
    errors = (
        frame.filter((pl.col("severity") == ERROR) & pl.col("row").is_not_null())
        .select(source_file="file", source_sheet="sheet", source_row="row")
        .unique()
    )
    faulty = {(read.source.file, read.sheet): set(read.faulty) for read in reads}
    for file, sheet, row in errors.iter_rows():
        faulty[file, sheet].add(row - 1)
    counts = [
        counts_row(read, len(faulty[read.source.file, read.sheet].intersection(read.lines.data)))
        for read in reads
    ]
    tables = {name: _kept(name, rows, errors) for name, rows in whole.items()}
    return Intake(tables, frame, counts_frame(counts), headers)


def _terms_without_roll(reads: list[SheetRead], problems: list[Problem]) -> frozenset[str | None]:
    """Terms of which a roll cannot be read: nobody can be said to be missing from it."""
    title = lexicon().tables["students"].title
    lost = [p["file"] for p in problems if p["code"] in _LOST and title in p["file"]]
    lost += [
        read.source.file
        for read in reads
        if read.table == "students" and "student_no" not in read.rows.columns
    ]
    terms = (term_of(Path(file)) for file in lost)
    return frozenset(term.code if term else None for term in terms)


def input_files(folder: Path) -> Iterator[Path]:
    """Every spreadsheet below a county folder, without params, hidden files and marked copies."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or parts[0] in _NOT_INPUT:
            continue
        if path.name.endswith(RETURNED) or not path.is_file():
            continue
        if path.suffix.lower() in WORKBOOKS | TEXTS | FOREIGN:
            yield path


def term_of(path: Path) -> Term | None:
    """The term that a folder of the path names, the innermost first."""
    for part in reversed(path.parts):
        try:
            return Term.parse(part)
        except ValueError:
            continue
    return None


def _read_file(path: Path, source: Source) -> tuple[list[SheetRead], list[Problem]]:
    try:
        sheets = open_sheets(path)
    except InputError as fault:
        return [], [problem("file_unreadable", source.file, reason=fault.message)]
    reads = [read_sheet(sheet, source) for sheet in sheets]
    if not any(read.table or read.problems for read in reads):
        empty = problem("unknown_sheet", source.file, nearest="整个文件里没有可读的表。")
        return reads, [empty]
    return reads, []


def _kept(name: str, rows: pl.DataFrame, errors: pl.DataFrame) -> pl.DataFrame:
    """Rows without an error, as the table's schema wants them."""
    place = ["source_file", "source_sheet", "source_row"]
    schema = INPUTS[name]
    if rows.is_empty():
        return rows.select(schema.column_names())
    good = rows.filter(~pl.col("set_aside")).join(errors, on=place, how="anti")
    good = good.select(schema.column_names()).sort("source_file", maintain_order=True)
    valid, failure = schema.filter(good, cast=False)
    if len(failure):
        raise InvariantError(
            f"读入的《{name}》有 {len(failure)} 行不合表的规定：{failure.counts()}。",
            where=", ".join(failure.invalid()["source_file"].unique().sort().to_list()[:3]),
        )
    return pl.DataFrame(valid)
