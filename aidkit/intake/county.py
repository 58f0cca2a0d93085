"""A county folder: which file belongs to which term; all read, checked and accounted for."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from aidkit.errors import InputError, InvariantError
from aidkit.intake.assembly import no_rows
from aidkit.intake.checker import Headers, Scope
from aidkit.intake.crosschecks import cross_check
from aidkit.intake.faults import ERROR, in_order
from aidkit.intake.files import BACKWARD, Input, Source, inputs_of, term_of
from aidkit.intake.found import FILES, PROBLEMS, SHEETS, Found, only
from aidkit.intake.kept import Later, at_once, read_changed
from aidkit.intake.lexicon import lexicon
from aidkit.intake.parallel import read_all
from aidkit.intake.reading import read_files
from aidkit.tables import INPUTS, ReadCounts


@dataclass(frozen=True)
class Intake:
    """What a county handed in.

    Attributes:
        tables: A frame for every name of `tables.INPUTS`, empty where no file was found; only
            rows without an error.
        problems: `tables.Problems`: every fault, by place.
        counts: `tables.ReadCounts`: every line of every sheet accounted for.
        headers: What the columns are called, by file and sheet.
        aside: The other rows, of tables that have some; a faulty cell is null.
    """

    tables: dict[str, pl.DataFrame]
    problems: pl.DataFrame
    counts: pl.DataFrame
    headers: Headers
    aside: dict[str, pl.DataFrame] = field(default_factory=dict)


def read_county(
    folder: Path,
    term: str | None = None,
    *,
    store: Path | None = None,
    workers: int = 1,
    digests: Mapping[str, str] | None = None,
    later: Later = at_once,
) -> Intake:
    """Read and check everything in a county folder.

    With a term, `enrolment_changes` also holds the good rows of earlier terms: who was suspended
    then may still be away. Their faults belong to those terms and are not told again.

    Args:
        folder: The county folder.
        term: Only the files of this term and the county-wide ones; all terms when None.
        store: Folder in which what was read is kept, so that the next reading opens only files
            that changed; without one, or with one that is damaged, every file is opened.
        workers: Most processes to read with; where little is to be read this one reads alone.
        digests: With a store: the `input_digests` of a moment ago, so that they are not taken
            again; who keeps a record of what results rest on has them.
        later: With a store: renews it.

    Raises:
        InputError: There is no such folder.
    """
    inputs = inputs_of(folder, term)
    if store is None:
        found = read_all(inputs, workers)
    else:
        kept = store / f"{term or 'all'}.found"
        found = read_changed(inputs, kept, workers, digests=digests, later=later)
    past = {each.source.file for each in inputs if each.past}
    now = only(found, {each.source.file for each in inputs} - past)
    scope = Scope(
        whole_county=True,
        all_terms=term is None,
        own_folder=(folder / "county.toml").is_file(),
        without_roll=terms_without_roll(now),
    )
    intake = take_in(now, scope)
    if past:
        before = take_in(only(found, past), Scope(whole_county=False, all_terms=False))
        both = [before.tables[BACKWARD], intake.tables[BACKWARD]]
        intake.tables[BACKWARD] = pl.concat(both).sort("source_file", maintain_order=True)
    return intake


def read_workbook(path: Path, *, latest: dt.date | None = None) -> Intake:
    """Read and check one workbook or CSV file by itself, without the county's other tables.

    Args:
        path: The file; its folder's name may say the term.
        latest: Last day that a date may name; the last of the term when None.

    Raises:
        InputError: There is no such file.
    """
    if not path.is_file():
        raise InputError("没有这个文件。", where=path.name, remedy="请检查路径。")
    term = term_of(path.resolve())
    until = latest or (term.ends if term else None)
    source = Source(path.name, term.code if term else None, until)
    found = read_files([Input(path, source)])
    return take_in(found, Scope(whole_county=False, all_terms=False))


def take_in(found: Found, scope: Scope) -> Intake:
    """Check what was found against each other and keep the rows without an error.

    Args:
        found: Rows, faults and accounts of files.
        scope: How far they can be held against each other.

    Raises:
        InvariantError: A row broke its schema.
    """
    whole = {name: found[name] if name in found else no_rows(name) for name in INPUTS}
    sheets = found[SHEETS]
    headers = _headers(sheets)
    crossed = pl.DataFrame(list(cross_check(whole, headers, scope)), schema=found[PROBLEMS].schema)
    problems = in_order(pl.concat([found[PROBLEMS], crossed]))
    # Rows with a fault of their own are set aside already.
    errors = _errors(crossed)
    tables = {name: _kept(name, rows, errors) for name, rows in whole.items()}
    counts = _counts(sheets, errors)
    aside = {name: _aside(name, rows, errors) for name, rows in whole.items()}
    aside = {name: rows for name, rows in aside.items() if rows.height}
    return Intake(tables, problems, counts, headers, aside)


def _headers(sheets: pl.DataFrame) -> Headers:
    told = sheets.drop_nulls("header")
    # Most sheets of a table have the same header: it is unpacked once.
    headers = {header: json.loads(header) for header in told["header"].unique()}
    return {
        (file, sheet): headers[header]
        for file, sheet, header in told.select("file", "sheet", "header").iter_rows()
    }


def _errors(problems: pl.DataFrame) -> pl.DataFrame:
    """Places of rows with an error."""
    wrong = (pl.col("severity") == ERROR) & pl.col("row").is_not_null()
    return problems.filter(wrong).select("file", "sheet", "row").unique()


def _counts(sheets: pl.DataFrame, crossed: pl.DataFrame) -> pl.DataFrame:
    """`tables.ReadCounts`: an error between rows sets rows aside that were good by themselves."""
    place = ["file", "sheet"]
    also = crossed.group_by(place).agg(also=pl.col("row"))
    bad = pl.col("faulty").list.set_union(pl.col("also").fill_null([])).list.len().cast(pl.Int64)
    return (
        sheets.join(also, on=place, how="left", maintain_order="left")
        .with_columns(good_rows=pl.col("data_rows") - bad, bad_rows=bad + pl.col("beyond_rows"))
        .select(ReadCounts.column_names())
    )


def terms_without_roll(found: Found) -> frozenset[str | None]:
    """Terms of which a roll cannot be read: nobody can be said to be missing from it."""
    title = lexicon().tables["students"].title
    named = pl.col("file").str.contains(title, literal=True)
    unnumbered = (pl.col("table") == "students") & ~pl.col("header").str.contains(
        '"student_no":', literal=True
    )
    lost = [
        *found[FILES].filter(pl.col("lost") & named)["file"],
        *found[SHEETS].filter(unnumbered)["file"],
    ]
    terms = (term_of(Path(file)) for file in lost)
    return frozenset(term.code if term else None for term in terms)


PLACE = ("source_file", "source_sheet", "source_row")
"""Where a row stands."""


def _aside(name: str, rows: pl.DataFrame, errors: pl.DataFrame) -> pl.DataFrame:
    """Rows with an error, of their own or against other rows."""
    own = pl.col("set_aside")
    crossed = rows.filter(~own).join(
        errors, left_on=PLACE, right_on=errors.columns, how="semi", maintain_order="left"
    )
    return pl.concat([rows.filter(own), crossed]).select(INPUTS[name].column_names())


def _kept(name: str, rows: pl.DataFrame, errors: pl.DataFrame) -> pl.DataFrame:
    """Rows without an error, as the table's schema wants them."""
    schema = INPUTS[name]
    if rows.is_empty():
        return rows.select(schema.column_names())
    good = rows.filter(~pl.col("set_aside"))
    if errors.height:
        good = good.join(
            errors, left_on=PLACE, right_on=errors.columns, how="anti", maintain_order="left"
        )
    good = good.select(schema.column_names())
    valid, failure = schema.filter(good, cast=False)
    if len(failure):
        raise InvariantError(
            f"读入的《{name}》有 {len(failure)} 行不合表的规定：{failure.counts()}。",
            where=", ".join(failure.invalid()["source_file"].unique().sort().to_list()[:3]),
        )
    return pl.DataFrame(valid)
