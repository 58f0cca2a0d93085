"""Someone who has every public table and works out what is withheld.

The attacker knows that counts are whole numbers, the roll, the rules of withholding, each program's
amounts per head, and every sum that the tables imply. Bounds are tightened until nothing changes.
"""

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from aidkit.tables import ALL
from tests.disclosure.knowledge import Knowledge, Name
from tests.disclosure.law import Law

Cells = dict[Name, tuple[int | None, int | None]]
PART = 5
"""Words in the name of a part: those of its cell, its stage, its amount per head."""

NOT_ASSESSED = "not_assessed"
"""The band of those who are in no share."""

STAGE_OF = {"k": "kindergarten", "p": "primary", "j": "junior", "s": "senior", "v": "vocational"}


def attack(tables: Mapping[str, pl.DataFrame], law: Law, threshold: int) -> Knowledge:
    """All that the attacker can say after reading the public tables."""
    attacker = Knowledge()
    size = _boarders(attacker, tables["roll"])
    universal = set(tables["programs"].filter("universal")["program_id"])
    aimed = ~pl.col("group").is_in(sorted(universal)) & (pl.col("breakdown") != "actual")
    rows = tables["aid"].filter(aimed).iter_rows()
    cells: Cells = {
        (school, breakdown, group): (n, fen) for school, breakdown, group, n, fen, _ in rows
    }
    _counts(attacker, cells, size, law)
    _categories(attacker, cells, threshold)
    _waivers(attacker, tables["aid"].filter(pl.col("group").is_in(sorted(universal))), size)
    if "progress" in tables:
        bands(attacker, tables["progress"])
    _sums(attacker, cells, law)
    _money(attacker, cells, size, law)
    _stages(attacker, law)
    attacker.tighten()
    return attacker


def withheld(tables: Mapping[str, pl.DataFrame]) -> list[Name]:
    """The names of withheld counts."""
    names: list[Name] = []
    if "aid" in tables:
        hidden = tables["aid"].filter("suppressed", pl.col("breakdown") != "actual")
        names += hidden.select("school_code", "breakdown", "group").iter_rows()
    if "roll" in tables:
        roll = tables["roll"].filter("suppressed").select("school_code", "grade")
        names += [(school, "boarders", grade) for school, grade in roll.iter_rows()]
    if "progress" in tables:
        told = tables["progress"].filter("suppressed").select("stage", "band")
        names += [(stage, "band", band) for stage, band in told.iter_rows()]
    return names


def _boarders(attacker: Knowledge, roll: pl.DataFrame) -> dict[tuple[str, str], int]:
    size = {}
    rows = roll.select("school_code", "grade", "students", "boarders")
    for school, grade, students, boarders in rows.iter_rows():
        size[school, grade] = students
        name = (school, "boarders", grade)
        if boarders is None:
            attacker.unknown(name, 0, students)
        else:
            attacker.unknown(name, boarders, boarders)
    _margins(attacker, [name for name in attacker.low if name[1] == "boarders"])
    return size


def _margins(attacker: Knowledge, names: list[Name]) -> None:
    """Grades add up to schools, schools to the county."""
    rows: dict[str, dict[Name, int]] = defaultdict(dict)
    columns: dict[str, dict[Name, int]] = defaultdict(dict)
    for school, breakdown, group in names:
        columns[group][school, breakdown, group] = -1 if school == ALL else 1
        rows[school][school, breakdown, group] = -1 if group == ALL else 1
    for parts in (*rows.values(), *columns.values()):
        attacker.equal(parts)


def _counts(
    attacker: Knowledge,
    cells: Cells,
    size: dict[tuple[str, str], int],
    law: Law,
) -> None:
    for (school, breakdown, group), (persons, _) in cells.items():
        students = size[school, group if breakdown == "grade" else ALL]
        if persons is not None:
            attacker.unknown((school, breakdown, group), persons, persons)
        else:
            places = law.places_of(school, group)
            attacker.unknown(
                (school, breakdown, group), 0, students if places is None else min(students, places)
            )


def _categories(attacker: Knowledge, cells: Cells, threshold: int) -> None:
    """What rows of categories tell of a total: there are none where nobody has aid.

    Where fewer than the threshold have aid, none is shown that the county has.
    """
    rows = [cell for cell in cells if cell[1] == "category"]
    schools = {school for school, _, _ in cells}
    for school in schools - {school for school, _, _ in rows} if rows else ():
        attacker.high[school, "total", ALL] = 0
    for school, breakdown, group in rows:
        shown = cells[school, breakdown, group][0] is not None
        if shown and cells[ALL, breakdown, group][0] != 0:
            total = (school, "total", ALL)
            attacker.low[total] = max(attacker.low[total], threshold)


def _waivers(attacker: Knowledge, rows: pl.DataFrame, size: dict[tuple[str, str], int]) -> None:
    """What is for everyone has a row where somebody has it; schools add up to the county."""
    columns: dict[str, dict[Name, int]] = defaultdict(dict)
    for school, breakdown, group, persons, *_ in rows.iter_rows():
        name = (school, breakdown, group)
        known = (persons, persons) if persons is not None else (0, size[school, ALL])
        attacker.unknown(name, *known)
        columns[group][name] = -1 if school == ALL else 1
    for parts in columns.values():
        attacker.equal(parts)


def bands(attacker: Knowledge, table: pl.DataFrame) -> None:
    """Learners of a stage by band, their shares of the assessed, and the stages together."""
    rows: dict[str, dict[Name, int]] = defaultdict(dict)
    columns: dict[str, dict[Name, int]] = defaultdict(dict)
    of: dict[str, int] = {}
    for stage, band, learners, pupils in table.select("stage", "band", "of", "pupils").iter_rows():
        name = (stage, "band", band)
        attacker.unknown(name, *((pupils, pupils) if pupils is not None else (0, learners)))
        of[stage], rows[stage][name] = learners, 1
        columns[band][name] = -1 if stage == ALL else 1
    for stage, parts in rows.items():
        attacker.equal(parts, of[stage])
    for parts in columns.values():
        attacker.equal(parts)
    for stage, band, share in table.select("stage", "band", "share").drop_nulls().iter_rows():
        # Rounded to a thousandth: twice a thousand pupils are off by the assessed at most.
        twice, learners = 2 * round(share * 1000), of[stage]
        parts = {(stage, "band", band): 2000, (stage, "band", NOT_ASSESSED): twice}
        attacker.between(parts, twice * learners - learners, twice * learners + learners)


def _sums(attacker: Knowledge, cells: Cells, law: Law) -> None:
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


def _stages(attacker: Knowledge, law: Law) -> None:
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
    attacker: Knowledge,
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
