"""Bands that were published and are corrected: both tables together tell no more; no share does."""

from collections.abc import Sequence

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aidkit.disclosure.before import told_by
from aidkit.disclosure.progress import progress_table
from aidkit.progress.bands import BANDS
from aidkit.tables import ALL
from tests.disclosure import attacker
from tests.disclosure.attacker import withheld
from tests.disclosure.exact import Range, ranges
from tests.disclosure.knowledge import Knowledge, Name
from tests.disclosure.test_progress import ENOUGH, THRESHOLD, WIDTH, Bands, pupils, worlds
from tests.disclosure.together import broken_together, together


@given(worlds, st.sampled_from(BANDS))
@settings(deadline=None, max_examples=60)
def test_what_was_withheld_is_told_by_no_correction(stages: dict[str, Bands], band: str) -> None:
    """To a reader of both tables who knows which figures are the same: one pupil came to a band."""
    later = {stage: {**row, band: row.get(band, 0) + 1} for stage, row in [*stages.items()][:1]}
    worlds_of = (stages, {**stages, **later})
    first = progress_table(pupils(stages), THRESHOLD, WIDTH)
    told = told_by([], [{"progress": first}])
    second = progress_table(pupils(worlds_of[1]), THRESHOLD, WIDTH, told)
    assume({*first["stage"]} == {*second["stage"]})
    hidden = {*withheld({"progress": first})}
    assert hidden <= {*withheld({"progress": second})}
    told = told_by([], [{"progress": first}, {"progress": second}])
    assert progress_table(pupils(worlds_of[1]), THRESHOLD, WIDTH, told).equals(second)
    assert not broken((first, second), worlds_of)


def test_without_memory_both_tell() -> None:
    stages = {"primary": {**ENOUGH, "better": 4}, "junior": ENOUGH}
    later = {"primary": {**ENOUGH, "better": 5}, "junior": ENOUGH}
    tables = [progress_table(pupils(one), THRESHOLD, WIDTH) for one in (stages, later)]
    assert broken(tables, [stages, later])


def broken(tables: Sequence[pl.DataFrame], stages: Sequence[dict[str, Bands]]) -> dict[Name, Range]:
    knows, true, wanted = [], [], []
    for table, world in zip(tables, stages, strict=True):
        knowledge, counts = Knowledge(), counts_of(table, world)
        attacker.bands(knowledge, table)
        knows.append(knowledge)
        true.append(counts)
        of = dict(table.select("stage", "of").iter_rows())
        wanted.append({name: WIDTH if of[name[0]] >= THRESHOLD else 1 for name in counts})
    both = together(knows, true, apart=1)
    return broken_together(both, [{"progress": table} for table in tables], wanted)


def counts_of(table: pl.DataFrame, world: dict[str, Bands]) -> dict[Name, int]:
    """True counts of the cells of a table, by the attacker's names."""
    told = {*table["stage"]}
    return {
        (stage, "band", band): sum(
            row.get(band, 0) for name, row in world.items() if name in told and stage in (name, ALL)
        )
        for stage in told
        for band in BANDS
    }


@given(worlds)
@settings(deadline=None, max_examples=60)
def test_no_share_gives_a_withheld_count_back(stages: dict[str, Bands]) -> None:
    told = progress_table(pupils(stages), THRESHOLD, WIDTH)
    assert not near(told)


def test_shares_beside_a_withheld_count_would_give_it_back() -> None:
    few: Bands = {**ENOUGH, "not_assessed": 3}
    table = progress_table(pupils({"primary": few, "junior": few}), THRESHOLD, WIDTH)
    assert not near(table)
    assessed = {"primary": 320, "junior": 320, ALL: 640}
    share = (pl.col("pupils") / pl.col("stage").replace_strict(assessed)).round(3)
    assert near(table.with_columns(share=share))


def near(table: pl.DataFrame) -> list[Name]:
    """The withheld counts of a table whose possible values are too near to one another."""
    knowledge = Knowledge()
    attacker.bands(knowledge, table)
    of = dict(table.select("stage", "of").iter_rows())
    hidden = withheld({"progress": table})
    wanted = {name: WIDTH if of[name[0]] >= THRESHOLD else 1 for name in hidden}
    found = ranges(knowledge, wanted)
    return [name for name in wanted if found[name].width < wanted[name]]
