"""Persons whom the gate knows from elsewhere than good rows: set aside, faulty, paid."""

import polars as pl

from aidkit.gate import People, columns_of_people, people_of, set_aside_of
from tests.gate.planted import PHONE
from tests.gate.test_people import table_of


def test_persons_of_rows_that_intake_set_aside_are_known() -> None:
    aside = {
        "students": table_of(
            "students",
            name="某退回生",
            guardian="某退回生家长",
            guardian_phone=PHONE,
            student_no=None,
        ),
        "donations": table_of("donations", donor="某退回捐赠人", consent="named"),
        "panel_decisions": table_of("panel_decisions", panel="评审戊、评审己"),
        "civil_affairs_list": table_of("civil_affairs_list", certificate_no="青民救000099"),
        "scores": table_of("scores", name="某考生"),
    }
    frame = set_aside_of(aside)
    people = people_of({"set_aside": frame})

    assert columns_of_people("set_aside", frame.columns) == ["table", "column", "value"]
    assert people.names == {
        *("某退回生", "某退回生家长", "某退回捐赠人", "评审戊", "评审己", "某考生"),
    }
    assert people.named == frozenset()
    assert people.numbers == {PHONE: "phone", "青民救000099": "certificate"}


def test_nobody_was_set_aside() -> None:
    assert people_of({"set_aside": set_aside_of({})}) == People()


def test_what_stands_in_faulty_cells_is_known() -> None:
    faults = [
        ("C 身份证号", "990101201503081239"),
        ("B 姓名", "蒋大山"),
        ("B 姓名", "见附表"),
        ("D 救助证号", "青民救1234"),
        ("F 监护人电话", "1390000123"),
        ("G 金额", "1234567890"),
        ("", "沈秋"),
    ]
    frame = pl.DataFrame(faults, schema=["column", "value"], orient="row")

    people = people_of({"problems": frame})

    assert people.names == {"蒋大山"}
    assert people.numbers == {
        "990101201503081239": "id_number",
        "99010120150308123": "id_number",
        "99010120150308": "id_number",
        "青民救1234": "certificate",
        "1390000123": "phone",
    }


def test_persons_on_the_other_side_of_payments_are_known() -> None:
    others = ("蒋大山", "欧阳小河", "青山县财政专户", "结息", "城关百货商场", "买买提·试验名")
    people = people_of(
        {
            "bank_statement": pl.concat(
                table_of("bank_statement", counterparty=other) for other in others
            ),
            "goods_given": table_of("goods_given", receiver="沈秋"),
            "fund_movements": table_of("fund_movements", party="韩一川", consent_of="赵一一"),
        }
    )
    assert people.names == {"蒋大山", "欧阳小河", "买买提·试验名", "沈秋", "韩一川", "赵一一"}
