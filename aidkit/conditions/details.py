"""What each condition on an application, or on the panel's answer to it, means."""

import polars as pl

from aidkit.conditions import wording
from aidkit.conditions.check import Check
from aidkit.conditions.forms import any_in, codes, contains, own, sorted_text, yes
from aidkit.labels import project_labels
from aidkit.programs.version import Argument

_NOT_APPLIED = "没有申请"


def panel_tier(program_id: str) -> pl.Expr:
    """The tier that the panel decided for a program; null where it decided none."""
    return own("panel_tiers", "tier", program_id)


def panel_amount(program_id: str) -> pl.Expr:
    """The amount in fen that the panel decided for a program; null where it decided none."""
    return own("panel_amounts", "amount_fen", program_id)


def panel_tier_in(argument: Argument, program_id: str) -> Check:
    """The panel put the person in one of these tiers for this program."""
    tier = panel_tier(program_id)
    return Check(
        name="panel_tier_in",
        holds=tier.is_in(codes(argument)).fill_null(False),
        known=tier.is_not_null(),
        seen=wording.seen_tier(tier),
        fact=tier,
    )


def applied(_argument: Argument, program_id: str) -> Check:
    """A valid application for this program is there."""
    has = _has_applied(program_id)
    return yes("applied", has, wording.choose(has, "有", "没有"))


def applied_or_listed(argument: Argument, program_id: str) -> Check:
    """A valid application, or one of these groups confirmed by a department's list."""
    has = _has_applied(program_id)
    listed = pl.col("listed_groups")
    return Check(
        name="applied_or_listed",
        holds=has | any_in(listed, argument),
        known=has | listed.is_not_null(),
        seen=pl.concat_str(
            wording.choose(has, "有申请", _NOT_APPLIED),
            pl.lit("，部门名单："),
            wording.codes(listed, "special_group"),
        ),
        fact=pl.concat_str(has.cast(pl.String), pl.lit(" "), sorted_text(listed).fill_null("?")),
    )


def applied_by(argument: Argument, program_id: str) -> Check:
    """Applied up to and including a day, e.g. `08-10`: the latest one that ends before the term."""
    applied_on, last = own("applications", "applied_on", program_id), _deadline(str(argument))
    late = (applied_on - last).dt.total_days()
    days = pl.concat_str(pl.lit("晚 "), late.cast(pl.String), pl.lit(" 天"))
    return _of_application(
        "applied_by",
        program_id,
        applied_on,
        holds=applied_on <= last,
        seen=wording.day(applied_on),
        fact=applied_on.cast(pl.String),
        gap=pl.when((late > 0).fill_null(False)).then(days).otherwise(pl.lit("")),
    )


def papers(argument: Argument, program_id: str) -> Check:
    """All of these papers came with the application."""
    handed_in = own("applications", "papers", program_id)
    label = project_labels().label
    lacking = [
        pl.when(~contains(handed_in, code)).then(pl.lit(label("paper", code)))
        for code in codes(argument)
    ]
    listed = pl.concat_list(lacking).list.drop_nulls().list.join("、")
    return _of_application(
        "papers",
        program_id,
        handed_in,
        holds=pl.all_horizontal(contains(handed_in, code) for code in codes(argument)),
        seen=wording.codes(handed_in, "paper"),
        fact=sorted_text(handed_in),
        gap=pl.when(listed == "").then(listed).otherwise(pl.concat_str(pl.lit("缺 "), listed)),
    )


def record_in(argument: Argument, program_id: str) -> Check:
    """The school certifies one of these records."""
    record = own("applications", "record", program_id)
    return _of_application(
        "record_in",
        program_id,
        record,
        holds=record.is_in(codes(argument)),
        seen=wording.code(record, "record"),
        fact=record,
    )


def hardship_cause_in(argument: Argument, program_id: str) -> Check:
    """The application names at least one of these causes."""
    causes = own("applications", "hardship_causes", program_id)
    return _of_application(
        "hardship_cause_in",
        program_id,
        causes,
        holds=any_in(causes, argument),
        seen=wording.codes(causes, "hardship_cause"),
        fact=sorted_text(causes),
    )


def debt_at_least(argument: Argument, program_id: str) -> Check:
    """The debt in the application is this many fen or more."""
    debt = own("applications", "debt_fen", program_id)
    return _of_application(
        "debt_at_least",
        program_id,
        debt,
        holds=debt >= pl.lit(argument),
        seen=wording.money(debt),
        fact=debt.cast(pl.String),
        gap=wording.short_by(pl.lit(argument) - debt),
    )


def _of_application(
    name: str,
    program_id: str,
    value: pl.Expr,
    *,
    holds: pl.Expr,
    seen: pl.Expr,
    fact: pl.Expr,
    gap: pl.Expr | None = None,
) -> Check:
    """A check on what an application says; that there is none is known, not unknown."""
    has = own("applications", "program_id", program_id).is_not_null()
    none = pl.when(~has)
    return Check(
        name=name,
        holds=holds.fill_null(False),
        known=~has | value.is_not_null(),
        seen=none.then(pl.lit(_NOT_APPLIED)).otherwise(seen),
        fact=none.then(pl.lit("-")).otherwise(fact),
        gap=gap,
    )


def _has_applied(program_id: str) -> pl.Expr:
    return contains(pl.col("applied_programs"), program_id)


def _deadline(month_day: str) -> pl.Expr:
    """The latest such day that is not after the term's end: 28 February or 31 August."""
    month, day = (int(part) for part in month_day.split("-"))
    term = pl.col("term")
    autumn = term.str.ends_with("autumn").cast(pl.Int32)
    # An autumn term ends in the next year.
    last_year = term.str.head(4).cast(pl.Int32) + autumn
    ends_on = pl.when(autumn == 1).then(229).otherwise(831)
    year = last_year - (month * 100 + day > ends_on).cast(pl.Int32)
    return pl.date(year, month, day)
