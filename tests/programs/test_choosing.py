"""Which versions decide: date, region, adoption, season, floor, school."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.programs import UNSTATED, Version, choose, load_programs
from aidkit.project import find_project
from tests.programs.texts import Write, version_text

VERSIONS = load_programs(find_project().params / "programs")
SCHOOL = "4107000001"


def chosen(program: str, region: str, on: str, *adopts: str) -> str | None:
    found = choose(
        VERSIONS, region=region, adopts=adopts, on=dt.date.fromisoformat(on), season="autumn"
    )
    ids = [version.id for version in found if version.program.id == program]
    assert len(ids) <= 1
    return ids[0] if ids else None


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("cn/henan", "boarder_allowance@cn/henan@2024-03-01"),
        ("cn/henan/xinxiang", "boarder_allowance@cn/henan@2024-03-01"),
        ("cn/henann", "boarder_allowance@cn@2024-03-01"),
        ("cn/hunan", "boarder_allowance@cn@2024-03-01"),
        ("cn", "boarder_allowance@cn@2024-03-01"),
    ],
)
def test_the_most_specific_region_around_the_county_decides(region: str, expected: str) -> None:
    assert chosen("boarder_allowance", region, "2026-09-01") == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-02-29", "boarder_allowance@cn/henan@2020-03-01"),
        ("2024-03-01", "boarder_allowance@cn/henan@2024-03-01"),
        ("2020-02-29", "boarder_allowance@cn@2018-03-01"),
        ("2018-02-28", None),
    ],
)
def test_the_day_decides(on: str, expected: str | None) -> None:
    assert chosen("boarder_allowance", "cn/henan", on) == expected


def test_a_version_without_region_needs_adoption() -> None:
    assert chosen("fee_waiver", "cn/henan", "2026-09-01") is None
    adopted = chosen("fee_waiver", "cn/henan", "2026-09-01", "fee_waiver")
    assert adopted == f"fee_waiver@{UNSTATED}@2018-03-01"


@given(st.permutations(VERSIONS), st.sampled_from(["cn", "cn/henan", "cn/hunan", "cn/anhui/x"]))
def test_order_of_versions_does_not_matter(shuffled: list[Version], region: str) -> None:
    def pick(versions: tuple[Version, ...]) -> list[str]:
        day = dt.date(2026, 9, 1)
        found = choose(versions, region=region, adopts=(), on=day, season="autumn")
        return [version.id for version in found]

    assert pick(tuple(shuffled)) == pick(VERSIONS)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((), UNSTATED),
        (("cn",), UNSTATED),
        (("cn", "cn/henan"), UNSTATED),
        (("cn", "cn/henan", "cn/henan/demo"), "cn/henan/demo"),
    ],
)
def test_what_a_county_adopts_gives_way_only_to_what_is_written_for_it(
    levels: tuple[str, ...], expected: str, write: Write
) -> None:
    versions = write(
        milk="".join(version_text(region=f'"{level}"') for level in (UNSTATED, *levels))
    )
    assert regions(versions, "cn/henan/demo") == [expected]
    assert regions(versions[::-1], "cn/henan/demo") == [expected]


def test_a_floor_stands_above_what_a_county_adopts(write: Write) -> None:
    floor = version_text(floor="true")
    versions = write(milk=floor + version_text(region=f'"{UNSTATED}"'))
    assert regions(versions, "cn/henan/demo") == ["cn", UNSTATED]


def test_the_unverified_average_does_not_displace_the_tiers_that_a_county_adopted() -> None:
    spring = ("cn/guizhou/demo", "2025-03-01")
    assert chosen("senior_grant", *spring) == "senior_grant@cn@2025-03-01"
    adopted = chosen("senior_grant", *spring, "senior_grant")
    assert adopted == f"senior_grant@{UNSTATED}@2018-03-01"


def regions(versions: tuple[Version, ...], region: str, season: str | None = "autumn") -> list[str]:
    """Regions of what decides in 2026, from the widest to the narrowest."""
    day = dt.date(2026, 9, 1)
    found = choose(versions, region=region, adopts=("milk",), on=day, season=season)
    return [version.region for version in found]


@pytest.mark.parametrize(
    ("floors", "expected"),
    [
        ((), ["cn/henan/demo"]),
        (("cn",), ["cn", "cn/henan/demo"]),
        (("cn/henan",), ["cn/henan", "cn/henan/demo"]),
        (("cn", "cn/henan"), ["cn", "cn/henan", "cn/henan/demo"]),
        (("cn", "cn/henan", "cn/henan/demo"), ["cn", "cn/henan", "cn/henan/demo"]),
    ],
)
def test_floors_above_stand_beside_what_decides(
    floors: tuple[str, ...], expected: list[str], write: Write
) -> None:
    levels = ("cn", "cn/henan", "cn/henan/demo", "cn/anhui")
    versions = write(
        milk="".join(
            version_text(region=f'"{level}"', floor="true" if level in floors else None)
            for level in levels
        )
    )
    assert regions(versions, "cn/henan/demo") == expected
    assert regions(versions[::-1], "cn/henan/demo") == expected


@pytest.mark.parametrize(
    ("county", "expected"),
    [
        ("cn/henan/demo", ["cn", f"cn/henan/demo/{SCHOOL}"]),
        ("cn/henan", ["cn", f"cn/henan/demo/{SCHOOL}"]),
        ("cn/henan/other", ["cn"]),
        ("cn/henan/dem", ["cn"]),
    ],
)
def test_a_version_of_one_school_stands_beside_the_countys(
    county: str, expected: list[str], write: Write
) -> None:
    school = version_text(region=f'"cn/henan/demo/{SCHOOL}"')
    versions = write(milk=version_text() + school)
    assert [version.school_code for version in versions] == [None, SCHOOL]
    assert regions(versions, county) == expected


def test_a_school_alone_can_have_a_version(write: Write) -> None:
    versions = write(milk=version_text(region=f'"cn/henan/demo/{SCHOOL}"'))
    assert regions(versions, "cn/henan/demo") == [f"cn/henan/demo/{SCHOOL}"]


@pytest.mark.parametrize(
    ("paid", "season", "expected"),
    [
        ("each_term", "autumn", ["cn/henan"]),
        ("each_term", "spring", ["cn/henan"]),
        ("in_autumn", "autumn", ["cn/henan"]),
        ("in_autumn", "spring", []),
        ("in_spring", "autumn", []),
        ("in_spring", "spring", ["cn/henan"]),
        ("in_spring", None, ["cn/henan"]),
    ],
)
def test_what_pays_nothing_in_the_season_is_not_in_force_and_lets_no_level_above_pay(
    paid: str, season: str | None, expected: list[str], write: Write
) -> None:
    local = version_text(region='"cn/henan"', paid=f'"{paid}"')
    assert regions(write(milk=version_text() + local), "cn/henan/demo", season) == expected
