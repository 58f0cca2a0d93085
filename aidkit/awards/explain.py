"""Lines for `aidkit why`: every program and its reasons for one person, for three audiences."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Literal

import polars as pl

from aidkit.awards.wordings import (
    CHANGE,
    HOW,
    OPEN_LABELS,
    OUTCOMES,
    Clause,
    amount_class,
    take_apart,
)
from aidkit.errors import UsageError
from aidkit.money import yuan

Audience = Literal["clerk", "family", "public"]


FELLOWS = 5
"""So many persons must have the same public lines, unless `disclosure.toml` says otherwise."""


def explain(
    decisions: pl.DataFrame,
    person_no: str,
    audience: Audience = "clerk",
    *,
    fellows: int = FELLOWS,
) -> list[str]:
    """What was decided for a person and why.

    - `clerk`: all of it, with the determination ids.
    - `family`: the own case in plain words, what lacks and how to hand it in; programs for other
      stages are left out.
    - `public`: programs, rules, verdicts, documents and a rough amount; nothing that the person
      was seen to have, no name, number, school or tier; refused where few have the same lines,
      for they would tell who it is.

    Args:
        decisions: `tables.Decisions` of one term.
        person_no: 学籍号, or a teacher's staff number.
        audience: Who will read it.
        fellows: The least persons, this one too, that the public lines must be true of.

    Raises:
        UsageError: The person is not in the decisions, or public lines would tell who it is.
    """
    own = decisions.filter(pl.col("person_no") == person_no).sort(
        "awarded", "eligible", "program_id", descending=[True, True, False]
    )
    if own.is_empty():
        raise UsageError(
            f"本学期的认定结果里没有学籍号或工号 {person_no}。",
            remedy="请核对号码；没有跑过的学期请先运行 aidkit run。",
        )
    rows = own.to_dicts()
    if audience == "clerk":
        return _joined(_clerk_lines(row) for row in rows)
    concerned = [row for row in rows if _concerns(row)]
    if not concerned:
        return ["本学期的资助项目都是给其他学段的。"]
    if audience == "family":
        titles = {row["program_id"]: take_apart(row["explanation"]).title for row in rows}
        return _joined(family_lines(row, titles) for row in concerned)
    lines = _public(concerned)
    same = (_public(theirs) == lines for theirs in _alike(decisions, concerned))
    if sum(islice(filter(None, same), fellows)) < fellows:
        raise UsageError(
            f"本学期各项结果都和此人相同的不到 {fellows} 人，公开说明会让人认出是谁。",
            remedy="给本人或家长看，请用 --for family；对外只讲办法，请用 aidkit program show。",
        )
    return lines


def _concerns(row: Mapping[str, Any]) -> bool:
    """Whether a program is for the person's stage at all."""
    return "stage_in" not in row["missing"]


def _public(rows: list[dict[str, Any]]) -> list[str]:
    # By program: the order of the clerk's lines would tell more than the lines do.
    return _joined(public_lines(row) for row in sorted(rows, key=lambda r: str(r["program_id"])))


def _alike(decisions: pl.DataFrame, own: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Decisions that concern each person (this one too) with the same outcomes of the same laws."""
    law = pl.concat_str("version_id", "outcome", separator=" ")
    concerned = decisions.filter(~pl.col("missing").list.contains("stage_in"))
    laws = concerned.group_by("person_no").agg(law.sort().alias("laws"))
    mine = sorted(f"{row['version_id']} {row['outcome']}" for row in own)
    alike = laws.filter(pl.col("laws").list.join("\n") == "\n".join(mine))["person_no"]
    told = concerned.select("person_no", "program_id", "outcome", "amount_fen", "explanation")
    rows = told.filter(pl.col("person_no").is_in(alike.implode())).sort("person_no")
    for _, group in rows.group_by("person_no", maintain_order=True):
        yield group.to_dicts()


def family_lines(row: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> list[str]:
    """One decision for the person it is about and the family: the result, then indented reasons.

    Args:
        row: A row of `tables.Decisions`.
        titles: Short titles by program id, to name what took this program's place.
    """
    told = take_apart(row["explanation"])
    other = (titles or {}).get(row["yielded_to"] or "", "另一项资助")
    lines = [f"{told.title}：{_family_result(row, other)}"]
    met = (rule for clause in told.clauses if clause.met for rule in clause.rules if rule.met)
    # A value is said once: two rules may ask for the same, and some labels are their own value.
    words = dict.fromkeys(r.label if r.seen == r.label else f"{r.label}（{r.seen}）" for r in met)
    if words:
        lines.append(f"符合的条件：{'；'.join(words)}。")
    lines += [_lacking(clause) for clause in told.clauses if not clause.met]
    lines += dict.fromkeys(f"怎样办：{HOW[name]}" for name in row["missing"] if name in HOW)
    lines += told.grounds[:1]
    lines.append(f"查询编号：{row['determination_id']}")
    return lines


def public_lines(row: Mapping[str, Any]) -> list[str]:
    """One decision for anybody: what decides, and how it came out, but not for whom.

    Every person with the same verdicts and a similar amount gets the same lines.

    Args:
        row: A row of `tables.Decisions`.
    """
    told = take_apart(row["explanation"])
    amount = f"（{amount_class(row['amount_fen'])}）" if row["amount_fen"] else ""
    lines = [f"{told.title}：{OUTCOMES[row['outcome']]}{amount}。"]
    hidden: list[Clause] = []
    for clause in told.clauses:
        if all(rule.label in OPEN_LABELS for rule in clause.rules):
            rules = "；或".join(f"{rule.label}（须{rule.needs}）" for rule in clause.rules)
            lines.append(f"{rules}：{'符合' if clause.met else '不符合或缺资料'}。")
        else:
            hidden.append(clause)
    if hidden:
        # One verdict on all of them: one on each would say what the person has.
        nouns = "、".join(dict.fromkeys(r.label for clause in hidden for r in clause.rules))
        met = all(clause.met for clause in hidden)
        lines.append(f"{nouns}：{'符合规定' if met else '有不符合的，或缺资料'}。")
    return [*lines, *told.grounds]


def _clerk_lines(row: Mapping[str, Any]) -> list[str]:
    own = f"认定编号：{row['determination_id']}（版本 {row['version_id']}）"
    return [*row["explanation"].split("\n"), own]


def _family_result(row: Mapping[str, Any], other: str) -> str:
    if row["awarded"]:
        if not row["amount_fen"]:
            return "可以享受，这一项不发钱。"
        return f"可以享受，本学期 {yuan(row['amount_fen'])} 元{less_than_whole(row)}。"
    place = f"，排在递补名单第 {row['reserve_no']} 位" if row["reserve_no"] else ""
    return {
        "reserve": f"符合条件，但这次名额已满{place}；有空缺时依次递补，不用再申请。",
        "yielded": f"符合条件，但不能和“{other}”同时享受，已按“{other}”办理。",
        "waived": "已经签字放弃，不再发放。",
        "revoked": "资格已经取消，不再发放；不同意的可以向学校提出。",
    }.get(row["outcome"], "这次没有享受。")


def less_than_whole(row: Mapping[str, Any]) -> str:
    """`；整学期 625.00 元，…`: why it is less than for a whole term; empty where it is not.

    The award was given up, taken away or came late; else it is the time at school that counts.

    Args:
        row: A row of `tables.Decisions` that is awarded.
    """
    if row["amount_fen"] >= row["full_fen"]:
        return ""
    lines = row["explanation"].split("\n")
    changes = [line.removeprefix(CHANGE)[:-1] for line in lines if line.startswith(CHANGE)]
    return f"；整学期 {yuan(row['full_fen'])} 元，{'；'.join(changes) or '按实际时间计算'}"


def _lacking(clause: Clause) -> str:
    lacking = [
        f"{rule.label}要求{rule.needs}，登记的是{' ' * rule.seen[:1].isdigit()}{rule.seen}"
        + (f"，{rule.gap}" if rule.gap else "")
        for rule in clause.rules
        if not rule.met
    ]
    start = "还缺（有一项即可）：" if clause.any_of else "还缺："
    return start + "；".join(lacking) + "。"


def _joined(blocks: Iterator[list[str]]) -> list[str]:
    lines: list[str] = []
    for result, *reasons in blocks:
        lines += [result, *(f"  {reason}" for reason in reasons), ""]
    return lines[:-1]
