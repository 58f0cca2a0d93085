"""Quotas and relations between programs, as the county and a school read them."""

from dataclasses import replace
from typing import Any

from aidkit.internal.quotas import quotas_section
from aidkit.internal.relations import relations_section
from tests.internal.people import OTHER, SCHOOL, decision, number, program, stored


def quota(school: str, **figures: Any) -> dict[str, Any]:
    usual = {"base": None, "places": 3, "candidates": 5, "awarded": 3, "replaced": 0, "reserve": 2}
    cut_line = {"cut_line": "认定档次 二级，负债 52,000.00 元"}
    version = {"program_id": "tiered_aid", "version_id": "tiered_aid@cn@2026-09-01"}
    return version | usual | cut_line | {"school_code": school} | figures


def waits(person: int, place: int, **changes: Any) -> dict[str, Any]:
    return decision(person, [], outcome="reserve", reserve_no=place, rank=3 + place, **changes)


def test_places_and_those_who_wait_are_listed_by_school() -> None:
    text = quotas_section(
        stored(
            quotas=[
                quota(SCHOOL),
                quota(OTHER, base=120, places=4, awarded=5, replaced=1, reserve=0),
            ],
            decisions=[waits(1, 2, name="乙二"), waits(2, 1, name="甲一")],
        )
    ).markdown
    assert "7 个名额，8 人入选，2 人在递补名单" in text
    assert "小计（三级资助）" in text
    assert "认定档次 二级，负债 52,000.00 元" in text
    assert ">120<" in text
    assert text.index("甲一") < text.index("乙二")
    waiting = text.split("tbl-reserve")[1]
    assert "青源小学" in waiting
    assert "全县" not in waiting


def test_the_county_s_list_keeps_its_order_across_schools() -> None:
    decisions = [
        waits(1, 1, name="甲一", school_code=OTHER),
        waits(2, 2, name="乙二"),
        waits(3, 3, name="丙三", school_code=OTHER),
    ]
    text = quotas_section(stored(quotas=[quota("all")], decisions=decisions)).markdown
    waiting = text.split("tbl-reserve")[1]
    assert waiting.index("甲一") < waiting.index("乙二") < waiting.index("丙三")
    assert "全县" in waiting


def test_a_school_sees_its_own_who_wait_on_the_county_s_list() -> None:
    text = quotas_section(stored(decisions=[waits(1, 7, name="甲一")])).markdown
    assert "甲一" in text
    assert "不限名额" not in text


def test_a_list_that_all_got_into_has_no_last_one() -> None:
    text = quotas_section(stored(quotas=[quota(SCHOOL, cut_line=None, reserve=0)])).markdown
    assert "全部入选" in text
    assert "没有人在递补名单" in text


def test_without_quotas_it_says_so() -> None:
    assert "不限名额" in quotas_section(stored()).markdown


def test_a_school_without_places_of_its_own_is_not_told_that_there_are_no_quotas() -> None:
    text = quotas_section(replace(stored(), of_school=True)).markdown
    assert "本校没有单列的名额" in text
    assert "不限名额" not in text


def test_no_place_in_an_order_is_printed_but_that_of_the_reserve_list() -> None:
    row = waits(1, 2) | {"rank": 9_873}
    text = quotas_section(stored(quotas=[quota(SCHOOL)], decisions=[row])).markdown
    assert "9,873" not in text
    assert "9873" not in text


def higher_of(clause: str | None) -> list[dict[str, Any]]:
    relation = {"relation": "higher_of", "programs": ["boarder_aid"], "clause": clause}
    stack = {"relation": "stack", "programs": ["boarder_aid"], "clause": "第一条"}
    return [program("tiered_aid", relations=[stack, relation]), program("boarder_aid")]


def test_who_lost_what_to_which_rule() -> None:
    lost = decision(1, [], outcome="yielded", yielded_to="boarder_aid", name="甲一")
    text = relations_section(stored(higher_of("第四条"), decisions=[lost])).markdown
    assert "1 人让出一个项目" in text
    assert "就高不就低" in text
    assert "《示例办法》 第四条" in text
    assert text.index("三级资助") < text.index("寄宿生补助")
    assert "甲一" in text
    assert number(1) in text


def test_a_rule_that_no_source_states_is_said_to_be_ours() -> None:
    lost = decision(1, [], outcome="yielded", yielded_to="boarder_aid")
    text = relations_section(stored(higher_of(None), decisions=[lost])).markdown
    assert "我们的推定" in text


def test_where_nobody_lost_anything_it_says_so() -> None:
    assert "没有人因为" in relations_section(stored(decisions=[decision(1, [])])).markdown


def test_places_left_at_one_school_are_told_while_pupils_of_another_wait() -> None:
    free = quota(OTHER, places=4, awarded=1, reserve=0)
    text = quotas_section(stored(quotas=[quota(SCHOOL), free])).markdown
    assert "**三级资助**：云岭中学还空 3 个名额，青源小学有 2 人等候。" in text
    for lists in ([quota(SCHOOL)], [free], [quota(SCHOOL), quota(OTHER)]):
        assert "还空" not in quotas_section(stored(quotas=lists)).markdown
