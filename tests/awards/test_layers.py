"""Whose version decides: the school's, the county's, or a floor under it."""

from typing import Any

from aidkit.awards import award, tally
from aidkit.awards.cases import case_outcomes
from aidkit.calendar import Term
from aidkit.county import CountyQuota
from aidkit.programs import Case, Relation
from tests.awards.deciding import county, decide
from tests.awards.invented import higher_of, quota, version

TERM = Term.parse("2026-autumn")
NATION = "cn"


def test_everybody_gets_the_better_of_floor_and_local(make_facts: Any) -> None:
    floor = version(yuan=100, region=NATION, floor=True)
    pupil = make_facts({"enrolled": True})
    for yuan, fen, region in ((80, 10_000, "cn"), (100, 10_000, "demo"), (120, 12_000, "demo")):
        local = version(yuan=yuan)
        (row,) = decide(pupil, [floor, local], TERM).to_dicts()
        assert (row["amount_fen"], row["version_id"].split("@")[1].split("/")[-1]) == (fen, region)
        because = "下限：本地标准应享 80.00 元，上级规定不得低于 100.00 元，按上级标准。"
        assert (because in row["explanation"]) is (yuan == 80)


def test_what_a_county_adopted_is_its_own_above_a_floor(make_facts: Any) -> None:
    floor = version(yuan=100, region=NATION, floor=True)
    adopted = version(yuan=120, region="unstated")
    school = version(yuan=80, region="cn/henan/demo/9900000002")
    pupils = [{"enrolled": True, "school_code": f"990000000{n}"} for n in (1, 2)]
    rows = decide(make_facts(*pupils), [floor, adopted, school], TERM)
    assert rows["amount_fen"].to_list() == [12_000, 10_000]


def test_who_only_meets_the_floor_gets_the_floor(make_facts: Any) -> None:
    floor = version(yuan=100, region=NATION, floor=True)
    local = version(yuan=300, stage="junior")
    (row,) = decide(
        make_facts({"enrolled": True, "stage": "primary"}), [floor, local], TERM
    ).to_dicts()
    assert row["amount_fen"] == 10_000


def test_who_loses_the_local_place_keeps_the_floor(make_facts: Any) -> None:
    floor = version(yuan=100, region=NATION, floor=True)
    local = version(yuan=300, quota=quota(1))
    people = [{"enrolled": True, "income_per_head_fen": fen} for fen in (2, 1)]
    rows = decide(make_facts(*people), [floor, local], TERM)
    assert rows["amount_fen"].to_list() == [10_000, 30_000]
    because = "下限：没有进入本地标准的名额，上级规定不得低于 100.00 元，按上级标准。"
    assert because in rows["explanation"][0]


def test_a_program_does_not_give_way_to_itself(make_facts: Any) -> None:
    floor = version(yuan=200, region=NATION, floor=True, relations=higher_of("food"))
    own = [
        floor,
        version(relations=higher_of("food")),
        version("beans", 50, relations=higher_of("food")),
    ]
    rows = decide(make_facts({"enrolled": True}), own, TERM).filter(program_id="milk")
    assert "关系：与“beans补助”就高不就低（第五条），享受本项。" in rows["explanation"][0]


def test_nobody_eligible_is_told_of_the_local_version(make_facts: Any) -> None:
    floor = version(yuan=100, region=NATION, floor=True)
    (row,) = decide(make_facts({"enrolled": False}), [floor, version(yuan=80)], TERM).to_dicts()
    assert (row["outcome"], row["version_id"].split("@")[1]) == ("not_eligible", "cn/henan/demo")


def test_a_school_has_its_own(make_facts: Any) -> None:
    own = version(yuan=50, region="cn/henan/demo/9900000002")
    pupils = [{"enrolled": True, "school_code": f"990000000{n}"} for n in (1, 2)]
    rows = decide(make_facts(*pupils), [version(yuan=100), own], TERM)
    assert rows["amount_fen"].to_list() == [10_000, 5_000]
    only_school = decide(make_facts(*pupils), [own], TERM)
    assert only_school["amount_fen"].to_list() == [5_000]


def test_a_school_of_its_own_is_not_below_the_floor_of_its_county(make_facts: Any) -> None:
    floor = version(yuan=100, floor=True)
    pupils = make_facts(*({"enrolled": True, "school_code": f"990000000{n}"} for n in (1, 2, 3)))
    schools = [
        version(yuan=yuan, region=f"cn/henan/demo/990000000{n}") for n, yuan in ((2, 50), (3, 150))
    ]
    for above in ([], [version(yuan=80, region=NATION, floor=True)]):
        rows = decide(pupils, [*above, floor, *schools], TERM)
        assert rows["amount_fen"].to_list() == [10_000, 10_000, 15_000]
        assert "下限：本地标准应享 50.00 元" in rows["explanation"][1]
        counted = tally(pupils.lazy(), [*above, floor, *schools], TERM, county())
        assert counted["amount_fen"].to_list() == [10_000, 10_000, 15_000]


def test_where_several_floors_hold_one_version_turns_down(make_facts: Any) -> None:
    own = [
        version(region=NATION, floor=True),
        version(floor=True),
        version(region="cn/henan/demo/9900000002"),
    ]
    pupils = make_facts(*[{"enrolled": False, "school_code": "9900000001"}] * 300)
    rows = decide(pupils, own, TERM)
    assert set(rows["outcome"]) == {"not_eligible"}
    assert set(rows["version_id"].str.split("@").list[1]) == {"cn/henan/demo"}


def test_a_case_at_a_school_for_which_nothing_holds_has_no_decision() -> None:
    own = version(region="cn/henan/demo/9900000002")
    region, cases = "cn/henan/demo", []
    for n in (1, 2):
        pupil = {"enrolled": True, "school_code": f"990000000{n}"}
        told = (f"学校 {n}", TERM, region, False, pupil, 10_000, None, None, None, True)
        cases.append(Case("milk", "案例", *told))
    found = [row and row["amount_fen"] for _, row in case_outcomes(cases, [own])]
    assert found == [None, 10_000]


def test_the_quota_of_a_school_is_apart_from_that_of_the_county(make_facts: Any) -> None:
    """Half of the four pupils elsewhere, whatever the school with a version of its own has."""
    share = quota(permille=500, base="students", by_school=True, split_by="students")
    own = version(region="cn/henan/demo/9900000003", quota=quota(1))
    schools = (1, 1, 2, 2, 3, 3, 3)
    pupils = [{"enrolled": True, "school_code": f"990000000{n}"} for n in schools]
    facts = make_facts(*pupils)
    here = county(milk=CountyQuota(3, None))
    for said, places in ((county(), [1, 1]), (here, [2, 1])):
        lists = award(facts, [version(quota=share), own], TERM, said).quotas
        assert lists.select("school_code", "places").rows() == [
            *zip(("9900000001", "9900000002"), places, strict=True),
            ("all", 1),
        ]


def test_each_relation_is_told_with_its_own_clause(make_facts: Any) -> None:
    pupil, others = make_facts({"enrolled": True}), [version("apple"), version("beans")]

    def told(kind: str) -> str:
        named = (("apple", "第一条"), ("beans", "第二条"))
        relations = tuple(Relation(kind, None, (other,), clause) for other, clause in named)
        rows = decide(pupil, [version(relations=relations), *others], TERM)
        return str(rows.filter(program_id="milk")["explanation"][0])

    assert "关系：与“apple补助”不重复享受（第一条），已享受“apple补助”。" in told("exclusive")
    for other, clause in (("apple", "第一条"), ("beans", "第二条")):
        assert f"关系：与“{other}补助”可以同时享受（{clause}）。" in told("stack")


def test_every_subject_has_its_own_programs(make_facts: Any) -> None:
    people = [{"enrolled": True, "subject": s} for s in ("student", "freshman", "teacher")]
    programs = [version(s, subject=s) for s in ("student", "freshman", "teacher")]
    rows = decide(make_facts(*people), programs, TERM)
    assert rows.select("subject", "program_id").rows() == [
        (s, s) for s in ("student", "freshman", "teacher")
    ]
