"""The explanation of a decision: Chinese, one line per rule, built for all rows at once."""

from collections.abc import Callable

import polars as pl

from aidkit.awards.course import Told, course_lines
from aidkit.awards.judge import Examined
from aidkit.awards.scrutiny import Clause, Scrutiny
from aidkit.calendar import Term
from aidkit.conditions import Check, seen_tier, verdict, wording
from aidkit.labels import Labels, project_labels
from aidkit.programs import (
    DATE_STATUSES,
    Condition,
    Version,
    amount_words,
    label_of,
    required,
)

_NOTHING = pl.lit("")


def explanation(examined: Examined, told: Told) -> pl.Expr:
    """The lines that explain a decision, separated by line feeds.

    First the result, then each rule with the value seen, then what is missing, then what time,
    quota and relations made of it, then the document with number, clause and date, then what is
    doubtful about the version. Where the stage is out of scope only that rule is named.

    The rows are those of `Examined.sets` with `outcome`, `amount_fen` and what settling says.
    """
    labels = project_labels()
    version, scrutiny = examined.version, examined.scrutiny
    stages = list(version.stages)
    subject = version.program.subject

    def asked(condition: Condition) -> str:
        needs = required(condition, labels, told.short_titles, subject=subject)
        return f"{label_of(condition.name, subject)}：须{needs}"

    in_scope = pl.col("stage").is_in(stages) if stages else pl.lit(True)
    rules = [_clause_line(clause, asked) for clause in scrutiny.clauses]
    scope = [r for r, c in zip(rules, scrutiny.clauses, strict=True) if _is_stage(c)]
    full = pl.concat_str(
        _result(version, scrutiny, labels),
        *rules,
        _tier_line(version, scrutiny),
        _gap(scrutiny, subject),
        *course_lines(examined, told),
    )
    short = pl.concat_str(pl.lit(f"{version.program.short_title}：不符合。"), *scope)
    return pl.concat_str(
        pl.when(in_scope).then(full).otherwise(short), pl.lit(_footing(version, told.term))
    )


def _result(version: Version, scrutiny: Scrutiny, labels: Labels) -> pl.Expr:
    """What came of it: the first line, on which letters and tables stand."""
    figure = pl.concat_str(pl.lit("评审认定 "), wording.money(pl.col("full_fen")))
    for amount in version.amounts:
        words = pl.lit(amount_words(version, amount, labels))
        figure = pl.when(scrutiny.entitled_to(amount)).then(words).otherwise(figure)
    due = wording.money(pl.col("amount_fen"))
    given = pl.concat_str(pl.lit("应享 "), due, pl.lit("（"), figure, pl.lit("）"))
    if version.amount_from == "none":
        fees = "、".join(labels.label("fee_kind", fee) for fee in version.waives)
        given = pl.lit(f"免收{fees}（不计金额）")
    day = wording.day(pl.col("changed_on"))
    reserve_no = pl.col("reserve_no").cast(pl.String)
    outcome = pl.col("outcome")
    words = (
        pl.when(outcome == "awarded")
        .then(pl.concat_str(pl.lit("符合，本学期"), given, pl.lit("。")))
        .when(outcome == "reserve")
        .then(pl.format("符合条件，没有进入名额，列递补第 {} 位。", reserve_no))
        .when(outcome == "yielded")
        .then(pl.lit("符合条件，与另一项目只能享受其一，这一项不发。"))
        .when(outcome == "waived")
        .then(pl.format("符合条件，已于 {} 放弃，本学期不发。", day))
        .when(outcome == "revoked")
        .then(pl.format("符合条件，已于 {} 取消资格，本学期不发。", day))
        .otherwise(pl.lit("不符合。"))
    )
    return pl.concat_str(pl.lit(f"{version.program.short_title}："), words)


def _clause_line(clause: Clause, asked: Callable[[Condition], str]) -> pl.Expr:
    if isinstance(clause.source, Condition):
        (only,) = clause.ways[0]
        return pl.concat_str(pl.lit("\n"), *_check_words(only, asked(clause.source)), pl.lit("。"))
    parts = [pl.lit("\n满足其一即可：")]
    alternatives = zip(clause.source.alternatives, clause.ways, strict=True)
    for number, (conditions, checks) in enumerate(alternatives, 1):
        parts.append(pl.lit(f"（{number}）" if number == 1 else f"；（{number}）"))
        for place, (condition, check) in enumerate(zip(conditions, checks, strict=True)):
            parts += [pl.lit("；且")] if place else []
            parts += _check_words(check, asked(condition))
    verdict_of_all = pl.when(clause.holds).then(pl.lit("符合")).otherwise(pl.lit("均不符合"))
    return pl.concat_str([*parts, pl.lit("。此项"), verdict_of_all, pl.lit("。")])


def _check_words(check: Check, asked: str) -> list[pl.Expr]:
    words = [pl.lit(asked), wording.actual(check.seen), verdict(check)]
    if check.gap is not None:
        gap = pl.concat_str(pl.lit("（"), check.gap, pl.lit("）"))
        words.append(pl.when(check.gap == "").then(_NOTHING).otherwise(gap))
    return words


def _tier_line(version: Version, scrutiny: Scrutiny) -> pl.Expr:
    lines = []
    if version.tier_from is not None:
        by_panel = version.tier_from == "panel"
        by, none = ("评审小组", "没有认定结果") if by_panel else ("本地规则", "没有一档的条件满足")
        met = pl.when(scrutiny.has_tier).then(pl.lit("符合")).otherwise(pl.lit("缺认定档次"))
        seen = wording.actual(seen_tier(scrutiny.tier, none))
        lines.append(pl.format(f"\n认定档次：须由{by}认定{{}}{{}}。", seen, met))
    if version.amount_from == "panel":
        met = pl.when(scrutiny.has_amount).then(pl.lit("符合")).otherwise(pl.lit("缺认定金额"))
        amount = pl.when(scrutiny.has_amount).then(wording.money(scrutiny.decided_fen))
        seen = wording.actual(amount.otherwise(pl.lit("没有认定结果")))
        lines.append(pl.format("\n认定金额：须由评审小组逐案认定{}{}。", seen, met))
    return pl.concat_str(lines) if lines else _NOTHING


def _gap(scrutiny: Scrutiny, subject: str) -> pl.Expr:
    """What is missing to qualify."""
    names = {name: label_of(name, subject) for name in scrutiny.names}
    nouns = pl.element().replace_strict(names, return_dtype=pl.String)
    listed = pl.col("missing").list.eval(nouns).list.unique(maintain_order=True)
    text = pl.format("\n未满足：{}。", listed.list.join("、"))
    return pl.when(scrutiny.eligible).then(_NOTHING).otherwise(text)


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
