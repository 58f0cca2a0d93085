"""Machines that die: others do their work, a job that kills its worker fails alone."""

import time
from pathlib import Path

import nbformat
import psutil  # type: ignore[import-untyped]
import pytest

from aidkit.errors import NotebookError
from aidkit.pipeline.cluster import execute_on_cluster
from aidkit.pipeline.execute import JobResult
from tests.cluster.invented import Invented, printed
from tests.cluster.loopback import Cluster, loopback

SUICIDE = """
import time
import psutil

for process in psutil.Process().parents():
    if str(process.ppid()) in nannies.split():
        process.kill()
time.sleep(60)
"""
"""Climb to the worker, which is the child of a nanny, and kill it."""


def test_a_job_that_kills_its_worker_is_one_failed_report(
    invented: Invented, cluster: Cluster
) -> None:
    nannies = " ".join(str(process.pid) for process in cluster.processes[1:])
    good = invented.jobs("good", [str(n) for n in range(6)], "print('good', x)")
    bad = invented.jobs("bad", ["0"], SUICIDE, nannies=nannies)
    jobs = [*good[:2], *bad, *good[2:]]
    done: list[str] = []
    results = execute_on_cluster(
        jobs,
        scheduler=cluster.scheduler,
        root=invented.root,
        work=invented.work,
        on_done=lambda result: done.append(result.name),
    )
    assert sorted(done) == sorted(job.name for job in jobs)
    failed = [result for result in results if result.error]
    assert [result.name for result in failed] == ["internal/bad-0"]
    assert "接连退出 2 次" in failed[0].error
    copy = nbformat.read(failed[0].output, as_version=4)
    assert "papermill-error-cell-tag" in copy.cells[0].metadata.tags
    assert "接连退出" in str(copy.cells)
    assert [printed(job.output) for job in good] == [f"good {n}\n" for n in range(6)]


def test_a_job_that_hangs_is_killed_at_its_limit(invented: Invented, cluster: Cluster) -> None:
    good = invented.jobs("good", ["1"], "print(x)")
    hanging = invented.jobs("hanging", ["2"], "import time; time.sleep(600)")
    results = execute_on_cluster(
        [*hanging, *good],
        scheduler=cluster.scheduler,
        root=invented.root,
        work=invented.work,
        limit_seconds=2,
    )
    assert "时限" in results[0].error
    assert results[1].error == ""


def test_losing_the_scheduler_is_told(invented: Invented, tmp_path: Path) -> None:
    jobs = invented.jobs("slow", [str(n) for n in range(8)], "import time; time.sleep(0.3)")
    with loopback(tmp_path, workers=[("--no-nanny",)]) as cluster:

        def kill_scheduler(_: JobResult) -> None:
            cluster.processes[0].kill()

        with pytest.raises(NotebookError, match="连接断了") as told:
            execute_on_cluster(
                jobs,
                scheduler=cluster.scheduler,
                root=invented.root,
                work=invented.work,
                on_done=kill_scheduler,
            )
    assert told.value.remedy


def test_nothing_is_left_behind(invented: Invented, cluster: Cluster) -> None:
    jobs = invented.jobs("good", ["1", "2", "3"], "print(x)")
    execute_on_cluster(jobs, scheduler=cluster.scheduler, root=invented.root, work=invented.work)
    nannies = [psutil.Process(process.pid) for process in cluster.processes[1:]]
    deadline = time.monotonic() + 20
    while left := [
        below.cmdline()
        for nanny in nannies
        for below in nanny.children(recursive=True)
        if any(word.startswith("aidkit.") for word in below.cmdline())
    ]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
    assert not list(cluster.scratch.rglob("aidkit-*"))
    assert sorted(path.name for path in invented.work.iterdir()) == ["demo"]
