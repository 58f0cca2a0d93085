"""Which funds a term reports on, and of which days; nothing here imports polars."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aidkit.calendar import Term
from aidkit.digests import ABSENT, file_digest
from aidkit.fund.fund_files import read_funds
from aidkit.fund.period import Period
from aidkit.project import FUND_PREFIX

BOOK = ("fund/journal.jsonl", "fund/reconciled.jsonl")
"""What of the county's folder fund reports rest on, besides its `params`. What statements were
made (`fund/statements.jsonl`) is not among it: reports add to that file.
"""

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class FundReport:
    """The report of one fund in a term.

    Attributes:
        fund: Id of the fund.
        period: The days it tells of: whole months, as public statements must be.
    """

    fund: str
    period: Period

    @property
    def scope(self) -> str:
        """What its slices and reports are called."""
        return f"{FUND_PREFIX}{self.fund}"

    @property
    def parameters(self) -> dict[str, str]:
        """What its notebooks get besides the term's parameters."""
        days = {"first": self.period.first.isoformat(), "last": self.period.last.isoformat()}
        return {"fund": self.fund, **days}


def fund_reports(county: Path, term: Term, parameters: Mapping[str, str]) -> list[FundReport]:
    """The funds that a term reports on, by id; none where the county has no journal.

    A report begins with the term, or the month in which the fund's book begins; it ends with the
    last whole month before the day of publication. Before a whole month has passed there is none.

    Raises:
        ParamsError: A fund's file is wrong.
    """
    if not (county / BOOK[0]).is_file():
        return []
    published = dt.date.fromisoformat(parameters["published_on"])
    last = min(published.replace(day=1) - _DAY, term.ends)
    first = {
        fund.id: max(term.starts, fund.opened_on.replace(day=1))
        for fund in read_funds(county).values()
    }
    return [FundReport(fund, Period(day, last)) for fund, day in first.items() if day <= last]


def public_folders(reports: Path) -> list[Path]:
    """Folders of the statements below a county's reports of which something is public, sorted."""
    found = sorted(reports.glob("fund/*/*_*/public"))
    return [public.parent for public in found if public.is_dir() and any(public.iterdir())]


def fund_ground(
    county: Path, term: Term, parameters: Mapping[str, str], published: Path | None = None
) -> dict[str, str]:
    """Digests of what the fund reports of a term rest on; nothing where there are none.

    Args:
        county: The county folder.
        term: The term.
        parameters: The term's parameters.
        published: The county's reports: public pages are held against public statements.

    Raises:
        ParamsError: A fund's file is wrong.
    """
    reports = fund_reports(county, term, parameters)
    if not reports:
        return {}
    files = {name: file_digest(county / name) for name in BOOK}
    days = {f"{one.fund} {one.period.first} 至 {one.period.last}": "" for one in reports}
    told = {
        f"{folder.parent.name} 公开的报表 {folder.name}": file_digest(folder / "record.json")
        for folder in (public_folders(published) if published else ())
    }
    return {name: digest for name, digest in files.items() if digest != ABSENT} | days | told
