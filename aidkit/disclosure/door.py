"""`disclose`: every public table of a term, and nothing else; beside it, what is shown inside."""

from collections.abc import Collection, Mapping

import polars as pl

from aidkit.calendar import Term
from aidkit.disclosure.actual import by_actual_time
from aidkit.disclosure.aid import Aid
from aidkit.disclosure.boarders import roll_table
from aidkit.disclosure.cells import shown_money, withheld
from aidkit.disclosure.counted import Counted
from aidkit.disclosure.donors import named_donors
from aidkit.disclosure.search import Cell
from aidkit.disclosure.settings import PERMITTED_COLUMNS
from aidkit.disclosure.told import NOTHING, Told
from aidkit.tables import ALL, DISCLOSED

NOTHING_WITHHELD = 0
"""No group is smaller, and in none all but fewer have aid; with 1 "all of them" would be hidden."""

_AID_SCHEMA = {
    "school_code": pl.String,
    "breakdown": pl.String,
    "group": pl.String,
    "persons": pl.Int64,
    "amount_fen": pl.Int64,
    "suppressed": pl.Boolean,
}


def disclose(
    counted: Counted,
    *,
    term: Term,
    schools: pl.DataFrame,
    programs: pl.DataFrame,
    donations: pl.DataFrame,
    problems: pl.DataFrame,
    counts: pl.DataFrame,
    threshold: int,
    width: int,
    told: Told = NOTHING,
    donor_columns: Collection[str] = PERMITTED_COLUMNS["donors"],
) -> dict[str, pl.DataFrame]:
    """Turn what a term counts into the public tables.

    Args:
        counted: What `count_term` found.
        term: The term.
        schools: `tables.Schools`.
        programs: `PublicPrograms` of the versions that decided.
        donations: `tables.Donations`; only gifts of the term with consent `named` go out.
        problems: `tables.Problems`; only their number goes out.
        counts: `tables.ReadCounts`.
        threshold: Counts of 1 to `threshold - 1` are withheld, and what would give them back.
        width: How far apart at least the counts are that a withheld one can be.
        told: What was published before of the same counts, see `before.told_by`.
        donor_columns: Columns of the donors' table that `params/disclosure.toml` declares.

    Returns:
        One frame for every name of `tables.DISCLOSED`, validated, sorted by key.

    Raises:
        ParamsError: `donor_columns` names a column that may not be published.
    """
    aid = counted.aid
    special = schools.filter(pl.col("school_type") == "special")["school_code"]
    hidden = withheld(aid, special, threshold, width, told)
    shown = shown_money(aid, hidden, threshold) - told.sums
    money = {cell: aid.money[cell] for cell in shown}
    waivers = {
        (school, program): (None, None)
        if (school, program) in aid.partial or told.withheld((school, "program", program))
        else (persons, fen)
        for (school, program), (persons, fen, _) in aid.waivers.items()
    }
    return _validated(
        {
            "schools": schools,
            "roll": roll_table(counted.roll, threshold, width, told),
            "aid": _aid_table(aid, hidden, money, waivers, threshold),
            "programs": programs,
            "data_quality": _data_quality(schools, problems, counts),
            "named_donors": named_donors(donations, term, donor_columns),
        }
    )


def aggregates(counted: Counted) -> dict[str, pl.DataFrame]:
    """A term's `roll` and `aid` with nothing withheld, by actual time; never published."""
    aid = counted.aid
    waivers = {key: (persons, due) for key, (persons, _, due) in aid.waivers.items()}
    return _validated(
        {
            "roll": roll_table(counted.roll, NOTHING_WITHHELD, width=1),
            "aid": _aid_table(aid, set(), aid.actual, waivers, NOTHING_WITHHELD),
        }
    )


def _validated(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {
        name: DISCLOSED[name].validate(table, cast=True).sort(DISCLOSED[name].primary_key())
        for name, table in tables.items()
    }


def _aid_table(
    aid: Aid,
    hidden: set[Cell],
    money: Mapping[Cell, int],
    waivers: Mapping[tuple[str, str], tuple[int | None, int | None]],
    threshold: int,
) -> pl.DataFrame:
    """`PublicAid` from the counts, the cells to withhold and the money to show.

    Args:
        aid: The counts.
        hidden: The cells whose count is withheld.
        money: Cell to fen, as far as it is shown.
        waivers: (school or `all`, program) to persons and fen of programs for everyone.
        threshold: See `disclose`.
    """
    rows: list[tuple[str, str, str, int | None, int | None, bool]] = [
        (*cell, None if cell in hidden else persons, money.get(cell), cell in hidden)
        for cell, persons in aid.persons.items()
        if not _said_already(cell, aid, hidden)
    ]
    for (school, program), (persons, fen) in waivers.items():
        rows.append((school, "program", program, persons, fen, persons is None))
    # In internal reports the money of `total` is by actual time already.
    whole = money.get((ALL, "total", ALL)) if threshold else aid.money[ALL, "total", ALL]
    rows.append((ALL, "actual", ALL, *by_actual_time(whole, aid.cuts, threshold)))
    columns = dict(zip(_AID_SCHEMA, zip(*rows, strict=True), strict=True))
    return pl.DataFrame(columns, schema=_AID_SCHEMA)


def _said_already(cell: Cell, aid: Aid, hidden: set[Cell]) -> bool:
    """Whether it is a category of a school that is seen to have nobody with aid.

    Where the school's total is withheld its categories have rows: else it would be seen to be 0.
    """
    total = (cell[0], "total", ALL)
    return cell[1] == "category" and not aid.persons[total] and total not in hidden


def _data_quality(
    schools: pl.DataFrame, problems: pl.DataFrame, counts: pl.DataFrame
) -> pl.DataFrame:
    """Rows and problems by school; a file belongs to the school whose name it bears."""
    code_of = dict(schools.select("school_name", "school_code").iter_rows())
    tally = {code: [0, 0, 0] for code in (*code_of.values(), ALL)}

    def enter(file: str, place: int, number: int) -> None:
        tally[ALL][place] += number
        name = file.rpartition("/")[2]
        if code := code_of.get(name.rpartition(".")[0] or name):
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
