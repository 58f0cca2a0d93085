"""Aid of a term as counts and sums: what would be published if nothing were withheld."""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from aidkit.tables import ALL

Column = tuple[str, str | None, int]
"""Program, tier (None where the program has none), the law's amount in fen: persons of equal money.

Where a panel decides every amount by itself nobody can tell persons apart by it: the amount is 0.
"""


@dataclass(frozen=True)
class Aid:
    """Everything about aid of a term that disclosure counts; the universal waiver is kept apart.

    Attributes:
        size: (school or `all`, grade or `all`) to pupils on the roll.
        persons: (school or `all`, breakdown, group) to persons; 0 where a program decided and
            found nobody.
        money: The same for `total`, `program` and `tier` to fen.
        own_law: (school, program) where a school has a version of its own, so other amounts.
        adjusted: Persons who get less than a whole term's amount, and the whole by actual time.
        fine: School or `all` to column to persons.
        stages: School or column to its stages.
        grade_stages: (school, grade) to the stage of its pupils.
        exclusive: Pairs of programs that no pupil has both.
        waivers: (school or `all`, program) to (persons, fen) of programs for everyone; None where
            only some of the pupils have it, so that it would tell who they are (boarders).
    """

    size: dict[tuple[str, str], int]
    persons: dict[tuple[str, str, str], int]
    money: dict[tuple[str, str, str], int]
    own_law: set[tuple[str, str]]
    adjusted: tuple[int, int]
    fine: dict[str, dict[Column, int]]
    stages: dict[str | Column, set[str]]
    grade_stages: dict[tuple[str, str], str]
    exclusive: list[tuple[str, str]]
    waivers: dict[tuple[str, str], tuple[int, int] | None]

    @property
    def schools(self) -> list[str]:
        """School codes, sorted, without `all`."""
        return sorted({school for school, grade in self.size if grade == ALL} - {ALL})


def count_aid(
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    programs: pl.DataFrame,
    size: dict[tuple[str, str], int],
    *,
    by_actual_time: bool = False,
) -> Aid:
    """Count persons and sum money over every published breakdown, schools and county.

    Money is that of a whole term, as the law says it: what a leaver gets would tell of one person.

    Args:
        facts: `tables.Facts` of students.
        decisions: `tables.Decisions` of students.
        programs: `PublicPrograms`.
        size: (school or `all`, grade or `all`) to pupils on the roll.
        by_actual_time: Sum what is due by actual time instead; for internal reports.
    """
    due = pl.col("amount_fen" if by_actual_time else "full_fen").alias("fen")
    aided = decisions.filter("awarded").with_columns(due)
    waiver = pl.col("program_id").is_in(_ids(programs.filter("universal")))
    means_tested = aided.filter(~waiver)
    persons: dict[tuple[str, str, str], int] = defaultdict(int)
    money: dict[tuple[str, str, str], int] = defaultdict(int)
    _zeros(decisions.filter(~waiver), means_tested, size, persons, money)
    fine, stages = _fine(facts, means_tested, _ids(programs.filter("case_by_case")))
    keys = ("school_code", "program_id", "tier")
    sums = means_tested.group_by(keys).agg(pl.len(), pl.col("fen").sum())
    for school, program, tier, count, fen in sums.iter_rows():
        for row in (school, ALL):
            persons[row, "program", program] += count
            money[row, "program", program] += fen
            money[row, "total", ALL] += fen
            if tier is not None:
                persons[row, "tier", f"{program}/{tier}"] += count
                money[row, "tier", f"{program}/{tier}"] += fen
    helped = facts.join(means_tested.select("person_no").unique(), on="person_no", how="semi")
    in_category = helped.explode("special_groups").drop_nulls("special_groups")
    categories = sorted(in_category["special_groups"].unique())
    for breakdown, group, frame in (
        ("grade", "grade", helped),
        ("category", "special_groups", in_category.unique(["person_no", "special_groups"])),
    ):
        for school, name, count in _counted(frame, "school_code", group):
            persons[school, breakdown, name] += count
            persons[ALL, breakdown, name] += count
    for school, count in _counted(helped, "school_code"):
        persons[school, "total", ALL] += count
        persons[ALL, "total", ALL] += count
    for school in {school for school, _ in size}:
        if persons.get((school, "total", ALL)):
            for category in categories:
                persons[school, "category", category] += 0
    return Aid(
        size=size,
        persons=dict(persons),
        money=dict(money),
        own_law=_own_law(means_tested),
        adjusted=_adjusted(means_tested),
        fine=fine,
        stages=stages,
        grade_stages={
            (school, grade): stage
            for school, grade, stage, _ in _counted(facts, "school_code", "grade", "stage")
        },
        exclusive=_exclusive(means_tested),
        waivers=_waivers(facts, aided.filter(waiver)),
    )


def _zeros(
    decisions: pl.DataFrame,
    aided: pl.DataFrame,
    size: dict[tuple[str, str], int],
    persons: dict[tuple[str, str, str], int],
    money: dict[tuple[str, str, str], int],
) -> None:
    """Enter 0 for every school, grade, program and tier that could have had somebody."""
    for school, grade in size:
        persons[school, "total" if grade == ALL else "grade", grade] = 0
        if grade == ALL:
            money[school, "total", ALL] = 0
    tiers: dict[str, list[str]] = defaultdict(list)
    for program, tier, _ in _counted(aided.drop_nulls("tier"), "program_id", "tier"):
        tiers[program].append(tier)
    for school, program, _ in _counted(decisions, "school_code", "program_id"):
        groups = [("program", program), *(("tier", f"{program}/{tier}") for tier in tiers[program])]
        for breakdown, group in groups:
            for row in (school, ALL):
                persons[row, breakdown, group] = 0
                money[row, breakdown, group] = 0


def _own_law(aided: pl.DataFrame) -> set[tuple[str, str]]:
    """Schools and programs decided by a version of a single school: its region ends in a code."""
    region = pl.col("version_id").str.split("@").list.get(1)
    own = aided.filter(region.str.split("/").list.last() == pl.col("school_code"))
    return set(own.select("school_code", "program_id").iter_rows())


def _adjusted(aided: pl.DataFrame) -> tuple[int, int]:
    less = aided.filter(pl.col("amount_fen") != pl.col("full_fen"))
    return less["person_no"].n_unique(), int(aided["amount_fen"].sum())


def _ids(programs: pl.DataFrame) -> list[str]:
    return sorted(set(programs["program_id"]))


def _fine(
    facts: pl.DataFrame, aided: pl.DataFrame, case_by_case: list[str]
) -> tuple[dict[str, dict[Column, int]], dict[str | Column, set[str]]]:
    fine: dict[str, dict[Column, int]] = defaultdict(lambda: defaultdict(int))
    stages: dict[str | Column, set[str]] = defaultdict(set)
    for school, stage, _ in _counted(facts, "school_code", "stage"):
        stages[school].add(stage)
        stages[ALL].add(stage)
    by_law = pl.when(pl.col("program_id").is_in(case_by_case)).then(0).otherwise("full_fen")
    aided = aided.with_columns(by_law=by_law)
    keys = ("school_code", "program_id", "tier", "by_law", "stage")
    for school, program, tier, amount, stage, count in _counted(aided, *keys):
        column = (program, tier, amount)
        stages[column].add(stage)
        for row in (school, ALL):
            fine[row][column] += count
    return {school: dict(columns) for school, columns in fine.items()}, dict(stages)


def _exclusive(aided: pl.DataFrame) -> list[tuple[str, str]]:
    pairs = aided.select("person_no", "program_id")
    both = pairs.join(pairs, on="person_no", suffix="_other").unique(
        ["program_id", "program_id_other"]
    )
    together = set(both.select("program_id", "program_id_other").iter_rows())
    programs = sorted(aided["program_id"].unique())
    return [(p, q) for p in programs for q in programs if p < q and (p, q) not in together]


def _waivers(
    facts: pl.DataFrame, aided: pl.DataFrame
) -> dict[tuple[str, str], tuple[int, int] | None]:
    waivers: dict[tuple[str, str], tuple[int, int]] = {}
    sums = aided.group_by("school_code", "program_id").agg(pl.len(), pl.col("fen").sum())
    for school, program, count, fen in sums.sort("school_code", "program_id").iter_rows():
        for row in (school, ALL):
            before = waivers.get((row, program), (0, 0))
            waivers[row, program] = (before[0] + count, before[1] + fen)
    partial = _partial(facts, aided)
    return {key: None if key in partial else figures for key, figures in waivers.items()}


def _partial(facts: pl.DataFrame, aided: pl.DataFrame) -> set[tuple[str, str]]:
    """(school or `all`, program) where not everyone has what is for everyone.

    A program may be for everyone in towns and for boarders in the county seat: where one school
    of a locality and stage gives it to some, it is a matter of persons in all of them.
    """
    here = facts.filter(pl.col("enrolled").fill_null(True))
    kind = ("locality", "stage")
    found: set[tuple[str, str]] = set()
    for program in sorted(aided["program_id"].unique()):
        has = pl.col("person_no").is_in(aided.filter(program_id=program)["person_no"].to_list())
        shares = here.group_by("school_code", *kind).agg(has.any().alias("some"), has.all())
        mixed = shares.filter(pl.col("some"), ~pl.col("person_no")).select(kind)
        schools = shares.join(mixed, on=kind, how="semi", nulls_equal=True)["school_code"]
        found |= {(school, program) for school in ([*schools, ALL] if len(schools) else ())}
    return found


def _counted(frame: pl.DataFrame, *keys: str) -> list[tuple]:  # type: ignore[type-arg]
    """Rows of (keys…, count), sorted by the keys."""
    return frame.group_by(*keys).len().sort(*keys, nulls_last=True).rows()
