"""What changed during the term: left, waived, taken away, replaced: internal."""

from collections import defaultdict
from typing import Any

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person_cells, person_columns
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

PARTIAL, WAIVED, REVOKED, REPLACED = "按实际时间发放", "放弃", "取消", "递补"
ENDED = {"waived": WAIVED, "revoked": REVOKED}
NO_MONEY = (None, None, None)
KINDS = (PARTIAL, WAIVED, REVOKED, REPLACED)


def changes_section(stored: StoredTerm) -> Part:
    """Who gets less than for a whole term, nothing any more, or a place that fell free."""
    found = _found(stored)
    if found.is_empty():
        return section(
            "学期中没有影响资助的变动", "changes", prose("没有人中途离开、放弃或被取消。")
        )
    counts = {kind: found.filter(change=kind)["person_no"].n_unique() for kind in KINDS}
    words = "、".join(f"{kind} {count(n)} 人" for kind, n in counts.items() if n)
    sums = found.group_by("program_id", "change").agg(
        pl.col("person_no").n_unique(), pl.col("full_fen", "amount_fen").sum()
    )
    rows = [
        Row(
            (stored.title(program), kind, persons, *((full, due, full - due) if full else NO_MONEY))
        )
        for program, kind, persons, full, due in sums.sort("program_id", "change").iter_rows()
    ]
    columns = [
        Column(("资助项目",)),
        Column(("变动",)),
        Column(("人数",), "number"),
        *(Column(("金额", name), "money") for name in ("整学期", "应发", "少发")),
    ]
    return section(
        f"学期中有变动：{words}",
        "changes",
        numbered(
            "tbl-changes",
            official_table(columns, rows, unit="单位：元", keys=1),
            "学期中变动的人数和金额。“—”是本学期一分钱也不发的。",
        ),
        _names(stored, found),
    )


def _found(stored: StoredTerm) -> pl.DataFrame:
    """Decisions with a change and its kind; who came in midway and then gave it up has two."""
    events = stored.frames["award_changes"].sort("changed_on", "award_change")
    last = events.unique(["person_no", "program_id"], keep="last", maintain_order=True)
    decisions = stored.everyone.join(
        last.drop("changed_on"), on=["person_no", "program_id"], how="left"
    )
    less = pl.col("awarded") & (pl.col("amount_fen") < pl.col("full_fen"))
    ended = (
        pl.when(pl.col("outcome").is_in(list(ENDED)))
        .then("outcome")
        .when(less)
        .then("award_change")
        .replace_strict(ENDED, default=None, return_dtype=pl.String)
    )
    replaced = pl.col("awarded") & pl.col("reserve_no").is_not_null()
    change = pl.coalesce(ended, pl.when(less & ~replaced).then(pl.lit(PARTIAL)))
    return pl.concat(
        (
            decisions.with_columns(change=change).filter(pl.col("change").is_not_null()),
            decisions.filter(replaced).with_columns(change=pl.lit(REPLACED)),
        )
    ).drop("award_change")


def _names(stored: StoredTerm, found: pl.DataFrame) -> Part:
    facts = ("person_no", "present_months", "left_on", "left_by")
    listed = found.join(stored.frames["facts"].select(facts), on="person_no", how="left").sort(
        "change", "program_id", "school_code", "name", "person_no"
    )
    changes = defaultdict(list)
    for person_no, program, code, day in stored.frames["award_changes"].iter_rows():
        changes[person_no, program].append((day, code))
    rows = [
        Row(
            (
                row["change"],
                stored.title(row["program_id"]),
                *person_cells(stored, row),
                _why(stored, row, changes[row["person_no"], row["program_id"]]),
                row["present_months"],
                row["full_fen"] or None,
                row["amount_fen"] if row["full_fen"] else None,
            )
        )
        for row in listed.iter_rows(named=True)
    ]
    columns = [
        *(Column((t,)) for t in ("变动", "资助项目")),
        *person_columns(stored),
        Column(("情况",), "long"),
        Column(("在校月数",), "number"),
        Column(("整学期",), "money"),
        Column(("应发",), "money"),
    ]
    table = numbered(
        "tbl-changed",
        official_table(columns, rows, unit="单位：元", keys=2),
        "有变动的人；在校月数是全学期 5 个月中在本校的月数，编号是学籍号或工号。",
    )
    return folded(f"名单，{count(len(rows))} 人次", table, len(rows))


def _why(stored: StoredTerm, row: dict[str, Any], changes: list[tuple[Any, str]]) -> str | None:
    """`2026-10-20 转出`: what happened on which day, as far as it is known.

    Args:
        stored: The term.
        row: Of the list.
        changes: Day and code of what happened to this award.
    """
    events = [(row["left_on"], "change_kind", row["left_by"])]
    events += [(day, "award_change", code) for day, code in changes]
    words = [f"{day} {stored.labels.label(words, code)}" for day, words, code in events if code]
    if row["reserve_no"] is not None:
        words.append(f"递补第 {row['reserve_no']} 名")
    return "；".join(words) or None
