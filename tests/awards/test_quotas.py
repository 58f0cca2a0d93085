"""Places: how many, on which lists, for whom, and who waits."""

from typing import Any

import pytest

from aidkit.awards import Awards, award, tally
from aidkit.calendar import Term
from aidkit.county import CountyQuota
from aidkit.programs import Condition, Version
from aidkit.programs.version import ReservedPlaces, ShareLimit
from tests.awards.deciding import county
from tests.awards.invented import ENROLLED, quota, version

TERM = Term.parse("2026-autumn")


def pupil(income: int | None, school: int = 1, **other: Any) -> dict[str, Any]:
    where = {"school_code": f"99{school:08d}"}
    return {"enrolled": True, "income_per_head_fen": income} | where | other


def teacher(debt: int, school: int = 1, **other: Any) -> dict[str, Any]:
    nominated = other.pop("nominated_by", None)
    details = {"program_id": "milk", "debt_fen": debt, "nominated_by": nominated}
    blank = dict.fromkeys(("applied_on", "papers", "record", "hardship_causes"))
    return pupil(None, school, subject="teacher", applications=[blank | details], **other)


def awarded(awards: Awards) -> list[int]:
    """Which of the persons got it, by number."""
    return [n for n, got in enumerate(awards.decisions["awarded"]) if got]


def of_teachers(**rules: Any) -> Version:
    return version(subject="teacher", quota=quota(**({"order": ("debt",)} | rules)))


@pytest.mark.parametrize(
    ("permille", "pupils", "places"), [(75, 13, 0), (75, 14, 1), (140, 50, 7), (140, 49, 6)]
)
def test_a_share_is_rounded_down(permille: int, pupils: int, places: int, make_facts: Any) -> None:
    own = version(quota=quota(permille=permille, base="students"))
    awards = award(make_facts(*[pupil(1)] * pupils), [own], TERM, county())
    assert awards.quotas.select("base", "places", "awarded", "reserve").row(0) == (
        pupils,
        places,
        places,
        pupils - places,
    )
    assert len(awarded(awards)) == places


def test_a_share_is_of_those_on_the_roll_in_the_stages(make_facts: Any) -> None:
    own = version(stage="primary", quota=quota(permille=500, base="boarders"))
    pupils = [
        pupil(1, boarder=True),
        pupil(2, boarder=True),
        pupil(3, boarder=False),
        pupil(4),
        pupil(5, boarder=True, enrolled=False),
        pupil(6, boarder=True, stage="junior"),
        pupil(7, boarder=True, subject="freshman"),
    ]
    awards = award(make_facts(*pupils), [own], TERM, county())
    assert awards.quotas.select("base", "places").row(0) == (2, 1)
    assert awarded(awards) == [0]


def test_the_county_says_what_the_source_leaves_open(make_facts: Any) -> None:
    facts = make_facts(*(pupil(n, boarder=n < 4) for n in range(8)))
    open_share = version(quota=quota(permille=250))
    unknown = award(facts, [open_share], TERM, county())
    assert unknown.quotas.select("base", "places", "reserve").row(0) == (None, 0, 8)
    assert "写进 county.toml 以前都列候补" in unknown.decisions["explanation"][0]
    boarders = award(facts, [open_share], TERM, county(milk=CountyQuota(None, "boarders")))
    assert boarders.quotas.select("base", "places").row(0) == (4, 1)
    own = award(facts, [open_share], TERM, county(milk=CountyQuota(3, None)))
    assert own.quotas.select("base", "places").row(0) == (None, 3)


def test_the_number_of_a_higher_level_is_a_nomination(make_facts: Any) -> None:
    facts = make_facts(pupil(1), pupil(2))
    above = version(quota=quota(1, from_above=True))
    remark = "名额是上级的总数，本县的排序只作推荐"
    whole = award(facts, [above], TERM, county())
    assert whole.decisions["explanation"].str.contains(remark).to_list() == [True, True]
    own = award(facts, [above], TERM, county(milk=CountyQuota(2, None)))
    assert not own.decisions["explanation"].str.contains(remark).any()
    assert awarded(own) == [0, 1]


def test_places_go_to_schools_by_largest_remainder(make_facts: Any) -> None:
    """Of 5 places 2.5, 1.5 and 1.0 are due: the first of the equal remainders gets the odd one."""
    own = version(quota=quota(5, by_school=True, split_by="students"))
    pupils = [pupil(n, school) for school, size in ((1, 5), (2, 3), (3, 2)) for n in range(size)]
    awards = award(make_facts(*pupils), [own], TERM, county())
    assert awards.quotas.select("places", "awarded", "reserve").rows() == [
        (3, 3, 2),
        (1, 1, 2),
        (1, 1, 1),
    ]
    assert awarded(awards) == [0, 1, 2, 5, 8]


def test_what_a_school_cannot_use_goes_to_those_who_wait_elsewhere(make_facts: Any) -> None:
    """3, 2 and 1 places are due: of school 1 only one is poor; nobody of school 4 boards."""
    half = quota(permille=500, base="boarders", by_school=True, split_by="boarders")
    own = version(conditions=(ENROLLED, Condition("income_per_head_at_most", 100)), quota=half)
    pupils = [
        pupil(n if n < poor else 500, school, boarder=school < 4)
        for school, size, poor in ((1, 6, 1), (2, 4, 4), (3, 2, 2), (4, 2, 2))
        for n in range(size)
    ]
    facts = make_facts(*pupils)
    for said, places in (
        ({}, [1, 3, 2, 0]),
        ({"milk": CountyQuota(9, "boarders")}, [1, 4, 2, 2]),
        ({"milk": CountyQuota(99, "boarders")}, [1, 4, 2, 2]),
    ):
        lists = award(facts, [own], TERM, county(**said)).quotas
        assert lists["places"].to_list() == lists["awarded"].to_list() == places
        assert sum(tally(facts.lazy(), [own], TERM, county(**said))["persons"]) == sum(places)
    bases = award(facts, [own], TERM, county()).quotas["base"]
    assert bases.to_list() == [6, 4, 2, None]


def test_a_school_gets_no_more_than_it_may_have_at_most(make_facts: Any) -> None:
    own = version(quota=quota(5, by_school=True, split_by="students", per_school=3))
    pupils = [pupil(n, school) for school, size in ((1, 9), (2, 3)) for n in range(size)]
    lists = award(make_facts(*pupils), [own], TERM, county()).quotas
    assert lists.select("places", "awarded").rows() == [(3, 3), (2, 2)]


def test_five_percent_of_63_is_3(make_facts: Any) -> None:
    own = of_teachers(places=63, limits=(ShareLimit("retired", 5),))
    staff = [
        *(teacher(90_000, employment="retired") for _ in range(3)),
        teacher(80_000),
        teacher(70_000, employment="retired"),
        *(teacher(100, employment="in_post") for _ in range(60)),
    ]
    awards = award(make_facts(*staff), [own], TERM, county())
    assert awarded(awards) == [0, 1, 2, *range(5, 65)]
    unknown_counts_as_retired = awards.decisions.row(3, named=True)
    assert unknown_counts_as_retired["outcome"] == "reserve"
    assert "退休教师最多占名额的 5%，已满" in unknown_counts_as_retired["explanation"]


def test_so_many_from_one_school(make_facts: Any) -> None:
    own = of_teachers(places=3, per_school=2)
    staff = [teacher(900), teacher(800), teacher(700), teacher(600, 2), teacher(500, 3)]
    awards = award(make_facts(*staff), [own], TERM, county())
    assert awarded(awards) == [0, 1, 3]
    assert "每校最多 2 人，本校已满" in awards.decisions["explanation"][2]


def test_reserved_places_go_to_the_nominated_first_and_unused_ones_to_all(make_facts: Any) -> None:
    own = of_teachers(places=3, reserved=(ReservedPlaces("union", 2),))
    plain = [teacher(900), teacher(800), teacher(700)]
    union = [teacher(20, nominated_by="union"), teacher(10, nominated_by="union")]
    assert awarded(award(make_facts(*plain, *union), [own], TERM, county())) == [0, 3, 4]
    assert awarded(award(make_facts(*plain, union[0]), [own], TERM, county())) == [0, 1, 3]
    assert awarded(award(make_facts(*plain), [own], TERM, county())) == [0, 1, 2]


ORDERED: list[tuple[str, list[dict[str, Any]]]] = [
    ("income_per_head", [pupil(1), pupil(2), pupil(None)]),
    ("debt", [teacher(2), teacher(1), pupil(None, subject="teacher")]),
    (
        "first_time",
        [
            pupil(1, aid_received=[]),
            pupil(1, aid_received=[{"program_id": "milk", "funder": "county", "year": 2024}]),
            pupil(1),
        ],
    ),
    ("full_time_teacher", [pupil(1, post="teacher"), pupil(1, post="leader"), pupil(1)]),
    ("listed", [pupil(1, listed_groups=["orphan"]), pupil(1, listed_groups=[]), pupil(1)]),
    (
        "special_groups",
        [pupil(1, special_groups=["orphan", "disabled"]), pupil(1, special_groups=[]), pupil(1)],
    ),
]


@pytest.mark.parametrize(("order", "persons"), ORDERED, ids=[o for o, _ in ORDERED])
def test_unknown_never_comes_first(
    order: str, persons: list[dict[str, Any]], make_facts: Any
) -> None:
    subject = persons[0].get("subject", "student")
    own = version(subject=subject, quota=quota(1, order=(order,)))
    for shift in range(3):
        turned = persons[shift:] + persons[:shift]
        ranks = award(make_facts(*turned), [own], TERM, county()).decisions["rank"]
        assert ranks.to_list() == [(n + shift) % 3 + 1 for n in range(3)]


def test_equals_draw_lots_that_anyone_can_repeat(make_facts: Any) -> None:
    facts = make_facts(*[pupil(1)] * 40)
    own = version(quota=quota(10))
    here = awarded(award(facts, [own], TERM, county()))
    assert here == awarded(award(facts.reverse(), [own], TERM, county()))
    assert here != list(range(10))
    elsewhere = award(facts, [version("soy", quota=quota(10))], TERM, county())
    assert here != awarded(elsewhere)


def test_every_loser_learns_why(make_facts: Any) -> None:
    facts = make_facts(*(pupil(fen * 100) for fen in (3000, 1000, 2000)))
    awards = award(facts, [version(quota=quota(2))], TERM, county())
    loser = awards.decisions.row(0, named=True)
    assert (loser["outcome"], loser["rank"], loser["reserve_no"]) == ("reserve", 3, 1)
    assert (loser["eligible"], loser["awarded"], loser["amount_fen"]) == (True, False, 0)
    assert (
        "名额：全县名额 2 个，符合条件 3 人，排第 3 位，没有进入名额，列递补第 1 位。"
        "最后一名入围者：家庭人均年收入 2,000.00 元。"
    ) in loser["explanation"]
    assert awards.quotas["cut_line"].to_list() == ["家庭人均年收入 2,000.00 元"]
    assert "进入名额" in awards.decisions["explanation"][1]
