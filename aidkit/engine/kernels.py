"""Stock kernels: `python -m aidkit.engine.kernels` runs one notebook after another with nbclient.

It works wherever Jupyter works, and shows what the warm engine must show.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines
from papermill.utils import chdir

from aidkit.engine import frames, notebook
from aidkit.engine.protocol import Ended, Obituary, Ready, Report, Request

KERNEL_STARTS = 3
"""Tries to start a kernel: two that start at once may be given the same port."""

_QUIET = "--IPKernelApp.log_level=CRITICAL"
"""A kernel's own remarks on its transport; errors of cells come back in the notebook."""

_RECORD = "--IPKernelApp.exec_lines=__import__('aidkit') and None"
"""A kernel imports aidkit before the first cell, which records what is read from then on."""


def run(request: Request) -> Ended:
    """Run one report in a kernel of its own."""
    began = time.monotonic()
    work = request.work
    assert isinstance(work, Report | Obituary)
    report = work if isinstance(work, Report) else work.report
    try:
        with _environment(request.environment, report.task.reads):
            executed = notebook.prepare(report.task)
            if isinstance(work, Obituary):
                papermill_engines.nb_kernel_name(None, executed)
                error = work.error
            else:
                error = _execute(executed, request, began)
        with chdir(str(request.cwd)):
            error = notebook.conclude(executed, report.task.output, report.finish, error)
    except Exception as fault:
        error = notebook.line(fault)
    return Ended(request.number, "done", error, time.monotonic() - began, 0)


def _execute(executed: Any, request: Request, began: float) -> str:
    """Run the cells; returns what no cell could report."""
    report = request.work
    assert isinstance(report, Report)
    task = report.task

    def left(_: Any) -> int:
        return max(1, round(began + request.limit_seconds - time.monotonic()))

    arguments = [_QUIET] + ([_RECORD] if task.reads else [])
    for attempt in range(1, KERNEL_STARTS + 1):
        try:
            with chdir(str(request.cwd)):
                papermill_engines.execute_notebook_with_engine(
                    "nbclient",
                    executed,
                    papermill_engines.nb_kernel_name(None, executed),
                    progress_bar=False,
                    autosave_cell_every=0,
                    timeout_func=left,
                    extra_arguments=arguments,
                )
        except CellTimeoutError:
            return f"运行超过 {request.limit_seconds:g} 秒的时限，已终止"
        except DeadKernelError:
            return "笔记本进程意外退出"
        except RuntimeError as fault:
            if attempt == KERNEL_STARTS:
                return f"内核没有启动：{fault}"
            continue
        except Exception as fault:
            return notebook.line(fault)
        return ""
    raise AssertionError


@contextmanager
def _environment(wanted: Mapping[str, str], reads: Path | None) -> Iterator[None]:
    """The environment that the kernel inherits."""
    kept = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    if reads is not None:
        os.environ["AIDKIT_READS"] = str(reads)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def main() -> None:
    """Serve the client at the other ends of stdin and stdout."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    frames.send(replies, Ready())
    for request in frames.Incoming(requests).messages():
        frames.send(replies, run(request))


if __name__ == "__main__":
    main()
