"""The one seam through which notebooks run: jobs in, results out as they finish."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from aidkit.engine import Engine, Outcome, Task, open_engine
from aidkit.pipeline.jobs import NotebookJob
from aidkit.reads import recorded

LIMIT_SECONDS = 600
"""A notebook that runs longer is ended with all that it started."""

PRELOAD = (
    "polars",
    "altair",
    "aidkit.internal",
    "aidkit.public",
    "aidkit.pipeline.executed",
)
"""What every report imports, imported once before."""

FINISH = "aidkit.pipeline.executed:finish"

READS = ".reads"
"""Folder in the working folder with a record for each notebook of what it read."""


@dataclass(frozen=True)
class JobResult:
    """How one notebook ended.

    Attributes:
        name: The job's name.
        output: The executed copy; on failure it carries the error on top.
        error: Empty when all is well, else the error's last line.
        reads: What it read; see `aidkit.reads`.
    """

    name: str
    output: Path
    error: str
    reads: tuple[str, ...] = ()


def open_reports_engine(*, root: Path, work: Path, workers: int = 2) -> Engine:
    """An engine for reports; it returns at once and imports their libraries in the background.

    Args:
        root: The project's root, where notebooks start.
        work: The working folder that notebooks read tables from (`AIDKIT_WORK`).
        workers: Notebooks that run at a time.
    """
    return open_engine(
        root=root,
        environment={"AIDKIT_WORK": str(work)},
        workers=workers,
        limit_seconds=LIMIT_SECONDS,
        preload=PRELOAD,
        finish=FINISH,
    )


def execute_notebooks(
    jobs: Sequence[NotebookJob],
    *,
    root: Path,
    work: Path,
    workers: int = 2,
    on_done: Callable[[JobResult], None] = lambda _: None,
    engine: Engine | None = None,
) -> list[JobResult]:
    """Run notebooks in parallel; a failed one is kept with its error and the rest go on.

    Args:
        jobs: What to run; their outputs lie in the working folder.
        root: The project's root.
        work: The working folder.
        workers: Notebooks that run at a time.
        on_done: Called in this process for every finished job.
        engine: One that was opened before for the same folders; by default one of its own.

    Returns:
        One result a job, in the order of the jobs.
    """
    if not jobs:
        return []
    reads = (work / READS).resolve()
    reads.mkdir(parents=True, exist_ok=True)
    results = {}
    with ExitStack() as stack:
        if engine is None:
            engine = stack.enter_context(open_reports_engine(root=root, work=work, workers=workers))
        for outcome in engine.run(_tasks(jobs, reads)):
            result = _result(outcome)
            results[result.name] = result
            on_done(result)
    return [results[job.name] for job in jobs]


def _tasks(jobs: Sequence[NotebookJob], reads: Path) -> Iterator[Task]:
    for number, job in enumerate(jobs):
        yield Task(job.name, job.source, job.output, job.parameters, reads / f"{number}.jsonl")


def _result(outcome: Outcome) -> JobResult:
    task = outcome.task
    lines = recorded(task.reads) if task.reads else ()
    if task.reads:
        task.reads.unlink(missing_ok=True)
    return JobResult(task.name, task.output, outcome.error, lines)
