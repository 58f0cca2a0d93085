"""The explanation of a decision: Chinese, one line per rule, built for all rows at once."""

import polars as pl

from aidkit.awards.scrutiny import Clause, Scrutiny
from aidkit.calendar import Term
from aidkit.conditions import Check, seen_tier, verdict
from aidkit.labels import Labels, project_labels
from aidkit.money import yuan
from aidkit.programs import (
    DATE_STATUSES,
    Condition,
    Version,
    amount_words,
    label_of,
    required,
)

_NOTHING = pl.lit("")


def explanation(version: Version, scrutiny: Scrutiny, term: Term) -> pl.Expr:
    """The lines that explain a decision, separated by line feeds.

    First the result, then each rule with the value seen, then what is missing, then the document
    with number, clause and date, then what is doubtful about the version. Where the stage is out
    of scope only that rule is named.
    """
    labels = project_labels()
    in_scope = pl.col("stage").is_in(list(version.stages))
    rules = [_clause_line(clause, labels) for clause in scrutiny.clauses]
    scope = [r for r, c in zip(rules, scrutiny.clauses, strict=True) if _is_stage(c)]
    full = pl.concat_str(
        [_result(version, scrutiny, labels), *rules, _tier_line(version, scrutiny), _gap(scrutiny)],
    )
    short = pl.concat_str([pl.lit(f"{version.program.short_title}：不符合。"), *scope])
    return pl.concat_str(
        pl.when(in_scope).then(full).otherwise(short), pl.lit(_footing(version, term))
    )


def _result(version: Version, scrutiny: Scrutiny, labels: Labels) -> pl.Expr:
    due = _NOTHING
    for amount in version.amounts:
        words = amount_words(version, amount, labels)
        text = f"本学期应享 {yuan(version.term_fen(amount))} 元（{words}）。"
        due = pl.when(scrutiny.entitled_to(amount)).then(pl.lit(text)).otherwise(due)
    title = version.program.short_title
    entitled = pl.concat_str(pl.lit(f"{title}：符合，"), due)
    return pl.when(scrutiny.eligible).then(entitled).otherwise(pl.lit(f"{title}：不符合。"))


def _clause_line(clause: Clause, labels: Labels) -> pl.Expr:
    if isinstance(clause.source, Condition):
        (only,) = clause.ways[0]
        return pl.concat_str(pl.lit("\n"), *_check_words(only, clause.source, labels), pl.lit("。"))
    parts = [pl.lit("\n满足其一即可：")]
    alternatives = zip(clause.source.alternatives, clause.ways, strict=True)
    for number, (conditions, checks) in enumerate(alternatives, 1):
        parts.append(pl.lit(f"（{number}）" if number == 1 else f"；（{number}）"))
        for place, (condition, check) in enumerate(zip(conditions, checks, strict=True)):
            parts += [pl.lit("；且")] if place else []
            parts += _check_words(check, condition, labels)
    verdict_of_all = pl.when(clause.holds).then(pl.lit("符合")).otherwise(pl.lit("均不符合"))
    return pl.concat_str([*parts, pl.lit("。此项"), verdict_of_all, pl.lit("。")])


def _check_words(check: Check, condition: Condition, labels: Labels) -> list[pl.Expr]:
    needs = required(condition, labels)
    return [
        pl.lit(f"{label_of(check.name)}：须{needs}；实际"),
        check.seen,
        pl.lit("，"),
        verdict(check),
    ]


def _tier_line(version: Version, scrutiny: Scrutiny) -> pl.Expr:
    if version.tier_from is None:
        return _NOTHING
    by = "评审小组认定" if version.tier_from == "panel" else "本地规则"
    met = pl.when(scrutiny.has_tier).then(pl.lit("符合")).otherwise(pl.lit("缺认定档次"))
    return pl.concat_str(
        pl.lit(f"\n认定档次：须由{by}；实际"),
        seen_tier(scrutiny.tier),
        pl.lit("，"),
        met,
        pl.lit("。"),
    )


def _gap(scrutiny: Scrutiny) -> pl.Expr:
    nouns = pl.element().replace_strict(
        {name: label_of(name) for name in scrutiny.names}, return_dtype=pl.String
    )
    listed = scrutiny.missing.list.eval(nouns).list.unique(maintain_order=True).list.join("、")
    return (
        pl.when(scrutiny.eligible)
        .then(_NOTHING)
        .otherwise(pl.concat_str(pl.lit("\n未满足："), listed, pl.lit("。")))
    )


def _footing(version: Version, term: Term) -> str:
    date = version.effective_from.isoformat()
    assumed = f"（日期{DATE_STATUSES['assumed']}）" if version.date_status == "assumed" else ""
    documents = "；".join(str(source) for source in version.sources)
    lines = [f"依据：{documents}，自 {date} 起施行{assumed}。"]
    if version.status == "unverified":
        lines.append("标准未核实：发放前请核对正式文件。")
    elif version.checked_until is None or version.checked_until < term.starts:
        until = f"只核对到 {version.checked_until}" if version.checked_until else "尚未核对"
        lines.append(f"这个版本{until}，本学期是否仍有效请核对。")
    return "".join(f"\n{line}" for line in lines)


def _is_stage(clause: Clause) -> bool:
    return isinstance(clause.source, Condition) and clause.source.name == "stage_in"
