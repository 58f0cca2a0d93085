"""What a forked child does with its request; it never returns to the template's code."""

import asyncio
import atexit
import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Mapping
from typing import Any, NoReturn

from papermill.engines import NotebookExecutionManager

from aidkit import reads
from aidkit.engine import frames, notebook
from aidkit.engine.capture import OutStream
from aidkit.engine.cells import CellRunner
from aidkit.engine.imports import lasting
from aidkit.engine.protocol import (
    Cells,
    Event,
    Imported,
    NeedsKernel,
    Obituary,
    Report,
    Request,
    Said,
    Written,
)
from aidkit.engine.shell import Shell, set_kernel_variables

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Child:
    """One request in a process of its own."""

    def __init__(self, request: Request, pipe: int, shell: Shell) -> None:
        self._request = request
        self._pipe = pipe
        self._shell = shell
        shell.kernel.give_up = self._give_up

    def live(
        self, template: int, began_with: Mapping[str, str], families: Collection[str] | None
    ) -> NoReturn:
        """Do the work and end this process.

        Args:
            template: The process to die with.
            began_with: Environment of the template before it imported anything.
            families: Report modules that the template lacks: installed ones and those of these
                packages; None: report nothing.
        """
        code = 1
        try:
            os.setsid()
            _die_with(template)
            known = set(sys.modules)
            self._settle(began_with)
            self._work()
            if families is not None:
                new = lasting([name for name in sys.modules if name not in known], families)
                frames.send(self._pipe, Imported(tuple(new)))
            atexit._run_exitfuncs()
            code = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)

    def _settle(self, began_with: Mapping[str, str]) -> None:
        wanted = self._request.environment
        for name in began_with.keys() - wanted.keys():
            os.environ.pop(name, None)
        for name, value in wanted.items():
            if began_with.get(name) != value:
                os.environ[name] = value
        os.chdir(self._request.cwd)
        set_kernel_variables()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        atexit._clear()  # the template's
        if random := sys.modules.get("numpy.random"):
            random.seed()  # Python's own generator sees to this itself
        gc.enable()

    def _work(self) -> None:
        work = self._request.work
        try:
            if isinstance(work, Cells):
                error = self._run_cells(work.notebook, work.options, self._pass_on)
            else:
                error = self._report(work) if isinstance(work, Report) else _bury(work)
        except Exception as fault:
            error = notebook.line(fault)
        self._say(Written(error))

    def _report(self, report: Report) -> str:
        task = report.task
        executed = notebook.prepare(task)
        manager = notebook.keeper(executed)
        if task.reads is not None:
            reads.record_to(task.reads)

        def say(event: Said) -> None:
            self._pass_on(event)
            notebook.note(manager, event)

        error = self._run_cells(executed, {}, say)
        if task.reads is not None:
            reads.stop()
        os.chdir(self._request.cwd)  # wherever the notebook went
        return _finish(manager, report, error)

    def _run_cells(
        self, executed: Any, options: Mapping[str, Any], say: Callable[[Said], None]
    ) -> str:
        """Run the cells; returns what no cell could report."""
        messages = self._shell.displayhook.session
        sys.stdout = OutStream(messages, "stdout", 1)
        sys.stderr = OutStream(messages, "stderr", 2)
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(CellRunner(executed, self._shell, options, say).run())
        except Exception as fault:
            return notebook.line(fault)
        return ""

    def _pass_on(self, event: Said) -> None:
        body = pickle.dumps(event, pickle.HIGHEST_PROTOCOL)
        self._say(Event(self._request.number, body))

    def _say(self, message: Any) -> None:
        frames.send(self._pipe, message)

    def _give_up(self, why: str) -> NoReturn:
        self._say(NeedsKernel(why))
        os._exit(0)


def _bury(work: Obituary) -> str:
    """Write the copy of a report whose process is gone."""
    executed = notebook.prepare(work.report.task)
    manager = notebook.keeper(executed)
    for body in work.said:
        notebook.note(manager, pickle.loads(body), replay=True)
    return _finish(manager, work.report, work.error)


def _finish(manager: NotebookExecutionManager, report: Report, error: str) -> str:
    manager.notebook_complete()
    return notebook.conclude(manager.nb, report.task.output, report.finish, error)


def _die_with(template: int) -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != template:  # it died before the line above
        os._exit(1)
