"""A statement of the bank held against vouchers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from aidkit.fund.entry import Entry
from aidkit.fund.reconciling.outcome import Reconciliation
from aidkit.fund.reconciling.reconcile import reconcile
from tests.fund.books import book_of
from tests.fund.statements_of_banks import Line, statement
from tests.fund.vouchers import income

DAY = dt.date(2026, 3, 10)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def held(entries: Sequence[Entry], lines: Sequence[Line], **more: Any) -> Reconciliation:
    """What comes of the two when both begin with 10,000 yuan."""
    opening = income("opening", dt.date(2026, 1, 1), 1_000_000)
    return reconcile(
        book_of([opening, *entries]), "love", statement(lines, opening=1_000_000), **more
    )


def rules(found: Reconciliation) -> list[str]:
    return found.links.unique("match", maintain_order=True)["rule"].to_list()
