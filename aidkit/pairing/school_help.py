"""Schools that help schools: what is due, what was done, what was reached."""

import datetime as dt

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.pairing.months import last_day, school_months, state_of_due, terms_of_year
from aidkit.pairing.settings import SchoolRate, SchoolTarget
from aidkit.tables.pairing import HelpLeftOut, SchoolRates, SchoolTargets

_PAIR = ["helper_code", "helped_code"]


def school_targets(
    pairs: pl.DataFrame,
    done: pl.DataFrame,
    schools: pl.DataFrame,
    term: Term,
    *,
    targets: tuple[SchoolTarget, ...],
    as_of: dt.date,
) -> dy.DataFrame[SchoolTargets]:
    """Each target of each pair: in each school month begun, in the term, or in the school year.

    A month counts for a pair that is there on its 15th; a term or year for one that was there on
    any day of it up to now.

    Args:
        pairs: `tables.SchoolPairs` of the term.
        done: `tables.SchoolHelp` of the school year so far.
        schools: `tables.Schools`.
        term: The term.
        targets: What is asked.
        as_of: The day on which is asked.
    """
    counted = _counting(pairs, done, as_of)
    rows: list[pl.DataFrame] = [SchoolTargets.create_empty()]
    for target in targets:
        asked = _asked(pairs, schools, target.school_types, as_of)
        due = _due(asked, target.per, term, as_of)
        made = (
            counted.filter(pl.col("help_item") == target.item)
            .join(due.select(*_PAIR, "begins", "due_by"), on=_PAIR)
            .filter(pl.col("done_on").is_between("begins", "due_by"))
            .group_by(*_PAIR, "begins")
            .agg(done=pl.col("quantity").sum())
        )
        rows.append(
            due.join(made, on=[*_PAIR, "begins"], how="left")
            .with_columns(
                pl.col("done").fill_null(0),
                item=pl.lit(target.item),
                per=pl.lit(target.per),
                due=pl.lit(target.least, pl.Int64),
            )
            .with_columns(state=state_of_due(as_of))
            .select(SchoolTargets.column_names())
        )
    return SchoolTargets.validate(pl.concat(rows).sort(*_PAIR, "item", "per", "begins"), cast=True)


def school_rates(
    pairs: pl.DataFrame,
    done: pl.DataFrame,
    schools: pl.DataFrame,
    term: Term,
    *,
    rates: tuple[SchoolRate, ...],
    as_of: dt.date,
) -> dy.DataFrame[SchoolRates]:
    """Each rate of each pair over the lessons observed in the school year so far.

    Args:
        pairs: `tables.SchoolPairs` of the term.
        done: `tables.SchoolHelp` of the school year so far.
        schools: `tables.Schools`.
        term: The term.
        rates: What is asked.
        as_of: The day on which is asked.
    """
    first = terms_of_year(term)[0].starts
    lessons = _counting(pairs, done, as_of).filter(
        pl.col("help_item") == "observed", pl.col("done_on") >= first
    )
    rows: list[pl.DataFrame] = [SchoolRates.create_empty()]
    for rate in rates:
        observed = (
            lessons.drop_nulls(rate.measure)
            .group_by(_PAIR)
            .agg(observed=pl.col("quantity").sum(), reached=pl.col(rate.measure).sum())
        )
        reached = pl.col("reached") * 100 >= pl.col("observed") * rate.percent
        state = (
            pl.when(pl.col("observed") == 0)
            .then(pl.lit("unknown"))
            .when(reached)
            .then(pl.lit("done"))
            .otherwise(pl.lit("open"))
        )
        rows.append(
            _asked(pairs, schools, rate.school_types, as_of)
            .join(observed, on=_PAIR, how="left")
            .with_columns(
                pl.col("observed", "reached").fill_null(0),
                measure=pl.lit(rate.measure),
                percent=pl.lit(rate.percent, pl.Int64),
            )
            .with_columns(state=state)
            .select(SchoolRates.column_names())
        )
    return SchoolRates.validate(pl.concat(rows).sort(*_PAIR, "measure"), cast=True)


def help_left_out(pairs: pl.DataFrame, done: pl.DataFrame) -> dy.DataFrame[HelpLeftOut]:
    """Rows that count for no pair: of schools that are none, or with impossible numbers.

    Args:
        pairs: `tables.SchoolPairs` of the term.
        done: `tables.SchoolHelp` of the same term.
    """
    why = (
        pl.when(~pl.col("paired").fill_null(False))
        .then(pl.lit("no_pair"))
        .when(_quantity() < 1)
        .then(pl.lit("bad_quantity"))
        .when(_bad_lessons())
        .then(pl.lit("bad_lessons"))
    )
    known = pairs.select(_PAIR).unique().with_columns(paired=pl.lit(True))
    rows = done.join(known, on=_PAIR, how="left").with_columns(why=why).drop_nulls("why")
    order = ["source_file", "source_sheet", "source_row"]
    return HelpLeftOut.validate(rows.select(HelpLeftOut.column_names()).sort(order), cast=True)


def _counting(pairs: pl.DataFrame, done: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """What was done by a day for a pair, without rows that `help_left_out` names."""
    sound = done.filter(pl.col("done_on") <= as_of, _quantity() >= 1, ~_bad_lessons())
    return sound.join(pairs, on=_PAIR, how="semi").with_columns(quantity=_quantity())


def _quantity() -> pl.Expr:
    return pl.col("quantity").fill_null(1)


def _bad_lessons() -> pl.Expr:
    wrong = pl.any_horizontal(
        (pl.col(measure) < 0) | (pl.col(measure) > _quantity()) for measure in ("good", "qualified")
    )
    return wrong.fill_null(False)


def _asked(
    pairs: pl.DataFrame, schools: pl.DataFrame, school_types: tuple[str, ...], as_of: dt.date
) -> pl.DataFrame:
    """Pairs that have begun, each once, of helped schools of some types; no types are all."""
    still = pl.col("ended_on").is_null().any()
    begun = (
        pairs.filter(pl.col("paired_on") <= as_of)
        .group_by(_PAIR)
        .agg(pl.col("paired_on").min(), ended_on=pl.when(~still).then(pl.col("ended_on").max()))
    )
    if not school_types:
        return begun
    of_type = schools.filter(pl.col("school_type").is_in(school_types)).select("school_code")
    return begun.join(of_type, left_on="helped_code", right_on="school_code", how="semi")


def _due(pairs: pl.DataFrame, per: str, term: Term, as_of: dt.date) -> pl.DataFrame:
    """Each pair in each period that it was there for."""
    if per == "month":
        months = school_months(term, as_of).rename({"month": "begins"})
        there = (pl.col("paired_on") <= pl.col("counted")) & (
            pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("counted"))
        )
        return pairs.join(months.select("begins", "counted", "due_by"), how="cross").filter(there)
    terms = (term,) if per == "term" else terms_of_year(term)
    begins, ends = terms[0].starts, last_day(terms[-1])
    there = (pl.col("paired_on") <= ends) & (
        pl.col("ended_on").is_null() | (pl.col("ended_on") > begins)
    )
    return pairs.filter(there).with_columns(begins=pl.lit(begins), due_by=pl.lit(ends))
