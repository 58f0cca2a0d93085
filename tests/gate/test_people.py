"""Who the gate knows, and what it says when it finds them."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from aidkit.errors import LeakError
from aidkit.gate import Finding, People, people_of, raise_on, scan
from aidkit.tables import INPUTS
from tests.gate.planted import ADDRESS, CARD, ID, NAME, PHONE, STUDENT_NO

WORKER_ID = "990101197501010014"
STAFF_NO = "010009010"
EARLIER_NO = "G990101200703253993"


def table_of(table: str, /, **values: object) -> pl.DataFrame:
    schema = INPUTS[table].create_empty().schema
    return pl.DataFrame([dict.fromkeys(schema) | values], schema=schema)


def _people() -> People:
    gifts = [("某实名人", "named"), ("某匿名人", "anonymous"), ("某未答人", None), ("匿名", None)]
    donations = pl.concat(
        table_of("donations", donor=donor, consent=consent) for donor, consent in gifts
    )
    return people_of(
        {
            "students": table_of(
                "students",
                name=NAME,
                student_no=STUDENT_NO,
                id_number=ID,
                birth_date=dt.date(2015, 3, 8),
                guardian="蒋 某",
                guardian_phone="0399-1234567",
                address=ADDRESS,
                card_no=f"{CARD[:4]} {CARD[4:]}",
            ),
            "teachers": table_of("teachers", name="某老师", phone=PHONE, teacher_no=STAFF_NO),
            "panel_decisions": table_of("panel_decisions", name=NAME, panel="评审甲、评审乙"),
            "teacher_panel_decisions": table_of("teacher_panel_decisions", panel="评审丙，评审丁"),
            "teacher_applications": table_of("teacher_applications", name="某申请人"),
            "freshmen": table_of(
                "freshmen",
                name="某大学生",
                student_no="G990101200801011234",
                guardian="某大学生家长",
                card_no="6222000000000000001",
            ),
            "union_file": table_of(
                "union_file", worker="某职工", worker_id_number=WORKER_ID, name="某职工之子"
            ),
            "aid_received": pl.concat(
                table_of("aid_received", name="某往年人", person_no=number)
                for number in (STAFF_NO, EARLIER_NO)
            ),
            "award_changes": table_of("award_changes", name="某放弃人"),
            "fees_taken": table_of("fees_taken", name="某交费人"),
            "schools": table_of("schools", school_name="青山县试验小学"),
            "donations": donations,
            "goods_received": pl.concat(
                table_of("goods_received", donor=donor, consent=consent)
                for donor, consent in [("某赠物人", None), ("某实名赠物人", "named"), (None, None)]
            ),
            "facts": pl.DataFrame({"name": ["不在输入表里"]}),
        },
        named_pages=["a.html"],
    )


def test_everybody_is_known() -> None:
    people = _people()

    assert people.names >= {NAME, "蒋某", "某老师", "评审甲", "评审乙", "某匿名人", "某未答人"}
    assert people.names >= {"评审丙", "评审丁", "某申请人", "某大学生", "某大学生家长", "某职工"}
    assert people.names >= {"某职工之子", "某往年人", "某放弃人", "某交费人", "某赠物人"}
    assert people.named == {"某实名人", "某实名赠物人"}
    assert not people.names & {"匿名", "不在输入表里"}
    assert people.numbers == {
        STUDENT_NO: "student_no",
        ID: "id_number",
        "03991234567": "phone",
        CARD: "card",
        PHONE: "phone",
        WORKER_ID: "id_number",
        **{one[:cut]: "id_number" for one in (ID, WORKER_ID) for cut in (14, 17)},
        "G990101200801011234": "student_no",
        "6222000000000000001": "card",
        STAFF_NO: "staff_no",
        EARLIER_NO: "student_no",
    }
    assert people.addresses == {ADDRESS, ADDRESS.removeprefix("青山县")}
    assert people.birth_dates == {dt.date(2015, 3, 8)}
    assert people.ignored == {"青山县试验小学"}


def test_named_donor_is_guarded_elsewhere(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("<p>某实名人</p><p>某匿名人</p>", encoding="utf-8")

    found = sorted((finding.file, finding.kind) for finding in scan(tmp_path, _people()))

    assert found == [("a.html", "person_name"), *[("b.html", "person_name")] * 2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"<td>{STAFF_NO}</td>", True),
        (f'{{"no": "{STAFF_NO}"}}', True),
        (f"工号：{STAFF_NO}。", True),
        (f"1{STAFF_NO}", False),
        (f"0.{STAFF_NO}", False),
        (f"<td>{STAFF_NO[:-1]}1</td>", False),
    ],
)
def test_a_bare_staff_number_is_found(tmp_path: Path, text: str, found: bool) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    assert [finding.kind for finding in scan(tmp_path, _people())] == ["staff_no"] * found


def test_birth_date_in_a_column_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("学校,出生日期\n甲,2015-03-08\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("学校,日期\n甲,2015-03-08\n", encoding="utf-8")

    assert [(f.file, f.kind) for f in scan(tmp_path, _people())] == [("a.csv", "birth_date")]


def test_error_names_file_place_and_remedy_but_no_value(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.html").write_text(f"<p>好</p>\n<p>{ID}</p>", encoding="utf-8")

    with pytest.raises(LeakError) as stop:
        raise_on(scan(tmp_path, People()))

    words = str(stop.value)
    assert "reports/a.html" in words
    assert "第 2 行" in words
    assert "身份证号" in words
    assert "办法" in words
    assert ID not in words


def test_many_findings_are_counted(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(PHONE, encoding="utf-8")

    with pytest.raises(LeakError, match="30 处") as stop:
        raise_on(scan(tmp_path, People()))
    assert "另有 10 处" in str(stop.value)


def test_nothing_found_is_no_error() -> None:
    raise_on([])


def test_one_file_does_not_hide_the_others() -> None:
    loud = [Finding("a.html", f"第 {n} 行", "phone", "13…", "删去") for n in range(30)]
    with pytest.raises(LeakError) as stop:
        raise_on([*loud, Finding("b.html", "第 1 行", "phone", "13…", "删去")])
    assert "b.html" in str(stop.value)
    assert "另有 25 处" in str(stop.value)


def test_a_fund_s_donors_are_named_as_they_agreed() -> None:
    gave = pl.DataFrame(
        [
            ("某基金实名人", "firm", "named"),
            ("某基金匿名人", "person", "anonymous"),
            ("某财政局", "government", ""),
            ("某小学生", "student", "named"),
        ],
        schema=["donor", "donor_class", "consent"],
        orient="row",
    )
    people = people_of({"fund_donors": gave})
    assert people.named == {"某基金实名人"}
    assert people.names == {"某基金实名人", "某基金匿名人", "某小学生"}
    both = people_of(
        {"fund_donors": gave, "donations": table_of("donations", donor="某书友", consent="named")}
    )
    assert both.named == {"某基金实名人", "某书友"}
