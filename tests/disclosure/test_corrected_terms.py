"""A term that was published and is corrected: both publications together tell no more."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.before import told_by
from aidkit.disclosure.told import NOTHING, Told
from aidkit.tables import ALL
from tests.disclosure import worlds
from tests.disclosure.attacker import attack, withheld
from tests.disclosure.exact import Range
from tests.disclosure.knowledge import Name
from tests.disclosure.law import law_of
from tests.disclosure.promised import THRESHOLD, WIDTH, Frames, promised
from tests.disclosure.together import broken_together, counts_of, together

PLAN = [("primary", 60, 0.15), ("nine_year", 80, 0.1), ("junior", 50, 0.1)]
"""Schools of a county. In one of a dozen pupils who knows that a pupil changed knows them all."""

villages = st.tuples(
    st.sampled_from(["primary", "junior", "nine_year", "special"]),
    st.one_of(st.integers(1, 8), st.integers(9, 60)),
    st.sampled_from([0.03, 0.1, 0.3, 0.9]),
)
plans = st.lists(villages, max_size=3).map(lambda more: [*PLAN, *more])
few = settings(
    max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def without(world: worlds.World, number: int, *, aided: bool = True) -> worlds.World:
    """The same world without one of those who are aided, or are not."""
    awards = world["decisions"].filter("awarded", pl.col("program_id") != "waiver")["person_no"]
    has = pl.col("person_no").is_in(awards.unique().implode())
    persons = world["facts"].filter(has if aided else ~has)["person_no"].sort()
    if persons.is_empty():
        return world
    gone = pl.col("person_no") == persons[number % len(persons)]
    fewer = world.copy()
    for name in ("facts", "decisions"):
        fewer[name] = world[name].filter(~gone)
    return fewer


def published(world: worlds.World, told: Told = NOTHING) -> dict[str, pl.DataFrame]:
    return worlds.disclosed(world, threshold=THRESHOLD, width=WIDTH, told=told)


def again(world: worlds.World, *before: Frames) -> dict[str, pl.DataFrame]:
    """What a world publishes after these publications of the same term."""
    return published(world, told_by([], before))


def broken(worlds_: Sequence[worlds.World], tables: Sequence[Frames]) -> dict[Name, Range]:
    """What the first publication withheld and is told by both, where one pupil changed."""
    laws = [law_of(world, worlds.HEADS, worlds.EXCLUSIVE) for world in worlds_]
    full = [worlds.in_full(world) for world in worlds_]
    knows = [attack(table, law, THRESHOLD) for table, law in zip(tables, laws, strict=True)]
    width = [promised(*each) for each in zip(knows, tables, full, strict=True)]
    true = [counts_of(each) for each in full]
    return broken_together(together(knows, true, apart=1), tables, width)


def sums_withheld(tables: Frames) -> set[tuple[str, ...]]:
    aid = tables["aid"].filter(
        pl.col("breakdown").is_in(["total", "program", "tier"]), pl.col("amount_fen").is_null()
    )
    return set(aid.select("school_code", "breakdown", "group").iter_rows())


def cells(tables: Frames) -> set[tuple[str, ...]]:
    return set(tables["aid"].select("school_code", "breakdown", "group").iter_rows())


@few
@given(plans, st.integers(0, 10**6), st.integers(0, 10**3), st.booleans())
def test_what_was_withheld_is_told_by_no_correction(
    plan: list[tuple[str, int, float]], seed: int, number: int, aided: bool
) -> None:
    world = worlds.world(plan, seed)
    fewer = without(world, number, aided=aided)
    first = published(world)
    second = again(fewer, first)
    assert set(withheld(first)) & (cells(second) | set(withheld(second))) <= set(withheld(second))
    assert sums_withheld(first) & cells(second) <= sums_withheld(second)
    assert not broken((world, fewer), (first, second))


def test_without_memory_both_together_tell() -> None:
    told: dict[Name, Range] = {}
    for seed in range(3):
        world = worlds.world(PLAN, seed)
        fewer = without(world, seed)
        told |= broken((world, fewer), (published(world), published(fewer)))
    assert any(not one.width for one in told.values())


@few
@given(plans, st.integers(0, 10**6), st.integers(0, 10**3))
def test_the_same_again_comes_out_the_same(
    plan: list[tuple[str, int, float]], seed: int, number: int
) -> None:
    world = worlds.world(plan, seed)
    first = published(world)
    same(again(world, first), first)
    fewer = without(world, number)
    second = again(fewer, first)
    same(again(fewer, first, second), second)
    # Published anew for another reason: these figures went out twice.
    same(again(fewer, first, second, second), second)
    third = again(world, first, second)
    same(again(world, first, second, third), third)


def test_what_went_out_stays_where_its_proof_would_be_another() -> None:
    """Looking again for proofs, with all of it withheld from the start, would withhold one more."""
    plan = [
        *(("nine_year", 37, 0.1), ("junior", 3, 0.3), ("nine_year", 45, 0.9), ("primary", 4, 0.9)),
        *(("junior", 34, 0.03), ("nine_year", 5, 0.3), ("junior", 60, 0.1)),
    ]
    world = worlds.world(plan, 581_316)

    def made(*before: Frames) -> dict[str, pl.DataFrame]:
        told = told_by([], before)
        return worlds.disclosed(world, threshold=THRESHOLD, width=3, told=told)

    first = made()
    same(made(first), first)
    same(made(first, first), first)


def juniors_of_few(each: int) -> worlds.World:
    """So many juniors of either junior school get `day`: they have an amount of their own."""
    plan = [
        ("primary", 300, 0.2),
        ("junior", 200, 0.2),
        ("junior", 200, 0.2),
        ("primary", 200, 0.2),
    ]
    world = worlds.world(plan, 3)
    aided = world["decisions"].filter("awarded", program_id="day", stage="junior")
    kept = aided.sort("person_no").group_by("school_code").head(each)["person_no"].to_list()
    here = (pl.col("program_id") == "day") & (pl.col("stage") == "junior")
    world["decisions"] = world["decisions"].with_columns(
        awarded=pl.col("awarded") & (~here | pl.col("person_no").is_in(kept))
    )
    return world


def test_a_sum_that_was_withheld_is_withheld_again() -> None:
    """Else count and sum would tell of those who were few, but for whom the correction added."""
    first, fixed = published(juniors_of_few(2)), juniors_of_few(3)

    def sum_of(tables: Frames) -> int | None:
        found: int | None = tables["aid"].filter(school_code=ALL, group="day")["amount_fen"].item()
        return found

    assert sum_of(first) is None
    assert sum_of(published(fixed)) is not None
    assert sum_of(again(fixed, first)) is None


def test_what_only_some_had_of_what_all_have_is_withheld_again() -> None:
    world = worlds.world(PLAN, 1)
    missed = world["facts"].filter(school_code="9900000000")["person_no"].min()
    lost = (pl.col("program_id") == "waiver") & (pl.col("person_no") == missed)
    partial = world.copy()
    partial["decisions"] = world["decisions"].with_columns(awarded=pl.col("awarded") & ~lost)
    first = published(partial)
    hidden = first["aid"].filter("suppressed", group="waiver").select("school_code")
    assert hidden.height > 1
    assert not published(world)["aid"].filter("suppressed", group="waiver").height
    now = again(world, first)["aid"].filter("suppressed", group="waiver").select("school_code")
    assert now.equals(hidden)


def same(one: Frames, other: Frames) -> None:
    for name in ("aid", "roll"):
        assert one[name].equals(other[name]), name


@pytest.mark.parametrize("seed", range(3))
def test_a_correction_withholds_little_more(seed: int) -> None:
    world = worlds.world(PLAN, seed)
    fewer = without(world, seed)
    plain, second = published(fewer), again(fewer, published(world))
    more = set(withheld(second)) - set(withheld(plain))
    assert len(more) <= len(withheld(plain)) // 4
