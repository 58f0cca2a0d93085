"""What each condition on a person, a household or a place means: argument, program → a check."""

import polars as pl

from aidkit.conditions import wording
from aidkit.conditions.check import Check
from aidkit.conditions.forms import one_of, some_of, yes
from aidkit.programs.version import Argument


def enrolled(_argument: Argument, _program_id: str) -> Check:
    """On the roll, or in post, on at least one counted day."""
    at_school = wording.yes_no("enrolled", "在籍在校", "已离校")
    in_post = wording.yes_no("enrolled", "在岗", "已离岗")
    seen = pl.when(pl.col("subject") == "teacher").then(in_post).otherwise(at_school)
    return yes("enrolled", pl.col("enrolled"), seen)


def stage_in(argument: Argument, _program_id: str) -> Check:
    """At one of these stages."""
    return one_of("stage_in", "stage", "stage", argument)


def grade_in(argument: Argument, _program_id: str) -> Check:
    """In one of these grades."""
    return one_of("grade_in", "grade", "grade", argument)


def ownership_in(argument: Argument, _program_id: str) -> Check:
    """At a public, or private, school."""
    return one_of("ownership_in", "ownership", "ownership", argument)


def locality_in(argument: Argument, _program_id: str) -> Check:
    """At a school in the county seat, a town, a village."""
    return one_of("locality_in", "locality", "locality", argument)


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
    return some_of("any_special_group", "special_groups", "special_group", argument)


def listed_group_in(argument: Argument, _program_id: str) -> Check:
    """In at least one of these groups by a department's list."""
    return some_of("listed_group_in", "listed_groups", "special_group", argument)


def income_per_head_at_most(argument: Argument, _program_id: str) -> Check:
    """Yearly income per head of the household, up to and including this many fen."""
    column = pl.col("income_per_head_fen")
    return Check(
        name="income_per_head_at_most",
        holds=(column <= pl.lit(argument)).fill_null(False),
        known=column.is_not_null(),
        seen=wording.money(column),
        fact=column.cast(pl.String),
        gap=wording.short_by(column - pl.lit(argument)),
    )


def income_after_illness_at_most(argument: Argument, _program_id: str) -> Check:
    """Income per head less the cost of listed diseases, up to this percentage of the 低保 line."""
    income, line = pl.col("income_after_illness_fen"), pl.col("subsistence_line_fen")
    limit = pl.lit(argument) * line
    return Check(
        name="income_after_illness_at_most",
        holds=(income * 100 <= limit).fill_null(False),
        known=income.is_not_null() & line.is_not_null(),
        seen=pl.concat_str(
            wording.money(income),
            pl.lit("（当地低保标准每人每年 "),
            wording.money(line),
            pl.lit("）"),
        ),
        fact=pl.concat_str(
            income.cast(pl.String).fill_null("?"), pl.lit("/"), line.cast(pl.String).fill_null("?")
        ),
        gap=wording.short_by(income - limit // 100),
    )


def in_union_file(_argument: Argument, _program_id: str) -> Check:
    """A parent is in the union's file of workers in hardship."""
    return yes(
        "in_union_file",
        pl.col("in_union_file"),
        wording.yes_no("in_union_file", "已列入", "未列入"),
    )


def residence_in(argument: Argument, _program_id: str) -> Check:
    """With a rural, town or city household registration."""
    return one_of("residence_in", "residence", "residence", argument)


def household_in(argument: Argument, _program_id: str) -> Check:
    """Registered in the county, the province, elsewhere."""
    return one_of("household_in", "household_place", "household_place", argument)


def major_in(argument: Argument, _program_id: str) -> Check:
    """In one of these kinds of courses."""
    return one_of("major_in", "major", "major", argument)


def county_in(argument: Argument, _program_id: str) -> Check:
    """In a county that says of itself that it is of one of these kinds."""
    return some_of("county_in", "county_kinds", "county_kind", argument)


def college_place_in(argument: Argument, _program_id: str) -> Check:
    """At a university or college in the county, the province, elsewhere."""
    return one_of("college_place_in", "college_place", "household_place", argument)


def post_in(argument: Argument, _program_id: str) -> Check:
    """In one of these posts."""
    return one_of("post_in", "post", "post", argument)


def employment_in(argument: Argument, _program_id: str) -> Check:
    """In post, or retired."""
    return one_of("employment_in", "employment", "employment", argument)


def school_type_in(argument: Argument, _program_id: str) -> Check:
    """At one of these types of schools."""
    return one_of("school_type_in", "school_type", "school_type", argument)


def place_tier_in(argument: Argument, _program_id: str) -> Check:
    """At a school whose place is of one of these tiers of hardship."""
    return one_of("place_tier_in", "place_tier", "tier", argument)
