"""Make what changed of a term, take over the rest, and put all of it in place at once."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.engine import Engine
from aidkit.fund.ledger.heads import Said, keep_head
from aidkit.pipeline.aside import Aside
from aidkit.pipeline.audience import refuse_private_imports
from aidkit.pipeline.execute import JobResult, execute_notebooks
from aidkit.pipeline.fund_slices import slices_of, still_true, write_fund_slices
from aidkit.pipeline.jobs import NotebookJob
from aidkit.pipeline.learners import make_learners, of_learners
from aidkit.pipeline.progress import Progress
from aidkit.pipeline.record import ReportRecord, RunRecord, made_of, output_digests, write_record
from aidkit.pipeline.report_reads import together
from aidkit.pipeline.summary import Counts, RunSummary
from aidkit.pipeline.tables import make_tables
from aidkit.pipeline.taking_over import take_over
from aidkit.pipeline.wanted import Wanted
from aidkit.pipeline.workspace import fresh, swap
from aidkit.project import FUND_PREFIX


@dataclass(frozen=True)
class Tables:
    """The tables stage, done.

    Attributes:
        counts: What the summary says of it.
        schools: Codes of schools with students, sorted.
        digests: Output to digest.
        statements: What fund reports say of the journal; see `RunRecord.statements`.
    """

    counts: Counts
    schools: tuple[str, ...]
    digests: Mapping[str, str]
    statements: Sequence[Mapping[str, Any]] = ()


def make_term(
    wanted: Wanted,
    began: int,
    engine: Engine | None,
    *,
    workers: int,
    scheduler: str,
    inputs: str,
    say: Callable[[str], None],
) -> RunSummary:
    """Bring a term's results up to date; see `run_term`.

    Args:
        wanted: What was asked for.
        began: When the run began, in nanoseconds: before anything was read.
        engine: One that is open for its reports already.
        workers: Notebooks that run at a time.
        scheduler: As `run_term`.
        inputs: As `run_term`.
        say: Gets one line of Chinese per stage.
    """
    for source in sorted((wanted.project.notebooks / "public").glob("*.ipynb")):
        refuse_private_imports(source)
    last, target = wanted.last, wanted.target
    folder = fresh(wanted.work) / wanted.county.name / wanted.term.code
    tables = tables_of(wanted, folder, workers)
    say(_told(tables.counts))
    jobs = wanted.jobs(folder, tables.schools, tables.digests)
    reasons = last.reports(jobs, wanted.places(folder), tables.digests)
    standing = {job.name for job in jobs if not reasons[job.name]}
    running = [j for j in jobs if j.name not in standing and not wanted.tables_only]
    for line in wanted.remarks(standing, running):
        say(line)
    kept = last.record.reports if last.record else {}
    reports = {name: kept[name] for name in sorted(standing)}
    taken = [name for report in reports.values() for name in report.outputs]
    take_over(taken, target, folder)
    results = _execute(wanted, running, engine, workers=workers, scheduler=scheduler, inputs=inputs)
    outputs = {**tables.digests, **{name: last.digests[name] for name in taken}}
    outputs |= output_digests(folder, (n for job in running for n in made_of(folder, job.name)))
    places = wanted.places(folder)
    keys = {result.name: places.keys(result.reads) for result in results if not result.error}
    read = places.digests((key for own in keys.values() for key in own), began)
    for job in running:
        if job.name in keys:
            own = tuple(key for key in keys[job.name] if key in read)
            reports[job.name] = ReportRecord(
                wanted.source(job), job.parameters, own, made_of(folder, job.name)
            )
    if last.record:
        before = {key for name in standing for key in reports[name].reads}
        read = together(read, {key: last.record.reads[key] for key in before})
    failed = {result.name: result.error for result in results if result.error}
    write_record(
        folder,
        RunRecord(
            foundations=last.ground,
            counts=asdict(tables.counts),
            schools=tables.schools,
            reads=dict(sorted(read.items())),
            reports=dict(sorted(reports.items())),
            failed=dict(sorted(failed.items())),
            outputs=dict(sorted(outputs.items())),
            statements=tables.statements,
        ),
    )
    # Before anybody can read the reports: a book rewritten later contradicts what they say.
    if any(f"/{FUND_PREFIX}" in name for name in reports):
        for said in tables.statements:
            keep_head(wanted.county, Said(**said))
    swap(folder, target)
    shutil.rmtree(wanted.work)
    return RunSummary(target, tables.counts, len(running) - len(failed), len(standing), failed)


def tables_of(wanted: Wanted, folder: Path, workers: int) -> Tables:
    """Take the tables over if they still stand, else make them.

    Args:
        wanted: What was asked for.
        folder: Gets the tables.
        workers: Processes that may work at a time.
    """
    last = wanted.last
    if last.record and not last.tables:
        kept, anew = last.record, bool(last.learners)
        names = [name for name in kept.tables if not (anew and of_learners(name))]
        take_over(names, last.folder, folder)
        digests = {name: kept.outputs[name] for name in names}
        if anew:
            digests |= output_digests(folder, _learners(wanted, folder, workers))
        return Tables(Counts(**kept.counts), kept.schools, digests, kept.statements)
    with Aside() as aside:
        counts = make_tables(
            wanted.project,
            wanted.county,
            wanted.term,
            folder,
            last=last.folder if last.tables_believed else None,
            store=wanted.cache,
            ground=last.ground,
            workers=workers,
            later=aside,
        )
        statements = _fund_slices(wanted, folder)
    _learners(wanted, folder, workers)
    facts = pl.scan_parquet(folder / "internal" / "tables" / "facts.parquet")
    students = facts.filter(subject="student").select("school_code").unique().collect()
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    schools = tuple(students["school_code"].drop_nulls().sort())
    return Tables(counts, schools, output_digests(folder, files), statements)


def _learners(wanted: Wanted, folder: Path, workers: int) -> list[str]:
    """Tables and slices of learners, from the term's tables that lie in the folder: their names."""
    last = wanted.last
    with Aside() as aside:
        return make_learners(
            *(wanted.project, wanted.county, wanted.term, folder),
            ground=last.ground,
            last=last.folder if last.tables_believed else None,
            store=wanted.cache,
            workers=workers,
            later=aside,
        )


def _fund_slices(wanted: Wanted, folder: Path) -> Sequence[Mapping[str, Any]]:
    """Take the slices of funds over where nothing that they rest on changed, else write them."""
    last = wanted.last
    if last.record and still_true(last, folder):
        take_over(slices_of(last.record.tables), last.folder, folder)
        return last.record.statements
    return write_fund_slices(
        *(wanted.project, wanted.county, wanted.term, folder),
        reports=wanted.funds,
        published_on=wanted.parameters["published_on"],
    )


def _execute(
    wanted: Wanted,
    jobs: Sequence[NotebookJob],
    engine: Engine | None,
    *,
    workers: int,
    scheduler: str,
    inputs: str,
) -> list[JobResult]:
    progress = Progress("运行报告", len(jobs))

    def on_done(_: JobResult) -> None:
        progress.step()

    root, work = wanted.project.root, wanted.work
    if scheduler:
        from aidkit.pipeline.cluster import execute_on_cluster  # noqa: PLC0415  an extra

        return execute_on_cluster(
            jobs, scheduler=scheduler, root=root, work=work, inputs=inputs or None, on_done=on_done
        )
    return execute_notebooks(
        jobs, root=root, work=work, workers=workers, on_done=on_done, engine=engine
    )


def _told(counts: Counts) -> str:
    return (
        f"读入 {counts.files} 个文件，在册学生 {counts.students:,} 人，"
        f"认定 {counts.decisions:,} 条；搁置 {counts.errors} 行，提醒 {counts.warnings} 处。"
    )
