"""Which periods of a fund are published already: a new one must tell of nobody beside them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from aidkit.errors import UsageError
from aidkit.fund.book import Book
from aidkit.fund.period import Period
from aidkit.pipeline.fund_checked import Published
from aidkit.pipeline.fund_frames import whole_year
from aidkit.pipeline.fund_record import RECORD, stated_by, stated_by_run
from aidkit.pipeline.fund_reports import public_folders
from aidkit.pipeline.record import RECORD as RUN
from aidkit.project import Project


def published(project: Project, county: Path, book: Book, fund: str) -> list[Period]:
    """The periods of public statements that were made and of the public pages of runs, sorted.

    A run counts also where its page told no figure; and with the year of its 业务活动表.

    Args:
        project: The checkout.
        county: The county folder.
        book: The book.
        fund: Id of the fund.
    """
    reports = project.root / "reports" / county.name
    made = {one.period for one in public_statements(reports).get(fund, ())}
    for told in _runs(reports, fund):
        year = whole_year(book.funds[fund], told.last)
        made |= {told, year} if year else {told}
    return sorted(made)


def public_statements(reports: Path) -> dict[str, tuple[Published, ...]]:
    """Each fund to the public statements that lie below a county's reports, by period.

    What lies there counts whatever its record says: the folder is called by its days.
    """
    found: dict[str, list[Published]] = {}
    for folder in public_folders(reports):
        try:
            period = Period(*map(dt.date.fromisoformat, folder.name.split("_")))
        except (ValueError, TypeError, UsageError):
            continue
        found.setdefault(folder.parent.name, []).append(Published(period, _line(folder / RECORD)))
    return {fund: tuple(several) for fund, several in found.items()}


def _line(record: Path) -> int | None:
    try:
        return stated_by(record).said.line
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # The audit says which record cannot be read.


def _runs(reports: Path, fund: str) -> Iterator[Period]:
    for path in reports.glob(f"*/{RUN}"):
        try:
            stated = stated_by_run(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # The audit says which record cannot be read.
        yield from (one.period for one in stated if one.fund == fund)
