"""Kinds of numbers, names taken apart, and what may not stand beside a name that is posted."""

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.gate import People, scan
from aidkit.gate.papers import CODE_CHARS, is_credit_code
from tests.gate.planted import ADDRESS, ID, NAME, Plant, id_number, page
from tests.gate.planted import CHANNELS as ALL_CHANNELS

FEW = {
    "notebook_output",
    "chart_spec",
    "comment",
    "search_index",
    "csv",
    "hidden_sheet",
    "word_runs",
}
CHANNELS = [plant for plant in ALL_CHANNELS if plant.__name__ in FEW]

KNOWN = People(
    names=frozenset({NAME, "欧阳若琳", "买买提·试验名", "龚鑫", "王\U0002cd02", "李\ue863"}),
    numbers={"青民救000017": "certificate", "DB9901002": "certificate", "T0090171": "staff_no"},
    addresses=frozenset({ADDRESS}),
)

TRADER = next(
    f"92990101MA0EXAMP7{last}" for last in CODE_CHARS if is_credit_code(f"92990101MA0EXAMP7{last}")
)

KINDS = {
    "old_id": ("身份证 990101750301123", "id_number"),
    "old_id_of_a_province": ("410702750301123", "id_number"),
    "disability_certificate": (f"{ID}43", "id_number"),
    "certificate_known": ("青民救000017", "certificate"),
    "certificate_after_words": ("低保证是青民救 000017号", "certificate"),
    "certificate_letters": ("db9901002", "certificate"),
    "certificate_labelled": ("残疾证号：XX990123456", "certificate"),
    "certificate_of_a_year": ("救助证编号 青民字第20210012", "certificate"),
    "passport": ("护照号：E99123456", "certificate"),
    "pass": ("港澳居民来往内地通行证 H99123456", "certificate"),
    "staff_no": ("工号T0090171", "staff_no"),
    "home_phone": ("家长电话：0399-6101234", "phone"),
    "home_phone_short": ("监护人联系电话 6101234", "phone"),
    "card_of_another_bank": ("卡号 4380880000000007", "card"),
    "sole_trader": (TRADER, "credit_code"),
    "zero_width": ("\u200b".join(NAME), "person_name"),
    "soft_hyphen": (f"{NAME[0]}\u00ad{NAME[1:]}", "person_name"),
    "spaced_name": (" ".join(NAME), "person_name"),
    "wide_spaces": ("\u3000\u3000".join(NAME), "person_name"),
    "dashed_name": (f"{NAME[0]}-{NAME[1:]}", "person_name"),
    "surname_and_name": (f"姓：{NAME[0]}；名：{NAME[1:]}".replace("；名：", "，"), "person_name"),
    "double_surname": ("欧阳 若琳", "person_name"),
    "name_of_two": ("龚鑫获得500元", "person_name"),
    "name_of_two_and_others": ("学生龚鑫等12名", "person_name"),
    "name_of_two_at_home": ("龚鑫的奶奶", "person_name"),
    "phone_as_it_is_said": ("一三九零零零零幺二三四", "phone"),
    "rare_character": ("受助的王\U0002cd02等", "person_name"),
    "character_of_a_system": ("李\ue863", "person_name"),
    "no_dot": ("买买提试验名", "person_name"),
    "space_for_dot": ("买买提 试验名", "person_name"),
    "stop_for_dot": ("买买提.试验名", "person_name"),
}  # fmt: skip


@pytest.mark.parametrize("which", KINDS)
@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_kind_is_found(tmp_path: Path, plant: Plant, which: str) -> None:
    text, kind = KINDS[which]
    plant(tmp_path, text)

    assert kind in {finding.kind for finding in scan(tmp_path, KNOWN)}


APART = {
    "cells": page(f"<table><tr><td>{NAME[0]}</td><td>{NAME[1:]}</td></tr></table>"),
    "upright": page("<p>" + "<br>".join(NAME) + "</p>"),
    "letters": page("".join(f"<span>{char}</span>\n" for char in NAME)),
    "list": json.dumps(list(NAME), ensure_ascii=False),
    "fields": json.dumps({"1": NAME[0], "2": NAME[1:]}).replace('"2": ', "").replace('"1": ', ""),
}


@pytest.mark.parametrize("which", APART)
def test_name_in_pieces(tmp_path: Path, which: str) -> None:
    (tmp_path / "a.html").write_text(APART[which], encoding="utf-8")

    assert [finding.kind for finding in scan(tmp_path, KNOWN)] == ["person_name"]


POSTED = People(
    names=frozenset({NAME}),
    birth_dates=frozenset({dt.date(2015, 3, 8)}),
    allowed={"a.html": frozenset({NAME}), "a.csv": frozenset({NAME}), "a.js": frozenset({NAME})},
)


def row(*cells: str) -> str:
    filled = "".join(f"<td class='c'>{cell}</td>" for cell in cells)
    return page(f"<table><tr><th>编号</th></tr>\n<tr>\n{filled}\n</tr><tr><td>好</td></tr></table>")


BESIDE = {
    "cell": ("a.html", row(NAME, "柳林小学", "三年级", "二班", "孤儿"), "hardship_reason"),
    "far_cell": ("a.html", row("父亲患尿毒症", "好" * 150, NAME), "hardship_reason"),
    "paragraph": ("a.html", page(f"<p>{NAME}，柳林小学，家中低保</p>"), "hardship_reason"),
    "same_cell": ("a.html", row(f"{NAME}（残疾）"), "hardship_reason"),
    "blocks": ("a.html", page(f"<div>{NAME}</div><div>单亲家庭</div>"), "hardship_reason"),
    "heading": (
        "a.html",
        page(f"<h3>（二）孤儿学生</h3><p>共一人</p>\n<ul><li>一</li><li>二</li><li>{NAME}</li></ul>"),
        "hardship_reason",
    ),
    "caption": (
        "a.html",
        page(f"<caption>特困供养名单</caption>{'<br>好' * 9}{NAME}"),
        "hardship_reason",
    ),
    "line": ("a.csv", f"编号,姓名,说明\n1,{NAME},建档立卡户\n", "hardship_reason"),
    "record": ("a.js", f'd=[{{"who":"{NAME}","x":3,"why":"留守儿童"}}]', "hardship_reason"),
    "list": ("a.js", f'd=[["{NAME}","柳林小学","烈士子女"],["好"]]', "hardship_reason"),
    "attribute": ("a.html", page(f"<span title='{NAME} 因病'>1</span>"), "hardship_reason"),
    "comment": ("a.html", page(f"<!-- {NAME}：父母双亡 -->"), "hardship_reason"),
    "born": ("a.html", row(NAME, "2015-03-08"), "birth_date"),
    "born_so": ("a.html", page(f"<p>{NAME}（2015年3月8日）</p>"), "birth_date"),
    "born_digits": ("a.csv", f"编号,姓名,号\n1,{NAME},20150308\n", "birth_date"),
    "number": ("a.csv", f"编号,姓名,号\n1,{NAME},{ID}\n", "id_number"),
}  # fmt: skip


@pytest.mark.parametrize("which", BESIDE)
def test_what_may_not_stand_beside_a_posted_name(tmp_path: Path, which: str) -> None:
    name, content, kind = BESIDE[which]
    (tmp_path / name).write_text(content, encoding="utf-8")

    assert kind in {finding.kind for finding in scan(tmp_path, POSTED)}


NOTICE = page(f"""
<h1>2026年秋季学期家庭经济困难学生生活补助公示</h1>
<p>依据：残疾、低保、特困、孤儿等学生优先。公示期 2026-11-02 至 2026-11-09。</p>
<table><caption>受助学生名单</caption>
<tr><th>编号</th><th>姓名</th><th>学校</th><th>班级</th><th>金额</th></tr>
<tr><td>1</td><td>{NAME}</td><td>柳林小学</td><td>三年级1班</td><td>500.00</td></tr></table>
<h2>怎样提出异议</h2><p>青山县残疾人联合会、教育局，电话 0399-6101234。</p>
<table><tr><th>困难类型</th><th>人数</th></tr><tr><td>孤儿</td><td>12</td></tr></table>
""")


@pytest.mark.parametrize("text", ["加强龚鑫项目", "龚鑫的办法", "学生龚鑫期", "龚鑫等"])
def test_two_characters_are_often_another_word(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.html").write_text(page(f"<p>{text}</p>"), encoding="utf-8")

    assert scan(tmp_path, KNOWN) == []


@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
def test_name_in_an_address(tmp_path: Path, code: str) -> None:
    link = quote(f"/学生/{NAME}.html", encoding=code)
    (tmp_path / "a.html").write_text(page(f"<a href='{link}'>好</a>"), encoding="utf-8")

    assert [finding.kind for finding in scan(tmp_path, KNOWN)] == ["person_name"]


SEPARATORS = ["", " ", "\u3000", "-", "\u200b", "\u2009", "</td><td>", "\n", "<b></b>", "&nbsp;"]


@given(
    born=st.dates(dt.date(1930, 1, 1), dt.date(2023, 12, 31)),
    order=st.integers(0, 999),
    shape=st.sampled_from([(18,), (6, 8, 4), (6, 4, 2, 2, 4), (6, 12), (14, 4), (9, 9)]),
    separator=st.sampled_from(SEPARATORS),
    around=st.sampled_from(["", "证号", "（", "：", "<td>", '"', "共3人，"]),
    wide=st.booleans(),
)
def test_any_id_number_is_found_however_it_is_written(
    born: dt.date, order: int, shape: tuple[int, ...], separator: str, around: str, wide: bool
) -> None:
    number = id_number(f"990101{born:%Y%m%d}{order:03}")
    parts, place = [], 0
    for length in shape:
        parts.append(number[place : place + length])
        place += length
    text = separator.join(parts)
    if wide and separator in {"", " ", "-"}:
        text = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in text)
    people = People(numbers={number: "id_number"})
    content = f"<p>{around}{text}{around[::-1]}</p>".encode()
    with TemporaryDirectory() as folder:
        Path(folder, "a.html").write_bytes(content)
        assert "id_number" in {finding.kind for finding in scan(Path(folder), people)}


def test_a_notice_as_it_should_be_is_clean(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(NOTICE, encoding="utf-8")
    text = "公示 依据：残疾、孤儿等学生优先。 编号 姓名 学校 1 " + NAME + " 柳林小学 怎样提出异议"
    index = json.dumps([{"title": "公示", "text": text}], ensure_ascii=False)
    (tmp_path / "a.js").write_text(f"s={index}", encoding="utf-8")

    assert scan(tmp_path, POSTED) == []
