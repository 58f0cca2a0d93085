"""How far apart a withheld figure can be in two worlds that agree with all that is published.

Whole-number programs, one for each block of figures that depend on one another, solved exactly by
HiGHS. Every solution says something of all figures of its block, so few have to be asked for by
themselves. A question that is not settled in its time is a failure, never an answer.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from tests.disclosure.knowledge import Knowledge, Name

SECONDS = 20.0
"""How long one question may take."""


class UnsettledError(AssertionError):
    """The solver could not settle in its time how far a figure can go."""


@dataclass
class Range:
    """The least and the greatest value that were found possible."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low

    def note(self, value: int) -> None:
        self.low, self.high = min(self.low, value), max(self.high, value)


def ranges(
    knowledge: Knowledge,
    wanted: Mapping[Name, int],
    seconds: float = SECONDS,
) -> dict[Name, Range]:
    """How far withheld figures can go, at least as far as wanted where they can.

    Args:
        knowledge: What the reader knows; its bounds may be tightened already.
        wanted: Withheld figure to the width that is enough: no more is looked for.
        seconds: How long one question may take.

    Raises:
        UnsettledError: A question was not settled in its time.
        AssertionError: No world agrees with what the reader knows.
    """
    found: dict[Name, Range] = {}
    for names in _blocks(knowledge):
        block = _Block(knowledge, names, seconds)
        found |= block.ranges({name: wanted[name] for name in names if name in wanted})
    return {name: found.get(name) or _fixed(knowledge, name) for name in wanted}


def _fixed(knowledge: Knowledge, name: Name) -> Range:
    assert knowledge.low[name] == knowledge.high[name], name
    return Range(knowledge.low[name], knowledge.low[name])


def _blocks(knowledge: Knowledge) -> Iterator[list[Name]]:
    """Figures that are not known, put together where one tells of another."""
    open_ = {name for name, low in knowledge.low.items() if low < knowledge.high[name]}
    root = {name: name for name in open_}

    def find(name: Name) -> Name:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for parts, _, _ in knowledge.sums:
        together = [name for name in parts if name in open_]
        for name in together[1:]:
            root[find(name)] = find(together[0])
    blocks: dict[Name, list[Name]] = defaultdict(list)
    for name in sorted(open_):
        blocks[find(name)].append(name)
    yield from blocks.values()


class _Block:
    """One program: the figures, and what sums tell of them."""

    def __init__(
        self,
        knowledge: Knowledge,
        names: list[Name],
        seconds: float,
    ) -> None:
        self._names = names
        self._place = {name: place for place, name in enumerate(names)}
        self._bounds = [(knowledge.low[name], knowledge.high[name]) for name in names]
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "time_limit": seconds,
            "random_seed": 1,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5,
        }.items():
            self._solver.setOptionValue(option, value)
        low, high = np.array(self._bounds, dtype=np.float64).T
        self._solver.addVars(len(names), low, high)
        every = np.arange(len(names), dtype=np.int32)
        whole = np.full(len(names), highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(len(names), every, whole)
        self._every = every
        for parts, least, most in _rows(knowledge, self._place):
            self._add(parts, least, most)

    def _add(self, parts: Mapping[int, int], least: int, most: int) -> None:
        places = np.array(list(parts), dtype=np.int32)
        factors = np.array(list(parts.values()), dtype=np.float64)
        self._solver.addRow(float(least), float(most), len(parts), places, factors)

    def ranges(self, wanted: Mapping[Name, int]) -> dict[Name, Range]:
        found: dict[Name, Range] = {}

        def learn(costs: Mapping[int, float], sense: highspy.ObjSense) -> None:
            for name, value in zip(self._names, self._solve(costs, sense), strict=True):
                if name in wanted:
                    found.setdefault(name, Range(value, value)).note(value)

        least, most = highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize
        if wanted:
            everything = {self._place[name]: 1.0 for name in wanted}
            learn(everything, least)
            learn(everything, most)
        for name, width in wanted.items():
            for sense in (least, most):
                if found[name].width < width:
                    learn({self._place[name]: 1.0}, sense)
        return found

    def _solve(self, costs: Mapping[int, float], sense: highspy.ObjSense) -> list[int]:
        row = np.zeros(len(self._names))
        for place, cost in costs.items():
            row[place] = cost
        self._solver.changeColsCost(len(row), self._every, row)
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        status = self._solver.getModelStatus()
        asked = [self._names[place] for place in costs]
        if status == highspy.HighsModelStatus.kInfeasible:
            raise AssertionError(f"no world agrees with what is published: {asked[:5]}")
        if status != highspy.HighsModelStatus.kOptimal:
            said = self._solver.modelStatusToString(status)
            raise UnsettledError(f"{said}: {asked[:5]}")
        return [round(value) for value in self._solver.getSolution().col_value]


def _rows(
    knowledge: Knowledge, place: Mapping[Name, int]
) -> Iterator[tuple[dict[int, int], int, int]]:
    """Sums that tell of the block's figures, without what is known already."""
    for parts, low, high in knowledge.sums:
        open_ = {place[name]: factor for name, factor in parts.items() if name in place and factor}
        if open_:
            # What is fixed is in no block: a sum's open figures are all of one.
            known = sum(f * knowledge.low[name] for name, f in parts.items() if name not in place)
            yield open_, low - known, high - known
