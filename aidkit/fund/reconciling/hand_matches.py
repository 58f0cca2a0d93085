"""What people said is the same money, as reconciliations kept it: for the board to look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from aidkit.fund.period import Period
from aidkit.fund.reconciling.record import ByHandRow, Reconciled


@dataclass(frozen=True)
class HandMatch:
    """Lines of the bank and vouchers that somebody matched.

    Attributes:
        record: The reconciliation that it is of: who, why, and who agreed.
        lines: Lines of the bank; none where a voucher is taken back by another.
        vouchers: Vouchers; none where the bank took back its own line.
    """

    record: Reconciled
    lines: tuple[ByHandRow, ...]
    vouchers: tuple[ByHandRow, ...]

    @property
    def fen(self) -> int:
        """How much was moved: of either side the larger sum, whichever way it went."""
        return max(sum(abs(one.fen) for one in side) for side in (self.lines, self.vouchers))


def hand_matches(records: Iterable[Reconciled], fund: str, period: Period) -> list[HandMatch]:
    """The matches of a fund of which something happened in a period, the oldest first.

    What was reconciled again is told once, as it was said last.

    Args:
        records: `read_record`.
        fund: Id of the fund.
        period: The period.
    """
    found: dict[object, HandMatch] = {}
    for record in (one for one in records if one.fund == fund):
        for match in _of(record):
            rows = (*match.lines, *match.vouchers)
            if any(period.first <= row.date <= period.last for row in rows):
                # Rows of another statement have other numbers; the money is the same.
                same = tuple((one.date, one.fen, one.reference, one.voucher_no) for one in rows)
                found.pop(same, None)
                found[same] = match
    return sorted(
        found.values(), key=lambda one: min(row.date for row in (*one.lines, *one.vouchers))
    )


def untold_matches(records: Iterable[Reconciled], fund: str, period: Period) -> int:
    """How many matches there are of which records of version 0.3.0 kept the number alone."""
    return sum(
        one.rules.get("by_hand", 0)
        for one in records
        if one.fund == fund
        and not one.by_hand
        and one.start <= period.last
        and one.end >= period.first
    )


def _of(record: Reconciled) -> Iterator[HandMatch]:
    rows = sorted(record.by_hand, key=lambda one: one.match)
    for _, several in groupby(rows, key=lambda one: one.match):
        match = [*several]
        lines = tuple(one for one in match if not one.voucher_no)
        yield HandMatch(record, lines, tuple(one for one in match if one.voucher_no))
