"""Spot checks of a term's results: draw one, write its workbook, take it back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.chained_log import Record
from aidkit.county import read_county_settings
from aidkit.digests import digest_of
from aidkit.documents.spot_check_sheet import workbook
from aidkit.errors import InputError, MissingTablesError, UsageError
from aidkit.intake.workbooks import content_of, sheets_in
from aidkit.pipeline.record import read_record
from aidkit.pipeline.spot_check_rows import rows_to_check
from aidkit.programs import Version, load_programs
from aidkit.project import Project, replacing
from aidkit.review.spot_check import Award, Sample, counts, drawn
from aidkit.review.spot_check_findings import Findings, findings_in, number_in
from aidkit.review.spot_check_log import (
    draw_named,
    draws,
    enter_draw,
    enter_findings,
    findings_of,
    rows_of,
)


@dataclass(frozen=True)
class Drawn:
    """A sample and its workbook.

    Attributes:
        sample: What was drawn.
        file: The workbook.
        left_out: Titles of the programs for everybody that were not drawn from.
        draws: How many samples of the term have been drawn, this one too.
    """

    sample: Sample
    file: Path
    left_out: tuple[str, ...]
    draws: int


@dataclass(frozen=True)
class TakenBack:
    """A workbook that was handed in.

    Attributes:
        term: Of the awards.
        draw: The record of the drawing.
        findings: What the workbook says.
        entered: Whether it was noted in the log now; not with problems, nor a second time.
        draws: How many samples of the term have been drawn.
        earlier: What was handed in of the same sample before, oldest first; see `review`.
    """

    term: Term
    draw: Record
    findings: Findings
    entered: bool
    draws: int
    earlier: Sequence[Record]


def draw(
    project: Project,
    county: Path,
    term: Term,
    n: int,
    seed: int,
    *,
    universal: bool,
    by: str,
    on: dt.date,
) -> Drawn:
    """Draw a spot check of a term's awards and write its workbook, internal.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term, which was run.
        n: How many awards.
        seed: What it is drawn with.
        universal: Draw also from programs for everyone on the roll; else they fill most of a
            sample, and there is little to check of one of them.
        by: Who draws; may be empty.
        on: The day.

    Raises:
        MissingTablesError: No run, a result was changed since, or its programs are others now.
        UsageError: There are fewer awards, or a workbook that was filled in lies in the way.
    """
    tables = project.reports(county, term.code) / "internal" / "tables"
    read_record(tables.parents[1])
    versions = {
        version.id: version
        for version in load_programs(project.params / "programs", county / "params" / "programs")
    }
    awarded = pl.read_parquet(tables / "decisions.parquet").filter("awarded")
    _refuse_other_versions(awarded, versions, term)
    title_of = {v.program.id: v.program.short_title for v in versions.values()}
    general = {v.program.id for v in versions.values() if v.program.universal}
    left = set() if universal else general & set(awarded["program_id"])
    open_to = awarded.filter(~pl.col("program_id").is_in([*left]))
    awards = [
        Award(program, school or "", person)
        for program, school, person in open_to.select(Award._fields).iter_rows()
    ]
    chosen = drawn(awards, n, seed)
    schools = pl.read_parquet(tables / "schools.parquet")
    rows = rows_to_check(open_to, chosen, versions, schools)
    sample = Sample(term, seed, len(awards), universal, rows)
    titles = tuple(sorted(title_of[program] for program in left))
    found = [(title_of[one], count, taken) for one, count, taken in counts(awards, chosen)]
    settings = read_county_settings(county)
    content = workbook(sample, settings, found, "、".join(titles))
    file = project.root / "reports" / county.name / "spot_checks" / f"抽查-{sample.number}.xlsx"
    draws_so_far = enter_draw(county, sample, by=by, on=on)
    _write(file, content)
    return Drawn(sample, file, titles, draws_so_far)


def take_back(county: Path, path: Path, *, by: str, on: dt.date) -> TakenBack:
    """Read back a workbook of findings; without problems it is noted in the log.

    Args:
        county: The county folder.
        path: The workbook.
        by: Who hands it in.
        on: The day.

    Raises:
        InputError: It cannot be read, or is no sheet of a sample that was drawn here.
        UsageError: The day is before the drawing.
    """
    content = content_of(path)
    sheets = sheets_in(content, path.name)
    number = number_in(sheets, path.name)
    named = draw_named(county, number)
    if named is None:
        raise InputError(
            f"这个县没有抽过编号为 {number} 的抽查。",
            where=path.name,
            remedy="请核对县区文件夹（--county），以及表头里的抽查编号有没有改过。",
        )
    first = dt.date.fromisoformat(named["on"])
    if on < first:
        raise UsageError(
            f"{on} 早于抽样的日子 {first}。", where="--on", remedy="请检查 --on；不写就是今天。"
        )
    findings = findings_in(sheets, rows_of(county, named), path.name, first, on)
    earlier = [one for one in findings_of(county, named) if one["file"] != digest_of(content)]
    entered = findings.problems.is_empty() and enter_findings(
        county,
        named,
        file=digest_of(content),
        alike=len(findings.found) - len(findings.unlike),
        unlike=[one.row.determination_id for one in findings.unlike],
        by=by,
        on=on,
    )
    term = Term.parse(named["term"])
    return TakenBack(term, named, findings, entered, len(draws(county, term)), earlier)


def _write(file: Path, content: bytes) -> None:
    """Write the workbook, but never over one that somebody has filled in."""
    if file.is_file() and file.read_bytes() != content:
        raise UsageError(
            "这份抽查表已经有了，内容不同（填过或改过），没有覆盖。",
            where=file.name,
            remedy="请先把填过的表移到别的文件夹，再抽一次；同样的种子抽到的是同样的人。",
        )
    with replacing(file) as draft:
        draft.write(content)


def _refuse_other_versions(
    awarded: pl.DataFrame, versions: Mapping[str, Version], term: Term
) -> None:
    if unknown := set(awarded["version_id"]) - versions.keys():
        raise MissingTablesError(
            f"{term.label}的认定结果用的是另一套项目文件。",
            where=min(unknown),
            remedy=f"请重新运行 aidkit run {term.code}",
        )
