"""What the public tables say, and what they leave out."""

import datetime as dt

import polars as pl
import pytest

from aidkit.disclosure.ledger import telling
from aidkit.errors import ParamsError
from aidkit.tables import ALL, DISCLOSED, INPUTS, Problems, ReadCounts
from tests.disclosure import worlds

PLAN = [("primary", 300, 0.15), ("primary", 200, 0.1), ("junior", 200, 0.2), ("special", 40, 0.9)]


@pytest.fixture(scope="module")
def world() -> worlds.World:
    return worlds.world(PLAN, 3)


@pytest.fixture(scope="module")
def tables(world: worlds.World) -> dict[str, pl.DataFrame]:
    return worlds.disclosed(world, threshold=5)


def test_tables_are_the_declared_ones(tables: dict[str, pl.DataFrame]) -> None:
    assert list(tables) == list(DISCLOSED)
    for name, schema in DISCLOSED.items():
        assert tables[name].columns == list(schema.columns())


def test_same_input_same_tables(world: worlds.World, tables: dict[str, pl.DataFrame]) -> None:
    shuffled = world.copy()
    for name in ("facts", "decisions", "schools"):
        shuffled[name] = world[name].sample(fraction=1, shuffle=True, seed=7)
    again = worlds.disclosed(shuffled, threshold=5)
    assert all(again[name].equals(tables[name]) for name in tables)


def test_shown_figures_are_true(world: worlds.World, tables: dict[str, pl.DataFrame]) -> None:
    means_tested = world["decisions"].filter("awarded", pl.col("program_id") != "waiver")
    total = tables["aid"].row(
        by_predicate=(pl.col("school_code") == ALL) & (pl.col("breakdown") == "total"), named=True
    )
    assert total["persons"] == means_tested["person_no"].n_unique()
    assert total["amount_fen"] == means_tested["amount_fen"].sum()
    by_program = means_tested.group_by("school_code", "program_id").agg(
        pl.len().cast(pl.Int64), pl.col("amount_fen").sum().alias("fen")
    )
    shown = tables["aid"].filter(pl.col("breakdown") == "program", pl.col("persons") > 0)
    joined = shown.join(
        by_program, left_on=["school_code", "group"], right_on=["school_code", "program_id"]
    )
    assert joined.height > 5
    assert (joined["persons"] == joined["len"]).all()
    assert (joined["amount_fen"] == joined["fen"]).drop_nulls().all()


def test_waiver_is_shown_and_kept_out_of_the_total(tables: dict[str, pl.DataFrame]) -> None:
    roll = tables["roll"].filter(grade=ALL).select("school_code", "students")
    waiver = tables["aid"].filter(group="waiver").select("school_code", "persons")
    assert (
        waiver.join(roll, on="school_code")
        .filter(pl.col("persons") != pl.col("students"))
        .is_empty()
    )
    assert not tables["aid"].filter(group="waiver")["suppressed"].any()


def test_no_small_count_is_shown(tables: dict[str, pl.DataFrame]) -> None:
    assert tables["aid"].filter(pl.col("persons").is_between(1, 4)).is_empty()
    assert tables["roll"].filter(pl.col("boarders").is_between(1, 4)).is_empty()
    hidden = tables["aid"].filter("suppressed")
    assert hidden.height > 0
    assert hidden["persons"].is_null().all()
    assert hidden["amount_fen"].is_null().all()
    assert tables["aid"].filter(~pl.col("suppressed"))["persons"].is_not_null().all()


def test_tiny_school_shows_nothing_of_aid() -> None:
    world = worlds.world([("primary", 4, 0.5), ("primary", 90, 0.3), ("primary", 80, 0.3)], 1)
    aid = worlds.disclosed(world, threshold=5)["aid"]
    tiny = aid.filter(pl.col("school_code") == "9900000000", pl.col("group") != "waiver")
    assert tiny["suppressed"].all()


def test_waiver_for_boarders_only_tells_no_boarders() -> None:
    given = worlds.world([("primary", 90, 0.2), ("primary", 80, 0.2), ("primary", 70, 0.2)], 1)
    seat = pl.col("school_code").is_in(["9900000000", "9900000001"])
    given["facts"] = given["facts"].with_columns(
        locality=pl.when(seat).then(pl.lit("county_seat")).otherwise("locality")
    )
    day_pupils = given["facts"].filter(seat, ~pl.col("boarder"))["person_no"].implode()
    fed = (pl.col("program_id") == "waiver") & ~pl.col("person_no").is_in(day_pupils)
    given["decisions"] = given["decisions"].with_columns(
        awarded=pl.when(pl.col("program_id") == "waiver").then(fed).otherwise("awarded")
    )
    waiver = worlds.disclosed(given, threshold=5)["aid"].filter(group="waiver")
    shown = dict(waiver.select("school_code", "persons").iter_rows())
    assert shown == {"9900000000": None, "9900000001": None, "9900000002": 70, ALL: None}
    assert waiver.filter("suppressed")["amount_fen"].is_null().all()


@pytest.mark.parametrize(("group", "hidden"), [("allowance", True), ("disabled", False)])
def test_special_school_tells_of_disability_only(group: str, hidden: bool) -> None:
    given = worlds.world([("special", 40, 0.9), ("primary", 300, 0.2), ("primary", 200, 0.2)], 2)
    there = pl.col("school_code") == "9900000000"
    poor = there & (pl.col("special_groups").list.len() > 0)
    given["facts"] = given["facts"].with_columns(
        pl.when(poor).then(pl.lit([group])).otherwise("special_groups").alias("special_groups")
    )
    aid = worlds.disclosed(given, threshold=5)["aid"].filter(there)
    all_of_them = aid.filter(breakdown="category", group=group)["suppressed"].item()
    assert all_of_them == hidden
    assert not aid.filter(breakdown="total")["suppressed"].item()


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [(0, 9, False), (1, 99, True), (4, 99, True), (5, 99, False), (94, 99, False), (95, 99, True),
     (99, 99, True)],
)  # fmt: skip
def test_telling_counts(count: int, size: int, expected: bool) -> None:
    assert telling(count, size, 5) == expected


def test_data_quality_counts_by_school(world: worlds.World) -> None:
    counts = pl.DataFrame(
        [
            ("a/学生名册/试验0学校.xlsx", "表", "students", 9, 1, 1, 1, 5, 1),
            ("学校名单.xlsx", "表", "schools", 5, 1, 0, 0, 4, 0),
        ],
        schema=ReadCounts.create_empty().schema,
        orient="row",
    )
    problem = dict.fromkeys(Problems.columns(), "") | {"file": "a/学生名册/试验0学校.xlsx"}
    problems = pl.DataFrame(
        [
            problem | {"row": 3, "severity": "error", "code": "bad_date"},
            problem | {"row": 3, "severity": "error", "code": "missing_value"},
            problem | {"row": 4, "severity": "warning"},
            problem | {"row": None, "severity": "error", "file": "打不开.xlsx"},
        ],
        schema=Problems.create_empty().schema,
    )
    given = world.copy()
    given["counts"], given["problems"] = counts, problems
    quality = worlds.disclosed(given, threshold=5)["data_quality"]
    rows = {code: figures for code, *figures in quality.iter_rows()}
    assert rows["9900000000"] == [6, 1, 1]
    assert rows[ALL] == [10, 2, 1]
    assert rows["9900000001"] == [0, 0, 0]


def _donations() -> pl.DataFrame:
    source = {"source_file": "f", "source_sheet": "s", "term": None}
    gifts = [
        ("甲公司", "named", dt.date(2026, 9, 2), "firm"),
        ("乙某", "anonymous", dt.date(2026, 9, 1), "person"),
        ("丙某", None, dt.date(2026, 9, 1), "person"),
        ("丁某", "amount_only", None, "person"),
        ("戊某", "named", dt.date(2026, 9, 1), None),
        ("己某", "named", dt.date(2026, 8, 31), "person"),
        ("庚某", "named", None, "person"),
        ("辛同学", "named", dt.date(2026, 9, 1), "student"),
        ("青山县财政局", "named", dt.date(2026, 9, 1), "government"),
    ]
    rows = [
        source
        | {"source_row": n, "donor": donor, "consent": consent, "donated_on": day}
        | {"amount_fen": 100, "donor_class": kind}
        for n, (donor, consent, day, kind) in enumerate(gifts, 2)
    ]
    frame = pl.DataFrame(rows)
    untold = set(INPUTS["donations"].column_names()) - set(frame.columns)
    blank = [pl.lit(None).alias(name) for name in sorted(untold)]
    return INPUTS["donations"].validate(frame.with_columns(blank), cast=True)


def test_only_donors_who_agreed_are_named(world: worlds.World) -> None:
    given = world.copy()
    given["donations"] = _donations()
    named = worlds.disclosed(given, threshold=5)["named_donors"]
    assert named["donor"].to_list() == ["戊某", "甲公司"]
    assert named["number"].to_list() == [1, 2]


def test_undeclared_day_stays_empty(world: worlds.World) -> None:
    given = world.copy()
    given["donations"] = _donations()
    columns = ("number", "donor", "amount_fen")
    named = worlds.disclosed(given, threshold=5, donor_columns=columns)["named_donors"]
    assert named["donated_on"].is_null().all()


def test_more_than_permitted_is_refused(world: worlds.World) -> None:
    with pytest.raises(ParamsError):
        worlds.disclosed(
            world, threshold=5, donor_columns=("number", "donor", "amount_fen", "phone")
        )
