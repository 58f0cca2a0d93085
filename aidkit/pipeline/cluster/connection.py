"""The line to the scheduler: what goes wrong with it is told in Chinese, with a remedy."""

import logging
import time
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from aidkit.errors import NotebookError, UsageError

if TYPE_CHECKING:
    from distributed import Client, Future

    from aidkit.pipeline.cluster.worker import Answer

SLOT = "aidkit"
"""A resource that workers are started with: each has one, a chunk takes it whatever its threads.

It must be there when a worker registers: the scheduler looks at waiting tasks only then.
"""

JOIN = "--resources aidkit=1"
"""What the command line of a worker says to take part."""

CONNECT_SECONDS = 15.0
"""For the scheduler to answer, and for a first worker to be there."""

PATIENCE_SECONDS = 60.0
"""A run without any worker is given up after so long; a killed one is back within seconds."""

TICK_SECONDS = 5.0
"""How often a waiting run looks whether workers are there."""


@contextmanager
def connected(scheduler: str) -> Iterator["Client"]:
    """A client of a scheduler that has at least one worker.

    Raises:
        UsageError: `distributed` is not installed, nobody answers, or there is no worker.
        NotebookError: The scheduler is lost midway.
    """
    try:
        import distributed  # noqa: PLC0415  an extra
    except ImportError:
        raise UsageError(
            "没有安装 distributed，不能用别的电脑运行。",
            where="--scheduler",
            remedy='请运行 python -m pip install "aidkit[cluster]"，或者去掉 --scheduler。',
        ) from None
    with _quiet(), warnings.catch_warnings():
        # Versions are compared by `admission`, library by library and in Chinese.
        warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
        client = _client(scheduler)
        try:
            _wait_for_a_worker(client, scheduler)
            with client.as_current():
                yield client
        except (CancelledError, OSError):
            if client.status == "running":
                raise
            raise _lost("和调度程序的连接断了") from None
        finally:
            with suppress(OSError, TimeoutError):
                client.close(timeout=CONNECT_SECONDS)


def members(client: "Client") -> list[str]:
    """Addresses of the workers that were started to take part, sorted."""
    return sorted(_resources(client))


def slots(client: "Client") -> int:
    """Workers that take chunks: members that are not kept out."""
    return sum(quantity > 0 for quantity in _resources(client).values())


def first_done(client: "Client", futures: Iterable["Future[Answer]"]) -> "set[Future[Answer]]":
    """Wait until at least one is done.

    Raises:
        NotebookError: There is no worker for longer than a restart takes.
    """
    from distributed import wait  # noqa: PLC0415

    wanted = list(futures)
    seen = time.monotonic()
    while True:
        with suppress(TimeoutError):
            done = wait(wanted, timeout=TICK_SECONDS, return_when="FIRST_COMPLETED").done
            return set(done)
        if slots(client):
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE_SECONDS:
            raise _lost("工作进程都不在了")


def leave(client: "Client", run: str) -> None:
    """Tell the workers that a run is over; they close their engines and clear up."""
    if client.status == "running":
        with suppress(OSError, CancelledError):
            client.unregister_worker_plugin(run)


def _client(scheduler: str) -> "Client":
    from distributed import Client  # noqa: PLC0415

    client = object.__new__(Client)
    try:
        Client.__init__(
            client, scheduler, timeout=CONNECT_SECONDS, set_as_default=False, name="aidkit"
        )
    except (OSError, RuntimeError, TypeError, ValueError) as fault:
        # Left half made, it would wait at its end for a loop that has ended already.
        client.status = "closed"
        raise UsageError(
            f"连不上调度程序：{fault}",
            where=scheduler,
            remedy="请检查地址（例如 tcp://主机:8786）、网络，以及 dask scheduler 是否在运行。",
        ) from None
    return client


def _resources(client: "Client") -> dict[str, float]:
    workers = client.scheduler_info(n_workers=-1)["workers"]
    held = {address: worker["resources"] for address, worker in workers.items()}
    return {address: has[SLOT] for address, has in held.items() if SLOT in has}


def _wait_for_a_worker(client: "Client", scheduler: str) -> None:
    deadline = time.monotonic() + CONNECT_SECONDS
    while not members(client):
        if time.monotonic() > deadline:
            raise UsageError(
                f"调度程序下面没有带 {JOIN} 的工作进程。",
                where=scheduler,
                remedy=f"请在各台电脑上运行 dask worker {scheduler} {JOIN}，再运行一次。",
            )
        time.sleep(0.2)


def _lost(what: str) -> NotebookError:
    return NotebookError(
        f"{what}，报告没有全部完成，原有结果保持不变。",
        where="--scheduler",
        remedy="请检查网络和各台电脑，再运行一次；也可以去掉 --scheduler，只用本机运行。",
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the remarks of `distributed` on connections; what matters is said as an error."""
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
