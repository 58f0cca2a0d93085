"""The sample county on two workers, one of them killed midway: the same bytes as a local run."""

import os
import shutil
import signal
from pathlib import Path

from aidkit.calendar import Term
from aidkit.pipeline.cluster import execute_on_cluster
from aidkit.pipeline.execute import JobResult
from aidkit.pipeline.jobs import term_jobs
from aidkit.pipeline.parameters import term_parameters
from aidkit.project import Project
from tests.cluster.loopback import loopback
from tests.conftest import TERM

MADE = ("internal/notebooks", "public/notebooks", "public/pages")


def contents(term: Path) -> dict[str, bytes]:
    """Executed copies and pages of a term."""
    return {
        path.relative_to(term).as_posix(): path.read_bytes()
        for room in MADE
        for path in sorted((term / room).rglob("*"))
        if path.is_file()
    }


def test_one_of_two_workers_is_killed_midway(built: Path, tmp_path: Path) -> None:
    project = Project(built)
    local = built / "reports" / "demo" / TERM
    work = tmp_path / "work"
    term = work / "demo" / TERM
    shutil.copytree(local / "slices", term / "slices")
    codes = sorted(path.stem for path in (term / "slices" / "public").glob("[0-9]*.parquet"))
    slices = [path.relative_to(term).as_posix() for path in term.glob("slices/*/*.parquet")]
    parameters = term_parameters(project, Term.parse(TERM), {})
    jobs = term_jobs(project, term, parameters, codes, slices=slices)
    with loopback(tmp_path, workers=[("--no-nanny",), ("--no-nanny",)]) as cluster:
        victim = cluster.processes[1]

        def kill_one(_: JobResult) -> None:
            if victim.poll() is None:
                os.kill(victim.pid, signal.SIGKILL)
                victim.wait()

        results = execute_on_cluster(
            jobs, scheduler=cluster.scheduler, root=built, work=work, on_done=kill_one
        )
        assert victim.returncode == -signal.SIGKILL
    assert [(result.name, result.error) for result in results] == [(job.name, "") for job in jobs]
    made = contents(term)
    assert len(made) > len(jobs)
    assert made == contents(local)
