"""Numbers of which a part is hidden, and what people write of them in a sentence."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.gate import People, people_of, scan
from aidkit.tables import INPUTS
from tests.gate.planted import ID, PHONE, STUDENT_NO, page

REMAINS = {
    "blocks": (f"{ID[:6]}■■■■■■■■{ID[14:]}", "id_number"),
    "rings": (f"{ID[:6]}○○○○○○○○{ID[14:]}", "id_number"),
    "hashes": (f"{ID[:10]}####{ID[14:]}", "id_number"),
    "underscores": (f"{ID[:6]}________{ID[14:]}", "id_number"),
    "stars first": (f"证号 **************{ID[14:]}", "id_number"),
    "dots in between": (f"身份证 {ID[:10]}……{ID[14:]}", "id_number"),
    "three dots": (f"身份证号：{ID[:6]}...{ID[14:]}", "id_number"),
    "last four": (f"身份证后四位 {ID[14:]}", "id_number"),
    "last six": (f"身份证号码末六位为{ID[12:]}", "id_number"),
    "end": (f"证件尾号：{ID[14:]}", "id_number"),
    "phone, three hidden": (f"{PHONE[:3]}***{PHONE[6:]}", "phone"),
    "phone, end hidden": (f"{PHONE[:7]}****", "phone"),
    "phone, last four": (f"手机尾号{PHONE[7:]}", "phone"),
    "card, end": ("打入卡号尾号 1224 的卡", "card"),
    "student number": (f"学籍号后四位：{STUDENT_NO[-4:]}", "student_no"),
    "arabic digits": (ID.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), "id_number"),
    "formal digits": (
        ID.translate(str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")),
        "id_number",
    ),
    "lives in": ("该生家住试验乡试验村3组15号", "address"),
    "now lives in": ("现住在试验镇试验村8组", "address"),
    "born on": ("蒋同学，生于2015年3月8日", "birth_date"),
    "born in a short year": ("出生日期 15-03-08", "birth_date"),
}

CLEAN = {
    "how to log in": "密码为身份证后六位；手机号后四位是验证码；卡号尾号见短信，证件后 4 位不填。",
    "years and sums": "手机办理后，2026年起；学籍管理后2026年执行；刷卡后 1000 元以内免密",
    "forms": "年 月 日：20____年____月____日，编号__________，姓名________ 2026______",
    "dots of contents": "一、政策……3  二、申请......12  三、附件 2026……2027",
    "samples of phones": "手机号如 138xxxxxxxx、1xxxxxxxxxx",
    "comments of code": "/******************** 2026 ********************/ ##### 12345 #####",
    "sums of money in words": "壹拾贰万叁仟肆佰伍拾陆元柒角捌分，零壹贰叁肆伍陆柒捌玖",
    "schools": "学校位于试验乡试验村，柳林村3组设教学点；家在农村的学生，住在学校的寄宿生 12 人",
    "history": "陶行知生于1891年10月18日；本制度产生于2015年3月8日",
    "ranges": "100000…200000 元，130000...150000，150***200",
}


@pytest.mark.parametrize("what", REMAINS)
def test_what_remains_of_a_number_is_found(tmp_path: Path, what: str) -> None:
    text, kind = REMAINS[what]
    (tmp_path / "a.html").write_text(page(f"<p>{text}</p>"), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"说明\n{text}\n", encoding="utf-8")
    found = {(one.file, one.kind) for one in scan(tmp_path, People())}
    assert found == {("a.html", kind), ("a.csv", kind)}


@pytest.mark.parametrize("what", CLEAN)
def test_what_only_looks_like_it_is_clean(tmp_path: Path, what: str) -> None:
    (tmp_path / "a.html").write_text(page(f"<p>{CLEAN[what]}</p>"), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"说明\n{CLEAN[what]}\n", encoding="utf-8")
    assert scan(tmp_path, People()) == []


KNOWN = people_of(
    {
        "students": pl.DataFrame(
            [
                dict.fromkeys(INPUTS["students"].create_empty().schema)
                | {"id_number": ID, "address": "试验县试验乡柳林村14组28号", "name": "罗珊"}
            ],
            schema=INPUTS["students"].create_empty().schema,
        )
    }
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"编号 {ID[:17]}", "id_number"),
        (f"编号 {ID[:14]}", "id_number"),
        ("送到试验乡柳林村14组28号", "address"),
        ("一等奖罗珊，二等奖", "person_name"),
        ("三年级罗珊、李某", "person_name"),
        ("1号罗珊", "person_name"),
        ("致罗珊家长的一封信", "person_name"),
        ("罗珊被评为三好学生", "person_name"),
        ("罗珊已转学", "person_name"),
        ("罗珊在试验中学就读", "person_name"),
    ],
)
def test_parts_by_which_somebody_known_is_found(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "a.html").write_text(page(f"<p>{text}</p>"), encoding="utf-8")
    assert {one.kind for one in scan(tmp_path, KNOWN)} == {kind}


@pytest.mark.parametrize(
    "text",
    ["柳林村14组", "送到柳林村", "天罗珊瑚", "方案已公布，由单位在网站公示", ID[:6], ID[6:14]],
)
def test_other_words_with_these_parts_are_clean(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.html").write_text(page(f"<p>{text}</p>"), encoding="utf-8")
    assert scan(tmp_path, KNOWN) == []
