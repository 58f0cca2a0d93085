"""Batches of reports against papermill's command, once per notebook.

Usage, from the checkout: python -m benchmarks.notebooks --date 2026-11-22

The notebooks are the product's own: term reports of schools, internal and public in turn. In each
pair the command runs a few of them, every pair others, and the batch runs whole, in a process
started for it. The quotient is that of the times per notebook.
"""

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.jobs import beside, school_jobs
from benchmarks.processes import Ran, run, side
from benchmarks.row import Row, times_faster

CLI_SAMPLE = 4
"""Notebooks that the command runs in each pair; each takes seconds."""

BATCH, REPORTS = 48, 300


def rows(bench: Bench) -> Iterator[Row]:
    """Forty-eight notebooks with one worker, and three hundred with pages with two."""
    yield from batch_with_one_worker(bench)
    yield from reports_with_pages(bench)


def batch_with_one_worker(bench: Bench) -> Iterator[Row]:
    """The engine, papermill's function and nbclient beside the command."""
    root, number = bench.project("county"), bench.of(BATCH, 4)
    fast, loops, clients, command_ms, batch_ms = [], [], [], [], []
    for pair in range(bench.pairs):
        out = bench.scratch("batch")
        baseline = command(bench, root, pair)
        batch = _per_notebook(side("sides.engine", root, out, number, 1))
        loop = _per_notebook(side("sides.papermill_loop", root, out, bench.of(CLI_SAMPLE, 1)))
        client = _per_notebook(side("sides.nbclient_loop", root, out, bench.of(CLI_SAMPLE, 1)))
        fast.append(baseline / batch)
        loops.append(baseline / loop)
        clients.append(baseline / client)
        command_ms.append(1000 * baseline)
        batch_ms.append(1000 * batch)
    note = f"，每份 {_range(batch_ms)} 毫秒；papermill 命令 {_range(command_ms)} 毫秒"
    what = f"{number} 份笔记本，1 个进程，连同启动，与 papermill 命令逐份运行比"
    yield times_faster(what, fast, target=15, stretch=25, note=note)
    yield times_faster("在一个程序里逐份调用 papermill.execute_notebook，与命令比", loops)
    yield times_faster("在一个程序里逐份用 nbclient，与命令比", clients)


def reports_with_pages(bench: Bench) -> Iterator[Row]:
    """The reports of a wide county with the site that shows them, beside the command alone."""
    root, number = bench.project("wide"), bench.of(REPORTS, 2)
    fast, whole, page_ms, pages = [], [], [], 0
    for pair in range(bench.pairs):
        baseline = command(bench, root, pair, "public")
        made = side("sides.pages", root, bench.scratch("pages"), number, 2)
        if made.figures["their_pages"] != number:
            raise RuntimeError(f"{made.figures['their_pages']} pages of {number} reports")
        own = (made.seconds - made.figures["others"]) / number
        fast.append(baseline / own)
        whole.append(baseline / _per_notebook(made))
        page_ms.append(1000 * own)
        pages = made.figures["pages"]
    note = (
        f"，每份连同它的网页 {_range(page_ms)} 毫秒；"
        f"全站 {pages} 页的发布都算在内是 {statistics.median(whole):.1f} 倍"
    )
    what = f"{number} 份公开报告连同网页，2 个进程，与 papermill 命令逐份运行（不做网页）比"
    yield times_faster(what, fast, target=35, stretch=60, note=note)


def command(bench: Bench, root: Path, pair: int, audience: str = "") -> float:
    """Seconds a notebook of papermill's command, over a sample that differs with every pair."""
    number = bench.of(CLI_SAMPLE, 1)
    every = school_jobs(root, 10_000, audience)
    chosen = [every[(pair * number + n) * 7 % len(every)] for n in range(number)]
    seconds = 0.0
    for job in beside(chosen, bench.scratch("command")):
        words = [sys.executable, "-m", "papermill", str(job.source), str(job.output)]
        for name, value in job.parameters.items():
            words += ["-r", name, value]
        seconds += run(words, cwd=root).seconds
    return seconds / len(chosen)


def _per_notebook(ran: Ran) -> float:
    return ran.seconds / int(ran.figures["notebooks"])


def _range(values: list[float]) -> str:
    low, high = round(min(values)), round(max(values))
    return f"{low:,}" if low == high else f"{low:,} 至 {high:,}"


if __name__ == "__main__":
    raise SystemExit(main({"notebooks": rows}))
