"""Working days as the State Council decrees them each year, not Monday to Friday.

`params/workdays/<year>.toml` holds one year: which days are off, which weekend days are worked for
them (调休). A county adds a year, or puts its own in place, in its own `params/workdays`. A day
of a year without a table has no answer: the decree comes out late in the year before, and no rule
foretells it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aidkit.errors import InputError
from aidkit.toml import TomlTable, read_toml

FOLDER = "workdays"
"""Folder of tables below `params`."""

HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""Of every decree since 2008; two that fall together may have one section."""

_SEVEN_SINCE = 2008
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))
_STATUS = ("verified", "unverified")
_SATURDAY = 5
_LAST_DAYS = 29
"""From this day of December on the decree of the next year may have a word."""

_ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked, of the years that have a table.

    Attributes:
        years: Years with a table.
        off: Days of holidays, weekends among them or not.
        worked: Weekend days that are worked.
        supply: Where a table that is missing can be put, for the message.
    """

    years: frozenset[int]
    off: frozenset[dt.date]
    worked: frozenset[dt.date]
    supply: str = "params/workdays"

    def is_working_day(self, day: dt.date) -> bool:
        """Whether a day is worked.

        Raises:
            InputError: Its year has no table.
        """
        if day.year not in self.years:
            raise self._missing(day.year)
        if day in self.worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.off

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The last of so many working days after a day, which itself is not counted.

        Args:
            day: E.g. when a notice is posted.
            count: Working days, at least 0; with 0 it is the day itself.

        Raises:
            InputError: A year on the way has no table.
        """
        if count < 0:
            raise ValueError(count)
        while count:
            day += _ONE
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, day: dt.date, last: dt.date) -> int:
        """How many working days come after a day, up to and with the last one.

        0 where the last one is not after the day.

        Raises:
            InputError: A year on the way has no table.
        """
        return sum(map(self.is_working_day, _days(day + _ONE, last)))

    def unsure(self, first: dt.date, last: dt.date) -> bool:
        """Whether days between two hang on the decree of a year that has no table.

        That of 2008 let people work on 2007-12-29.
        """
        return any(
            day.month == 12 and day.day >= _LAST_DAYS and day.year + 1 not in self.years
            for day in _days(first, last)
        )

    def _missing(self, year: int) -> InputError:
        return InputError(
            f"没有 {year} 年的工作日表，算不出工作日。",
            where=f"{self.supply}/{year}.toml",
            remedy=(
                "不能按周一到周五估计：放假和调休以国务院办公厅每年的通知为准。"
                f"请把《国务院办公厅关于{year}年部分节假日安排的通知》抄进这个文件，"
                f"{'、'.join(HOLIDAYS)}七个假期每个写一节，例如：\n{_template(year)}"
            ),
        )


def read_working_days(*folders: Path) -> WorkingDays:
    """Read the tables of some `params` folders; of a year in several the last folder's is taken.

    Args:
        folders: First the project's `params`, then the county's; one without tables adds none.

    Raises:
        ParamsError: A table is wrong: key, day and remedy.
    """
    files = {
        path.stem: path
        for folder in folders
        for path in sorted((folder / FOLDER).glob("[0-9][0-9][0-9][0-9].toml"))
    }
    years = {int(stem): _read(path) for stem, path in files.items()}
    return WorkingDays(
        years=frozenset(years),
        off=frozenset(day for off, _ in years.values() for day in off),
        worked=frozenset(day for _, worked in years.values() for day in worked),
        supply=(folders[-1] / FOLDER).as_posix() if folders else "params/workdays",
    )


def _read(path: Path) -> tuple[set[dt.date], set[dt.date]]:
    """Days off and weekend days worked of one year."""
    file = read_toml(path)
    year = file.whole("year")
    if str(year) != path.stem:
        raise file.fault("year", f"文件名是 {path.stem}，里面写的是 {year}。", "请改成一样的。")
    off: set[dt.date] = set()
    worked: set[dt.date] = set()
    names: list[str] = []
    for holiday in file.tables("holiday"):
        name, days, weekends = _holiday(holiday, year)
        off |= days
        worked |= weekends
        names.append(name)
    if both := sorted(off & worked):
        raise file.fault("holiday", f"{both[0]} 又放假又上班。", "请对照通知改正。")
    _refuse_part(file, year, names, off)
    for source in file.tables("source"):
        source.text("title")
        source.optional_text("doc_no")
        source.choice("status", _STATUS)
        source.optional_text("found_in")
        source.done()
    file.done()
    return off, worked


def _refuse_part(file: TomlTable, year: int, names: list[str], off: set[dt.date]) -> None:
    """Refuse a decree of which only a part was copied: what is missing would count as worked."""
    told = "、".join(names)
    if year >= _SEVEN_SINCE and (missing := [one for one in HOLIDAYS if one not in told]):
        raise file.fault(
            "holiday",
            f"只抄了一部分：没有 {'、'.join(missing)}。",
            "请照通知把七个假期都抄上；两个假期连在一起的，name 写“国庆节、中秋节”。",
        )
    if missed := [day for day in (dt.date(year, *one) for one in _ALWAYS_OFF) if day not in off]:
        raise file.fault("holiday", f"{missed[0]} 没有放假。", "请对照通知改正。")


def _holiday(table: TomlTable, year: int) -> tuple[str, set[dt.date], set[dt.date]]:
    name = table.text("name")
    first, last = table.date("from"), table.date("to")
    worked = set(table.dates_or_empty("working"))
    table.done()
    if not first <= last:
        raise table.fault("to", f"{last} 在 {first} 之前。", "请对照通知改正。")
    for day in sorted({first, last} | worked):
        # New Year's holiday may begin in December.
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise table.fault("", f"{day} 不是 {year} 年的日子。", "请对照通知改正。")
    for day in sorted(worked):
        if day.weekday() < _SATURDAY:
            raise table.fault("working", f"{day} 不是周末。", "这里只写调休上班的周六、周日。")
    return name, set(_days(first, last)), worked


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += _ONE


def _template(year: int) -> str:
    weekend = next(
        day
        for day in _days(dt.date(year, 1, 4), dt.date(year, 1, 10))
        if day.weekday() == _SATURDAY
    )
    return f"""\
          year = {year}

          [[holiday]]
          name = "元旦"
          from = {year}-01-01
          to = {year}-01-03      # 放假的最后一天
          working = []           # 调休上班的周六、周日，例如 [{weekend}]；没有就空着

          [[source]]
          title = "国务院办公厅关于{year}年部分节假日安排的通知"
          doc_no = "文号"
          status = "verified"    # 看到正式文件写 verified，否则写 unverified"""
