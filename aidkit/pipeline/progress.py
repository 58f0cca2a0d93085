"""How far long work is: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from typing import TextIO

WIDTH = 28
PLAIN_STEPS = 10
"""Lines printed at most where there is no terminal."""


class Progress:
    """Counts finished steps of one piece of work and says what is left.

    Args:
        title: What the work is, Chinese.
        total: Number of steps.
        out: Where to print; None: standard error as it is now.
    """

    def __init__(self, title: str, total: int, out: TextIO | None = None) -> None:
        self._title = title
        self._total = total
        self._out = out or sys.stderr
        self._done = 0
        self._said = 0
        self._started = time.monotonic()

    def step(self) -> None:
        """One more step is done."""
        self._done += 1
        spent = time.monotonic() - self._started
        left = spent / self._done * (self._total - self._done)
        if self._out.isatty():
            filled = WIDTH * self._done // self._total
            bar = "█" * filled + "·" * (WIDTH - filled)
            end = "\n" if self._done == self._total else ""
            line = f"\r{self._title} {bar} {self._done}/{self._total}，约剩 {left:.0f} 秒  {end}"
            self._out.write(line)
        else:
            due = self._done * PLAIN_STEPS // self._total
            if due == self._said:
                return
            self._said = due
            self._out.write(f"{self._title} {self._done}/{self._total}，约剩 {left:.0f} 秒\n")
        self._out.flush()
