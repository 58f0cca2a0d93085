"""One function for each condition: argument and program → a check."""

from collections.abc import Callable, Mapping
from typing import cast

import polars as pl

from aidkit.conditions import wording
from aidkit.conditions.check import Check
from aidkit.programs import Condition
from aidkit.programs.version import Argument

Meaning = Callable[[Argument, str], Check]


def enrolled(_argument: Argument, _program_id: str) -> Check:
    """On the roll and present."""
    return _yes("enrolled", pl.col("enrolled"), wording.yes_no("enrolled", "在籍在校", "已离校"))


def stage_in(argument: Argument, _program_id: str) -> Check:
    """At one of these stages."""
    return _one_of("stage_in", "stage", "stage", argument)


def grade_in(argument: Argument, _program_id: str) -> Check:
    """In one of these grades."""
    return _one_of("grade_in", "grade", "grade", argument)


def ownership_in(argument: Argument, _program_id: str) -> Check:
    """At a public, or private, school."""
    return _one_of("ownership_in", "ownership", "ownership", argument)


def locality_in(argument: Argument, _program_id: str) -> Check:
    """At a school in the county seat, a town, a village."""
    return _one_of("locality_in", "locality", "locality", argument)


def boarder_is(argument: Argument, _program_id: str) -> Check:
    """Lives at school, or does not; unknown is neither."""
    column = pl.col("boarder")
    return Check(
        name="boarder_is",
        holds=(column == pl.lit(argument)).fill_null(False),
        known=column.is_not_null(),
        seen=wording.yes_no("boarder", "寄宿", "不寄宿"),
        fact=column.cast(pl.String),
    )


def any_special_group(argument: Argument, _program_id: str) -> Check:
    """In at least one of these groups, declared or on a department list."""
    column = pl.col("special_groups")
    return Check(
        name="any_special_group",
        holds=_any_in(column, argument),
        known=column.is_not_null(),
        seen=wording.groups("special_groups"),
        fact=_sorted_text(column),
    )


def income_per_head_at_most(argument: Argument, _program_id: str) -> Check:
    """Yearly income per head of the household, up to and including this many fen."""
    column = pl.col("income_per_head_fen")
    return Check(
        name="income_per_head_at_most",
        holds=(column <= pl.lit(argument)).fill_null(False),
        known=column.is_not_null(),
        seen=wording.money("income_per_head_fen"),
        fact=column.cast(pl.String),
    )


def panel_tier_in(argument: Argument, program_id: str) -> Check:
    """The panel put the student in one of these tiers for this program."""
    tier = panel_tier(program_id)
    return Check(
        name="panel_tier_in",
        holds=tier.is_in(list(cast(tuple[str, ...], argument))).fill_null(False),
        known=tier.is_not_null(),
        seen=wording.seen_tier(tier),
        fact=tier,
    )


def applied(_argument: Argument, program_id: str) -> Check:
    """A valid application for this program is there."""
    has = _has_applied(program_id)
    return _yes("applied", has, wording.choose(has, "有", "没有"))


def applied_or_listed(argument: Argument, program_id: str) -> Check:
    """A valid application, or one of these groups confirmed by a department's list."""
    has = _has_applied(program_id)
    listed = pl.col("listed_groups")
    return Check(
        name="applied_or_listed",
        holds=has | _any_in(listed, argument),
        known=has | listed.is_not_null(),
        seen=pl.concat_str(
            wording.choose(has, "有申请", "没有申请"),
            pl.lit("，部门名单："),
            wording.groups("listed_groups"),
        ),
        fact=pl.concat_str(has.cast(pl.String), pl.lit(" "), _sorted_text(listed).fill_null("?")),
    )


CONDITIONS: Mapping[str, Meaning] = {
    meaning.__name__: meaning
    for meaning in (
        enrolled,
        stage_in,
        grade_in,
        ownership_in,
        locality_in,
        boarder_is,
        any_special_group,
        income_per_head_at_most,
        panel_tier_in,
        applied,
        applied_or_listed,
    )
}
"""The closed vocabulary; `aidkit.programs.VOCABULARY` says how each one is written."""


def check(condition: Condition, program_id: str) -> Check:
    """The check that a condition of a program file stands for."""
    return CONDITIONS[condition.name](condition.argument, program_id)


def panel_tier(program_id: str) -> pl.Expr:
    """The tier that the panel decided for a program; null where it decided none."""
    own = pl.element().struct.field("program_id") == program_id
    tier = pl.when(own).then(pl.element().struct.field("tier"))
    return pl.col("panel_tiers").list.eval(tier.drop_nulls()).list.first()


def _has_applied(program_id: str) -> pl.Expr:
    return pl.col("applied_programs").list.contains(program_id).fill_null(False)


def _any_in(column: pl.Expr, argument: Argument) -> pl.Expr:
    codes = cast(tuple[str, ...], argument)
    return pl.any_horizontal(column.list.contains(code).fill_null(False) for code in codes)


def _yes(name: str, column: pl.Expr, seen: pl.Expr) -> Check:
    return Check(name, column.fill_null(False), column.is_not_null(), seen, column.cast(pl.String))


def _one_of(name: str, column: str, vocabulary: str, argument: Argument) -> Check:
    value = pl.col(column)
    return Check(
        name=name,
        holds=value.is_in(list(cast(tuple[str, ...], argument))).fill_null(False),
        known=value.is_not_null(),
        seen=wording.code(column, vocabulary),
        fact=value,
    )


def _sorted_text(column: pl.Expr) -> pl.Expr:
    return column.list.sort().list.join(",")
