"""`disclose`: every public table of a term, and nothing else."""

from collections.abc import Collection
from pathlib import PurePosixPath

import polars as pl

from aidkit.disclosure.aid import Aid, count_aid
from aidkit.disclosure.boarders import roll_counts, roll_table
from aidkit.disclosure.cells import shown_money, withheld
from aidkit.disclosure.donors import named_donors
from aidkit.disclosure.ledger import dominated, small
from aidkit.disclosure.search import Cell
from aidkit.disclosure.settings import PERMITTED_COLUMNS
from aidkit.tables import ALL, DISCLOSED

_AID_SCHEMA = {
    "school_code": pl.String,
    "breakdown": pl.String,
    "group": pl.String,
    "persons": pl.Int64,
    "amount_fen": pl.Int64,
    "suppressed": pl.Boolean,
}


def disclose(
    *,
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    schools: pl.DataFrame,
    programs: pl.DataFrame,
    quotas: pl.DataFrame,
    donations: pl.DataFrame,
    problems: pl.DataFrame,
    counts: pl.DataFrame,
    threshold: int,
    donor_columns: Collection[str] = PERMITTED_COLUMNS["donors"],
    by_actual_time: bool = False,
) -> dict[str, pl.DataFrame]:
    """Turn a term's internal tables into the public ones.

    Only students on the roll count: teachers and college students are too few to be shown.

    Args:
        facts: `tables.Facts` of the term, of any subject.
        decisions: `tables.Decisions` of the term, of any subject.
        schools: `tables.Schools`.
        programs: `PublicPrograms` of the versions that decided.
        quotas: `tables.Quotas`: places are law, so counts are protected from who knows them.
        donations: `tables.Donations`; only donors with consent `named` go out.
        problems: `tables.Problems`; only their number goes out.
        counts: `tables.ReadCounts`.
        threshold: Counts of 1 to `threshold - 1` are withheld, and what would give them back.
        donor_columns: Columns of the donors' table that `params/disclosure.toml` declares.
        by_actual_time: Sum what is due by actual time, not for a whole term; never published.

    Returns:
        One frame for every name of `tables.DISCLOSED`, validated, sorted by key.

    Raises:
        ParamsError: `donor_columns` names a column that may not be published.
    """
    facts = facts.filter(subject="student")
    decisions = decisions.filter(subject="student")
    codes = sorted({*schools["school_code"], *facts["school_code"]})
    roll = roll_counts(facts, codes)
    size = {key: students for key, (students, _) in roll.items()}
    aid = count_aid(facts, decisions, programs, quotas, size, by_actual_time=by_actual_time)
    special = schools.filter(pl.col("school_type") == "special")["school_code"]
    tables = {
        "schools": schools,
        "roll": roll_table(roll, threshold),
        "aid": aid_table(aid, withheld(aid, special, threshold), threshold),
        "programs": programs,
        "data_quality": _data_quality(schools, problems, counts),
        "named_donors": named_donors(donations, donor_columns),
    }
    return {
        name: DISCLOSED[name].validate(table, cast=True).sort(DISCLOSED[name].primary_key())
        for name, table in tables.items()
    }


def aid_table(aid: Aid, hidden: set[Cell], threshold: int) -> pl.DataFrame:
    """`PublicAid` from the counts and the cells to withhold; programs for everyone are added."""
    shown = shown_money(aid, hidden, threshold)
    rows = [
        (
            *cell,
            None if cell in hidden else persons,
            aid.money[cell] if cell in shown else None,
            cell in hidden,
        )
        for cell, persons in aid.persons.items()
    ]
    for (school, program), figures in aid.waivers.items():
        persons, fen = figures or (None, None)
        rows.append((school, "program", program, persons, fen, figures is None))
    rows.append(_by_actual_time(aid, (ALL, "total", ALL) in shown, threshold))
    return pl.DataFrame(rows, schema=_AID_SCHEMA, orient="row")


def _by_actual_time(
    aid: Aid, total_shown: bool, threshold: int
) -> tuple[str, str, str, int | None, int | None, bool]:
    """The county's whole by actual time, where enough make the difference and none most of it."""
    persons = len(aid.cuts)
    if small(persons, threshold) or dominated(aid.cuts) or not total_shown:
        return (ALL, "actual", ALL, None, None, True)
    return (ALL, "actual", ALL, persons, aid.actual_fen, False)


def _data_quality(
    schools: pl.DataFrame, problems: pl.DataFrame, counts: pl.DataFrame
) -> pl.DataFrame:
    """Rows and problems by school; a file belongs to the school whose name it bears."""
    code_of = dict(schools.select("school_name", "school_code").iter_rows())
    tally = {code: [0, 0, 0] for code in (*code_of.values(), ALL)}

    def enter(file: str, place: int, number: int) -> None:
        tally[ALL][place] += number
        if code := code_of.get(PurePosixPath(file).stem):
            tally[code][place] += number

    # A row with two faults is one row; a sheet that cannot be used sets all its rows aside.
    faulty = pl.struct("sheet", "row").n_unique()
    wrong = dict(problems.filter(severity="error").group_by("file").agg(faulty).iter_rows())
    read = counts.group_by("file").agg(pl.col("good_rows", "bad_rows").sum())
    for file, good, bad in read.iter_rows():
        enter(file, 0, good + bad)
        wrong[file] = max(wrong.get(file, 0), bad)
    for file, number in wrong.items():
        enter(file, 1, number)
    for file in problems.filter(severity="warning")["file"]:
        enter(file, 2, 1)
    rows = [(code, *numbers) for code, numbers in tally.items()]
    return pl.DataFrame(rows, schema=["school_code", "rows", "errors", "warnings"], orient="row")
