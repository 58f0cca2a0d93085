"""How long notices stand, by the rule of their program."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.errors import ParamsError
from aidkit.notices.periods import place_on, spans_of
from aidkit.notices.settings import read_notice_settings
from aidkit.programs import load_programs
from tests.notices.sample_notices import DAYS, PARAMS, SETTINGS


def ends(period: str, posted: str) -> list[str]:
    spans = spans_of(SETTINGS.periods[period], dt.date.fromisoformat(posted), DAYS, SETTINGS.least)
    return [f"{span.place} {span.first} {span.last}" for span in spans]


@pytest.mark.parametrize(
    ("period", "posted", "expected"),
    [
        ("five_working_days", "2026-09-29", ["site 2026-09-29 2026-10-12"]),
        ("one_week", "2026-11-09", ["site 2026-11-09 2026-11-16"]),
        # A week around the holiday has two working days: it stands until there were five.
        ("one_week", "2026-09-30", ["site 2026-09-30 2026-10-13"]),
        (
            "unit_then_union_site",
            "2026-08-03",
            ["unit 2026-08-03 2026-08-06", "site 2026-08-07 2026-08-14"],
        ),
        ("all_year", "2026-03-02", ["site 2026-03-02 2026-12-31"]),
    ],
)
def test_a_period_by_its_rule(period: str, posted: str, expected: list[str]) -> None:
    assert ends(period, posted) == expected


@given(
    period=st.sampled_from(sorted(SETTINGS.periods)),
    posted=st.dates(dt.date(2004, 1, 1), dt.date(2026, 11, 30)),
)
def test_any_notice_stands_at_least_five_working_days_without_a_gap(
    period: str, posted: dt.date
) -> None:
    spans = spans_of(SETTINGS.periods[period], posted, DAYS, SETTINGS.least)
    assert DAYS.working_days_between(posted, spans[-1].last) >= 5
    day = posted
    while day <= spans[-1].last:
        assert place_on(spans, day) is not None
        day += dt.timedelta(1)
    assert place_on(spans, posted - dt.timedelta(1)) is None
    assert place_on(spans, day) is None


def test_every_program_that_a_period_names_is_one() -> None:
    known = {version.program.id for version in load_programs(PARAMS / "programs")}
    assert set(SETTINGS.by_program) <= known
    assert SETTINGS.period_of("union_autumn_aid").id == "unit_then_union_site"
    assert SETTINGS.period_of("boarder_allowance").id == "five_working_days"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"grade", "class"]', '"grade", "class", "birth_date"]'), "birth_date"),
        (('students = ["number", ', "students = ["), "缺少 number"),
        (("default = true", "default = false"), "只有一种"),
        (('id = "one_week"', 'id = "five_working_days"'), "写了两次"),
        (('programs = ["tiered_aid"]', 'programs = ["senior_grant"]'), "两种公示期"),
        (("days = 7", "days = 0"), "不能小于 1"),
        (('unit = "year"', 'unit = "years"'), "years"),
        (("[least]\nworking_days = 5", "[least]\nworking_days = 4"), "不能少于 5"),
        (("[reply]\nworking_days = 3", "[reply]\nworking_days = 4"), "不能多于 3"),
        (
            (
                '{ place = "unit", days = 3, unit = "calendar" },',
                '{ place = "site", days = 3, unit = "calendar" },',
            ),
            "网站放在最后",
        ),
    ],
)
def test_wrong_rules_are_told(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    right = (PARAMS / "notices.toml").read_text(encoding="utf-8")
    assert change[0] in right
    (tmp_path / "notices.toml").write_text(right.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ParamsError, match=says):
        read_notice_settings(PARAMS, tmp_path)
