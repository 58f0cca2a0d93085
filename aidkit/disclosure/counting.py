"""Counts persons and sums money over every published breakdown, schools and county."""

from collections import defaultdict
from functools import partial
from typing import Any

import polars as pl

from aidkit.disclosure.aid import Aid, Column, Profile, parts_of
from aidkit.disclosure.search import Cell
from aidkit.tables import ALL

_KEYS = ("school_code", "program_id")

_DECISIONS = (*_KEYS, "person_no", "stage", "version_id", "tier", "full_fen", "amount_fen")

_Rows = list[tuple[Any, ...]]


def count_aid(
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    programs: pl.DataFrame,
    quotas: pl.DataFrame,
    size: dict[tuple[str, str], int],
) -> Aid:
    """Count once for what is published and for what internal reports show.

    Args:
        facts: `tables.Facts` of students.
        decisions: `tables.Decisions`; only those of students count.
        programs: `PublicPrograms`.
        quotas: `tables.Quotas`.
        size: (school or `all`, grade or `all`) to pupils on the roll.
    """
    ours = decisions.lazy().filter(subject="student")
    pairs, aided = pl.collect_all(
        [ours.select(_KEYS).unique(), ours.filter("awarded").select(_DECISIONS)]
    )
    decided = sorted(pairs.iter_rows())
    universal = _ids(programs.filter("universal"))
    for_everyone = pl.col("program_id").is_in(universal)
    waivers, means_tested = aided.filter(for_everyone), aided.filter(~for_everyone)
    by_panel = pl.col("program_id").is_in(_ids(programs.filter("case_by_case")))
    by_law = pl.when(by_panel).then(0).otherwise("full_fen").alias("by_law")
    by_amount = means_tested.with_columns(by_law)
    sums = _summed(by_amount, *_KEYS, "tier", "by_law", "stage")
    grades = facts.group_by("school_code", "grade", "stage").len().sort(pl.all()).rows()
    fine, stages = _fine(sums, grades)
    for program in sorted({*quotas["program_id"]} & {program for _, program in decided}):
        if not any(column[0] == program for column in fine[ALL]):
            fine[ALL][program, None, 0] = 0
    persons, money, actual = _zeros([p for p in decided if p[1] not in universal], sums, size)
    _add_aid(persons, money, actual, sums)
    _add_persons(persons, facts, means_tested)
    # Who is due aid may have left a grade in which nobody else was.
    empty = {(row, group): 0 for row, breakdown, group in persons if breakdown == "grade"}
    return Aid(
        size=empty | size,
        persons=dict(persons),
        money=dict(money),
        actual=dict(actual),
        own_law=_own_law(means_tested),
        by_panel=_by_panel(means_tested.filter(by_panel)),
        places=_places(quotas),
        cuts=_cuts(means_tested),
        fine=fine,
        stages=stages,
        grade_stages={(school, grade): stage for school, grade, stage, _ in grades},
        exclusive=_exclusive(means_tested),
        waivers=_waivers(waivers),
        partial=_partial(facts, waivers),
        profiles=partial(_profiles, facts, by_amount),
    )


def _summed(aided: pl.DataFrame, *keys: str) -> _Rows:
    """Rows of (keys…, persons, fen of a whole term, fen by actual time), sorted by the keys."""
    sums = aided.group_by(*keys).agg(pl.len(), pl.col("full_fen", "amount_fen").sum())
    return sums.sort(*keys, nulls_last=True).rows()


def _fine(
    sums: _Rows, grades: _Rows
) -> tuple[dict[str, dict[Column, int]], dict[str | Column, set[str]]]:
    fine: dict[str, dict[Column, int]] = defaultdict(lambda: defaultdict(int))
    stages: dict[str | Column, set[str]] = defaultdict(set)
    for school, _, stage, _ in grades:
        stages[school].add(stage)
        stages[ALL].add(stage)
    for school, program, tier, amount, stage, count, _, _ in sums:
        column = (program, tier, amount)
        stages[column].add(stage)
        for row in (school, ALL):
            fine[row][column] += count
    return fine, dict(stages)


def _zeros(
    decided: list[tuple[str, str]], sums: _Rows, size: dict[tuple[str, str], int]
) -> tuple[dict[Cell, int], dict[Cell, int], dict[Cell, int]]:
    """Persons, money and actual money: 0 for all that could have had somebody."""
    persons: dict[Cell, int] = defaultdict(int)
    money: dict[Cell, int] = defaultdict(int)
    for school, grade in size:
        persons[school, "total" if grade == ALL else "grade", grade] = 0
        if grade == ALL:
            money[school, "total", ALL] = 0
    parts = {program: set(parts_of(program, None)) for _, program in decided}
    for _, program, tier, *_ in sums:
        parts[program].update(parts_of(program, tier))
    for row, program in (*decided, *((ALL, program) for program in parts)):
        for part in parts[program]:
            persons[row, *part] = money[row, *part] = 0
    return persons, money, money.copy()


def _add_aid(
    persons: dict[Cell, int], money: dict[Cell, int], actual: dict[Cell, int], sums: _Rows
) -> None:
    """Add what programs and tiers count to the cells of schools and county."""
    for school, program, tier, _, _, count, fen, due in sums:
        parts = parts_of(program, tier)
        for row in (school, ALL):
            for part in parts:
                persons[row, *part] += count
            for part in (("total", ALL), *parts):
                money[row, *part] += fen
                actual[row, *part] += due


def _add_persons(persons: dict[Cell, int], facts: pl.DataFrame, aided: pl.DataFrame) -> None:
    """Add the cells that count each person with aid once: totals, grades, categories."""
    pupils = facts.select("person_no", "school_code", "grade", category="special_groups")
    helped = pupils.join(aided.select("person_no"), on="person_no", how="semi")
    for school, grade, count in helped.group_by("school_code", "grade").len().iter_rows():
        for row in (school, ALL):
            persons[row, "total", ALL] += count
            persons[row, "grade", grade] += count
    found = helped.explode("category").drop_nulls("category").unique(["person_no", "category"])
    categories = found["category"].unique()
    for row in [row for row, breakdown, _ in persons if breakdown == "total"]:
        for category in categories:
            persons[row, "category", category] = 0
    for school, category, count in found.group_by("school_code", "category").len().iter_rows():
        for row in (school, ALL):
            persons[row, "category", category] += count


def _own_law(aided: pl.DataFrame) -> set[tuple[str, str]]:
    """Schools and programs decided by a version of a single school: its region ends in a code."""
    region = pl.col("version_id").str.split("@").list.get(1)
    own = aided.filter(region.str.split("/").list.last() == pl.col("school_code"))
    return set(own.select(_KEYS).iter_rows())


def _by_panel(aided: pl.DataFrame) -> dict[Cell, list[int]]:
    amounts: dict[Cell, list[int]] = defaultdict(list)
    rows = aided.select(*_KEYS, "tier", "full_fen").sort(pl.all(), nulls_last=True)
    for school, program, tier, fen in rows.iter_rows():
        for part in parts_of(program, tier):
            for row in (school, ALL):
                amounts[row, *part].append(fen)
    return dict(amounts)


def _places(quotas: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Places of each list, and of the county where every school has its own."""
    places: dict[tuple[str, str], int] = defaultdict(int)
    for school, program, number in quotas.select(*_KEYS, "places").iter_rows():
        for row in {school, ALL}:
            places[row, program] += number
    return dict(places)


def _cuts(aided: pl.DataFrame) -> list[int]:
    cut = (pl.col("full_fen") - pl.col("amount_fen")).alias("cut")
    less = aided.filter(pl.col("amount_fen") != pl.col("full_fen"))
    return sorted(less.group_by("person_no").agg(cut.sum())["cut"].to_list())


def _exclusive(aided: pl.DataFrame) -> list[tuple[str, str]]:
    pairs = aided.select("person_no", "program_id")
    both = pairs.join(pairs, on="person_no", suffix="_other").unique(
        ["program_id", "program_id_other"]
    )
    together = set(both.select("program_id", "program_id_other").iter_rows())
    programs = _ids(aided)
    return [(p, q) for p in programs for q in programs if p < q and (p, q) not in together]


def _waivers(aided: pl.DataFrame) -> dict[tuple[str, str], tuple[int, int, int]]:
    waivers: dict[tuple[str, str], tuple[int, int, int]] = {}
    for school, program, *figures in _summed(aided, *_KEYS):
        for row in (school, ALL):
            count, fen, due = waivers.get((row, program), (0, 0, 0))
            waivers[row, program] = (count + figures[0], fen + figures[1], due + figures[2])
    return waivers


def _partial(facts: pl.DataFrame, aided: pl.DataFrame) -> set[tuple[str, str]]:
    """(School or `all`, program) where not everyone has what is for everyone.

    A program may be for everyone in towns and for boarders in the county seat: where one school
    of a locality and stage gives it to some, it is a matter of persons in all of them.
    """
    kind = ["locality", "stage"]
    enrolled = pl.col("enrolled").fill_null(True)
    here = facts.filter(enrolled).select("person_no", "school_code", *kind)
    sizes = here.group_by("school_code", *kind).agg(pupils=pl.len())
    have = (
        here.join(aided.select("person_no", "program_id"), on="person_no")
        .group_by("school_code", *kind, "program_id")
        .agg(some=pl.len())
        .join(sizes, on=["school_code", *kind], nulls_equal=True)
    )
    mixed = have.filter(pl.col("some") < pl.col("pupils")).select(*kind, "program_id").unique()
    found = sizes.join(mixed, on=kind, nulls_equal=True).select(_KEYS)
    return {
        key for school, program in found.iter_rows() for key in ((school, program), (ALL, program))
    }


def _profiles(facts: pl.DataFrame, aided: pl.DataFrame) -> list[tuple[str, Profile, int]]:
    """Persons with aid, those of one school put together of whom the figures count the same."""
    column = pl.concat_list(
        pl.struct("program_id", pl.col("tier").fill_null("").alias("tier"), "by_law")
    )
    each = aided.group_by("person_no", "school_code").agg(aid=column.explode().sort())
    groups = pl.col("special_groups").fill_null([]).list.unique().list.sort().alias("groups")
    pupils = facts.select("person_no", "school_code", "stage", "grade", groups)
    keys = ["school_code", "stage", "grade", "aid", "groups"]
    found = each.join(pupils, on=["person_no", "school_code"]).group_by(keys).len()
    return sorted(
        (school, Profile(stage, grade, tuple(tuple(a.values()) for a in aid), tuple(groups)), count)
        for school, stage, grade, aid, groups, count in found.iter_rows()
    )


def _ids(programs: pl.DataFrame) -> list[str]:
    return sorted(programs["program_id"].unique())
