"""Chunks out, reports in: a lost worker's chunks are run by others, a culprit is found alone."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from aidkit.engine.tasks import Task
from aidkit.pipeline.cluster.chunks import AHEAD, Waiting
from aidkit.pipeline.cluster.connection import SLOT, connected, first_done, leave, slots
from aidkit.pipeline.cluster.inputs import read_seal, shared
from aidkit.pipeline.cluster.kit import pack_kit
from aidkit.pipeline.cluster.travelling import Places, at_home
from aidkit.pipeline.execute import FINISH, JobResult
from aidkit.pipeline.jobs import NotebookJob

if TYPE_CHECKING:
    from distributed import Client, Future

    from aidkit.pipeline.cluster.worker import Answer


def execute_on_cluster(
    jobs: Sequence[NotebookJob],
    *,
    scheduler: str,
    root: Path,
    work: Path,
    inputs: str | None = None,
    on_done: Callable[[JobResult], None] = lambda _: None,
    limit_seconds: float = 600.0,
) -> list[JobResult]:
    """Run notebooks on the workers of a `dask.distributed` scheduler, as a local run would.

    A worker that is lost has its jobs done by others. A job that takes its worker down again
    and again ends as one failed report.

    Args:
        jobs: What to run.
        scheduler: Its address, e.g. `tcp://192.168.1.5:8786` or `tls://…`.
        root: The project's root; what notebooks need of it travels to the workers.
        work: The working folder with the slices; executed copies are written here.
        inputs: Folder or address of the slices as workers see it; None where they see `work`.
        on_done: Called in this process for every finished job.
        limit_seconds: After so long a notebook is killed.

    Returns:
        One result a job, in the order of the jobs.

    Raises:
        UsageError: No `distributed` here, no scheduler or worker there, or a worker with another
            program, other libraries or without sight of the slices. Nothing has run.
        NotebookError: The scheduler or all workers were lost midway.
    """
    if not jobs:
        return []
    kit = pack_kit(root, jobs)
    with connected(scheduler) as client, ExitStack() as after:
        from aidkit.pipeline.cluster.admission import (  # noqa: PLC0415  distributed is optional
            refuse_other_slices,
            refuse_other_versions,
        )
        from aidkit.pipeline.cluster.worker import Reports  # noqa: PLC0415

        wanted = refuse_other_versions(client)
        base = after.enter_context(shared(work, inputs))
        refuse_other_slices(client, base, read_seal(str(work)))
        run = Reports(f"aidkit-{uuid.uuid4().hex}", kit, base, wanted, limit_seconds)
        client.register_plugin(run, name=run.name)
        after.callback(leave, client, run.name)
        results: dict[str, JobResult] = {}
        for result in _Run(client, run.name, root, work).results(jobs):
            results[result.name] = result
            on_done(result)
    return [results[job.name] for job in jobs]


class _Run:
    """One run on a connected cluster."""

    def __init__(self, client: "Client", name: str, root: Path, work: Path) -> None:
        self._client = client
        self._name = name
        self._root = root
        self._work = work
        self._chunks = count()

    def results(self, jobs: Sequence[NotebookJob]) -> Iterator[JobResult]:
        """Run all jobs, results as they come."""
        waiting = Waiting(jobs)
        suspects: list[NotebookJob] = []
        out: dict[Future[Answer], tuple[NotebookJob, ...]] = {}
        while waiting or out:
            workers = max(slots(self._client), 1)
            while waiting and len(out) < AHEAD * workers:
                chunk = waiting.next_chunk(workers)
                out[self._send(chunk)] = chunk
            for future in first_done(self._client, out):
                chunk = out.pop(future)
                if future.status == "finished":
                    answer = future.result()
                    future.release()  # a worker lost from now on loses nothing of it
                    waiting.learn(len(chunk), answer.seconds)
                    yield from self._received(chunk, answer)
                else:
                    suspects.extend(chunk)
        # One at a time with nothing beside it: what loses its worker now does so by itself.
        for job in suspects:
            future = self._send((job,))
            first_done(self._client, [future])
            if future.status == "finished":
                yield from self._received((job,), future.result())
            else:
                yield self._culprit(job, future.exception())

    def _send(self, chunk: tuple[NotebookJob, ...]) -> "Future[Answer]":
        from aidkit.pipeline.cluster.worker import RemoteJob, run_chunk  # noqa: PLC0415

        remote = [
            RemoteJob(
                job.name,
                job.source.relative_to(self._root).as_posix(),
                job.output.relative_to(self._work).as_posix(),
                dict(job.parameters),
            )
            for job in chunk
        ]
        key = f"{self._name}-{next(self._chunks)}"
        return self._client.submit(run_chunk, self._name, remote, key=key, resources={SLOT: 1})

    def _received(self, chunk: Sequence[NotebookJob], answer: "Answer") -> Iterator[JobResult]:
        """Write what came back; plainly, for the work folder is put in place as a whole."""
        for path, content in answer.files.items():
            target = self._work / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        here = Places(root=str(self._root), work=str(self._work), made=str(self._work))
        for job, error, reads in zip(chunk, answer.errors, answer.reads, strict=True):
            yield JobResult(job.name, job.output, error, at_home(reads, here))

    def _culprit(self, job: NotebookJob, fault: BaseException) -> JobResult:
        from distributed import KilledWorker  # noqa: PLC0415

        error = f"工作进程出错：{fault}"
        if isinstance(fault, KilledWorker):
            error = f"运行它的工作进程接连退出 {fault.allowed_failures + 1} 次，不再重试。"
        _save_failed(job, error)
        return JobResult(job.name, job.output, error)


def _save_failed(job: NotebookJob, error: str) -> None:
    """Save a copy with the error on top, as an engine does for a process that died."""
    from aidkit.engine import notebook as steps  # noqa: PLC0415  papermill is slow to import

    notebook = steps.prepare(Task(job.name, job.source, job.output, job.parameters))
    steps.keeper(notebook)
    steps.conclude(notebook, job.output, FINISH, error)
