"""Which version decides: date, region, adoption."""

import datetime as dt

import pytest

from aidkit.programs import UNSTATED, Version, choose, load_programs
from aidkit.project import find_project

VERSIONS = load_programs(find_project().params / "programs")


def chosen(program: str, region: str, on: str, *adopts: str) -> str | None:
    found = choose(VERSIONS, region=region, adopts=adopts, on=dt.date.fromisoformat(on))
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


def test_order_of_versions_does_not_matter() -> None:
    def pick(versions: tuple[Version, ...]) -> list[str]:
        found = choose(versions, region="cn/henan", adopts=(), on=dt.date(2026, 9, 1))
        return [version.id for version in found]

    assert pick(VERSIONS) == pick(VERSIONS[::-1])
