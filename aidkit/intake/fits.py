"""How the headers of a line fit the tables: a matter of words only, whichever sheet has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from aidkit.intake.lexicon import TableWords, lexicon

SERIAL = frozenset({"序号", "编号", "行号", "no", "no.", "顺序号"})
"""Headers of columns that only number the rows."""

Alternatives = tuple[str, ...]
"""Folded texts that the header of one column may stand for, best first."""

NAMED = 6
"""What it weighs that the file, the sheet or a title names the table: three headers."""

_ANYTHING = "\0"
"""Stands for whatever text no table knows, so that lines of data are all alike."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A line read as the header of a table; positions count from 0.

    Attributes:
        table: Table name.
        columns: Column name to position.
        spread: Code of the spread vocabulary to position.
        missing: Required columns that the line does not have.
        doubled: Positions of a header that stands there a second time.
        unknown: Positions with a header that the table does not know.
        specific: Whether a header is among them that no other table has.
    """

    table: str
    columns: Mapping[str, int]
    spread: Mapping[str, int]
    missing: tuple[str, ...]
    doubled: tuple[int, ...]
    unknown: tuple[int, ...]
    specific: bool

    @cached_property
    def matched(self) -> int:
        """How many positions have a header of the table."""
        return len(self.columns) + len(self.spread)

    @cached_property
    def weight(self) -> int:
        """How well it fits by its headers alone."""
        return 2 * (self.matched - len(self.missing))


def telling(alternatives: Alternatives) -> Alternatives:
    """What of a header's alternatives a fit can depend on."""
    known = lexicon().known
    told = tuple(text for text in alternatives if text in known)
    last = alternatives[-1]
    if last in told:
        return told
    return (*told, last if last.lower() in SERIAL else _ANYTHING)


@lru_cache(maxsize=4096)
def fits(headers: tuple[Alternatives, ...]) -> tuple[Fit, ...]:
    """How a line fits the tables of which it has a header, but for those that fit hopelessly.

    Args:
        headers: What each column's header may stand for.
    """
    spellings = {spelling for alternatives in headers for spelling in alternatives}
    if spellings.isdisjoint(lexicon().known):
        return ()
    found = [
        fit
        for table, words in lexicon().tables.items()
        if not spellings.isdisjoint(words.headers) and (fit := _fit(table, words, headers))
    ]
    most = max((fit.weight for fit in found), default=0)
    return tuple(fit for fit in found if fit.weight + NAMED >= most)


def _fit(table: str, words: TableWords, headers: tuple[Alternatives, ...]) -> Fit | None:
    columns: dict[str, int] = {}
    spread: dict[str, int] = {}
    doubled: list[int] = []
    unknown: list[int] = []
    fitted: dict[str, str] = {}
    for position, alternatives in enumerate(headers):
        spelling = next((a for a in alternatives if a in words.headers or a in words.spread), None)
        if spelling is None:
            if alternatives and alternatives[-1].lower() not in SERIAL:
                unknown.append(position)
            continue
        if spelling in words.headers:
            found, name = columns, words.headers[spelling]
        else:
            found, name = spread, words.spread[spelling]
        if name not in found:
            found[name], fitted[name] = position, spelling
        elif fitted[name] == spelling:
            doubled.append(position)
        elif spelling == words.standard.get(name):
            # The standard header is the column; what only sounds like it is another one.
            unknown.append(found[name])
            found[name], fitted[name] = position, spelling
        else:
            unknown.append(position)
    if not columns:
        return None
    missing = [name for name in words.required if name not in columns]
    if words.spread and not spread:
        missing.append("subject")
    specific = not lexicon().specific.isdisjoint(fitted.values())
    return Fit(table, columns, spread, tuple(missing), tuple(doubled), tuple(unknown), specific)
