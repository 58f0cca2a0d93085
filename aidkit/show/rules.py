"""What programs say of quotas and of each other, and which of them nobody has checked."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from aidkit.calendar import Term
from aidkit.programs.vocabulary import RELATIONS
from aidkit.show.official import Column, Markup, Row, official_table
from aidkit.show.parts import Part, bullets, callout, escaped, prose
from aidkit.show.view import View

LONG = 5
"""A longer list of what is not checked is folded away below its heading."""

Program = Mapping[str, Any]
"""A row of `PublicPrograms`."""


def rules_table(programs: Sequence[Program]) -> Part:
    """Quota, relations and day of the last check of each version; quota and relations are law."""
    titles = {row["program_id"]: row["title"] for row in programs}
    rows = [
        Row(
            (
                row["title"],
                row["quota"] or "不限名额",
                "；".join(_all_relations(row, programs, titles)) or "没有规定",
                None if row["checked_until"] is None else _day(row["checked_until"]),
            )
        )
        for row in programs
    ]
    columns = [
        Column(("资助项目",)),
        Column(("名额",), "long"),
        Column(("与其他项目的关系",), "long"),
        Column(("核对到",)),
    ]
    return official_table(columns, rows, keys=1)


def _all_relations(
    row: Program, programs: Sequence[Program], titles: Mapping[str, str]
) -> list[str]:
    """What a version says of others, and others of it."""
    words = [relation_words(relation, titles) for relation in row["relations"]]
    for other in programs:
        for relation in other["relations"]:
            if row["program_id"] not in relation["programs"]:
                continue
            if relation["relation"] == "exclusive":
                words.append(f"享受本项的，不再享受{other['title']}")
            elif relation["relation"] == "stack":
                words.append(f"与{other['title']}可叠加")
    return list(dict.fromkeys(words))


def _day(day: dt.date) -> Markup:
    return Markup(f'<span style="white-space:nowrap">{day.isoformat()}</span>')


def relation_words(relation: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """`与A、B就高不就低`; with several programs, each of them."""
    others = "、".join(titles.get(program, program) for program in relation["programs"])
    if relation["relation"] == "exclusive":
        return f"已享受{others}的，不重复享受"
    return f"与{others}{RELATIONS[relation['relation']]}"


def is_unchecked(program: Program, term: Term) -> bool:
    """Whether a version is unverified, or nobody confirmed it for the term's first day."""
    until: dt.date | None = program["checked_until"]
    return program["status"] == "unverified" or until is None or until < term.starts


def unchecked_callout(programs: Sequence[Program], relied_on: Collection[str], term: Term) -> Part:
    """In red: the versions that a report relies on and nobody has checked; maybe nothing.

    Args:
        programs: Rows of `PublicPrograms`.
        relied_on: Programs whose figures the report shows.
        term: The term; its first day counts.
    """
    found = [p for p in programs if p["program_id"] in relied_on and is_unchecked(p, term)]
    if not found:
        return Part("", "")
    return callout(
        f"这份报告依据的下列标准还没有核对（{len(found)} 条）",
        bullets(_line(program, term) for program in found),
        prose("办理前请对照主管部门的正式文件。"),
        kind="important",
        collapse=len(found) > LONG,
    )


def relied_on(view: View) -> set[str]:
    """Programs of students whose figures a report shows, withheld ones too."""
    return set(view.cells)


def _line(program: Program, term: Term) -> str:
    why = []
    if program["status"] == "unverified":
        why.append("未核实")
    until = program["checked_until"]
    if until is None:
        why.append("没有核对日期")
    elif until < term.starts:
        why.append(f"只核对到 {until.isoformat()}")
    where = " ".join(filter(None, (program["source_title"], program["doc_no"])))
    return f"**{escaped(program['title'])}**：{escaped(where)}（{'，'.join(why)}）"
