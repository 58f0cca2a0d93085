"""The period that a statement tells of: from a day to a day, both included."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from aidkit.errors import UsageError

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """Some days on end.

    Attributes:
        first: First day.
        last: Last day, included.

    Raises:
        UsageError: The last day is before the first.
    """

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UsageError(
                f"时段不对：{self.first} 至 {self.last}。", remedy="止日不能早于起日，请对调。"
            )

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year: the accounting year of 《民间非营利组织会计制度》."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @property
    def whole_months(self) -> bool:
        """Whether it begins with the first and ends with the last day of a month."""
        return self.first.day == 1 and (self.last + _DAY).day == 1

    @property
    def whole_years(self) -> bool:
        """Whether it is of whole calendar years."""
        return self.whole_months and self.first.month == 1 and self.last.month == 12

    @property
    def before(self) -> "Period":
        """The period as long just before it: of as many months where it is of whole months."""
        last = self.first - _DAY
        if not self.whole_months:
            return Period(last - (self.last - self.first), last)
        months = _number(self.first) - (_number(self.last) - _number(self.first) + 1)
        return Period(_first_of(months), last)

    def months(self) -> Iterator["Period"]:
        """Its calendar months; the first and the last may be parts."""
        for number in range(_number(self.first), _number(self.last) + 1):
            first, last = _first_of(number), _first_of(number + 1) - _DAY
            yield Period(max(first, self.first), min(last, self.last))


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)
