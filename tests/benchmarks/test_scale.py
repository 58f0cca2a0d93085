"""The scale page's tables follow from each other, and costs from the sums that they made."""

import math
from collections.abc import Sequence

import pytest

from benchmarks.block import block_of, with_block
from benchmarks.fit import fit
from benchmarks.scale import BEGIN, END, PAGE
from benchmarks.scale_tables import COSTLY, COUNTED, Measured, tables

COUNTIES = [(2, 50), (5, 250), (24, 11_690), (300, 18_857)]


@pytest.mark.parametrize("costs", [(3.0, 0.02, 0.5), (1.0, 0.13, 0.0), (0.0, 0.0, 2.0)])
def test_costs_are_found_again_in_their_sums(costs: tuple[float, ...]) -> None:
    places = [(1.0, schools, pupils / 1000) for schools, pupils in COUNTIES]
    sums = [sum(n * cost for n, cost in zip(row, costs, strict=True)) for row in places]
    assert fit(places, sums) == pytest.approx(costs, abs=1e-9)


def test_no_cost_is_negative() -> None:
    """Sums that fall with the number of pupils are noise, and no pupil saves time."""
    places = [(1.0, schools, pupils / 1000) for schools, pupils in COUNTIES]
    assert min(fit(places, [5.0, 4.0, 3.0, 2.0])) >= 0


def test_the_page_shows_what_its_own_measurements_give() -> None:
    """Whoever edits a number by hand, or the arithmetic without the page, is found out."""
    text = block_of(PAGE.read_text(encoding="utf-8"), BEGIN, END)
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    measured = {row[0]: row[1:] for row in cells[2 : 2 + len(COUNTED) + len(COSTLY)]}
    assert list(measured) == [*COUNTED, *COSTLY]
    columns = zip(*measured.values(), strict=True)
    counties = [_county(column) for column in columns]
    assert text.partition("\n\n")[2] == tables(counties)
    assert [county.schools for county in counties] == [2, 5, 24, 300]


def test_only_the_block_is_replaced() -> None:
    page = "before\n\n::: {#figures}\nold\n\nold\n:::\n\nafter :::\n"
    assert (
        with_block(page, BEGIN, END, "new") == "before\n\n::: {#figures}\nnew\n:::\n\nafter :::\n"
    )
    with pytest.raises(ValueError, match="no such block"):
        with_block("before\n", BEGIN, END, "new")


def test_twice_the_machines_half_the_time_until_a_county_is_alone() -> None:
    measured = [
        Measured(s, p, 2 * s + 8, 1 + s / 10 + p / 1000, s / 10, 1, 300 + p / 100, s, s)
        for s, p in COUNTIES
    ]
    rows = [line.strip("| ").split(" | ") for line in tables(measured).splitlines()]
    country = next(row for row in rows if row[0] == "全国" and len(row) == 7)
    county = next(row for row in rows if row[0] == "一个县" and len(row) == 7)
    assert country[1:4] == ["200,000", "160,000,000", "420,000"]
    # 2858 counties, each 1 + 7 + 56, 7 and 1 seconds: 206 ks.
    assert math.isclose(float(country[4].removesuffix(" 天")), 2858 * 72 / 86_400, rel_tol=0.03)
    assert country[5].endswith("小时")
    assert county[4:] == ["72 秒"] * 3


def _county(column: Sequence[str]) -> Measured:
    counts, sums = column[:3], column[3:]
    schools, pupils, pages = (int(text.replace(",", "")) for text in counts)
    return Measured(schools, pupils, pages, *(float(text.replace(",", "")) for text in sums))
