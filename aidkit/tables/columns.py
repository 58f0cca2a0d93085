"""Column constructors: the type of a column and the kind of value that a cell must hold.

The kind is what intake judges cells by and what templates explain; it is kept in the column's
metadata. A nullable column may be blank, and its header may be absent from a sheet.
"""

from dataframely import Bool, Date, Float64, Int64, List, String
from dataframely.columns import Column

from aidkit.identity import ID_PATTERN, SCHOOL_CODE_PATTERN, STUDENT_NO_PATTERN

MONEY = frozenset({"money", "signed_money"})
"""Kinds of columns that are yuan in the sheet."""


def text(description: str, *, nullable: bool = False) -> String:
    """Free text."""
    return String(nullable=nullable, description=description, metadata={"kind": "text"})


def name(description: str, *, nullable: bool = False) -> String:
    """A person's name: personal data, known to the gate."""
    return String(nullable=nullable, description=description, metadata={"kind": "name"})


def address(description: str, *, nullable: bool = True) -> String:
    """A home address: personal data, known to the gate."""
    return String(nullable=nullable, description=description, metadata={"kind": "address"})


def code(description: str, *, nullable: bool = False) -> String:
    """A code of any shape, kept as text; a numeric cell is refused."""
    return String(nullable=nullable, description=description, metadata={"kind": "code"})


def school_code(description: str, *, nullable: bool = False) -> String:
    """学校标识码, ten digits as text."""
    return String(
        nullable=nullable,
        regex=SCHOOL_CODE_PATTERN,
        description=description,
        metadata={"kind": "school_code"},
    )


def student_no(description: str, *, nullable: bool = False) -> String:
    """学籍号, nineteen characters as text."""
    return String(
        nullable=nullable,
        regex=STUDENT_NO_PATTERN,
        description=description,
        metadata={"kind": "student_no"},
    )


def id_number(description: str, *, nullable: bool = False) -> String:
    """身份证号, eighteen characters as text with a right check character."""
    return String(
        nullable=nullable,
        regex=ID_PATTERN,
        description=description,
        metadata={"kind": "id_number"},
    )


def card_no(description: str, *, nullable: bool = True) -> String:
    """A bank card or account, digits as text; a Luhn failure only warns."""
    return String(nullable=nullable, description=description, metadata={"kind": "card_no"})


def phone(description: str, *, nullable: bool = True) -> String:
    """A phone number; eleven digits typed as a number lose nothing and are accepted."""
    return String(nullable=nullable, description=description, metadata={"kind": "phone"})


def date(description: str, *, nullable: bool = False) -> Date:
    """A day, from an Excel date, a serial or the usual ways of writing it."""
    return Date(nullable=nullable, description=description, metadata={"kind": "date"})


def money(description: str, *, nullable: bool = False) -> Int64:
    """Yuan in the sheet, integer fen in the table; column names end in `_fen`."""
    return Int64(nullable=nullable, description=description, metadata={"kind": "money"})


def signed_money(description: str, *, nullable: bool = False) -> Int64:
    """Money that may be less than nothing, as a bank writes what it takes back."""
    return Int64(nullable=nullable, description=description, metadata={"kind": "signed_money"})


def integer(description: str, *, nullable: bool = False) -> Int64:
    """A whole number."""
    return Int64(nullable=nullable, description=description, metadata={"kind": "integer"})


def number(description: str, *, nullable: bool = False) -> Float64:
    """A number that may have decimals and is not money."""
    return Float64(nullable=nullable, description=description, metadata={"kind": "number"})


def yes_no(description: str, *, nullable: bool = True) -> Bool:
    """是 or 否; blank is unknown."""
    return Bool(nullable=nullable, description=description, metadata={"kind": "yes_no"})


def choice(vocabulary: str, description: str, *, nullable: bool = False) -> String:
    """One code of a vocabulary of `params/labels.toml`."""
    return String(
        nullable=nullable,
        description=description,
        metadata={"kind": "choice", "vocabulary": vocabulary},
    )


def choices(vocabulary: str, description: str, *, nullable: bool = True) -> List:
    """Several codes of a vocabulary, separated by 、 in the sheet; null is unknown."""
    return List(
        String(),
        nullable=nullable,
        description=description,
        metadata={"kind": "choices", "vocabulary": vocabulary},
    )


def kind_of(column: Column) -> str:
    """The kind of value that a column's cells must hold."""
    return str((column.metadata or {}).get("kind", ""))


def vocabulary_of(column: Column) -> str:
    """The vocabulary of a choice column, else an empty string."""
    return str((column.metadata or {}).get("vocabulary", ""))
