"""Spot checks of a term's results: draw one, write its workbook, take it back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.awards.explain import less_than_whole
from aidkit.awards.wordings import take_apart
from aidkit.calendar import Term
from aidkit.chained_log import Record
from aidkit.county import read_county_settings
from aidkit.digests import digest_of
from aidkit.documents.spot_check_sheet import workbook
from aidkit.errors import InputError, MissingTablesError, UsageError
from aidkit.intake.workbooks import content_of, sheets_in
from aidkit.labels import Labels, project_labels
from aidkit.money import yuan
from aidkit.pipeline.record import read_record
from aidkit.programs import Version, load_programs
from aidkit.project import Project, replacing
from aidkit.review.spot_check import Award, Row, Sample, counts, drawn
from aidkit.review.spot_check_findings import Findings, findings_in, number_in
from aidkit.review.spot_check_log import draw_named, draws, enter_draw, enter_findings, rows_of


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
    """

    term: Term
    draw: Record
    findings: Findings
    entered: bool
    draws: int


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
    by_award = {
        Award(row["program_id"], row["school_code"] or "", row["person_no"]): row
        for row in awarded.iter_rows(named=True)
        if row["program_id"] not in left
    }
    chosen = drawn(by_award, n, seed)
    schools = dict(
        pl.read_parquet(tables / "schools.parquet").select("school_code", "school_name").iter_rows()
    )
    labels = project_labels()
    order = sorted((by_award[award] for award in chosen), key=_place)
    rows = (
        _row(no, row, versions[row["version_id"]], schools, labels)
        for no, row in enumerate(order, 1)
    )
    sample = Sample(term, seed, len(by_award), universal, tuple(rows))
    titles = tuple(sorted(title_of[program] for program in left))
    found = [(title_of[one], count, taken) for one, count, taken in counts([*by_award], chosen)]
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
    return TakenBack(term, named, findings, entered, len(draws(county, term)))


def _row(
    no: int, row: Mapping[str, Any], version: Version, schools: Mapping[str, str], labels: Labels
) -> Row:
    grade = labels.label("grade", row["grade"]) if row["grade"] else ""
    tiers = labels.names("tier")
    tier = row["tier"]
    return Row(
        no=str(no),
        school=schools.get(row["school_code"] or "", ""),
        class_name=f"{grade} {row['class_name']}".strip() or _SUBJECTS.get(row["subject"], ""),
        name=row["name"],
        person_no=row["person_no"],
        program=version.program.short_title,
        tier=labels.label("tier" if tier in tiers else "case", tier) if tier else "",
        amount=yuan(row["amount_fen"]) if row["amount_fen"] else "不计金额",
        look="\n".join(_looks(row, version, labels)),
        determination_id=row["determination_id"],
    )


_SUBJECTS = {"teacher": "教师", "freshman": "大学"}
"""What stands for a class where there is none."""


def _looks(row: Mapping[str, Any], version: Version, labels: Labels) -> list[str]:
    """What to see of an award: what the decision rests on, why it is less, and the papers."""
    met = (r for clause in take_apart(row["explanation"]).clauses for r in clause.rules if r.met)
    seen = dict.fromkeys(r.label if r.label == r.seen else f"{r.label}：{r.seen}" for r in met)
    lines = ["；".join(seen)] if seen else []
    if less := less_than_whole(row):
        lines.append(less.removeprefix("；"))
    if version.evidence:
        papers = "、".join(labels.label("paper", code) for code in version.evidence)
        lines.append(f"材料：{papers}")
    return lines


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Whoever visits a school finds its awards together, class by class."""
    names = ("school_code", "grade", "class_name", "person_no", "program_id")
    return tuple(row[name] or "" for name in names)


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
