"""The one seam through which notebooks run: jobs in, results out as they finish.

Today papermill's stock engine in worker processes; a faster engine replaces only this file.
"""

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from aidkit.pipeline.executed import save_executed
from aidkit.pipeline.jobs import NotebookJob

KERNEL_STARTS = 3
"""Tries to start a kernel: two that start at once may be given the same port."""

QUIET = "--IPKernelApp.log_level=CRITICAL"
"""A kernel's own remarks on its transport; errors of cells come back in the notebook."""


@dataclass(frozen=True)
class JobResult:
    """How one notebook ended.

    Attributes:
        name: The job's name.
        output: The executed copy; on failure it carries the error on top.
        error: Empty when all is well, else the error's last line.
    """

    name: str
    output: Path
    error: str


def execute_notebooks(
    jobs: Sequence[NotebookJob],
    *,
    root: Path,
    work: Path,
    workers: int = 2,
    on_done: Callable[[JobResult], None] = lambda _: None,
) -> list[JobResult]:
    """Run notebooks in parallel; a failed one is kept with its error and the rest go on.

    Args:
        jobs: What to run.
        root: The project's root, where kernels start.
        work: The working folder that notebooks read tables from (`AIDKIT_WORK`).
        workers: Processes, each with one kernel at a time.
        on_done: Called in this process for every finished job.

    Returns:
        One result a job, in the order of the jobs.
    """
    if not jobs:
        return []
    with ProcessPoolExecutor(
        min(workers, len(jobs)),
        mp_context=get_context("spawn"),
        initializer=_prepare_worker,
        initargs=(str(work),),
    ) as pool:
        futures = [pool.submit(_execute, job, root) for job in jobs]
        try:
            for future in as_completed(futures):
                on_done(future.result())
        finally:
            pool.shutdown(cancel_futures=True)
    return [future.result() for future in futures]


def _prepare_worker(work: str) -> None:
    os.environ["AIDKIT_WORK"] = work
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    logging.getLogger("papermill").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")


def _execute(job: NotebookJob, root: Path) -> JobResult:
    import papermill  # noqa: PLC0415  slow to import, needed only in workers

    job.output.parent.mkdir(parents=True, exist_ok=True)
    raw = job.output.with_suffix(".raw")
    for attempt in range(KERNEL_STARTS):
        error = ""
        try:
            papermill.execute_notebook(
                job.source,
                raw,
                parameters=dict(job.parameters),
                cwd=root,
                progress_bar=False,
                autosave_cell_every=0,
                extra_arguments=[QUIET],
            )
        except papermill.PapermillExecutionError as fault:
            error = f"{fault.ename}: {fault.evalue}"
        except RuntimeError as fault:
            error = f"内核没有启动或意外退出：{fault}"
            if attempt + 1 < KERNEL_STARTS:
                continue
        break
    if raw.is_file():
        save_executed(raw, job.output)
        raw.unlink()
    return JobResult(job.name, job.output, error)
