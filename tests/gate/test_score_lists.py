"""Scores, growth and prizes for progress are lists of pupils where the table says so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aidkit.gate import People, scan
from tests.gate.planted import page
from tests.gate.planted_tables import CHANNELS, Rows, as_csv, as_page, html, put


def headed(header: str, cells: list[str]) -> Rows:
    return [["班级", header], *(["1班", cell] for cell in cells)]


SCORES = ["288", "281.5", "270", "266", "259"]
PUPILS = ("甲", "乙", "丙", "丁", "戊")
BANDS = ("平稳", "需关注", "有进步", "平稳", "明显进步")

LISTS: dict[str, Rows] = {
    "rank_of_how_many": headed("年级名次", [f"{n}/45" for n in (3, 12, 1, 44, 30)]),
    "rank_with_no": headed("名次", [f"No.{n}" for n in (3, 12, 1, 44, 30)]),
    "totals_of_300": headed("总分", [f"{n}/300" for n in SCORES]),
    "scores": headed("期末成绩", SCORES),
    "points": headed("得分", [f"{n}分" for n in SCORES]),
    "arrows": headed("升降", ["↑3", "↓2", "↑5", "↑1", "↓4"]),
    "subjects": [
        ["学生", "语文", "数学"],
        *([who, f"{80 + n}", f"{90 - n}.5"] for n, who in enumerate(PUPILS)),
    ],
    "schools": [
        ["学校", "平均分"],
        *([f"{who}小学", f"{80 + n}.5"] for n, who in enumerate(PUPILS)),
    ],
    "growth": [
        ["学生", "评定", "进步量"],
        *([who, band, f"−0.{n}1"] for n, (who, band) in enumerate(zip(PUPILS, BANDS, strict=True))),
    ],
    "bands": headed("评定", [*BANDS]),
    "ours": [
        ["growth", "band", "sem"],
        *([f"0.{n}1", "steady", "0.3"] for n in range(1, 6)),
    ],
    "english": [["Class", "Place"], *(["1", f"{n}"] for n in (3, 12, 1, 44, 30))],
}


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_planted_list_is_found(
    tmp_path: Path, plant: Callable[[Path, Rows], None], which: str
) -> None:
    plant(tmp_path, LISTS[which])

    assert {finding.kind for finding in scan(tmp_path, People())} == {"rank_list"}


@pytest.mark.parametrize(
    "header", ["名　次", "成　绩", "得 分", "总　分", "语 文", "升　降", "评 定"]
)
def test_what_heads_a_column_may_be_spread(tmp_path: Path, header: str) -> None:
    words = {"升　降": ["↑3", "↓2", "↑5"], "评 定": [*BANDS]}
    rows = headed(header, words.get(header, SCORES if header != "名　次" else ["1", "2", "3"]))
    as_page(tmp_path, [["姓　名", *rows[0]], *(["赵某", *row] for row in rows[1:])])

    assert [finding.kind for finding in scan(tmp_path, People())] == ["rank_list"]


WINNERS = {
    "in_a_column": html(
        [["姓名", "奖项"], *([who, "进步奖一等奖"] for who in ("赵某", "钱某", "孙*"))]
    ),
    "below_a_title": "<h2>进步奖名单</h2>"
    + html([["班级", "姓名", "等次"], *(["1班", who, "一等"] for who in ("赵*", "钱*", "孙*"))]),
}


@pytest.mark.parametrize("which", WINNERS)
def test_winners_of_a_prize_for_learners_alone(tmp_path: Path, which: str) -> None:
    put(tmp_path, "a.html", page(WINNERS[which]))

    assert {finding.kind for finding in scan(tmp_path, People())} == {"rank_list"}


ORDINARY: dict[str, Rows] = {
    "work_of_schools": [
        ["学校", "得分", "较上年"],
        *([f"{who}小学", f"{90 - n}.5", f"+{n}"] for n, who in enumerate(PUPILS)),
    ],
    "moves_of_towns": [
        ["乡镇", "受助人数", "升降"],
        *([f"{who}镇", f"{100 + n}", f"+{n}"] for n, who in enumerate(PUPILS)),
    ],
    "learners_by_subject": [
        ["学校", "语文", "数学", "英语"],
        *([f"{who}小学", f"{n + 10}", f"{n + 21}", f"{n}"] for n, who in enumerate(PUPILS)),
    ],
    "learners_of_classes": [
        ["班级", "学科", "学困生人数", "得分"],
        *(["1班", subject, f"{n}", f"{n}"] for n, subject in enumerate(("语文", "数学", "英语"))),
    ],
    "subjects": [
        ["学科", "语文", "数学", "英语", "物理", "化学"],
        ["教师", "12", "11", "9", "7", "5"],
    ],
    "shares": [
        ["评定", "人数", "比例"],
        *([band, f"{n}", f"{n}%"] for n, band in enumerate(BANDS)),
    ],
    "shares_by_grade": [
        ["年级", "评定", "学生", "占比"],
        *([grade, band, "31", "5%"] for grade in ("七年级", "八年级") for band in BANDS),
    ],
    "rule_of_prizes": [
        ["奖项", "条件", "学生"],
        *([f"进步奖{which}等奖", "名次上升", f"{n}"] for n, which in enumerate("一二三")),
    ],
    "places": [["Place", "Schools"], *([f"{who}镇", f"{n}"] for n, who in enumerate(PUPILS))],
    "money": [["Total", "Place"], *([f"{n}00", f"{who}镇"] for n, who in enumerate(PUPILS))],
    "offices": [
        ["姓名", "职务", "荣誉"],
        *([who, "科员", "先进个人"] for who in ("赵某", "钱某", "孙某")),
    ],
    "method": [["每班人数", "增值"], *([f"{n}0", f"0.{n}"] for n in range(2, 8))],
}


@pytest.mark.parametrize("which", ORDINARY)
def test_official_tables_are_clean(tmp_path: Path, which: str) -> None:
    rows = ORDINARY[which]
    as_page(tmp_path, rows)
    as_csv(tmp_path, rows)
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    put(tmp_path, "a.js", f"var d={json.dumps(records, ensure_ascii=False)};")

    assert scan(tmp_path, People()) == []


def test_scales_of_charts_are_no_growth(tmp_path: Path) -> None:
    spec = {"x": {"band": 0.5}, "growth": [0.1, 0.2, 0.3], "scale": [{"type": "band"}] * 5}
    put(tmp_path, "a.js", json.dumps({"encoding": spec["scale"], "growth": spec["growth"]}))

    assert scan(tmp_path, People()) == []
