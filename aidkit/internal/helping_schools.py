"""The county's schools beside each other: loads, visits, screenings and gaps, without names."""

import polars as pl

from aidkit.internal.helping_cells import counts, texts
from aidkit.internal.learners import Learners
from aidkit.show.numbers import count
from aidkit.show.official import Row, official_table
from aidkit.show.parts import Part, numbered, prose, section

ROLES = {"tutor": "学困生结对", "care": "包保到生"}

FIGURES: tuple[tuple[str, str, dict[str, str], str, str], ...] = (
    ("loads_by_school", "persons", {"role": "tutor", "state": "under"}, "帮扶人数", "不足"),
    ("loads_by_school", "persons", {"role": "tutor", "state": "over"}, "帮扶人数", "超出"),
    ("loads_by_school", "persons", {"role": "party", "state": "under"}, "帮扶人数", "党员没有对象"),
    *(
        figure
        for role, name in ROLES.items()
        for figure in (
            ("visits_by_school", "pairs", {"role": role, "state": "overdue"}, name, "逾期走访"),
            ("year_by_school", "pupils", {"role": role, "state": "behind"}, name, "全年落后"),
        )
    ),
    ("screening_by_school", "classes", {"state": "overdue"}, "月度排查", "逾期班次"),
    ("gaps_by_school", "pupils", {}, "包保", "有缺口"),
)
"""Frame, its column, which of its rows count, and both headers."""


def schools_section(view: Learners) -> Part:
    """How much of what is due is missing, school by school; names stand in their own reports."""
    numbers = [_numbers(view, *figure[:3]) for figure in FIGURES]
    codes = sorted(set(view.frames["schools"]["school_code"]) & _told(view))
    if not codes:
        return section("各校没有登记结对和走访", "schools", prose("没有登记结对、走访和排查。"))
    rows = [Row((view.school(code), *(own.get(code, 0) for own in numbers))) for code in codes]
    sums = [sum(own.get(code, 0) for code in codes) for own in numbers]
    columns = [*texts("学校"), *(c for *_, top, t in FIGURES for c in counts(t, below=top))]
    wrong = sum(any(own.get(code) for own in numbers) for code in codes)
    caption = (
        f"各校还没有做到的，截至 {view.as_of}：人数按教师，逾期走访按结对和月份，"
        "全年落后和包保按学生。只为催办，不排名次；名单在各校自己的报告里。"
    )
    table = official_table([*columns], [*rows, Row(("合计", *sums), "total")])
    title = (
        f"{count(wrong)} 所学校有逾期、超限或缺口，全部 {count(len(codes))} 所"
        if wrong
        else f"{count(len(codes))} 所学校都没有逾期、超限和缺口"
    )
    return section(title, "schools", numbered("tbl-schools", table, caption))


def _told(view: Learners) -> set[str]:
    """Schools of which anything is known."""
    return {code for name, *_ in FIGURES for code in view.frames[name]["school_code"]}


def _numbers(view: Learners, name: str, column: str, only: dict[str, str]) -> dict[str, int]:
    """School code to a number of the frame."""
    rows = view.frames[name].filter(**only)
    if "gap" in rows.columns:
        rows = rows.filter(pl.col("gap") != "none")
    return dict(rows.group_by("school_code").agg(pl.col(column).sum()).iter_rows())
