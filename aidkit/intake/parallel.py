"""Files read by this process and by helpers beside it; the result does not depend on how many.

This process reads along, so that a small county waits for no helper, and reads whatever a
helper that died has left.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from aidkit.helper_process import start_helper
from aidkit.intake.files import Input
from aidkit.intake.found import Found, together
from aidkit.intake.reading import read_files

_CHUNK = 1_500_000
"""Bytes of workbooks read before their cells are judged: more at once cost more memory."""

WORTH_A_HELPER = 4_000_000
"""Bytes of workbooks for each process: starting one costs about as long as reading half of it."""

_HELPER = "from aidkit.intake.parallel import help; help()"

Chunk = tuple[int, Sequence[Input]]


def read_all(inputs: Sequence[Input], workers: int = 1) -> Found:
    """Everything that stands in some files, sorted by name.

    Args:
        inputs: The files, sorted by name.
        workers: Most processes to read with, this one among them.
    """
    sizes = [_size(each.path) for each in inputs]
    chunks: deque[Chunk] = deque(enumerate(_chunks(inputs, sizes)))
    parts: dict[int, Found] = {}
    with _helpers(min(workers - 1, sum(sizes) // WORTH_A_HELPER), chunks, parts):
        _read_along(chunks, parts)
    # What helpers took and did not bring back.
    _read_along(chunks, parts)
    return together(parts[number] for number in sorted(parts))


def _read_along(chunks: deque[Chunk], parts: dict[int, Found]) -> None:
    while chunks:
        try:
            number, chunk = chunks.popleft()
        except IndexError:
            return
        parts[number] = read_files(chunk)


@contextmanager
def _helpers(wanted: int, chunks: deque[Chunk], parts: dict[int, Found]) -> Iterator[None]:
    """So many helpers take chunks from the other end while the block runs, and to their end."""
    processes = [
        process for _ in range(wanted) if (process := start_helper(_HELPER, POLARS_MAX_THREADS="1"))
    ]
    threads = [Thread(target=_feed, args=(process, chunks, parts)) for process in processes]
    for thread in threads:
        thread.start()
    try:
        yield
    except BaseException:
        for process in processes:
            process.kill()
        raise
    finally:
        for thread in threads:
            thread.join()


def _feed(process: subprocess.Popen[bytes], chunks: deque[Chunk], parts: dict[int, Found]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    taken: Chunk | None = None
    # A helper that died breaks the pipe or cuts its answer short, which may show as any error:
    # its chunk must come back whatever it is. An empty deque ends the loop too.
    with suppress(Exception), process:
        while True:
            taken = chunks.pop()
            pickle.dump(taken[1], process.stdin)
            process.stdin.flush()
            parts[taken[0]] = pickle.load(process.stdout)
    if taken and taken[0] not in parts:
        chunks.append(taken)


def help() -> None:
    """Read the chunks that come in and send back what was found, until no more come."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    os.dup2(2, 1)
    while True:
        try:
            chunk = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(read_files(chunk), answers)
        answers.flush()


def _chunks(inputs: Sequence[Input], sizes: Sequence[int]) -> list[list[Input]]:
    chunks: list[list[Input]] = []
    size = _CHUNK
    for each, bytes_ in zip(inputs, sizes, strict=True):
        if size >= _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(each)
        size += bytes_
    return chunks


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
