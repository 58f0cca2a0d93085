"""Change of learning counted: by stage of the county, by class of a school; nothing of few."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.disclosure.progress import LEAST_SCHOOLS, own_table, progress_table
from aidkit.progress.bands import BANDS
from aidkit.progress.settings import STAGES
from aidkit.tables import ALL
from tests.progress.learners import progress_of

THRESHOLD = 5
WIDTH = 2

Bands = dict[str, int]


def pupils(stages: dict[str, Bands], schools: int = LEAST_SCHOOLS) -> pl.DataFrame:
    """Progress of as many pupils in each band; they go to the schools in turn."""
    first = {stage: letter for letter, stage in STAGES.items()}
    rows = []
    for stage, bands in stages.items():
        everybody = [band for band, number in bands.items() for _ in range(number)]
        for n, band in enumerate(everybody):
            place = {"grade": f"{first[stage]}1", "school_code": f"{stage}-{n % schools}"}
            rows.append({"band": band, **place})
    return progress_of(*({**row, "student_no": f"{n:05}"} for n, row in enumerate(rows)))


def shown(table: pl.DataFrame) -> dict[tuple[str, str], int | None]:
    return {(stage, band): n for stage, band, n in table.select("stage", "band", "pupils").rows()}


ENOUGH: Bands = {"clearly_better": 20, "better": 60, "steady": 200, "attention": 40}


def test_counts_and_shares_of_stages_and_the_county() -> None:
    junior: Bands = {"better": 30, "steady": 50, "attention": 15, "not_assessed": 5}
    table = progress_table(pupils({"primary": ENOUGH, "junior": junior}), THRESHOLD, WIDTH)

    assert table["stage"].unique().sort().to_list() == [ALL, "junior", "primary"]
    assert not table["suppressed"].any()
    counts = shown(table)
    for band in BANDS:
        assert counts["primary", band] == ENOUGH.get(band, 0)
        assert counts[ALL, band] == ENOUGH.get(band, 0) + junior.get(band, 0)
    (share,) = table.filter(stage="primary", band="steady")["share"]
    assert share == 0.625
    assert "school_code" not in table.columns
    assert table.equals(table.sort("stage", "band"))


def test_a_stage_of_few_schools_is_nowhere() -> None:
    """The county's figure without it: taking the other stages away gives nothing back."""
    few = pupils({"senior": ENOUGH}, schools=LEAST_SCHOOLS - 1)
    many = pupils({"primary": ENOUGH}).with_columns(student_no="9" + pl.col("student_no"))
    table = progress_table(pl.concat([few, many]), THRESHOLD, WIDTH)

    assert "senior" not in table["stage"]
    assert table.filter(stage=ALL).drop("stage").equals(table.filter(stage="primary").drop("stage"))
    assert progress_table(few, THRESHOLD, WIDTH).is_empty()


def test_few_are_withheld_and_what_gives_them_back() -> None:
    junior: Bands = {"clearly_better": 2, "better": 30, "steady": 50, "attention": 15}
    table = progress_table(pupils({"primary": ENOUGH, "junior": junior}), THRESHOLD, WIDTH)

    counts = shown(table)
    assert counts["junior", "clearly_better"] is None
    hidden = table.filter("suppressed")
    assert hidden.group_by("stage").len()["len"].min() >= 2  # type: ignore[operator]
    assert hidden.group_by("band").len()["len"].min() >= 2  # type: ignore[operator]
    assert hidden["share"].is_null().all()


def test_all_of_them_in_one_band_is_withheld() -> None:
    stages = {"primary": ENOUGH, "junior": {"attention": 40}}
    assert shown(progress_table(pupils(stages), THRESHOLD, WIDTH))["junior", "attention"] is None


def test_shares_are_of_the_assessed() -> None:
    junior: Bands = {"better": 30, "steady": 50, "attention": 20, "not_assessed": 60}
    table = progress_table(pupils({"primary": ENOUGH, "junior": junior}), THRESHOLD, WIDTH)
    here = dict(table.filter(stage="junior").select("band", "share").iter_rows())
    assert (here["better"], here["attention"], here["not_assessed"]) == (0.3, 0.2, None)
    own = own_table(classes({"1班": junior, "2班": junior}), THRESHOLD, WIDTH)
    assert own.filter(class_name="1班", band="steady")["share"].item() == 0.5


def test_shares_give_back_no_withheld_count() -> None:
    few: Bands = {**ENOUGH, "not_assessed": 3}
    table = progress_table(pupils({"primary": few, "junior": ENOUGH}), THRESHOLD, WIDTH)
    hidden = table.filter("suppressed", band="not_assessed")["stage"].to_list()
    assert "primary" in hidden
    assert table.filter(pl.col("stage").is_in(hidden))["share"].is_null().all()


def test_all_the_assessed_in_one_band_is_withheld() -> None:
    stages: dict[str, Bands] = {"primary": ENOUGH, "junior": {"attention": 40, "not_assessed": 60}}
    assert shown(progress_table(pupils(stages), THRESHOLD, WIDTH))["junior", "attention"] is None


def test_that_nobody_is_assessed_yet_may_be_said() -> None:
    table = progress_table(pupils({"primary": {"not_assessed": 90}}), THRESHOLD, WIDTH)
    assert shown(table)["primary", "not_assessed"] == 90
    assert not table["suppressed"].any()


def test_a_tiny_stage_shows_nothing() -> None:
    stages = {"primary": ENOUGH, "junior": {"steady": 4}}
    table = progress_table(pupils(stages), THRESHOLD, WIDTH)
    here = pl.col("band").is_in(list(ENOUGH))
    assert table.filter(here, stage="junior")["suppressed"].all()
    assert not table.filter(~here)["suppressed"].any()
    assert not table.filter(stage="primary")["suppressed"].all()


def test_nothing_depends_on_the_order_of_rows() -> None:
    progress = pupils({"primary": ENOUGH, "junior": {"steady": 40, "better": 3, "attention": 9}})
    first = progress_table(progress, THRESHOLD, WIDTH)
    assert progress_table(progress.reverse(), THRESHOLD, WIDTH).equals(first)


bands = st.dictionaries(
    st.sampled_from(BANDS), st.sampled_from([1, 2, 4, 5, 6, 9, 40]), min_size=1, max_size=5
)
worlds = st.dictionaries(
    st.sampled_from(["primary", "junior", "senior"]), bands, min_size=1, max_size=3
)


def classes(rooms: dict[str, Bands]) -> pl.DataFrame:
    """Progress of one school's classes."""
    rows = [
        {"band": band, "grade": "p5", "class_name": room}
        for room, row in rooms.items()
        for band, number in row.items()
        for _ in range(number)
    ]
    return progress_of(*({**row, "student_no": f"{n:05}"} for n, row in enumerate(rows)))


def test_a_school_and_its_classes() -> None:
    rooms = {"1班": {"better": 9, "steady": 20}, "2班": {"better": 6, "steady": 25}}
    table = own_table(classes(rooms), THRESHOLD, WIDTH)
    assert table.filter(band="better").rows() == [
        ("all", "all", "better", 60, 15, 0.25, False),
        ("p5", "1班", "better", 29, 9, 0.31, False),
        ("p5", "2班", "better", 31, 6, 0.194, False),
    ]
    assert own_table(classes({}), THRESHOLD, WIDTH).is_empty()
    assert own_table(classes(rooms).reverse(), THRESHOLD, WIDTH).equals(table)


def test_few_of_a_class_are_withheld_and_what_gives_them_back() -> None:
    rooms = {"1班": {"attention": 2, "steady": 30}, "2班": {"attention": 12, "steady": 25}}
    table = own_table(classes(rooms), THRESHOLD, WIDTH)
    hidden = table.filter("suppressed")
    assert ("p5", "1班", "attention") in hidden.select("grade", "class_name", "band").rows()
    assert hidden.group_by("class_name").len()["len"].min() >= 2  # type: ignore[operator]
    assert hidden.group_by("band").len()["len"].min() >= 2  # type: ignore[operator]


rooms_of = st.dictionaries(st.sampled_from(["1班", "2班", "3班", "4班"]), bands, max_size=4)


@given(rooms_of)
@settings(deadline=None, max_examples=150)
def test_every_withheld_count_of_a_class_can_be_another(rooms: dict[str, Bands]) -> None:
    table = own_table(classes(rooms), THRESHOLD, WIDTH)
    _proved(table, rooms, set(table["class_name"]))


@given(worlds)
@settings(deadline=None, max_examples=150)
def test_every_withheld_count_can_be_another(stages: dict[str, Bands]) -> None:
    table = progress_table(pupils(stages), THRESHOLD, WIDTH)
    _proved(table.rename({"stage": "class_name"}), stages, set(table["stage"]))


def _proved(table: pl.DataFrame, world: dict[str, Bands], told: Collection[str]) -> None:
    """For each there is a table that agrees with all that is shown, by a plain search."""
    truth: dict[tuple[str, str], int] = defaultdict(int)
    of: dict[str, int] = defaultdict(int)
    for name, row in world.items():
        for band, number in row.items():
            for each in (name, ALL) if name in told else ():
                truth[each, band] += number
                of[each] += number
    cells = table.select("class_name", "band", "pupils").rows()
    counts = {(name, band): number for name, band, number in cells}
    shown_cells = {cell: n for cell, n in counts.items() if n is not None}
    assert shown_cells.items() <= {cell: truth[cell] for cell in counts}.items()
    for cell, count in counts.items():
        if count is not None:
            assert not 0 < count < THRESHOLD
        elif table.filter(~pl.col("suppressed")).height:
            assert any(_possible(cell, *other, counts, truth, of) for other in _others(cell, of))


def _others(cell: tuple[str, str], of: dict[str, int]) -> Iterator[tuple[str, str, int]]:
    stage, band = cell
    rows, columns = [s for s in of if s != stage], [b for b in BANDS if b != band]
    yield from product(rows, columns, (1, -1))


def _possible(
    cell: tuple[str, str],
    row: str,
    column: str,
    step: int,
    counts: dict[tuple[str, str], int | None],
    truth: dict[tuple[str, str], int],
    of: dict[str, int],
) -> bool:
    """Whether four withheld counts may each be one more or one less, with all sums kept."""
    stage, band = cell
    other = step if ALL in (row, stage) else -step
    moved = {(stage, band): step, (stage, column): -step, (row, band): other, (row, column): -other}
    return all(counts[at] is None and 0 <= truth[at] + by <= of[at[0]] for at, by in moved.items())
