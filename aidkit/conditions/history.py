"""What each condition on aid of earlier years, or from somebody else, means.

Two of them ask for the absence of aid: they hold only where a register of aid received has come in.
"""

from typing import cast

import polars as pl

from aidkit.conditions import wording
from aidkit.conditions.check import Check
from aidkit.conditions.forms import codes
from aidkit.programs.version import Argument

_AID = pl.col("aid_received")
_PROGRAM = pl.element().struct.field("program_id")
_FUNDER = pl.element().struct.field("funder")


def awarded_before(argument: Argument, _program_id: str) -> Check:
    """Had aid of one of these programs in an earlier calendar year."""
    years = _years(_PROGRAM.is_in(codes(argument)))
    return _of_history("awarded_before", years, holds=years.list.min() < _this_year())


def not_awarded_for_years(argument: Argument, program_id: str) -> Check:
    """Had no aid of this program in this many calendar years before the current one."""
    years = _years(_PROGRAM.eq(program_id))
    before = range(1, cast(int, argument) + 1)
    had = pl.any_horizontal(years.list.contains(_this_year() - n) for n in before)
    return _of_history("not_awarded_for_years", years, holds=~had)


def not_helped_this_year_by(argument: Argument, program_id: str) -> Check:
    """Had no aid of these givers in the current calendar year, this program's own aside."""
    years = _years(_FUNDER.is_in(codes(argument)) & _PROGRAM.ne_missing(program_id))
    return _of_history("not_helped_this_year_by", years, holds=~years.list.contains(_this_year()))


def _of_history(name: str, years: pl.Expr, *, holds: pl.Expr) -> Check:
    known = _AID.is_not_null()
    text = years.list.unique().list.sort().cast(pl.List(pl.String))
    words = pl.concat_str(text.list.join("、"), pl.lit(" 年受过"))
    return Check(
        name=name,
        holds=known & holds.fill_null(False),
        known=known,
        seen=pl.when(years.list.len() == 0)
        .then(pl.lit("没有受过"))
        .otherwise(words)
        .fill_null(wording.UNKNOWN),
        fact=text.list.join(","),
    )


def _years(which: pl.Expr) -> pl.Expr:
    """Years of the entries for which an expression over them is true."""
    year = pl.when(which).then(pl.element().struct.field("year"))
    return _AID.list.eval(year.drop_nulls())


def _this_year() -> pl.Expr:
    """The calendar year in which the term begins: the year that givers count by."""
    return pl.col("term").str.head(4).cast(pl.Int64)
