"""IPython as a Jupyter kernel sets it up, without the kernel: messages stay in this process."""

import asyncio
import builtins
import getpass
import os
import pdb
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import comm
import ipykernel.comm.comm
import ipykernel_launcher  # type: ignore[import-untyped]
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core import debugger
from jupyter_client.session import Session
from traitlets.config import Config

Shell = Any
"""A `ZMQInteractiveShell`; what it is made of at run time, its annotations do not say."""

GiveUp = Callable[[str], NoReturn]


class Messages(Session):
    """What a kernel would send over its sockets, handed to one receiver as JSON would carry it."""

    receiver: Callable[[dict[str, Any]], None] | None = None

    def send(  # type: ignore[override]
        self,
        stream: Any,  # noqa: ARG002
        msg_or_type: Mapping[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        ident: Any = None,  # noqa: ARG002
        **_: Any,
    ) -> dict[str, Any]:
        """Hand a message to the receiver; raises as the real one does for what JSON cannot say."""
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent)
        else:
            message = dict(msg_or_type)
        message["content"] = self.unpack(self._packed(message))
        if self.receiver is not None:
            self.receiver(message)
        return message

    def _packed(self, message: dict[str, Any]) -> Any:
        content = message["content"]
        try:
            return self.pack(content)
        except UnicodeEncodeError:
            if message["msg_type"] != "stream":
                raise
        # A stock kernel loses text with half a surrogate pair.
        text = content["text"].encode("utf-8", "backslashreplace").decode()
        return self.pack({**content, "text": text})


class StandIn:
    """`get_ipython().kernel`: whoever asks it for anything needs a kernel."""

    _allow_stdin = False
    eventloop = None
    shell: Shell = None

    def __init__(self, give_up: GiveUp) -> None:
        self.give_up = give_up

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):  # asked by Python itself, as by copy and pickle
            raise AttributeError(name)
        self.give_up(f"get_ipython().kernel.{name}")


def make_shell(give_up: GiveUp) -> Shell:
    """The shell of this process, in the state in which a stock kernel starts.

    Args:
        give_up: Called, and never returns, when a notebook needs a real kernel.
    """
    kernel = StandIn(give_up)
    sys.argv = [str(ipykernel_launcher.__file__), "-f", "kernel.json"]
    _extend_path()
    environment = dict(os.environ)
    shell: Shell = ZMQInteractiveShell.instance(
        config=Config({"HistoryManager": {"hist_file": ":memory:"}}),
        kernel=kernel,
        compiler_class=XCachingCompiler,
    )
    os.environ.clear()
    os.environ.update(environment)  # each child sets what a kernel sets
    kernel.shell = shell
    shell.extension_manager.load_extension("storemagic")
    messages = Messages()
    shell.displayhook.session = shell.display_pub.session = messages
    shell.displayhook.topic = b"execute_result"
    shell.enable_gui = lambda gui=None: None if gui is None else kernel.give_up(f"%gui {gui}")
    shell.ask_exit = lambda: kernel.give_up("exit")  # it stops a kernel between two cells
    _take_over(kernel)
    return shell


async def execute(shell: Shell, code: str) -> dict[str, Any]:
    """Run one cell as `IPythonKernel.do_execute` does; returns its reply."""
    preprocessing = None
    try:
        transformed = shell.transform_cell(code)
    except Exception:  # whatever a transformer of the notebook raises
        transformed, preprocessing = code, sys.exc_info()
    prepared: dict[str, Any] = {
        "transformed_cell": transformed,
        "preprocessing_exc_tuple": preprocessing,
    }
    if shell.should_run_async(code, **prepared):
        result = None
        try:
            result = await asyncio.ensure_future(
                shell.run_cell_async(code, store_history=True, silent=False, **prepared)
            )
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
    else:
        result = shell.run_cell(code, store_history=True, silent=False)
    error = result.error_before_exec or result.error_in_exec
    failed = not result.success or getattr(shell, "_last_traceback_during_displayhook", False)
    shell.payload_manager.clear_payload()
    return {
        "status": "error" if failed else "ok",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": getattr(shell, "_last_traceback", None) or [],
    }


def set_kernel_variables() -> None:
    """Set the environment variables that a stock kernel has."""
    init: Any = ZMQInteractiveShell.init_environment
    init(None)  # it looks at nothing of the shell
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.environ["PYDEVD_USE_FRAME_EVAL"] = "NO"
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")


def _extend_path() -> None:
    """As `IPKernelApp.init_path`: modules beside the notebook, after the standard library."""
    if "" in sys.path:
        return
    named = ("site-packages", "dist-packages")
    places = (i for i, path in enumerate(sys.path) if Path(path).name in named)
    sys.path.insert(next(places, 0), "")


def _take_over(kernel: StandIn) -> None:
    """Replace what a kernel replaces in Python, and where notebooks look for a kernel."""

    def needs(*_: Any, **__: Any) -> NoReturn:
        kernel.give_up("comm")

    replaced: list[tuple[Any, str, Any]] = [
        (builtins, "input", types.MethodType(Kernel.raw_input, kernel)),
        (getpass, "getpass", types.MethodType(Kernel.getpass, kernel)),
        (debugger, "Pdb", debugger.InterruptiblePdb),
        (pdb, "Pdb", debugger.InterruptiblePdb),
        (pdb, "set_trace", debugger.set_trace),
        (comm, "create_comm", needs),
        (comm, "get_comm_manager", needs),
        (ipykernel.comm.comm.BaseComm, "publish_msg", needs),
        (IPKernelApp, "initialized", lambda: True),
        (IPKernelApp, "instance", needs),
    ]
    for owner, name, value in replaced:
        setattr(owner, name, value)
