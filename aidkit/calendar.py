"""School terms and dates as clerks write them."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Season = Literal["autumn", "spring"]

EXCEL_EPOCH = dt.date(1899, 12, 30)
"""Serial 1 of Excel's 1900 system is 1900-01-01; this epoch is right from March 1900 on."""

_TERM = re.compile(r"(\d{4})-(autumn|spring)")
_TERM_ZH = re.compile(r"(\d{4})年?(秋|春)季?(学期)?")
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TYPED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, order=True)
class Term:
    """One school term; ordered by time.

    Attributes:
        starts: First day: 1 September of the autumn, 1 March of the spring term.
        season: `autumn` or `spring`.
    """

    starts: dt.date
    season: Season

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Read `2026-autumn`, `2026年秋季学期` or `2026秋`.

        Raises:
            ValueError: Anything else.
        """
        if match := _TERM.fullmatch(text):
            year, season = int(match[1]), match[2]
        elif match := _TERM_ZH.fullmatch(text):
            year, season = int(match[1]), {"秋": "autumn", "春": "spring"}[match[2]]
        else:
            raise ValueError(text)
        if season == "autumn":
            return cls(dt.date(year, 9, 1), "autumn")
        return cls(dt.date(year, 3, 1), "spring")

    @property
    def code(self) -> str:
        """`2026-autumn`: folder names, parameters."""
        return f"{self.starts.year}-{self.season}"

    @property
    def label(self) -> str:
        """`2026 年秋季学期`: what people read."""
        return f"{self.starts.year} 年{'秋' if self.season == 'autumn' else '春'}季学期"

    @property
    def school_year(self) -> int:
        """The calendar year in which the school year began."""
        return self.starts.year if self.season == "autumn" else self.starts.year - 1

    @property
    def ends(self) -> dt.date:
        """Last day: the day before the next term starts."""
        return self.next().starts - dt.timedelta(days=1)

    def next(self) -> "Term":
        """The term after this one."""
        if self.season == "autumn":
            return Term(dt.date(self.starts.year + 1, 3, 1), "spring")
        return Term(dt.date(self.starts.year, 9, 1), "autumn")

    def previous(self) -> "Term":
        """The term before this one."""
        if self.season == "autumn":
            return Term(dt.date(self.starts.year, 3, 1), "spring")
        return Term(dt.date(self.starts.year - 1, 9, 1), "autumn")


def date_of_text(text: str) -> dt.date:
    """Read `2026年9月1日`, `2026.9.1`, `2026-09-01`, `2026/9/1` or `20260901`.

    Raises:
        ValueError: Anything else, or a day that does not exist.
    """
    bare = text.strip().removesuffix(" 00:00:00")
    match = _DATE.fullmatch(bare) or _COMPACT.fullmatch(bare)
    if match is None:
        raise ValueError(text)
    return dt.date(int(match[1]), int(match[2]), int(match[3]))


def date_as_typed(text: str) -> dt.date:
    """Read `2026-09-01` or `2026-9-1`: how a command is told a day, and no other way.

    Raises:
        ValueError: Anything else, or a day that does not exist.
    """
    match = _TYPED.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return dt.date(int(match[1]), int(match[2]), int(match[3]))


def date_of_serial(serial: float | int) -> dt.date:
    """Read an Excel day number of the 1900 system.

    Raises:
        ValueError: Outside 1954 to 2119, where a number is more likely not a date.
    """
    if not 20_000 <= serial < 80_500:
        raise ValueError(str(serial))
    return EXCEL_EPOCH + dt.timedelta(days=int(serial))
