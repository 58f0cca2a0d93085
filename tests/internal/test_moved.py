"""Changes during the term, and the money that has to move because of them."""

import datetime as dt
from typing import Any

import pytest

from aidkit.internal.changes import changes_section
from aidkit.internal.corrections import corrections_section
from tests.internal.people import SCHOOL, decision, fact, number, stored

DAY = dt.date(2026, 10, 20)
LEAVER = fact(1, "甲一", present_months=2, left_on=DAY, left_by="transfer_out")


def changed(kind: str) -> dict[str, Any]:
    return {"program_id": "tiered_aid", "award_change": kind, "changed_on": DAY}


def test_a_leaver_is_paid_for_the_months_here() -> None:
    part = decision(1, [], name="甲一", full_fen=31_250, amount_fen=12_500)
    text = changes_section(stored(facts=[LEAVER], decisions=[part])).markdown
    assert "按实际时间发放 1 人" in text
    assert "2026-10-20 转出" in text
    assert [amount in text for amount in (">312.50<", ">125.00<", ">187.50<")] == [True] * 3


@pytest.mark.parametrize(("outcome", "word"), [("waived", "放弃"), ("revoked", "取消")])
def test_who_gave_up_or_lost_an_award_stands_with_the_day(outcome: str, word: str) -> None:
    facts = [fact(1, "甲一", award_changes=[changed(outcome)])]
    gone = decision(1, [], name="甲一", outcome=outcome)
    text = changes_section(stored(facts=facts, decisions=[gone])).markdown
    assert f"学期中有变动：{word} 1 人" in text
    assert f"2026-10-20 {word}" in text


def test_an_award_taken_away_midway_is_no_mere_leaver() -> None:
    facts = [fact(1, "甲一", award_changes=[changed("revoked")])]
    part = decision(1, [], name="甲一", amount_fen=40_000)
    text = changes_section(stored(facts=facts, decisions=[part])).markdown
    assert "学期中有变动：取消 1 人" in text
    assert ">600.00<" in text


def test_a_waiver_of_what_was_never_due_changes_nothing() -> None:
    facts = [fact(1, "甲一", award_changes=[changed("waived")])]
    rows = [decision(1, ["applied"], name="甲一")]
    assert "没有人中途离开" in changes_section(stored(facts=facts, decisions=rows)).markdown


def test_who_moved_up_from_the_reserve_list_is_told_apart() -> None:
    rows = [decision(1, [], name="甲一", reserve_no=4, amount_fen=60_000)]
    text = changes_section(stored(facts=[fact(1, "甲一")], decisions=rows)).markdown
    assert "学期中有变动：递补 1 人" in text
    assert "按实际时间发放" not in text
    assert "递补第 4 名" in text


def test_who_gets_the_whole_term_is_no_change() -> None:
    text = changes_section(stored(facts=[fact(1, "甲一")], decisions=[decision(1, [])])).markdown
    assert "没有人中途离开" in text


def correction(kind: str, fen: int, name: str) -> dict[str, Any]:
    person = {"kind": kind, "person_no": number(1), "name": name, "school_code": SCHOOL}
    sums = {"paid_fen": 31_250, "due_fen": 31_250 - fen, "difference_fen": fen}
    return person | sums | {"program_id": "tiered_aid", "message": f"{name}的情况"}


def test_money_that_has_to_move_is_summed_by_kind_to_the_fen() -> None:
    rows = [
        correction("refund", 31_250, "丙三"),
        correction("clawback", 18_750, "甲一"),
        correction("clawback", 1, "乙二"),
        correction("shortfall", 250, "丁四"),
    ]
    text = corrections_section(stored(corrections=rows)).markdown
    assert "要追回 187.51 元，要补发 2.50 元，要退还学校已收的费用 312.50 元" in text
    people = text.split("tbl-corrected")[1]
    assert people.index("甲一的情况") < people.index("丁四的情况") < people.index("丙三的情况")


def test_nothing_to_move_is_said() -> None:
    assert "没有要追回" in corrections_section(stored()).markdown


def test_an_award_that_was_given_up_whole_has_no_sums() -> None:
    facts = [fact(1, "甲一", award_changes=[changed("waived")])]
    gone = decision(1, [], name="甲一", outcome="waived")
    text = changes_section(stored(facts=facts, decisions=[gone])).markdown
    assert ">0.00<" not in text
    assert text.count('right">—<') == 5
