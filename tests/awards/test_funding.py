"""Shares of levels of government: every fen is given by somebody, and only once."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from aidkit.awards.funding import funding_demand, split_by_funding
from tests.awards.followers import OTHER_SCHOOL, SCHOOL, decision, decisions, student_no, version

LEVELS = ("central", "province", "city", "county")

weights = st.lists(st.integers(0, 100), min_size=1, max_size=4).filter(any)
amounts = st.integers(0, 10**9)


@given(amounts, weights)
def test_parts_sum_to_the_amount_and_are_within_a_fen_of_their_share(
    fen: int, shares: list[int]
) -> None:
    parts = split_by_funding(fen, list(zip(LEVELS, shares, strict=False)))
    assert sum(parts.values()) == fen
    for share, part in zip(shares, parts.values(), strict=True):
        assert abs(part * sum(shares) - fen * share) < sum(shares)


def test_the_catalogue_shares_of_an_odd_amount() -> None:
    shares = (("central", 80), ("province", 16), ("city", 2), ("county", 2))
    assert split_by_funding(30033, shares) == {
        "central": 24026,
        "province": 4805,
        "city": 601,
        "county": 601,
    }
    assert split_by_funding(30033, ()) == {"unstated": 30033}


def test_demand_by_school_and_county() -> None:
    shares = (("central", 80), ("province", 16), ("city", 2), ("county", 2))
    funded, unfunded = version("books", funding=shares), version("tiers")
    rows = [
        decision(student_no(1), funded, 101),
        decision(student_no(2), funded, 101),
        decision(student_no(3), funded, 7, school_code=OTHER_SCHOOL),
        decision(student_no(4), funded, 500, outcome="reserve"),
        decision(student_no(1), unfunded, 75000),
    ]
    demand = funding_demand(decisions(*rows), [funded, unfunded])
    own = demand.filter(pl.col("program_id") == funded.program.id)
    county = own.filter(pl.col("school_code") == "all")
    assert dict(county.select("level", "amount_fen").iter_rows()) == {
        "central": 81 * 2 + 6,
        "province": 16 * 2 + 1,
        "city": 2 * 2,
        "county": 2 * 2,
    }
    assert county["persons"].unique().to_list() == [3]
    rest = demand.filter(pl.col("program_id") == unfunded.program.id)
    assert set(rest["level"]) == {"unstated"}
    assert rest["amount_fen"].to_list() == [75000, 75000]
    assert funding_demand(decisions(), []).is_empty()


@given(
    st.lists(st.tuples(st.sampled_from([SCHOOL, OTHER_SCHOOL]), st.integers(0, 400_000))),
    weights,
)
def test_schools_sum_to_the_county_and_to_what_is_due(
    persons: list[tuple[str, int]], shares: list[int]
) -> None:
    own = version(funding=tuple(zip(LEVELS, shares, strict=False)))
    rows = [
        decision(student_no(n), own, fen, school_code=school)
        for n, (school, fen) in enumerate(persons)
    ]
    demand = funding_demand(decisions(*rows), [own])
    county = demand.filter(pl.col("school_code") == "all")
    schools = demand.filter(pl.col("school_code") != "all")
    assert county["amount_fen"].sum() == schools["amount_fen"].sum()
    assert county["amount_fen"].sum() == sum(fen for _, fen in persons)
    for level, persons_of_level, fen in county.select("level", "persons", "amount_fen").rows():
        of_level = schools.filter(pl.col("level") == level)
        assert (of_level["persons"].sum(), of_level["amount_fen"].sum()) == (persons_of_level, fen)
    assert demand.equals(funding_demand(decisions(*reversed(rows)), [own]))
