"""Sections of a what-if: cost and people today and with the changes; internal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from aidkit.calendar import Term
from aidkit.county import County
from aidkit.labels import Labels
from aidkit.show import charts
from aidkit.show.aid import MONEY
from aidkit.show.marks import KeyFigure, key_figures
from aidkit.show.numbers import (
    change_words,
    count,
    money,
    money_change_words,
    money_words,
    signed,
    signed_yuan,
)
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import (
    Drawing,
    Part,
    bullets,
    callout,
    escaped,
    folded,
    numbered,
    pictured,
    prose,
    section,
)

SIDES = ("today", "changed")
NAMES = ("现行", "改后")
FIGURES = ("persons_today", "persons_changed", "fen_today", "fen_changed")

KINDS = {
    "gains": "新得",
    "loses": "不再得",
    "more": "金额增加",
    "less": "金额减少",
    "tier": "只变档次",
}
"""What a change does to a person: code to Chinese."""

LISTED = 300
"""Longer lists are cut in the page; the stored table has all of them."""


@dataclass(frozen=True)
class WhatIf:
    """A what-if and what its codes mean.

    Attributes:
        term: The term that was decided again.
        county: Whose.
        labels: Chinese of codes.
        school_names: School code to name.
        aid: `SimulatedAid`.
        if_all_apply: `SimulatedAid` if everybody had applied for the programs that are changed.
        persons: `SimulatedPersons`.
        programs: `SimulatedPrograms`.
        changes: `SimulatedChanges`.
    """

    term: Term
    county: County
    labels: Labels
    school_names: Mapping[str, str]
    aid: pl.DataFrame
    if_all_apply: pl.DataFrame
    persons: pl.DataFrame
    programs: pl.DataFrame
    changes: pl.DataFrame

    @cached_property
    def titles(self) -> dict[str, str]:
        """Program id to title."""
        return dict(self.programs.select("program_id", "title").iter_rows())

    def totals(self, *keys: str) -> pl.DataFrame:
        """`aid` summed by keys."""
        return self.aid.group_by(keys).agg(pl.col(FIGURES).sum()).sort(keys)

    def total(self) -> tuple[int, int, int, int]:
        """Persons and fen of `aid`, today and changed, in the order of `FIGURES`."""
        persons_today, persons_changed, fen_today, fen_changed = self.aid.select(
            pl.col(FIGURES).sum()
        ).row(0)
        return persons_today, persons_changed, fen_today, fen_changed


def headline(found: WhatIf) -> str:
    """The answer in one sentence."""
    persons_today, persons_changed, fen_today, fen_changed = found.total()
    if found.persons.is_empty():
        return "这样改，没有一个人的资助有变化"
    return (
        f"这样改，本学期金额{money_change_words(fen_changed, fen_today)}，"
        f"受助人次{change_words(persons_changed, persons_today, '人次')}"
    )


def changes_section(found: WhatIf) -> Part:
    """What was changed, and how to read the rest."""
    return section(
        f"改了 {count(found.changes.height)} 处规定",
        "changes",
        bullets(escaped(said) for said in found.changes["said"]),
        callout(
            "怎样读这份试算",
            prose(
                "只换规定，不换人：用最近一次运行存下的学生、教师情况，按现行规定和改后规定各认定一次。"
                "名额和不重复享受也重新排。金额是一个学期的。",
                "没有申请的人，改了规定也不会自动得到；放宽对象的最多花多少，看“如果够条件的都来申请”。",
            ),
        ),
    )


def figures_section(found: WhatIf) -> Part:
    """Persons and money, and how many gain and lose."""
    persons_today, persons_changed, fen_today, fen_changed = found.total()
    value, unit = money(fen_changed)
    figures = [
        KeyFigure(
            "受助人次（涉及的项目）",
            count(persons_changed),
            "人次",
            f"现行 {count(persons_today)}",
            signed(persons_changed - persons_today),
            "人次",
        ),
        KeyFigure(
            "本学期金额（涉及的项目）",
            value,
            unit,
            f"现行 {money_words(fen_today)}",
            signed_yuan(fen_changed - fen_today),
            "元",
        ),
        *(
            KeyFigure(title, count(found.persons.filter(kind=kind).height), "人次")
            for kind, title in KINDS.items()
            if kind in {"gains", "loses"} or found.persons.filter(kind=kind).height
        ),
    ]
    return section(
        "要点", "key-points", prose(f"{headline(found)}。", lead=True), key_figures(figures)
    )


def programs_section(found: WhatIf) -> Part:
    """Cost and people by program."""
    cells = found.totals("program_id")
    return _compared(
        found,
        cells,
        anchor="programs",
        title=_largest("各项目", [found.titles[p] for p in cells["program_id"]], cells),
        what="各项目的人数和金额",
        keys={"资助项目": lambda row: found.titles[row["program_id"]]},
        caption="只列涉及的项目；其他项目没有变化。一人享受几个项目的，每个项目计一次。",
    )


def tiers_section(found: WhatIf) -> Part:
    """Cost and people by program and tier."""
    tiered = found.aid.filter(pl.col("tier") != "")
    if tiered.is_empty():
        return section("各档次的人数和金额", "tiers", prose("涉及的项目不分档次。"))
    cells = tiered.group_by("program_id", "tier").agg(pl.col(FIGURES).sum())
    order = [*found.labels.names("tier"), *found.labels.names("case")]
    place = pl.col("tier").replace_strict(order, range(len(order)))
    cells = cells.sort("program_id", place)
    return _compared(
        found,
        cells,
        anchor="tiers",
        title=_largest("各档次", [found.labels.tier(tier) for tier in cells["tier"]], cells),
        what="各档次的人数和金额",
        keys={
            "资助项目": lambda row: found.titles[row["program_id"]],
            "档次": lambda row: found.labels.tier(row["tier"]),
        },
        caption="一名学生换了档次，在两个档次里各算增减。",
    )


def all_apply_section(found: WhatIf) -> Part:
    """Cost and people by program if everybody had applied: what a wider rule can come to."""
    cells = found.if_all_apply.group_by("program_id").agg(pl.col(FIGURES).sum())
    today, changed = cells.select("fen_today", "fen_changed").sum().row(0)
    return _compared(
        found,
        cells.sort("program_id"),
        anchor="all-apply",
        title=(
            f"如果够条件的都来申请，最多花 {money_words(changed)}，"
            f"比现行{money_change_words(changed, today)}"
        ),
        what="够条件的都来申请，最多花多少",
        keys={"资助项目": lambda row: found.titles[row["program_id"]]},
        caption=(
            "两边都当作人人对改动的项目交了有承诺书的申请。申请日期、材料、负债等要写在申请里的，"
            "没有申请的人仍算不清楚；要评审定档次或金额的，没有评审的仍不发。"
        ),
    )


def schools_section(found: WhatIf) -> Part:
    """Cost and people by school."""
    cells = found.totals("school_code")
    names = [found.school_names.get(code, "不在本县学校") for code in cells["school_code"]]
    return _compared(
        found,
        cells,
        anchor="schools",
        title=_largest("各校", names, cells),
        what="各校的人数和金额",
        keys={"学校": lambda row: found.school_names.get(row["school_code"], "不在本县学校")},
        caption="按学校标识码排列。大学生算在毕业的中学。",
    )


def persons_section(found: WhatIf) -> Part:
    """Who gains and who loses, by name."""
    if found.persons.is_empty():
        return section("谁的资助有变化", "persons", prose("没有。"))
    order = list(KINDS)
    place = pl.col("kind").replace_strict(order, range(len(order)))
    listed = found.persons.sort(place, "school_code", "program_id", "name", "person_no")
    rows = [
        Row(
            (
                KINDS[row["kind"]],
                found.school_names.get(row["school_code"], row["school_code"]),
                row["name"],
                row["person_no"],
                found.titles[row["program_id"]],
                *(row[f"tier_{side}"] and found.labels.tier(row[f"tier_{side}"]) for side in SIDES),
                row["fen_today"],
                row["fen_changed"],
            )
        )
        for row in listed.head(LISTED).iter_rows(named=True)
    ]
    columns = [
        *(Column((title,)) for title in ("变化", "学校", "姓名", "学籍号或工号", "资助项目")),
        *(Column(("档次", name)) for name in NAMES),
        *(Column(("金额", name), "money") for name in NAMES),
    ]
    cut = (
        f"共 {count(listed.height)} 人次，这里列前 {LISTED} 人次，全部名单存在试算的文件夹里。"
        if listed.height > LISTED
        else f"共 {count(listed.height)} 人次。"
    )
    words = "，".join(
        f"{title} {count(found.persons.filter(kind=kind).height)} 人次"
        for kind, title in KINDS.items()
        if found.persons.filter(kind=kind).height
    )
    return section(
        f"谁的资助有变化：{words}",
        "persons",
        folded(
            f"名单，{count(len(rows))} 人次",
            numbered("tbl-persons", official_table(columns, rows, unit=MONEY, keys=2), cut),
            len(rows),
        ),
    )


def _compared(
    found: WhatIf,
    cells: pl.DataFrame,
    *,
    anchor: str,
    title: str,
    what: str,
    keys: Mapping[str, Callable[[dict[str, str]], str]],
    caption: str,
) -> Part:
    """A table of both sides with their difference, and bars of the money."""
    if cells.is_empty():
        return section(title, anchor, prose("涉及的项目，现行和改后都没有人享受。"))
    rows: list[Row] = []
    records: list[charts.Record] = []
    for row in cells.iter_rows(named=True):
        names = [name(row) for name in keys.values()]
        rows.append(Row((*names, *_figures(*(row[figure] for figure in FIGURES)))))
        records += [
            {"名称": " ".join(names), "规定": side, "金额（万元）": round(fen / 1_000_000, 4)}
            for side, fen in zip(NAMES, (row["fen_today"], row["fen_changed"]), strict=True)
        ]
    sums = cells.select(pl.col(FIGURES).sum()).row(0)
    rows.append(Row(("合计", *_figures(*sums)), "total"))
    columns = [
        *(Column((name,)) for name in keys),
        *(Column(("人数", name), "number") for name in (*NAMES, "增减")),
        *(Column(("金额", name), "money") for name in (*NAMES, "增减")),
    ]
    drawing = None
    if any(record["金额（万元）"] for record in records):
        says = "；".join(f"{r['名称']} {r['规定']} {r['金额（万元）']} 万元" for r in records)
        drawing = Drawing(
            charts.grouped_bars(
                records,
                label="名称",
                value="金额（万元）",
                group="规定",
                groups=NAMES,
                printed=",.2f",
            ),
            f"{what}：{says}",
            f"{what}，{found.term.label}，现行和改后。横轴从零起。",
        )
    table = official_table(columns, rows, unit=MONEY, keys=len(keys) - 1)
    return pictured(anchor, title, drawing, table, caption)


def _largest(all_of_them: str, names: Sequence[str], cells: pl.DataFrame) -> str:
    """Whose money changes most, and by how much; the first of equals."""
    changes = cells["fen_changed"] - cells["fen_today"]
    if not (changes != 0).any():
        return f"{all_of_them}的金额没有变化"
    at = changes.abs().arg_max() or 0
    words = money_change_words(cells["fen_changed"][at], cells["fen_today"][at])
    most = "变化最大：" if len(names) > 1 else ""
    return escaped(f"{names[at]}{most}金额{words}")


def _figures(
    persons_today: int, persons_changed: int, fen_today: int, fen_changed: int
) -> tuple[Value, ...]:
    return (
        persons_today,
        persons_changed,
        signed(persons_changed - persons_today),
        fen_today,
        fen_changed,
        signed_yuan(fen_changed - fen_today),
    )
