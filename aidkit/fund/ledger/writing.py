"""Entries on their way into the journal."""

from collections.abc import Collection, Iterable, Iterator

from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.ledger.chain import linked
from aidkit.fund.ledger.lines import Tables, entry_content, tables
from aidkit.fund.ledger.numbers import Numbers
from aidkit.fund.ledger.repeats import Repeats

_AT_ONCE = 20_000
"""Vouchers that are written, and read back as tables, in one go."""


class Writing:
    """The vouchers of a batch as lines, and as the tables that those lines are read back as."""

    def __init__(self, before: Book, entered_by: str, columns: Collection[str]) -> None:
        self.head = before.head
        self.lines = before.lines
        self._numbers = Numbers(before.entries["voucher_no"])
        self._batches = before.batches.height
        self._entered_by = entered_by
        self._columns = columns
        self._parts: list[Tables] = []
        self._repeats = Repeats()

    def parts(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        """The lines, many at a time."""
        lines: list[bytes] = []
        for entry in entries:
            number = self._numbers.next(entry.date)
            content = entry_content(entry, number, self._entered_by)
            line, self.head = linked(self.head, content)
            lines.append(line)
            if len(lines) == _AT_ONCE:
                yield self._read_back(lines)
                lines = []
        if lines:
            yield self._read_back(lines)

    def tables(self) -> Tables:
        """All of them."""
        return Tables.of(self._parts) if self._parts else Tables.none()

    def _read_back(self, lines: list[bytes]) -> bytes:
        written = b"".join(lines)
        of = (self.lines, self._batches, self._columns, self._repeats)
        self._parts.append(tables(written, *of))
        self.lines += len(lines)
        return written
