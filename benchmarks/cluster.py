"""The same reports through a scheduler and two workers on this machine, beside a local run.

Usage, from the checkout: python -m benchmarks.cluster --date 2026-11-22

Scheduler and workers are started before, as the documentation says, and are not counted.
"""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bench import COUNTY, TERM, Bench, digests_below
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row, none_of, unmeasured

REPORTS, WORKERS = 300, 2
_ADDRESS = re.compile(r"(?:Scheduler at|Registered to):\s+(\S+)")
_START_SECONDS = 60


def rows(bench: Bench) -> Iterator[Row]:
    """Three hundred reports both ways, in turn."""
    number = bench.of(REPORTS, 2)
    what = f"{number} 份报告经 dask.distributed，本机 {WORKERS} 个工作进程，比直接运行多用"
    if find_spec("distributed") is None:
        yield unmeasured(what, "没有安装 distributed")
        return
    root, more, differing = bench.project("wide"), [], 0
    made = root / "reports" / Path(COUNTY).name / TERM
    with cluster(bench.scratch("cluster")) as scheduler:
        for _ in range(bench.pairs):
            local = side("sides.reports", root, number, WORKERS).seconds
            kept = digests_below(made)
            far = side("sides.reports", root, number, scheduler).seconds
            now = digests_below(made)
            differing += sum(kept.get(path) != now.get(path) for path in kept.keys() | now.keys())
            more.append(100 * (far / local - 1))
    spread = f"（{min(more):+.0f}% 至 {max(more):+.0f}%）"
    yield Row(what, f"{statistics.median(more):+.0f}%{spread}")
    yield none_of("同上，与直接运行不同的文件", differing, len(kept) * bench.pairs)


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler with its workers, as its address; they end with the block."""
    with ExitStack() as after:
        scheduler = _started(after, folder / "scheduler.log", "scheduler", "--port", "0")
        for number in range(WORKERS):
            words = (scheduler, "--resources", "aidkit=1", "--nthreads", "1")
            words += ("--local-directory", str(folder))
            _started(after, folder / f"worker-{number}.log", "worker", *words)
        yield scheduler


def _started(after: ExitStack, log: Path, *words: str) -> str:
    """Start one part of the cluster and wait for the address that it writes into its log."""
    out = after.enter_context(log.open("wb"))
    command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
    program = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=log.parent)
    after.callback(program.wait)
    after.callback(program.terminate)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if found := _ADDRESS.search(log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))


if __name__ == "__main__":
    raise SystemExit(main({"cluster": rows}))
