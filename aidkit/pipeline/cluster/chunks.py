"""How many notebooks go out together: enough to be worth a message, few enough to be done soon."""

from collections import deque
from collections.abc import Iterable

from aidkit.pipeline.jobs import NotebookJob

FIRST = 16
"""Notebooks in a chunk before anything was measured."""

SECONDS = 3.0
"""What a chunk should take: a lost worker loses no more, results come this often."""

AHEAD = 2
"""Chunks per worker that are out: one runs, the next is there when it ends."""


class Waiting:
    """Jobs that wait, handed out in chunks in their order.

    Args:
        jobs: All jobs of a run.
    """

    def __init__(self, jobs: Iterable[NotebookJob]) -> None:
        self._jobs = deque(jobs)
        self._size = float(FIRST)

    def __bool__(self) -> bool:
        return bool(self._jobs)

    def next_chunk(self, workers: int) -> tuple[NotebookJob, ...]:
        """The next jobs; fewer when the end is near, so that all workers finish together."""
        fair = -(-len(self._jobs) // (AHEAD * max(workers, 1)))
        size = max(1, min(round(self._size), fair))
        return tuple(self._jobs.popleft() for _ in range(min(size, len(self._jobs))))

    def learn(self, jobs: int, seconds: float) -> None:
        """Take in how long a chunk took; at most a doubling at a time."""
        fitting = jobs * SECONDS / max(seconds, 0.001)
        self._size = max(1.0, min(fitting, 2 * self._size))
