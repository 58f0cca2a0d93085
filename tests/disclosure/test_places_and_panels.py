"""Places of quotas are law and panels' amounts are persons' own: neither gives a count or a sum."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.ledger import dominated
from aidkit.tables import ALL
from aidkit.tables.settled import Quotas
from tests.disclosure import worlds
from tests.disclosure.promised import broken_in
from tests.disclosure.test_unusual_amounts import PLAN, actual

THRESHOLD = 5


@pytest.fixture(scope="module")
def world() -> worlds.World:
    return worlds.world(PLAN, 4)


def quota_row(program: str, school: str, places: int, awarded: int) -> dict[str, object]:
    return {
        "program_id": program,
        "school_code": school,
        "version_id": f"{program}@cn/test@2026-01-01",
        "base": None,
        "places": places,
        "candidates": awarded,
        "awarded": awarded,
        "replaced": 0,
        "reserve": 0,
        "cut_line": None,
    }


def with_quota(world: worlds.World, program: str, places: int, *, by_school: bool) -> worlds.World:
    """The same world, but so many places: in the county, or in each school."""
    aided = world["decisions"].filter("awarded", program_id=program).sort("person_no")
    kept = (aided.group_by("school_code", maintain_order=True) if by_school else aided).head(places)
    lists = sorted(world["schools"]["school_code"]) if by_school else [ALL]
    keeps = pl.col("person_no").is_in(kept["person_no"].to_list())
    out = (pl.col("program_id") == program) & ~keeps
    changed = world.copy()
    changed["decisions"] = world["decisions"].with_columns(
        awarded=pl.col("awarded") & ~out,
        full_fen=pl.when(out).then(0).otherwise("full_fen"),
        amount_fen=pl.when(out).then(0).otherwise("amount_fen"),
    )
    rows = [
        quota_row(
            program,
            row,
            places,
            kept.filter((pl.lit(row) == ALL) | (pl.col("school_code") == row)).height,
        )
        for row in lists
    ]
    schema = Quotas.create_empty().schema
    changed["quotas"] = Quotas.validate(pl.DataFrame(rows, schema=schema), cast=True)
    return changed


@pytest.mark.parametrize("by_school", [True, False])
@pytest.mark.parametrize("places", [1, 2, 4, 5, 7])
def test_places_give_no_count_and_cost_no_other_figure(
    world: worlds.World, places: int, by_school: bool
) -> None:
    limited = with_quota(world, "tiered", places, by_school=by_school)
    assert not broken_in(limited)
    county = worlds.disclosed(limited, threshold=THRESHOLD)["aid"].filter(
        school_code=ALL, breakdown="total"
    )
    assert not county["suppressed"].item()


@settings(
    max_examples=18, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.integers(0, 10**6),
    st.sampled_from(["tiered", "boarder", "day"]),
    st.integers(1, 9),
    st.booleans(),
)
def test_places_give_no_count_in_any_county(
    seed: int, program: str, places: int, by_school: bool
) -> None:
    plan = [("nine_year", 60, 0.3), ("primary", 40, 0.2), ("junior", 50, 0.3), ("primary", 9, 0.5)]
    assert not broken_in(with_quota(worlds.world(plan, seed), program, places, by_school=by_school))


def test_a_quota_of_few_places_shows_not_even_that_nobody_got_it(world: worlds.World) -> None:
    # A reader of 1 place and no published 0 would know that the withheld count is 1.
    for_nobody = with_quota(world, "boarder", 1, by_school=False)
    nobody = pl.col("program_id") == "boarder"
    for_nobody["decisions"] = for_nobody["decisions"].with_columns(
        awarded=pl.col("awarded") & ~nobody
    )
    aid = worlds.disclosed(for_nobody, threshold=THRESHOLD)["aid"]
    assert aid.filter(group="boarder")["suppressed"].all()
    assert not aid.filter(school_code=ALL, breakdown="total")["suppressed"].item()


def test_a_school_s_own_amounts_of_a_tier_are_not_told_by_the_county_s_sum() -> None:
    # Six pupils of a tier are not few: they are withheld so that another school's few stay so.
    given, school, tier = worlds.world(PLAN, 2), "9900000001", "tiered/level_2"
    own = (pl.col("school_code") == school) & (pl.col("program_id") == "tiered")
    given["decisions"] = given["decisions"].with_columns(
        version_id=pl.when(own)
        .then(pl.lit(f"tiered@cn/test/{school}@2026-01-01"))
        .otherwise("version_id"),
        full_fen=pl.when(own & pl.col("awarded"))
        .then(pl.col("full_fen") + 10_000)
        .otherwise("full_fen"),
    )
    aided = given["decisions"].filter("awarded", own, tier="level_2")
    assert aided.height >= THRESHOLD
    aid = worlds.disclosed(given, threshold=THRESHOLD)["aid"].filter(group=tier)
    assert aid.filter(school_code=school)["suppressed"].item()
    assert not aid.filter(school_code=ALL)["suppressed"].item()
    assert aid.filter(school_code=ALL)["amount_fen"].item() is None


def test_a_county_s_count_and_sum_do_not_tell_of_few_at_another_amount() -> None:
    juniors_of_few = worlds.world(
        [("primary", 300, 0.2), ("junior", 200, 0.2), ("junior", 200, 0.2), ("primary", 200, 0.2)],
        3,
    )
    county = {"school_code": ALL, "group": "day"}
    before = worlds.disclosed(juniors_of_few, threshold=THRESHOLD)["aid"].filter(**county)
    assert before["amount_fen"].item() is not None
    aided = juniors_of_few["decisions"].filter("awarded", program_id="day", stage="junior")
    kept = aided.sort("person_no").group_by("school_code").head(2)["person_no"].to_list()
    here = (pl.col("program_id") == "day") & (pl.col("stage") == "junior")
    juniors_of_few["decisions"] = juniors_of_few["decisions"].with_columns(
        awarded=pl.col("awarded") & (~here | pl.col("person_no").is_in(kept))
    )
    few = worlds.disclosed(juniors_of_few, threshold=THRESHOLD)["aid"].filter(**county)
    assert few["persons"].item() is not None
    assert few["amount_fen"].item() is None


def by_panel(world: worlds.World, largest: int = 31_250) -> worlds.World:
    """The same world, but a panel decides the amounts of `day`; the first person gets this much."""
    aided = world["decisions"].filter("awarded", program_id="day")["person_no"].sort()
    first = (pl.col("person_no") == aided[0]) & (pl.col("program_id") == "day")
    given = world.copy()
    given["programs"] = world["programs"].with_columns(case_by_case=pl.col("program_id") == "day")
    given["decisions"] = world["decisions"].with_columns(
        full_fen=pl.when(first).then(largest).otherwise("full_fen")
    )
    return given


def test_no_sums_of_schools_tell_by_subtraction_what_a_panel_gave_the_others(
    world: worlds.World,
) -> None:
    aid = worlds.disclosed(by_panel(world), threshold=THRESHOLD)["aid"].filter(group="day")
    schools = aid.filter(pl.col("school_code") != ALL, ~(pl.col("persons") == 0).fill_null(False))
    assert len(schools)
    assert schools["amount_fen"].null_count() == len(schools)
    assert aid.filter(school_code=ALL)["amount_fen"].item() is not None


def test_a_sum_that_one_person_gets_most_of_is_withheld(world: worlds.World) -> None:
    given = by_panel(world, largest=100_000_000)
    county = worlds.disclosed(given, threshold=THRESHOLD)["aid"].filter(school_code=ALL)
    assert county.filter(group="day")["persons"].item() is not None
    assert county.filter(group="day")["amount_fen"].item() is None
    assert county.filter(breakdown="total")["amount_fen"].item() is None


@pytest.mark.parametrize(("least", "shown"), [(1_000, False), (20_000, True)])
def test_actual_time_is_withheld_where_one_leaver_makes_the_difference(
    world: worlds.World, least: int, shown: bool
) -> None:
    helped = world["decisions"].filter("awarded", program_id="tiered")["person_no"].sort()
    mine = pl.col("program_id") == "tiered"
    cut = (
        pl.when((pl.col("person_no") == helped[0]) & mine)
        .then(50_000)
        .when(pl.col("person_no").is_in(helped[1:6].to_list()) & mine)
        .then(least)
        .otherwise(0)
    )
    given = world.copy()
    given["decisions"] = world["decisions"].with_columns(amount_fen=pl.col("amount_fen") - cut)
    assert actual(worlds.disclosed(given, threshold=THRESHOLD))["suppressed"] is not shown


@pytest.mark.parametrize(
    ("amounts", "tells"),
    [([], False), ([5], True), ([5, 5], True), ([5, 5, 1], False), ([100, 90, 5, 5, 5], True)],
)
def test_dominated(amounts: list[int], tells: bool) -> None:
    assert dominated(amounts) is tells
