"""Parts of a term, panel's amounts, a school's own rules, other persons: none tells of a child."""

import polars as pl
import pytest

from aidkit.tables import ALL, DISCLOSED
from tests.disclosure import worlds

PLAN = [
    ("primary", 300, 0.15),
    ("primary", 200, 0.1),
    ("junior", 200, 0.2),
    ("primary", 60, 0.1),
    ("primary", 60, 0.1),
]
SMALL_SCHOOL = "9900000003"


@pytest.fixture(scope="module")
def world() -> worlds.World:
    return worlds.world(PLAN, 4)


def with_leavers(world: worlds.World, persons: int) -> worlds.World:
    """The same world, but so many recipients left in October: two of five months."""
    decisions = world["decisions"]
    helped = decisions.filter("awarded", pl.col("program_id") != "waiver")["person_no"]
    leavers = helped.unique().sort().head(persons).implode()
    part = pl.when(pl.col("person_no").is_in(leavers)).then(pl.col("full_fen") * 2 // 5)
    changed = world.copy()
    changed["decisions"] = decisions.with_columns(amount_fen=part.otherwise("amount_fen"))
    return changed


def actual(tables: dict[str, pl.DataFrame]) -> dict[str, object]:
    return tables["aid"].row(by_predicate=pl.col("breakdown") == "actual", named=True)


def aid_without_actual(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    return tables["aid"].filter(pl.col("breakdown") != "actual")


@pytest.mark.parametrize("persons", [1, 4, 5, 30])
def test_what_leavers_get_changes_no_cell(world: worlds.World, persons: int) -> None:
    before = aid_without_actual(worlds.disclosed(world, threshold=5))
    after = aid_without_actual(worlds.disclosed(with_leavers(world, persons), threshold=5))
    assert after.equals(before)


@pytest.mark.parametrize(("persons", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_the_county_by_actual_time_is_shown_for_enough_persons(
    world: worlds.World, persons: int, shown: bool
) -> None:
    given = with_leavers(world, persons)
    due = given["decisions"].filter("awarded", pl.col("program_id") != "waiver")["amount_fen"]
    row = actual(worlds.disclosed(given, threshold=5))
    assert row["suppressed"] is not shown
    if not shown:
        assert (row["persons"], row["amount_fen"]) == (None, None)
    elif not persons:
        assert (row["persons"], row["amount_fen"]) == (0, due.sum())
    else:
        assert row["persons"] == persons
        assert row["amount_fen"] == pytest.approx(due.sum(), rel=0.02)
        assert row["amount_fen"] != due.sum()


def test_internal_sums_are_those_by_actual_time(world: worlds.World) -> None:
    given = with_leavers(world, 3)
    tables = worlds.in_full(given)
    due = given["decisions"].filter("awarded", pl.col("program_id") != "waiver")
    total = tables["aid"].filter(school_code=ALL, breakdown="total")["amount_fen"].item()
    assert total == due["amount_fen"].sum() < due["full_fen"].sum()
    tiers = tables["aid"].filter(school_code=ALL, breakdown="tier")["amount_fen"].sum()
    assert tiers == due.filter(program_id="tiered")["amount_fen"].sum()


def test_internal_tables_withhold_nothing_even_where_all_of_a_grade_have_aid() -> None:
    everybody_poor = worlds.world([("primary", 8, 1.0), ("primary", 90, 0.3)], 2)
    tables = worlds.in_full(everybody_poor)
    assert not tables["aid"]["suppressed"].any()
    assert not tables["roll"]["suppressed"].any()


def test_who_is_eligible_but_gets_nothing_does_not_count(world: worlds.World) -> None:
    given = world.copy()
    given["decisions"] = world["decisions"].with_columns(eligible=True)
    assert worlds.disclosed(given, threshold=5)["aid"].equals(
        worlds.disclosed(world, threshold=5)["aid"]
    )


@pytest.mark.parametrize("subject", ["teacher", "freshman"])
def test_only_students_on_the_roll_are_counted(world: worlds.World, subject: str) -> None:
    given = world.copy()
    for name in ("facts", "decisions"):
        others = (
            world[name]
            .head(40)
            .with_columns(subject=pl.lit(subject), person_no=pl.lit("T") + pl.col("person_no"))
        )
        given[name] = pl.concat([world[name], others])
    again, before = worlds.disclosed(given, threshold=5), worlds.disclosed(world, threshold=5)
    assert all(again[name].equals(before[name]) for name in before)


def test_a_school_with_no_students_of_its_own_is_no_row(world: worlds.World) -> None:
    given = world.copy()
    retired = (
        world["facts"]
        .head(1)
        .with_columns(subject=pl.lit("teacher"), person_no=pl.lit("T1"), school_code=pl.lit(""))
    )
    given["facts"] = pl.concat([world["facts"], retired])
    assert worlds.disclosed(given, threshold=5)["roll"].filter(school_code="").is_empty()


def test_amounts_that_a_panel_decides_do_not_split_a_count(world: worlds.World) -> None:
    # By law 31 250 and 32 350 fen would tell of two kinds of persons, and one of them is alone.
    given = world.copy()
    person = world["decisions"].filter("awarded", program_id="day")["person_no"][0]
    odd = (pl.col("person_no") == person) & (pl.col("program_id") == "day")
    given["decisions"] = world["decisions"].with_columns(
        full_fen=pl.when(odd).then(32_350).otherwise("full_fen")
    )
    school = world["facts"].filter(person_no=person)["school_code"].item()
    by_law = worlds.disclosed(given, threshold=5)["aid"].filter(school_code=school, group="day")
    given["programs"] = world["programs"].with_columns(case_by_case=pl.col("program_id") == "day")
    by_panel = worlds.disclosed(given, threshold=5)["aid"].filter(school_code=school, group="day")
    assert by_law["suppressed"].item()
    assert not by_panel["suppressed"].item()


def test_a_school_with_its_own_rule_is_not_told_by_the_county_s_sum(world: worlds.World) -> None:
    # Count and sum of the county, and both amounts by law, would give the school's count.
    given = world.copy()
    own = (pl.col("school_code") == SMALL_SCHOOL) & (pl.col("program_id") == "day")
    given["decisions"] = world["decisions"].with_columns(
        version_id=pl.when(own)
        .then(pl.lit(f"day@cn/test/{SMALL_SCHOOL}@2026-01-01"))
        .otherwise("version_id"),
        full_fen=pl.when(own & pl.col("awarded")).then(40_000).otherwise("full_fen"),
    )
    aid = worlds.disclosed(given, threshold=5)["aid"]
    assert aid.filter(school_code=SMALL_SCHOOL, group="day")["suppressed"].item()
    county = aid.filter(school_code=ALL)
    assert county.filter(group="day")["persons"].item() is not None
    assert county.filter(group="day")["amount_fen"].item() is None
    assert county.filter(breakdown="total")["amount_fen"].item() is None


def test_no_public_table_has_a_column_of_persons_or_of_places_in_an_order() -> None:
    columns = {c for name, schema in DISCLOSED.items() for c in schema.column_names()}
    assert not columns & {"person_no", "name", "rank", "reserve_no", "cut_line", "explanation"}
    assert "quotas" not in DISCLOSED


def test_internal_tables_show_a_waiver_that_only_some_have(world: worlds.World) -> None:
    given = world.copy()
    one = world["decisions"].filter(program_id="waiver")["person_no"].min()
    lost = (pl.col("program_id") == "waiver") & (pl.col("person_no") == one)
    given["decisions"] = world["decisions"].with_columns(awarded=pl.col("awarded") & ~lost)
    tables = worlds.in_full(given)
    waiver = tables["aid"].filter(group="waiver")
    assert not waiver["suppressed"].any()
    assert waiver.filter(school_code=ALL)["persons"].item() == world["facts"].height - 1
