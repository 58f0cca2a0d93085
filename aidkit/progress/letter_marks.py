"""How letters to parents say what a pupil got: in points, or in the levels of a school report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aidkit.toml import TomlTable

LEVELS, POINTS = "levels", "points"
WAYS = (LEVELS, POINTS)


@dataclass(frozen=True)
class LetterMarks:
    """What is declared of marks in letters.

    Attributes:
        ways: Stage to one of `WAYS`.
        levels: Name of each level and the least share of full marks that it begins at, the best
            first; the last begins at 0.
    """

    ways: Mapping[str, str]
    levels: tuple[tuple[str, float], ...]

    def way(self, stage: str) -> str:
        """How a stage's marks are told; levels where nothing is declared, which tell less."""
        return self.ways.get(stage, LEVELS)

    def said(self, stage: str, score: float, full_score: float) -> str:
        """Points and full marks, or the level.

        Args:
            stage: Of the exam's grade.
            score: Points.
            full_score: Points that can be had.
        """
        if self.way(stage) == POINTS:
            return f"{score:.10g} / {full_score:.10g}"
        return next(name for name, least in self.levels if score / full_score >= least)


def read_letter_marks(section: TomlTable, stages: Sequence[str]) -> LetterMarks:
    """Read the section `letters` of `progress.toml`.

    Raises:
        ParamsError: A way is unknown, or the levels do not go down to 0.
    """
    ways = {stage: section.choice(stage, WAYS) for stage in stages}
    levels = []
    for one in section.tables("levels"):
        levels.append((one.text("name"), float(one.decimal("from"))))
        one.done()
    begins = [least for _, least in levels]
    down = all(upper > lower for upper, lower in pairwise(begins))
    if len(levels) < 2 or not down or begins[0] >= 1 or begins[-1] != 0:
        raise section.fault(
            "levels",
            "各等的界限不是从高到低、到 0 为止。",
            "请按得分占满分的比例从高到低写，最后一等写 from = 0，例如 0.85、0.70、0.60、0。",
        )
    return LetterMarks(ways, tuple(levels))
