"""A server process of the engine, from the client's side."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from aidkit.engine import frames

_CLOSE_SECONDS = 10.0

Tell = Callable[["Server", Any], None]


class Server:
    """One process that takes requests on its stdin and answers on its stdout."""

    def __init__(
        self,
        module: str,
        arguments: list[str],
        *,
        cwd: Path,
        environment: Mapping[str, str],
        tell: Tell,
    ) -> None:
        """Start it; returns at once.

        Args:
            module: What `python -m` runs.
            arguments: Its command line.
            cwd: Where it starts.
            environment: Its whole environment.
            tell: Called in another thread for each reply, at last with None.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=cwd,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=os.name == "posix",  # Ctrl+C is the client's to answer
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self._listener = Thread(target=self._listen, args=(tell,), daemon=True)
        self._listener.start()

    def send(self, request: Any) -> None:
        """Hand over a request; to a server that has died this is nothing: `tell` says so."""
        with suppress(BrokenPipeError, OSError):
            frames.send(self._requests.fileno(), request)

    def close(self, *, kill: bool = False) -> None:
        """End it.

        Args:
            kill: Do not wait for what it runs, but kill that too. A template needs no such order:
                it kills what it runs as soon as nobody can send to it.
        """
        with suppress(OSError):
            self._requests.close()
        if kill:
            self._kill()
        try:
            self._process.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        self._listener.join()
        self._replies.close()

    def _kill(self) -> None:
        import psutil  # type: ignore[import-untyped]  # noqa: PLC0415  seldom needed

        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self._process.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self._process.kill()

    def _listen(self, tell: Tell) -> None:
        for message in frames.Incoming(self._replies.fileno()).messages():
            tell(self, message)
        tell(self, None)


def can_fork() -> bool:
    """Whether the warm engine works here: Linux."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(os, "memfd_create")


def single_threaded(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which libraries keep to one thread, unless it says otherwise.

    Several notebooks run at once, and a process with threads cannot fork.
    """
    return {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **environment}


def start_template(
    preload: Sequence[str],
    without: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    tell: Tell,
) -> Server:
    """Start a warm interpreter that imports modules `preload`, but no package of `without`."""
    settings = json.dumps({"preload": preload, "without": without})
    return Server("aidkit.engine.template", [settings], cwd=cwd, environment=environment, tell=tell)
