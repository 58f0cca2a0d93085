"""Whose version decides: the school's, the county's, or a floor under it."""

from typing import Any

from aidkit.calendar import Term
from tests.awards.deciding import decide
from tests.awards.invented import quota, version

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


def test_every_subject_has_its_own_programs(make_facts: Any) -> None:
    people = [{"enrolled": True, "subject": s} for s in ("student", "freshman", "teacher")]
    programs = [version(s, subject=s) for s in ("student", "freshman", "teacher")]
    rows = decide(make_facts(*people), programs, TERM)
    assert rows.select("subject", "program_id").rows() == [
        (s, s) for s in ("student", "freshman", "teacher")
    ]
