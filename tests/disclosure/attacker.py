"""Someone who has every public table and works out what is withheld.

The attacker knows that counts are whole numbers, the roll, the rules of withholding (a withheld
count is at least 1 unless its group is below the threshold), each program's amounts per head, and
every sum that the tables imply. Bounds are tightened until nothing changes.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from aidkit.tables import ALL
from tests.disclosure.worlds import World

Name = tuple[str, ...]
Cells = dict[Name, tuple[int | None, int | None]]
PART = 5
"""Words in the name of a part: those of its cell, its stage, its amount per head."""

STAGE_OF = {"k": "kindergarten", "p": "primary", "j": "junior", "s": "senior", "v": "vocational"}

Heads = Mapping[tuple[str, str], Mapping[str, Collection[int]]]


@dataclass(frozen=True)
class Law:
    """What anyone can read in the rules and on school gates.

    Attributes:
        heads: (program, tier or "") to stage to the amounts per head.
        stages: School to its stages.
        exclusive: Programs of which nobody gets two.
        special: Special schools.
        places: (school or `all`, program) to the places of its quota.
    """

    heads: Heads
    stages: dict[str, set[str]]
    exclusive: list[tuple[str, str]]
    special: set[str]
    places: dict[tuple[str, str], int]

    def places_of(self, school: str, group: str) -> int | None:
        """Places that a program or tier may fill; the county's list may fill them in one school."""
        program = group.partition("/")[0]
        return self.places.get((school, program), self.places.get((ALL, program)))


def law_of(world: World, heads: Heads, exclusive: list[tuple[str, str]]) -> Law:
    """What is publicly known beside the tables."""
    stages: dict[str, set[str]] = defaultdict(set)
    for school, stage in world["facts"].select("school_code", "stage").iter_rows():
        stages[school].add(stage)
    special = world["schools"].filter(pl.col("school_type") == "special")["school_code"]
    places: dict[tuple[str, str], int] = defaultdict(int)
    for school, program, number in (
        world["quotas"].select("school_code", "program_id", "places").iter_rows()
    ):
        for row in {school, ALL}:
            places[row, program] += number
    return Law(heads, stages, exclusive, set(special), dict(places))


@dataclass
class Attacker:
    """Bounds of every unknown, and sums of unknowns that lie between two numbers."""

    low: dict[Name, int] = field(default_factory=dict)
    high: dict[Name, int] = field(default_factory=dict)
    sums: list[tuple[dict[Name, int], int, int]] = field(default_factory=list)

    def unknown(self, name: Name, low: int, high: int) -> None:
        self.low[name], self.high[name] = low, high

    def equal(self, parts: dict[Name, int], whole: int = 0) -> None:
        self.sums.append((parts, whole, whole))

    def between(self, parts: dict[Name, int], low: int, high: int) -> None:
        self.sums.append((parts, low, high))

    def tighten(self, rounds: int = 60) -> None:
        for _ in range(rounds):
            changed = False
            for parts, low, high in self.sums:
                changed |= self._tighten(parts, low, high)
            if not changed:
                return

    def _tighten(self, parts: dict[Name, int], low: int, high: int) -> bool:
        bounds = []
        least = most = 0
        for name, factor in parts.items():
            ends = (factor * self.low[name], factor * self.high[name])
            least += min(ends)
            most += max(ends)
            if ends[0] != ends[1]:
                bounds.append((name, factor, min(ends), max(ends)))
        assert least <= high and low <= most, f"no possible values of {list(parts)}"
        changed = False
        for name, factor, mine_least, mine_most in bounds:
            # factor * x lies between what the others leave at least and at most.
            floor, ceiling = low - (most - mine_most), high - (least - mine_least)
            if factor < 0:
                floor, ceiling = -ceiling, -floor
            new_low, new_high = -(-floor // abs(factor)), ceiling // abs(factor)
            if new_low > self.low[name]:
                self.low[name], changed = new_low, True
            if new_high < self.high[name]:
                self.high[name], changed = new_high, True
            assert self.low[name] <= self.high[name], f"no possible value of {name}"
        return changed


def attack(tables: dict[str, pl.DataFrame], law: Law, threshold: int) -> Attacker:
    """All that the attacker can say after reading the public tables."""
    attacker = Attacker()
    size = _boarders(attacker, tables["roll"], threshold)
    universal = set(tables["programs"].filter("universal")["program_id"])
    aimed = ~pl.col("group").is_in(sorted(universal)) & (pl.col("breakdown") != "actual")
    rows = tables["aid"].filter(aimed).iter_rows()
    cells: Cells = {
        (school, breakdown, group): (n, fen) for school, breakdown, group, n, fen, _ in rows
    }
    _counts(attacker, cells, size, law, threshold)
    _sums(attacker, cells, law)
    _money(attacker, cells, size, law)
    _stages(attacker, law)
    attacker.tighten()
    return attacker


def withheld(tables: dict[str, pl.DataFrame]) -> list[Name]:
    """The names of withheld counts."""
    hidden = tables["aid"].filter("suppressed", pl.col("breakdown") != "actual")
    aid = hidden.select("school_code", "breakdown", "group")
    roll = tables["roll"].filter("suppressed").select("school_code", "grade")
    return [*aid.iter_rows(), *((school, "boarders", grade) for school, grade in roll.iter_rows())]


def _boarders(attacker: Attacker, roll: pl.DataFrame, threshold: int) -> dict[tuple[str, str], int]:
    size = {}
    rows = roll.select("school_code", "grade", "students", "boarders")
    for school, grade, students, boarders in rows.iter_rows():
        size[school, grade] = students
        name = (school, "boarders", grade)
        if boarders is None:
            attacker.unknown(name, 0 if 0 < students < threshold else 1, students)
        else:
            attacker.unknown(name, boarders, boarders)
    _margins(attacker, [name for name in attacker.low if name[1] == "boarders"])
    return size


def _margins(attacker: Attacker, names: list[Name]) -> None:
    """Grades add up to schools, schools to the county."""
    rows: dict[str, dict[Name, int]] = defaultdict(dict)
    columns: dict[str, dict[Name, int]] = defaultdict(dict)
    for school, breakdown, group in names:
        columns[group][school, breakdown, group] = -1 if school == ALL else 1
        rows[school][school, breakdown, group] = -1 if group == ALL else 1
    for parts in (*rows.values(), *columns.values()):
        attacker.equal(parts)


def _counts(
    attacker: Attacker,
    cells: Cells,
    size: dict[tuple[str, str], int],
    law: Law,
    threshold: int,
) -> None:
    for (school, breakdown, group), (persons, _) in cells.items():
        students = size[school, group if breakdown == "grade" else ALL]
        small = 0 < students < threshold
        if persons is not None:
            attacker.unknown((school, breakdown, group), persons, persons)
        else:
            places = law.places_of(school, group)
            if places is not None:
                students = min(students, places)
                small = small or places < threshold
            low = 0 if small or breakdown == "category" else 1
            attacker.unknown((school, breakdown, group), low, students)


def _sums(attacker: Attacker, cells: Cells, law: Law) -> None:
    by_school: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    columns: dict[tuple[str, str], dict[Name, int]] = defaultdict(dict)
    for cell in cells:
        by_school[cell[0]][cell[1]].append(cell)
        columns[cell[1], cell[2]][cell] = -1 if cell[0] == ALL else 1
    for parts in columns.values():
        attacker.equal(parts)
    for school, kinds in by_school.items():
        total = (school, "total", ALL)
        attacker.equal({total: -1, **dict.fromkeys(kinds["grade"], 1)})
        attacker.between({total: -1, **dict.fromkeys(kinds["program"], 1)}, 0, 10**6)
        for cell in (*kinds["program"], *kinds["category"]):
            attacker.between({total: 1, cell: -1}, 0, 10**6)
        for pair in law.exclusive:
            both = [(school, "program", program) for program in pair]
            if all(cell in cells for cell in both):
                attacker.between({total: 1, **dict.fromkeys(both, -1)}, 0, 10**6)
        tiers: dict[str, list[Name]] = defaultdict(list)
        for cell in kinds["tier"]:
            tiers[cell[2].partition("/")[0]].append(cell)
        for program, levels in tiers.items():
            attacker.equal({(school, "program", program): -1, **dict.fromkeys(levels, 1)})


def _stages(attacker: Attacker, law: Law) -> None:
    """Pupils of a stage with aid are those of its grades, and have one program or more each."""
    grades: dict[tuple[str, str], dict[Name, int]] = defaultdict(dict)
    heads: dict[tuple[str, str], dict[str, dict[Name, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for name in attacker.low:
        if name[1] == "grade" and name[0] != ALL:
            stage = "special" if name[0] in law.special else STAGE_OF[name[2][0]]
            grades[name[0], stage][name] = 1
        elif len(name) == PART:
            heads[name[0], name[3]][name[2].partition("/")[0]][name] = 1
    for place, pupils in grades.items():
        minus = dict.fromkeys(pupils, -1)
        for parts in heads[place].values():
            attacker.between({**pupils, **dict.fromkeys(parts, -1)}, 0, 10**6)
        everything = {part: 1 for parts in heads[place].values() for part in parts}
        attacker.between({**minus, **everything}, 0, 10**6)


def _money(
    attacker: Attacker,
    cells: Cells,
    size: dict[tuple[str, str], int],
    law: Law,
) -> None:
    """Split every program by stage and tier, where each head has one amount."""
    tiered = {cell[2].partition("/")[0] for cell in cells if cell[1] == "tier"}
    spent: dict[Name, dict[Name, int]] = defaultdict(dict)
    for cell in cells:
        school, breakdown, group = cell
        if school == ALL or breakdown not in {"program", "tier"} or group in tiered:
            continue
        program, _, tier = group.partition("/")
        heads: dict[Name, int] = {}
        for stage in sorted(law.stages[school]):
            for fen in sorted(law.heads.get((program, tier), {}).get(stage, ())):
                heads[*cell, stage, str(fen)] = fen
        for part in heads:
            attacker.unknown(part, 0, size[school, ALL])
        if not heads and program in {of for _, of in law.places}:
            continue  # few places, and nobody knows what they would pay
        attacker.equal({cell: -1, **dict.fromkeys(heads, 1)})
        for wide in (school, ALL):
            for whole in ((breakdown, group), ("program", program), ("total", ALL)):
                spent[wide, *whole] |= heads
    for cell, (_, money) in cells.items():
        if money is not None and spent[cell]:
            attacker.equal(spent[cell], money)
