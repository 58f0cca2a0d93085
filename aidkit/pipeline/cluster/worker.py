"""What runs in a worker process of the cluster: one engine, one chunk of notebooks at a time.

Workers need nothing but the same aidkit: `distributed` finds this module by its name there.
"""

import asyncio
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path

from distributed import Reschedule, Worker, WorkerPlugin, get_worker
from tornado.ioloop import PeriodicCallback

from aidkit.digests import environment, package_digest
from aidkit.engine import Engine, Task, open_engine
from aidkit.pipeline.cluster.connection import SLOT
from aidkit.pipeline.cluster.kit import unpack_kit
from aidkit.pipeline.cluster.travelling import Places, abroad
from aidkit.pipeline.execute import FINISH, PRELOAD
from aidkit.reads import recorded

IDLE_SECONDS = 120.0
"""An engine unused for so long is closed: whoever started the run may have been killed."""


@dataclass(frozen=True)
class Versions:
    """What must be equal on all machines, or reports would differ.

    Attributes:
        package: Digest of aidkit's code.
        libraries: Versions by name, Python among them.
    """

    package: str
    libraries: Mapping[str, str]


def versions() -> Versions:
    """What this process makes reports with."""
    return Versions(package_digest(), environment() | {"distributed": version("distributed")})


@dataclass(frozen=True)
class RemoteJob:
    """One notebook, without a path of the machine that sends it.

    Attributes:
        name: The job's name.
        source: The notebook, relative to the project's root.
        output: The executed copy, relative to the work folder.
        parameters: What is injected.
    """

    name: str
    source: str
    output: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What a worker sends back for a chunk.

    Attributes:
        errors: One a job, in their order; empty when all is well.
        reads: What each job read, as `travelling.abroad` writes it.
        files: Content by path relative to the work folder: executed copies and pages.
        seconds: How long the chunk took.
    """

    errors: tuple[str, ...]
    reads: tuple[tuple[str, ...], ...]
    files: Mapping[str, bytes]
    seconds: float


class Reports(WorkerPlugin):
    """A run as a worker knows it; it comes to every worker, those that join later too.

    Args:
        name: The run's name.
        kit: Params and notebooks, see `kit.pack_kit`.
        inputs: Folder or address of the slices, as this worker sees it.
        wanted: What the coordinator makes reports with.
        limit_seconds: After so long a notebook is killed.
    """

    def __init__(
        self, name: str, kit: bytes, inputs: str, wanted: Versions, limit_seconds: float
    ) -> None:
        self.name = name
        self._kit = kit
        self._inputs = inputs
        self._wanted = wanted
        self._limit_seconds = limit_seconds

    async def setup(self, worker: Worker) -> None:
        """Unpack the kit; a worker of another version, joining midway, gives up its place."""
        self._busy = threading.Lock()
        self._engine: Engine | None = None
        self._over = False
        self._used = time.monotonic()
        # dask empties its folder when a worker ends, and that of a killed one when the next starts.
        folder = tempfile.mkdtemp(prefix="aidkit-", dir=worker.local_directory)
        self._folder = Path(folder).resolve()
        self._threads = worker.state.nthreads
        self._watch = PeriodicCallback(self._close_unused, IDLE_SECONDS * 1000 / 4)
        self._watch.start()
        unpack_kit(self._kit, self._root)
        self._fits = versions() == self._wanted
        has = worker.state.total_resources.get(SLOT)
        if has is None:
            return
        if has != self._fits:
            await worker.set_resources(**{SLOT: int(self._fits)})
        if self._fits:
            self._engine = self._open()

    async def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        """Leave nothing behind, also when a chunk is under way."""
        self._over = True
        self._watch.stop()
        await asyncio.to_thread(self._close)
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, jobs: Sequence[RemoteJob]) -> Answer:
        """Run a chunk; a notebook that fails is a result, an engine that fails an exception.

        Raises:
            Reschedule: The chunk came while this worker was giving up its place.
            RuntimeError: The engine failed.
        """
        if not self._fits:
            raise Reschedule
        with self._busy:
            try:
                return self._run(jobs)
            except Exception as fault:
                self._close()
                raise RuntimeError(
                    f"{socket.gethostname()}：{type(fault).__name__}: {fault}"
                ) from None
            finally:
                self._used = time.monotonic()

    def _run(self, jobs: Sequence[RemoteJob]) -> Answer:
        started = time.monotonic()
        if self._engine is None:
            self._engine = self._open()
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            made, read = Path(folder, "made"), Path(folder, "read")
            made.mkdir()
            read.mkdir()
            tasks = [
                Task(
                    job.name,
                    self._root / job.source,
                    made / job.output,
                    job.parameters,
                    read / str(number),
                )
                for number, job in enumerate(jobs)
            ]
            wanted = takewhile(lambda _: not self._over, tasks)
            errors = {done.task.output: done.error for done in self._engine.run(wanted)}
            places = Places(
                root=str(self._root), work=self._inputs.removeprefix("file://"), made=str(made)
            )
            return Answer(
                errors=tuple(errors[task.output] for task in tasks),
                reads=tuple(
                    abroad(recorded(read / str(number)), places) for number in range(len(jobs))
                ),
                files={
                    path.relative_to(made).as_posix(): path.read_bytes()
                    for path in sorted(made.rglob("*"))
                    if path.is_file()
                },
                seconds=time.monotonic() - started,
            )

    @property
    def _root(self) -> Path:
        return self._folder / "project"

    def _open(self) -> Engine:
        return open_engine(
            root=self._root,
            environment={"AIDKIT_WORK": self._inputs},
            workers=self._threads,
            limit_seconds=self._limit_seconds,
            preload=PRELOAD,
            finish=FINISH,
        )

    def _close(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _close_unused(self) -> None:
        if time.monotonic() - self._used > IDLE_SECONDS and self._busy.acquire(blocking=False):
            try:
                self._close()
            finally:
                self._busy.release()


def run_chunk(name: str, jobs: Sequence[RemoteJob]) -> Answer:
    """Run a chunk on whichever worker this is."""
    plugin = get_worker().plugins[name]
    assert isinstance(plugin, Reports)
    return plugin.run(jobs)
