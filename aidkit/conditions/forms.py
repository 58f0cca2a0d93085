"""The few forms that most conditions take, and how a program's own entries are found."""

from typing import cast

import polars as pl

from aidkit.conditions import wording
from aidkit.conditions.check import Check
from aidkit.programs.version import Argument


def yes(name: str, flag: pl.Expr, seen: pl.Expr) -> Check:
    """Must be true."""
    return Check(name, flag.fill_null(False), flag.is_not_null(), seen, flag.cast(pl.String))


def one_of(name: str, column: str, vocabulary: str, argument: Argument) -> Check:
    """A code must be one of these."""
    value = pl.col(column)
    return Check(
        name=name,
        holds=value.is_in(codes(argument)).fill_null(False),
        known=value.is_not_null(),
        seen=wording.code(value, vocabulary),
        fact=value,
    )


def some_of(name: str, column: str, vocabulary: str, argument: Argument) -> Check:
    """A list of codes must hold at least one of these."""
    value = pl.col(column)
    return Check(
        name=name,
        holds=any_in(value, argument),
        known=value.is_not_null(),
        seen=wording.codes(value, vocabulary),
        fact=sorted_text(value),
    )


def codes(argument: Argument) -> list[str]:
    """The codes of a condition that takes codes."""
    return list(cast(tuple[str, ...], argument))


def any_in(column: pl.Expr, argument: Argument) -> pl.Expr:
    """Whether a list holds at least one of the codes; never null."""
    return column.list.eval(pl.element().is_in(codes(argument))).list.any().fill_null(False)


def contains(column: pl.Expr, code: str) -> pl.Expr:
    """Whether a list holds a code; never null."""
    return column.list.contains(code).fill_null(False)


def sorted_text(column: pl.Expr) -> pl.Expr:
    """The codes of a list as text, whatever their order."""
    return column.list.sort().list.join(",")


def own(column: str, field: str, program_id: str) -> pl.Expr:
    """A field of the program's entry in a list of structs that has at most one for a program."""
    entry = pl.element().struct
    value = pl.when(entry.field("program_id") == program_id).then(entry.field(field))
    return pl.col(column).list.eval(value.drop_nulls()).list.first()
