"""Working days against another opinion, years without a table, tables that are wrong."""

import datetime as dt
import re
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidkit.errors import InputError, ParamsError
from aidkit.working_days import read_working_days

PARAMS = Path(__file__).parents[2] / "params"
TABLE = read_working_days(PARAMS)
FIRST, LAST = dt.date(2004, 1, 1), dt.date(2026, 12, 31)

ORACLE_IS_WRONG = {dt.date(2005, 12, 31): True}
"""The decree for 2006 (国办发明电〔2005〕35号) says: 12月31日（星期六）上班."""


OTHERS_OF_2027 = "".join(
    f'\n[[holiday]]\nname = "{name}"\nfrom = 2027-{first}\nto = 2027-{last}\n'
    for name, first, last in (
        ("春节", "02-05", "02-12"),
        ("清明节", "04-03", "04-05"),
        ("劳动节", "05-01", "05-05"),
        ("端午节", "06-09", "06-09"),
        ("中秋节", "09-15", "09-15"),
        ("国庆节", "10-01", "10-07"),
    )
)
"""Made up: there is no decree yet."""


def oracle(day: dt.date) -> bool:
    return ORACLE_IS_WRONG.get(day, bool(chinese_calendar.is_workday(day)))


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(n) for n in range((last - first).days + 1)]


def test_every_day_of_23_years_is_what_the_other_calendar_says() -> None:
    assert [day for day in days(FIRST, LAST) if TABLE.is_working_day(day) != oracle(day)] == []


@pytest.mark.parametrize(
    ("posted", "end"),
    [("2026-09-29", "2026-10-12"), ("2026-04-28", "2026-05-08"), ("2026-02-12", "2026-02-26")],
)
def test_five_working_days_do_not_count_the_day_of_posting(posted: str, end: str) -> None:
    day, last = dt.date.fromisoformat(posted), dt.date.fromisoformat(end)
    assert TABLE.add_working_days(day, 5) == last
    assert TABLE.working_days_between(day, last) == 5


@settings(max_examples=300)
@given(day=st.dates(FIRST, dt.date(2026, 10, 31)), count=st.integers(0, 25))
def test_a_period_holds_so_many_days_that_the_other_calendar_works(
    day: dt.date, count: int
) -> None:
    last = TABLE.add_working_days(day, count)
    assert sum(map(oracle, days(day, last)[1:])) == count
    assert last == day or oracle(last)
    assert TABLE.working_days_between(day, last) == count


def test_a_year_without_a_table_says_how_to_supply_it_and_the_table_mends_it(
    tmp_path: Path,
) -> None:
    posted = dt.date(2026, 12, 30)
    with pytest.raises(InputError) as fault:
        read_working_days(PARAMS, tmp_path).add_working_days(posted, 5)
    told = str(fault.value)
    assert "没有 2027 年的工作日表" in told
    assert str((tmp_path / "workdays" / "2027.toml").as_posix()) in told

    # What the message says to write is a table.
    lines = told.partition("例如：\n")[2]
    (tmp_path / "workdays").mkdir()
    table = re.sub(r"(?m)^ {10}", "", lines)
    file = tmp_path / "workdays" / "2027.toml"
    file.write_text(table, encoding="utf-8")
    with pytest.raises(ParamsError, match="只抄了一部分：没有 春节、清明、劳动、端午、中秋、国庆"):
        read_working_days(PARAMS, tmp_path)
    file.write_text(table + OTHERS_OF_2027, encoding="utf-8")
    end = read_working_days(PARAMS, tmp_path).add_working_days(posted, 5)
    # 12-31; New Year's holiday to 01-03; 01-04 to 01-07.
    assert end == dt.date(2027, 1, 7)


def test_a_county_may_put_its_own_table_in_place(tmp_path: Path) -> None:
    (tmp_path / "workdays").mkdir()
    own = (PARAMS / "workdays" / "2026.toml").read_text(encoding="utf-8")
    own += '\n[[holiday]]\nname = "县庆"\nfrom = 2026-08-03\nto = 2026-08-03\n'
    (tmp_path / "workdays" / "2026.toml").write_text(own, encoding="utf-8")
    day = dt.date(2026, 8, 3)
    assert TABLE.is_working_day(day)
    assert not read_working_days(PARAMS, tmp_path).is_working_day(day)


def test_the_last_days_of_a_year_hang_on_the_next_decree() -> None:
    assert TABLE.unsure(dt.date(2026, 12, 21), dt.date(2026, 12, 29))
    assert not TABLE.unsure(dt.date(2026, 12, 21), dt.date(2026, 12, 28))
    assert not TABLE.unsure(dt.date(2025, 12, 21), dt.date(2025, 12, 31))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("year = 2026", "year = 2025"), "文件名是 2026"),
        (("working = [2026-01-04]", "working = [2026-01-05]"), "不是周末"),
        (("working = [2026-01-04]", "working = [2026-01-03]"), "又放假又上班"),
        (("to = 2026-01-03", "to = 2025-12-03"), "之前"),
        (("from = 2026-01-01", "from = 2025-11-30"), "不是 2026 年的日子"),
        (("to = 2026-01-03", 'to = "2026-01-03"'), "应是日期"),
        (("from = 2026-01-01", "from = 2026-01-02"), "2026-01-01 没有放假"),
        (('name = "国庆节"', 'name = "十一"'), "没有 国庆"),
        (("working = [2026-01-04]", "working = 2026-01-04"), "几个日期"),
        (("working = [2026-01-04]", "worked = [2026-01-04]"), "不认识的键"),
    ],
)
def test_a_wrong_table_is_told(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    (tmp_path / "workdays").mkdir()
    right = (PARAMS / "workdays" / "2026.toml").read_text(encoding="utf-8")
    (tmp_path / "workdays" / "2026.toml").write_text(right.replace(*change), encoding="utf-8")
    with pytest.raises(ParamsError, match=says):
        read_working_days(tmp_path)
