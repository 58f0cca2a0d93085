"""Aid counted the plain way: row by row, one sum of money at a time, nothing withheld."""

from collections import defaultdict

from aidkit.tables import ALL
from tests.disclosure.worlds import World

Figures = dict[tuple[str, str, str], tuple[int, int | None]]
"""(school or `all`, breakdown, group) to persons and fen; None where a breakdown has no money."""


def plain_count(world: World, fen: str) -> Figures:
    """Every row of `aid` but the county's by actual time.

    Args:
        world: A term of students on the roll.
        fen: The column of decisions whose money counts.
    """
    pupils = {fact["person_no"]: fact for fact in world["facts"].iter_rows(named=True)}
    universal = set(world["programs"].filter("universal")["program_id"])
    decisions = world["decisions"].rows(named=True)
    awarded = [d for d in decisions if d["awarded"]]
    tiers = {(d["program_id"], d["tier"]) for d in awarded if d["tier"]}
    persons: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    money: dict[tuple[str, str, str], int] = {}
    for row in (*world["schools"]["school_code"], ALL):
        here = [d for d in decisions if row in (d["school_code"], ALL)]
        groups = {("total", ALL)} | {("program", d["program_id"]) for d in here}
        groups |= {("tier", f"{p}/{tier}") for p, tier in tiers if ("program", p) in groups}
        for breakdown, group in groups:
            money[row, breakdown, group] = 0
    for decision in awarded:
        pupil, program, tier = decision["person_no"], decision["program_id"], decision["tier"]
        parts = [("program", program)]
        if program not in universal:
            parts += [("total", ALL), *([("tier", f"{program}/{tier}")] if tier else [])]
        for row in (decision["school_code"], ALL):
            for part in parts:
                persons[row, *part].add(pupil)
                money[row, *part] += decision[fen]
    figures: Figures = {cell: (len(persons[cell]), fen) for cell, fen in money.items()}
    categories = {g for p in persons[ALL, "total", ALL] for g in pupils[p]["special_groups"]}
    for row in (*world["schools"]["school_code"], ALL):
        helped = [pupils[p] for p in persons[row, "total", ALL]]
        grades = {p["grade"] for p in pupils.values() if row in (p["school_code"], ALL)}
        for grade in grades:
            figures[row, "grade", grade] = (sum(p["grade"] == grade for p in helped), None)
        for category in categories if helped else ():
            having = sum(category in p["special_groups"] for p in helped)
            figures[row, "category", category] = (having, None)
    return figures
