"""The sample county's funds kept from gift to statement, with the same calls as the commands."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from aidkit.digests import file_digest
from aidkit.fund.importing.importing import import_file
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.fund.reconciling.reconcile import reconcile
from aidkit.fund.reconciling.record import keep
from aidkit.fund.reconciling.sides import read_statement
from aidkit.sample.fund_books import IMPORTED, STATEMENTS
from aidkit.sample.fund_forms import CLERK
from aidkit.sample.rolls import LAST_DAY

ON = dt.date(2026, 11, 20)
"""Day on which the sample is entered: never the clock, so that a demo can be repeated."""

PERIOD = Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))
"""The school year that the demo makes statements of."""


def keep_books(county: Path) -> Iterator[str]:
    """Import every register of the sample's funds and hold the book against the bank.

    Yields:
        What was done, Chinese.
    """
    for file in IMPORTED:
        import_file(county, county / file, entered_by=CLERK, entered_on=ON)
    book = read_book(county)
    yield f"基金账簿：{len(IMPORTED)} 份登记表，{book.entries.height:,} 张凭证入账。"
    for fund, file in STATEMENTS.items():
        path = county / file
        found = reconcile(book, fund, read_statement(path), end=LAST_DAY)
        keep(county, found, head=book.head, statement=path.name, digest=file_digest(path), by=CLERK)
        lines = found.links.filter(side="bank").height
        yield f"银行对账：{book.funds[fund].name}，{lines} 行流水到 {found.end} 与账簿一分不差。"
