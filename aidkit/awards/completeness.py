"""应助尽助: who seems to qualify but gets nothing, and who was overlooked altogether."""

import datetime as dt
from collections.abc import Iterable, Mapping

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.labels import project_labels
from aidkit.programs import VOCABULARY, Version
from aidkit.programs.vocabulary import TIER_LABELS
from aidkit.tables import Completeness

APPLYING = ("applied", "applied_or_listed", "applied_by", "papers")
"""Conditions that a family meets by handing something in."""

NEED = (
    "any_special_group",
    "listed_group_in",
    "income_per_head_at_most",
    "income_after_illness_at_most",
    "in_union_file",
    "panel_tier_in",
    "hardship_cause_in",
    "debt_at_least",
)
"""Conditions that ask for hardship: a program with none of them is not for the poor alone."""

SCHOOL_AGE = (6, 15)
"""First and last age of compulsory education, in full years at the start of the term."""

_LISTS = ("civil_affairs_list", "disabled_persons_list", "monitored_households_list")


def completeness(
    tables: Mapping[str, pl.DataFrame],
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    versions: Iterable[Version],
) -> dy.DataFrame[Completeness]:
    """Hold those who get aid against those who should.

    - `not_applied`: all conditions of a means-tested program hold but what the family hands in.
    - `not_eligible`: applied, and another condition fails or is unknown.
    - `not_declared`: a department list confirms a hardship that the family did not declare, or
      that led to no application and no award of a means-tested program.
    - `not_on_roll`: on a department list and of school age, but on no roll of the county.

    Args:
        tables: Input tables by name.
        facts: `tables.Facts`.
        decisions: `tables.Decisions` from these facts.
        versions: All that decided.
    """
    versions = tuple(versions)
    titles = {version.program.id: version.program.short_title for version in versions}
    tested = [version.program.id for version in versions if _means_tested(version)]
    terms = [Term.parse(code) for code in facts["term"].unique().sort()]
    parts = [
        _not_applied(decisions, tested, titles),
        _not_eligible(facts, decisions, titles),
        _not_declared(tables["households"], facts, decisions, tested),
        *(_not_on_roll(tables, term) for term in terms),
    ]
    found = pl.concat(parts, how="diagonal_relaxed").select(Completeness.column_names())
    return Completeness.validate(
        found.sort("kind", "school_code", "person_no", "program_id", "name", "message"), cast=True
    )


def _means_tested(version: Version) -> bool:
    names = {condition.name for condition in version.asked}
    need = names & set(NEED) or version.tier_from == "panel"
    return bool(need) and not version.program.universal


def _not_applied(
    decisions: pl.DataFrame, tested: Iterable[str], titles: Mapping[str, str]
) -> pl.DataFrame:
    rows = decisions.filter(pl.col("program_id").is_in(list(tested)), ~pl.col("eligible")).filter(
        _lacks_only_papers()
    )
    message = pl.format(
        "现有资料符合“{}”的条件，只缺{}。请告诉家长怎样申请。", _title(titles), _lacks()
    )
    return rows.select(
        "person_no",
        "name",
        "school_code",
        "program_id",
        kind=pl.lit("not_applied"),
        message=message,
    )


def _not_eligible(
    facts: pl.DataFrame, decisions: pl.DataFrame, titles: Mapping[str, str]
) -> pl.DataFrame:
    applied = facts.select("person_no", program_id="applied_programs").explode("program_id")
    rows = (
        decisions.filter(~pl.col("eligible"))
        .join(applied, on=["person_no", "program_id"], how="semi")
        .filter(~_lacks_only_papers())
    )
    message = pl.format(
        "申请了“{}”，但不符合或缺资料：{}。请核对；资料能补的补，不能的把理由告诉家长。",
        _title(titles),
        _lacks(),
    )
    return rows.select(
        "person_no",
        "name",
        "school_code",
        "program_id",
        kind=pl.lit("not_eligible"),
        message=message,
    )


def _not_declared(
    households: pl.DataFrame, facts: pl.DataFrame, decisions: pl.DataFrame, tested: Iterable[str]
) -> pl.DataFrame:
    declared = (
        households.filter(pl.col("special_groups").list.len() > 0)
        .select("term", person_no="student_no", declared=pl.lit(True))
        .unique()
    )
    helped = (
        decisions.filter(pl.col("awarded") & pl.col("program_id").is_in(list(tested)))
        .select("person_no", helped=pl.lit(True))
        .unique()
    )
    rows = (
        facts.filter(pl.col("listed_groups").list.len() > 0)
        # Who is on a roll and has a place at a university already is one person.
        .sort("subject")
        .unique("person_no", keep="last", maintain_order=True)
        .join(declared, on=["term", "person_no"], how="left")
        .join(helped, on="person_no", how="left")
    )
    unsaid = pl.col("declared").is_null()
    unused = pl.col("helped").is_null() & (pl.col("applied_programs").list.len() == 0)
    labels = project_labels().names("special_group")
    groups = pl.col("listed_groups").list.eval(pl.element().replace(labels)).list.join("、")
    what = (
        pl.when(unsaid & unused)
        .then(pl.lit("家庭经济情况表没有填报，也没有申请任何困难资助"))
        .when(unsaid)
        .then(pl.lit("家庭经济情况表没有填报"))
        .otherwise(pl.lit("没有申请任何困难资助"))
    )
    return rows.filter(unsaid | unused).select(
        "person_no",
        "name",
        "school_code",
        kind=pl.lit("not_declared"),
        program_id=pl.lit(None, pl.String),
        message=pl.format("部门名单确认为{}，但{}。请学校联系家长。", groups, what),
    )


def _not_on_roll(tables: Mapping[str, pl.DataFrame], term: Term) -> pl.DataFrame:
    here = pl.col("term") == term.code
    roll = tables["students"].filter(here)
    titles = project_labels().titles
    listed = pl.concat(
        tables[name]
        .filter(here)
        .select("id_number", "name", "source_file", "source_row", title=pl.lit(titles[name]))
        for name in _LISTS
    )
    youngest, eldest = SCHOOL_AGE
    year, month, day = term.starts.year, term.starts.month, term.starts.day
    born = pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    of_age = (born <= dt.date(year - youngest, month, day)) & (
        born > dt.date(year - eldest - 1, month, day)
    )
    unnumbered = roll.filter(pl.col("id_number").is_null()).select("name").unique()
    missing = (
        listed.filter(of_age)
        .join(roll.filter(pl.col("id_number").is_not_null()), on="id_number", how="anti")
        .sort("source_file", "source_row")
        .unique("id_number", keep="first", maintain_order=True)
        .join(unnumbered.with_columns(namesake=pl.lit(True)), on="name", how="left")
    )
    namesake = (
        pl.when("namesake")
        .then(pl.lit("名册上有同名学生没有填身份证号，请先核对。"))
        .otherwise(pl.lit("请核实是否在外县就读、身份证号是否有误，或者失学。"))
    )
    return missing.select(
        "name",
        kind=pl.lit("not_on_roll"),
        person_no=pl.lit(None, pl.String),
        school_code=pl.lit(None, pl.String),
        program_id=pl.lit(None, pl.String),
        message=pl.format(
            "在{}上（{} 第 {} 行），正当义务教育年龄，但全县名册里没有。{}",
            "title",
            "source_file",
            "source_row",
            namesake,
        ),
    )


def _lacks_only_papers() -> pl.Expr:
    others = pl.col("missing").list.set_difference(pl.lit(list(APPLYING), pl.List(pl.String)))
    return (pl.col("missing").list.len() > 0) & (others.list.len() == 0)


def _lacks() -> pl.Expr:
    labels = {name: entry.label for name, entry in VOCABULARY.items()} | TIER_LABELS
    named = pl.col("missing").list.eval(pl.element().replace(labels))
    return named.list.unique(maintain_order=True).list.join("、")


def _title(titles: Mapping[str, str]) -> pl.Expr:
    return pl.col("program_id").replace(titles)
