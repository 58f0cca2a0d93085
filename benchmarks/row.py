"""One line of the table: what was measured, beside what was to be reached."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADER = ("做什么", "结果", "至少", "争取", "达到")


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        what: What was done, with its conditions.
        measured: The result as it is printed.
        value: Its number, in the unit of the targets; None where nothing could be measured.
        target: What must be reached; None where the row only informs.
        stretch: What is hoped for.
        unit: Of value and targets, as printed.
        at_most: Whether smaller is better.
    """

    what: str
    measured: str
    value: float | None = None
    target: float | None = None
    stretch: float | None = None
    unit: str = " 倍"
    at_most: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one, or where nothing was measured."""
        return self._reaches(self.target)

    @property
    def stretched(self) -> bool:
        """Whether what was hoped for is reached as well."""
        return bool(self._reaches(self.stretch))

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        verdict = {None: "" if self.target is None else "未测", True: "是", False: "**否**"}
        reached = "是，超过争取" if self.met and self.stretched else verdict[self.met]
        return (
            self.what, self.measured, self._goal(self.target), self._goal(self.stretch), reached
        )  # fmt: skip

    def _reaches(self, goal: float | None) -> bool | None:
        if goal is None or self.value is None:
            return None
        return self.value <= goal if self.at_most else self.value >= goal

    def _goal(self, goal: float | None) -> str:
        return "" if goal is None else f"{'≤ ' if self.at_most else ''}{goal:,g}{self.unit}"


def times_faster(
    what: str,
    ratios: Sequence[float],
    *,
    target: float | None = None,
    stretch: float | None = None,
    note: str = "",
) -> Row:
    """A row of how many times as fast it is, from pairs run in turn: median and range."""
    middle = statistics.median(ratios)
    return Row(what, _spread(ratios, " 倍") + note, middle, target, stretch)


def share_of(
    what: str,
    shares: Sequence[float],
    *,
    target: float | None = None,
    stretch: float | None = None,
    note: str = "",
) -> Row:
    """A row of which share of a full run it takes, in per cent: median and range."""
    percent = [100 * share for share in shares]
    middle = statistics.median(percent)
    return Row(what, _spread(percent, "%") + note, middle, target, stretch, "%", at_most=True)


def none_of(what: str, found: int, among: int, note: str = "") -> Row:
    """A row of something that must not happen at all."""
    return Row(what, f"{among:,} 个中 {found:,} 个{note}", found, 0, unit=" 个", at_most=True)


def unmeasured(what: str, why: str, *, target: float | None = None, at_most: bool = False) -> Row:
    """A row of what this machine cannot measure."""
    return Row(what, f"未测：{why}", None, target, at_most=at_most)


def broken(what: str, why: str) -> Row:
    """A row of what went wrong: never reached."""
    return Row(what, f"出错：{why}", 1, 0, unit=" 个错误", at_most=True)


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [HEADER, tuple("---" for _ in HEADER), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _spread(values: Sequence[float], unit: str) -> str:
    middle = statistics.median(values)
    digits = 2 if middle < 10 else 1 if middle < 100 else 0
    text = f"{middle:.{digits}f}{unit}"
    if len(values) > 1:
        text += f"（{min(values):.{digits}f} 至 {max(values):.{digits}f}）"
    return text
