"""A scheduler and two workers as real processes on loopback, started as an administrator does."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aidkit.pipeline.cluster.connection import JOIN

DASK = (sys.executable, "-m", "dask")
ADDRESS = re.compile(r"(?:Scheduler at|Registered to):\s+(\S+)")
START_SECONDS = 60


@dataclass
class Cluster:
    """A running cluster.

    Attributes:
        scheduler: Its address.
        scratch: Where workers lay their files.
        processes: The scheduler, then the nannies of the workers.
    """

    scheduler: str
    scratch: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)


@contextmanager
def loopback(
    folder: Path,
    *,
    workers: Sequence[Sequence[str]] = ((), ()),
    allowed_failures: int = 3,
    env: dict[str, str] | None = None,
) -> Iterator[Cluster]:
    """Start a scheduler and workers on free ports, and end them with all they started.

    Args:
        folder: Logs and scratch files.
        workers: One entry a worker: what its command line says beyond the usual.
        allowed_failures: Workers that a job may take down before it is given up.
        env: What the environment of the workers says beyond this process's.
    """
    with ExitStack() as after:
        log = folder / "scheduler.log"
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures)}
        scheduler = _started(
            log, "scheduler", "--port", "0", "--dashboard-address", ":0", env=settings
        )
        after.callback(_end, scheduler)
        cluster = Cluster(_address(log), folder / "scratch", [scheduler])
        for number, words in enumerate(workers):
            after.enter_context(worker(folder, cluster, f"worker-{number}", *words, env=env))
        yield cluster


@contextmanager
def worker(
    folder: Path, cluster: Cluster, name: str, *words: str, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """One more worker with one thread, its scratch files below `folder`."""
    log = folder / f"{name}.log"
    process = _started(
        log,
        *("worker", cluster.scheduler, "--name", name, "--nthreads", "1", "--no-dashboard"),
        *JOIN.split(),
        *("--local-directory", str(cluster.scratch), *words),
        env=env,
    )
    cluster.processes.append(process)
    try:
        _address(log)
        yield process
    finally:
        _end(process)
        cluster.processes.remove(process)


def _started(
    log: Path, command: str, *words: str, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            [*DASK, command, "--host", "127.0.0.1", *words],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )


def _address(log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if found := ADDRESS.search(log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
