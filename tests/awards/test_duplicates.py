"""Duplicates across the county: each kind with the pair that looks alike and is in order."""

from typing import Any

from aidkit.awards.duplicates import find_duplicates
from tests.awards.followers import (
    OTHER_SCHOOL,
    SCHOOL,
    decision,
    decisions,
    facts,
    student_no,
    tables,
    version,
)

ONE, TWO, THREE = (student_no(n) for n in (1, 2, 3))
ID, OTHER_ID = "990000201501010012", "990000201501010039"

UNION = version("golden", title="金秋助学", funder="union")
SCHOOL_AID = version("school_aid", title="学校助学金", funder="school")
FOR_ALL = version("books", title="免费课本", universal=True)


def pupil(person_no: str, **more: Any) -> dict[str, Any]:
    return {"student_no": person_no, "school_code": SCHOOL} | more


def groups(
    *pupils: dict[str, Any],
    awards: tuple[dict[str, Any], ...] = (),
    versions: tuple[Any, ...] = (UNION, SCHOOL_AID, FOR_ALL),
    known: dict[str, dict[str, Any]] | None = None,
    **more: Any,
) -> list[tuple[Any, ...]]:
    """Group number, kind and person of each row found."""
    people = [p["student_no"] for p in pupils] + [t["teacher_no"] for t in more.get("teachers", [])]
    rows = facts(*({"person_no": no} | (known or {}).get(no, {}) for no in people))
    given = tables(students=list(pupils), **more)
    found = find_duplicates(given, rows, decisions(*awards), versions)
    backwards = {name: frame.reverse() for name, frame in given.items()}
    assert found.equals(
        find_duplicates(
            backwards,
            rows.sort("person_no", descending=True),
            decisions(*awards[::-1]),
            versions[::-1],
        )
    )
    return found.select("group_no", "kind", "person_no").rows()


def test_one_id_number_with_two_student_numbers() -> None:
    same = pupil(ONE, id_number=ID), pupil(TWO, id_number=ID, school_code=OTHER_SCHOOL)
    assert groups(*same) == [(1, "same_id", ONE), (1, "same_id", TWO)]
    assert groups(same[0], pupil(TWO, id_number=OTHER_ID)) == []
    assert groups(pupil(ONE), pupil(TWO)) == []
    found = find_duplicates(
        tables(students=list(same)),
        facts({"person_no": ONE}),
        decisions(decision(ONE, SCHOOL_AID)),
        [SCHOOL_AID],
    )
    assert found["message"][0] == (
        "同一个身份证号有 2 个学籍号，分在 2 所学校，其中 1 个本年度有资助。请核对，只留一个。"
    )


def test_a_student_who_went_to_university_is_one_person() -> None:
    freshman = {"student_no": ONE, "id_number": ID, "school_code": None}
    assert groups(pupil(ONE, id_number=ID), freshmen=[freshman]) == []
    assert len(groups(pupil(TWO, id_number=ID), freshmen=[freshman])) == 2


def test_one_card_for_strangers() -> None:
    assert groups(pupil(ONE, card_no="1"), pupil(TWO, card_no="1")) == [
        (1, "same_card", ONE),
        (1, "same_card", TWO),
    ]
    assert groups(pupil(ONE, card_no="1"), pupil(TWO, card_no="2")) == []
    assert groups(pupil(ONE), pupil(TWO)) == []


def test_one_card_for_siblings_is_in_order() -> None:
    def card(**both: Any) -> int:
        ids = ID, OTHER_ID
        listed = both.pop("listed", None)
        households = [
            {"id_number": i, "household_head": "丁", "monitoring_kind": "lifted"} for i in ids
        ][:listed]
        pupils = [
            pupil(no, card_no="1", id_number=i, **both)
            for no, i in zip((ONE, TWO), ids, strict=True)
        ]
        return len(groups(*pupils, monitored_households_list=households))

    assert card(listed=2) == 0
    assert card(listed=1) == 2
    assert card(listed=0, guardian="丁", guardian_phone="13900000000") == 0
    assert card(listed=0, guardian="丁", address="一村") == 0
    assert card(listed=0, guardian="丁") == 2
    assert card(listed=0, guardian_phone="13900000000", address="一村") == 2


def test_a_third_child_on_the_card_of_two_siblings() -> None:
    home = {"card_no": "1", "guardian": "丁", "address": "一村"}
    pupils = pupil(ONE, **home), pupil(TWO, **home), pupil(THREE, card_no="1")
    assert len(groups(*pupils)) == 3


def family(*awards: dict[str, Any], versions: Any = None, **more: Any) -> list[str]:
    filed = {"worker": "丁", "id_number": ID, "name": "甲"}
    pupils = (
        pupil(ONE, id_number=ID, guardian="戊", guardian_phone="13900000000"),
        pupil(TWO, guardian="戊", guardian_phone="13900000000"),
        pupil(THREE, **more),
    )
    versions = versions or (UNION, SCHOOL_AID, FOR_ALL)
    found = groups(*pupils, union_file=[filed], awards=awards, versions=versions)
    assert all(kind == "same_family" for _, kind, _ in found)
    return [person for _, _, person in found]


def test_one_family_through_union_and_school() -> None:
    assert family(decision(ONE, UNION), decision(ONE, SCHOOL_AID)) == [ONE]
    assert family(decision(ONE, UNION), decision(TWO, SCHOOL_AID)) == [ONE, TWO]
    assert family(decision(ONE, UNION), decision(TWO, FOR_ALL)) == []
    assert family(decision(ONE, UNION), decision(THREE, SCHOOL_AID)) == []
    assert family(decision(ONE, UNION), decision(TWO, SCHOOL_AID, outcome="reserve")) == []
    assert family(decision(ONE, SCHOOL_AID), decision(TWO, SCHOOL_AID)) == []


def test_the_worker_as_guardian() -> None:
    both = decision(ONE, UNION), decision(THREE, SCHOOL_AID)
    assert family(*both, guardian="丁", guardian_phone="13911111111") == [ONE, THREE]
    assert family(*both, guardian="丁") == []
    namesake = pupil(student_no(4), guardian="丁", guardian_phone="13922222222")
    filed = {"worker": "丁", "id_number": ID, "name": "甲"}
    child = pupil(ONE, id_number=ID)
    same_name = pupil(THREE, guardian="丁", guardian_phone="13911111111")
    assert groups(child, same_name, namesake, union_file=[filed], awards=both) == []


def test_what_may_be_stacked_is_in_order() -> None:
    stacks = version("golden", title="金秋助学", funder="union", stacks_with=("school_aid",))
    both = decision(ONE, stacks), decision(TWO, SCHOOL_AID)
    assert family(*both, versions=(stacks, SCHOOL_AID)) == []


def test_aid_of_others_in_the_register_counts_this_year_only() -> None:
    def registered(year: int) -> list[tuple[Any, ...]]:
        aid = [{"program_id": None, "funder": "union", "year": year}]
        return groups(
            pupil(ONE, id_number=ID),
            union_file=[{"worker": "丁", "id_number": ID, "name": "甲"}],
            awards=(decision(ONE, SCHOOL_AID),),
            known={ONE: {"aid_received": aid}},
        )

    assert [person for _, _, person in registered(2026)] == [ONE]
    assert registered(2025) == []


def test_one_teacher_through_two_programs() -> None:
    one = version("b1", title="特困教师资助", subject="teacher")
    two = version("b2", title="爱烛行动", subject="teacher")
    free = version("b2", title="爱烛行动", subject="teacher", stacks_with=("b1",))
    teacher = {"teacher_no": "T1", "id_number": ID, "school_code": SCHOOL}
    double = {"teacher_no": "T2", "id_number": ID, "school_code": OTHER_SCHOOL}
    stranger = {"teacher_no": "T3", "id_number": OTHER_ID, "school_code": SCHOOL}

    def found(*rows: dict[str, Any], versions: Any, teachers: Any) -> list[tuple[Any, ...]]:
        return groups(awards=rows, versions=versions, teachers=list(teachers))

    both = decision("T1", one), decision("T1", two)
    assert found(*both, versions=(one, two), teachers=[teacher]) == [(1, "same_teacher", "T1")]
    assert found(*both[:1], versions=(one, two), teachers=[teacher]) == []
    assert (
        found(decision("T1", one), decision("T1", free), versions=(one, free), teachers=[teacher])
        == []
    )
    apart = decision("T1", one), decision("T2", two)
    kinds = [row[1:] for row in found(*apart, versions=(one, two), teachers=[teacher, double])]
    assert ("same_teacher", "T1") in kinds
    assert ("same_teacher", "T2") in kinds
    strangers = decision("T1", one), decision("T3", two)
    assert found(*strangers, versions=(one, two), teachers=[teacher, stranger]) == []
