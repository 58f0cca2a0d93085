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
        by_panel: Cell of the county or a school to the amounts that a panel decided one by one.
        places: (school or `all`, program) to the places of its quota: law, so anyone knows them.
        cuts: What each of those who left early lacks of a whole term's money.
        actual_fen: The whole by actual time.
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
    by_panel: dict[tuple[str, str, str], list[int]]
    places: dict[tuple[str, str], int]
    cuts: list[int]
    actual_fen: int
    fine: dict[str, dict[Column, int]]
    stages: dict[str | Column, set[str]]
    grade_stages: dict[tuple[str, str], str]
    exclusive: list[tuple[str, str]]
    waivers: dict[tuple[str, str], tuple[int, int] | None]

    @property
    def schools(self) -> list[str]:
        """School codes, sorted, without `all`."""
        return sorted({school for school, grade in self.size if grade == ALL} - {ALL})

    def may_have(self, school: str, group: str) -> bool:
        """Whether a program or tier is seen to be for a stage of the school (or county)."""
        program, _, tier = group.partition("/")
        return any(
            self.stages.get(column, self.stages[ALL]) & self.stages[school]
            for column in self.fine.get(ALL, {})
            if column[0] == program and tier in ("", column[1])
        )


def count_aid(
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    programs: pl.DataFrame,
    quotas: pl.DataFrame,
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
        quotas: `tables.Quotas`.
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
    case_by_case = _ids(programs.filter("case_by_case"))
    fine, stages = _fine(facts, means_tested, case_by_case)
    for program in sorted(set(quotas["program_id"]) & set(decisions["program_id"])):
        if not any(column[0] == program for column in fine[ALL]):
            fine[ALL][program, None, 0] = 0
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
        by_panel=_by_panel(means_tested.filter(pl.col("program_id").is_in(case_by_case))),
        places=_places(quotas),
        cuts=_cuts(means_tested),
        actual_fen=int(means_tested["amount_fen"].sum()),
        fine=fine,
        stages=stages,
        grade_stages={
            (school, grade): stage
            for school, grade, stage, _ in _counted(facts, "school_code", "grade", "stage")
        },
        exclusive=_exclusive(means_tested),
        waivers=_waivers(facts, aided.filter(waiver), whole=by_actual_time),
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


def _by_panel(aided: pl.DataFrame) -> dict[tuple[str, str, str], list[int]]:
    amounts: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    rows = aided.select("school_code", "program_id", "tier", "fen").sort(pl.all(), nulls_last=True)
    for school, program, tier, fen in rows.iter_rows():
        for row in (school, ALL):
            amounts[row, "program", program].append(fen)
            if tier is not None:
                amounts[row, "tier", f"{program}/{tier}"].append(fen)
    return dict(amounts)


def _places(quotas: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Places of each list, and of the county where every school has its own."""
    places: dict[tuple[str, str], int] = defaultdict(int)
    for school, program, number in quotas.select("school_code", "program_id", "places").iter_rows():
        for row in {school, ALL}:
            places[row, program] += number
    return dict(places)


def _cuts(aided: pl.DataFrame) -> list[int]:
    cut = (pl.col("full_fen") - pl.col("amount_fen")).alias("cut")
    less = aided.filter(pl.col("amount_fen") != pl.col("full_fen"))
    return sorted(less.group_by("person_no").agg(cut.sum())["cut"].to_list())


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
    return fine, dict(stages)


def _exclusive(aided: pl.DataFrame) -> list[tuple[str, str]]:
    pairs = aided.select("person_no", "program_id")
    both = pairs.join(pairs, on="person_no", suffix="_other").unique(
        ["program_id", "program_id_other"]
    )
    together = set(both.select("program_id", "program_id_other").iter_rows())
    programs = sorted(aided["program_id"].unique())
    return [(p, q) for p in programs for q in programs if p < q and (p, q) not in together]


def _waivers(
    facts: pl.DataFrame, aided: pl.DataFrame, *, whole: bool
) -> dict[tuple[str, str], tuple[int, int] | None]:
    waivers: dict[tuple[str, str], tuple[int, int]] = {}
    sums = aided.group_by("school_code", "program_id").agg(pl.len(), pl.col("fen").sum())
    for school, program, count, fen in sums.sort("school_code", "program_id").iter_rows():
        for row in (school, ALL):
            before = waivers.get((row, program), (0, 0))
            waivers[row, program] = (before[0] + count, before[1] + fen)
    partial = set() if whole else _partial(facts, aided)
    return {key: None if key in partial else figures for key, figures in waivers.items()}


def _partial(facts: pl.DataFrame, aided: pl.DataFrame) -> set[tuple[str, str]]:
    """(school or `all`, program) where not everyone has what is for everyone.

    A program may be for everyone in towns and for boarders in the county seat: where one school
    of a locality and stage gives it to some, it is a matter of persons in all of them.
    """
    here = facts.filter(pl.col("enrolled").fill_null(True))
    kind = ["locality", "stage"]
    sizes = here.group_by("school_code", *kind).agg(pupils=pl.len())
    have = (
        here.join(aided.select("person_no", "program_id"), on="person_no")
        .group_by("school_code", *kind, "program_id")
        .agg(some=pl.len())
        .join(sizes, on=["school_code", *kind], nulls_equal=True)
    )
    mixed = have.filter(pl.col("some") < pl.col("pupils")).select(*kind, "program_id").unique()
    found = sizes.join(mixed, on=kind, nulls_equal=True).select("school_code", "program_id")
    return {
        key for school, program in found.iter_rows() for key in ((school, program), (ALL, program))
    }


def _counted(frame: pl.DataFrame, *keys: str) -> list[tuple]:  # type: ignore[type-arg]
    """Rows of (keys…, count), sorted by the keys."""
    return frame.group_by(*keys).len().sort(*keys, nulls_last=True).rows()
