"""Columns by which persons are found who stand in no table of the county; reasons for aid."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aidkit.gate import People, scan
from tests.gate.planted import page
from tests.gate.planted_tables import CHANNELS, Rows, as_csv, as_page, html, put

SCHOOLS = ("甲小学", "乙小学", "丙小学", "丁小学", "戊小学", "己小学")


def headed(header: str, cells: list[str]) -> Rows:
    return [
        ["学校", header],
        *([school, cell] for school, cell in zip(SCHOOLS, cells, strict=False)),
    ]


LISTS: dict[str, tuple[Rows, str]] = {
    "born": (
        headed("出生日期", ["2015-03-08", "2015-04-11", "2014-12-30", "2015-09-01", "2016-01-02"]),
        "birth_date",
    ),
    "born_in": (
        headed("出生年月", ["201503", "201504", "201412", "201509", "201601"]),
        "birth_date",
    ),
    "born_dots": (
        headed("生日", ["2015.3.8", "2015.4.11", "2014.12.30", "2015.9.1", "2016.1.2"]),
        "birth_date",
    ),
    "last_four": (headed("身份证后四位", ["123X", "0021", "1234", "5678", "4321"]), "id_number"),
    "old_numbers": (
        headed("证件号码", [f"99010175030{n}123" for n in range(1, 6)]),
        "id_number",
    ),
    "stars": (headed("身份证号", [f"9901********{n}23X" for n in range(1, 6)]), "id_number"),
    "roll": (headed("学号", [f"202600{n}17" for n in range(1, 6)]), "student_no"),
    "home_phones": (headed("家长电话", [f"0399-61012{n}4" for n in range(1, 6)]), "phone"),
    "accounts": (headed("账号", [f"15370101040012{n}4" for n in range(1, 6)]), "card"),
    "homes": (headed("家庭住址", [f"柳林镇试验村{n}组" for n in range(1, 6)]), "address"),
    "certificates": (headed("低保证号", [f"青低保{n}20210" for n in range(1, 6)]), "certificate"),
}  # fmt: skip


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_column_is_found_whoever_they_are(
    tmp_path: Path, plant: Callable[[Path, Rows], None], which: str
) -> None:
    rows, kind = LISTS[which]
    plant(tmp_path, rows)

    assert kind in {finding.kind for finding in scan(tmp_path, People())}


MASKED: Rows = [
    ["学校", "姓名", "认定类别"],
    *(["甲小学", "赵某", "孤儿"], ["乙小学", "钱**", "残疾学生"], ["丙小学", "孙某某", "低保"]),
]
STRANGERS: Rows = [
    ["序号", "姓 名", "年级", "资助金额"],
    *(["1", "蒋大山", "三年级", "500"], ["2", "欧阳小河", "一年级", "500"]),
    *(["3", "沈秋", "二年级", "500"], ["4", "韩一川", "二年级", "500"]),
]
ROWED = [plant for plant in CHANNELS if plant.__name__ not in {"as_blocks", "as_columns", "as_pdf"}]


@pytest.mark.parametrize("plant", ROWED, ids=lambda plant: plant.__name__)
def test_reason_in_the_row_of_a_masked_name(
    tmp_path: Path, plant: Callable[[Path, Rows], None]
) -> None:
    plant(tmp_path, MASKED)

    assert {finding.kind for finding in scan(tmp_path, People())} == {"hardship_reason"}


TABLED = [plant for plant in ROWED if plant.__name__ not in {"as_chart", "as_printed_frame"}]


@pytest.mark.parametrize("plant", TABLED, ids=lambda plant: plant.__name__)
def test_names_of_a_list_whom_no_table_knows(
    tmp_path: Path, plant: Callable[[Path, Rows], None]
) -> None:
    plant(tmp_path, STRANGERS)
    found = scan(tmp_path, People())

    assert [(f.kind, f.excerpt[0]) for f in found] == [("person_name", n) for n in "蒋欧沈韩"]


def test_a_list_posted_as_a_notice_is_allowed_but_for_who_is_not_on_it(tmp_path: Path) -> None:
    as_page(tmp_path, STRANGERS)
    posted = frozenset({"蒋大山", "欧阳小河", "沈秋"})

    found = scan(tmp_path, People(allowed={"a.html": posted}))

    assert [(finding.kind, finding.excerpt[0]) for finding in found] == [("person_name", "韩")]


ORDINARY: dict[str, Rows] = {
    "offices": [
        ["科室", "姓名", "职务", "办公电话"],
        *(["资助中心", name, "干事", "0399-6101234"] for name in ("蒋大山", "沈秋", "韩一川")),
    ],
    "template": [
        ["姓名", "身份证号", "出生日期", "家长电话"],
        ["填全名", "18 位，文本格式", "年月日", "手机"],
    ],
    "totals": [["困难类型", "人数"], ["孤儿", "12"], ["残疾学生", "31"], ["低保", "77"]],
    "rules": [
        ["列", "怎样填"], ["身份证号", "按证件"], ["出生日期", "写到日"],
        ["家庭住址", "写到村、组"], ["姓名", "孤儿也写本名"],
    ],
    "schools": [
        ["学校", "地址", "电话"],
        *([school, f"柳林镇育才路{len(school)}号", "0399-6101234"] for school in SCHOOLS),
    ],
    "account": [["户名", "账号"], ["某县教育发展基金会", "15370101040012345"]],
    "donors": [
        ["捐赠人姓名", "用途", "金额"],
        *([name, "资助残疾学生", "500"] for name in ("蒋大山", "沈秋", "韩一川")),
    ],
}  # fmt: skip


@pytest.mark.parametrize("which", ORDINARY)
def test_official_tables_are_clean(tmp_path: Path, which: str) -> None:
    rows = ORDINARY[which]
    as_page(tmp_path, rows)
    as_csv(tmp_path, rows)
    put(tmp_path, "a.js", f"var d={json.dumps(rows, ensure_ascii=False)};")

    assert scan(tmp_path, People()) == []


def test_what_heads_a_column_may_be_spread(tmp_path: Path) -> None:
    put(tmp_path, "a.html", page(html(headed("出　生　日　期", ["2015-03-08"]))))

    assert [finding.kind for finding in scan(tmp_path, People())] == ["birth_date"]
