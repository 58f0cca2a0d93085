"""The words intake reads with: headers of every table and spellings of every vocabulary."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import dataframely as dy
from polars.datatypes import DataType

from aidkit.labels import Labels, plain, project_labels
from aidkit.tables import INPUTS, SPREAD
from aidkit.tables.columns import kind_of, vocabulary_of

SCORE = "score"
"""Kind of a cell that holds a score or the reason why there is none."""

_BORROWING = frozenset({"goods_received", "goods_given", "goods_taken", "fund_movements"})
"""Tables that are told by few words of their own, such as 品名, and borrow all others."""


@dataclass(frozen=True)
class Field:
    """One column of a table as intake judges it.

    Attributes:
        name: Column name.
        kind: Kind of value, see `tables.columns`.
        dtype: Type in the table.
        required: Whether a blank cell is a fault.
        words: Accepted spellings of a vocabulary to their codes.
        choices: The vocabulary's labels, for the remedy.
    """

    name: str
    kind: str
    dtype: DataType
    required: bool
    words: Mapping[str, str]
    choices: str


@dataclass(frozen=True)
class TableWords:
    """One table as a sheet shows it.

    Attributes:
        title: Chinese title.
        called: What people call such a table besides.
        fields: Columns by name, without those that intake adds.
        headers: Accepted spellings of headers to column names.
        standard: Column name to its standard header, as `plain`.
        required: Columns that a sheet must have.
        spread: Accepted spellings of headers to codes, where a vocabulary is spread over columns.
    """

    title: str
    called: tuple[str, ...]
    fields: Mapping[str, Field]
    headers: Mapping[str, str]
    standard: Mapping[str, str]
    required: tuple[str, ...]
    spread: Mapping[str, str]


@dataclass(frozen=True)
class Lexicon:
    """All tables, the headers that only one table has, and the yes and no of forms."""

    tables: Mapping[str, TableWords]
    specific: frozenset[str]
    known: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words of the project's labels, put in order once."""
    labels = project_labels()
    tables = {name: _table_words(name, labels) for name in INPUTS}
    words_of = {name: {*words.headers, *words.spread} for name, words in tables.items()}
    lent = {h for name, headers in words_of.items() if name not in _BORROWING for h in headers}
    # A word that a borrowing table shares still tells the table that lent it.
    own = ((n, h) for n, hs in words_of.items() for h in hs if n not in _BORROWING or h not in lent)
    spellings = Counter(h for _, h in own)
    return Lexicon(
        tables=tables,
        specific=frozenset(header for header, tables_with in spellings.items() if tables_with == 1),
        known=frozenset().union(*words_of.values()),
    )


def _table_words(table: str, labels: Labels) -> TableWords:
    spread = SPREAD.get(table)
    fields = {}
    for name, column in INPUTS[table].columns().items():
        if name == "term" or name.startswith("source_"):
            continue
        kind = kind_of(column)
        vocabulary = "yes_no" if kind == "yes_no" else vocabulary_of(column)
        fields[name] = Field(
            name=name,
            kind=kind,
            dtype=column.dtype,
            required=not column.nullable,
            words=labels.codes(vocabulary) if vocabulary else {},
            choices=_choices(labels, vocabulary, column.nullable) if vocabulary else "",
        )
    # Sheets of a spread table have no such columns: headers and cells say what belongs there.
    spread_over = {*spread} if spread else set()
    return TableWords(
        title=labels.titles[table],
        called=labels.called[table],
        fields=fields,
        headers={h: c for h, c in labels.headers(table).items() if c not in spread_over},
        standard={c: plain(label.header) for c, label in labels.columns[table].items()},
        required=tuple(n for n, f in fields.items() if f.required and n not in spread_over),
        spread=fields[spread[0]].words if spread else {},
    )


def _choices(labels: Labels, vocabulary: str, nullable: bool) -> str:
    words = "、".join(labels.names(vocabulary).values())
    return f"{words}；不清楚就空着" if nullable else words


def polars_schema(table: type[dy.Schema]) -> dict[str, DataType]:
    """Column names and polars types of a table."""
    return {name: column.dtype for name, column in table.columns().items()}
