"""A list of places is found wherever it stands, without a name or a number of anybody."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aidkit.gate import People, scan
from aidkit.project import find_project
from tests.gate.planted import page
from tests.gate.planted_tables import CHANNELS, Rows, as_page, html, put

RANKS: Rows = [
    ["班级", "名次", "总分"],
    *(["1班", "1", "288"], ["2班", "2", "281"], ["1班", "3", "280.5"]),
    *(["2班", "4", "277"], ["2班", "5", "275"], ["1班", "6", "270"]),
]


def headed(header: str, cells: list[str]) -> Rows:
    return [["班级", header], *(["1班", cell] for cell in cells)]


LISTS: dict[str, Rows] = {
    "ranks": RANKS,
    "rank_in_grade": headed("年级排名", ["12", "45", "3", "77", "31"]),
    "rank_change": headed("名次变化", ["上升3名", "下降2名", "+5", "-1", "上升12名"]),
    "rank_in_words": headed("名次", ["一", "二", "三", "四", "五"]),
    "rank_with_remark": headed("排名（年级）", ["1", "2", "2", "4", "5", "6"]),
    "totals": headed("总分", ["288", "281.5", "270", "266", "259"]),
}


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_planted_list_is_found(
    tmp_path: Path, plant: Callable[[Path, Rows], None], which: str
) -> None:
    plant(tmp_path, LISTS[which])

    assert {finding.kind for finding in scan(tmp_path, People())} == {"rank_list"}


MORE = {
    "spans": "<table><tr><th colspan='2'>班级<th>名次</tr><tr><td rowspan='3'>1班<td>甲<td>1</tr>"
    "<tr><td>乙<td>2</tr><tr><td>丙<td>3</tr></table>",
    "a_table_a_class": "".join(
        f"<p>{'好 ' * n}</p>{html(headed('总分', [f'8{n}', f'9{n}']))}" for n in (1, 4, 6)
    ),
    "two_rows_of_headers": "<table><tr><th rowspan=2>年级<th colspan=3>名次</tr>"
    "<tr><th>上学期末<th>本学期<th>进退</tr>"
    + "".join(f"<tr><td>三年级<td>{n}<td>{9 - n}<td>−{n}</tr>" for n in (3, 4, 5))
    + "</table>",
    "lying": html([["名次", "1", "2", "3"], ["班级", "甲", "乙", "丙"]]),
    "sentences": "".join(f"<p>第{n}名：1班</p>" for n in range(1, 6)),
    "words": "<p>2班 名次：3；1班 名次：7；2班 名次：12</p>",
    "marks": html([["班级", "学困生"], ["1班", "是"], ["1班", "是"], ["2班", "是"]]),
    "masked_names": "<h2>学困生名单</h2>"
    + html([["学生姓名", "学科"], ["赵某", "数学"], ["钱**", "语文"], ["孙某某", "英语"]]),
    "conduct": html([["姓名", "问题生类型"], ["赵某", "甲"], ["钱某", "乙"], ["孙某", "乙"]]),
    "titled_sheet": "学困生名单\n班级,姓名\n1班,赵某\n1班,钱某\n2班,孙某\n",
    "our_columns": "student\trank_prize\n1\tfirst\n2\tnone\n3\tnone\n",
    "our_records": json.dumps([{"n": n, "outcome_z": n / 7 - 1} for n in range(3)]),
    "escaped_records": json.dumps(json.dumps([{"名次": n} for n in range(1, 4)])),
    "index_of_columns": json.dumps({"名次": {"0": 3, "1": 1, "2": 2}}, ensure_ascii=False),
}


@pytest.mark.parametrize("which", MORE)
def test_other_forms(tmp_path: Path, which: str) -> None:
    name = "a.html" if MORE[which].startswith("<") else "a.txt"
    put(tmp_path, name, page(MORE[which]) if name == "a.html" else MORE[which])

    findings = scan(tmp_path, People())

    assert {finding.kind for finding in findings} == {"rank_list"}
    assert all("不公开" in finding.remedy for finding in findings)


ORDINARY = {
    "method": html([
        ["每班人数", "信度", "名次变化与真实进步", "平均上升", "上升 3 名以上的人"],
        *([f"{n}", "0.8", f"0.{n}", "3.9", "47%"] for n in (20, 40, 60)),
    ]),
    "rounded": html([["学校", "平均名次"], *([f"{n}小", f"{n}.37"] for n in range(6))]),
    "rule": "<p>每次考试后排名，名次上升的评一、二、三等奖；第一名、第二名、第三名各一人。</p>",
    "no_ranking": html([["学校", "不排名次"], *([f"{n}校", f"{n}"] for n in range(9))]),
    "counts": html([["学校", "学困生"], *([f"{n}小", f"{n}"] for n in range(9))]),
    "donors": "<p>感谢各位。学困生帮扶</p>"
    + html([["捐赠人", "金额"], *(["赵某", f"{n}"] for n in range(9))]),
    "names_of_schools": html([["学校名称", "学困生人数"], *(["甲小", f"{n}"] for n in range(9))]),
    "two_prizes": html([["名次", "奖金"], ["1", "300"], ["2", "200"]]),
    "years": "排名 2024 年 排名 2025 年 排名 2026 年",
    "posted": "<p>不排名次</p>" + html([["姓名", "金额"], *(["赵某", f"{n}"] for n in range(9))]),
}  # fmt: skip


@pytest.mark.parametrize("which", ORDINARY)
def test_official_pages_are_no_lists(tmp_path: Path, which: str) -> None:
    text = ORDINARY[which]
    put(tmp_path, "a.html", page(text))
    put(tmp_path, "search.js", f"let index={json.dumps([{'text': text}], ensure_ascii=False)};")

    assert scan(tmp_path, People()) == []


def test_the_pages_of_the_project_are_no_lists(tmp_path: Path) -> None:
    """The method's page speaks of ranks on every second line, and shows tables of simulations."""
    source = find_project().root / "site"
    for path in source.glob("*.qmd"):
        put(tmp_path, path.name, path.read_bytes())
    assert "名次" in (tmp_path / "progress.qmd").read_text(encoding="utf-8")

    assert scan(tmp_path, People()) == []


def test_a_list_once_found_is_found_again(tmp_path: Path) -> None:
    """What a clean file says is kept; this one is not clean for anybody."""
    site, cache = tmp_path / "site", tmp_path / "kept.json"
    site.mkdir()
    put(site, "clean.html", page("好"))
    as_page(site, RANKS)

    first, second = (scan(site, People(), cache=cache) for _ in range(2))

    assert [finding.file for finding in first] == ["a.html", "a.html"]
    assert first == second
