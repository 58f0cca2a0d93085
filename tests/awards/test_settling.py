"""Properties of quotas and relations in small invented counties."""

import datetime as dt
from collections import Counter
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aidkit.awards import Awards, award, tally
from aidkit.awards.layers import layers
from aidkit.awards.relations import bonds
from aidkit.calendar import Term
from aidkit.errors import ParamsError
from aidkit.programs import Version
from aidkit.programs.version import Quota, Relation, ReservedPlaces, ShareLimit
from tests.awards.deciding import county
from tests.awards.invented import higher_of, quota, version, yields_to

TERM = Term.parse("2026-autumn")
PROGRAMS = ("apple", "beans", "corn", "dates")

QUOTAS = st.one_of(
    st.none(),
    st.builds(quota, st.integers(0, 4)),
    st.builds(
        lambda permille, split: quota(
            permille=permille, base="students", by_school=True, split_by=split
        ),
        st.integers(1, 600),
        st.sampled_from(["students", "candidates"]),
    ),
    st.builds(
        lambda places, per_school, percent, kept: quota(
            places,
            per_school=per_school,
            limits=(ShareLimit("retired", percent),),
            reserved=(ReservedPlaces("union", kept),),
        ),
        st.integers(1, 5),
        st.one_of(st.none(), st.integers(1, 2)),
        st.sampled_from([0, 20, 50]),
        st.integers(0, 2),
    ),
)


@st.composite
def programs(draw: Any) -> tuple[Version, ...]:
    """A few programs, some with places, in a group, or yielding to others."""
    found: list[Any] = []
    for program_id in PROGRAMS[: draw(st.integers(1, 4))]:
        relations: tuple[Relation, ...] = ()
        if draw(st.booleans()):
            relations += higher_of("food")
        earlier = [version.program.id for version in found]
        if earlier and draw(st.integers(0, 3)) == 0:
            relations += yields_to(draw(st.sampled_from(earlier)))
        yuan = draw(st.integers(1, 3)) * 100
        leavers = draw(st.sampled_from(["term", "month"]))
        found.append(
            version(program_id, yuan, quota=draw(QUOTAS), relations=relations, leavers=leavers)
        )
    chosen = tuple(found)
    try:
        bonds(chosen)
    except ParamsError:
        assume(False)
    return chosen


@st.composite
def persons(draw: Any) -> list[dict[str, Any]]:
    """Pupils of up to three schools, some of whom leave; order and limits find what they ask."""
    found: list[Any] = []
    for _ in range(draw(st.integers(1, 12))):
        school = draw(st.integers(1, 3))
        months = draw(st.sampled_from([5, 5, 5, 2, 0]))
        nominated = draw(st.sampled_from([None, None, "union"]))
        blank = dict.fromkeys(("applied_on", "papers", "record", "hardship_causes", "debt_fen"))
        details = blank | {"nominated_by": nominated}
        found.append(
            {
                "school_code": f"99{school:08d}",
                "enrolled": months > 0,
                "present_months": months,
                "left_on": None if months == 5 else dt.date(2026, 9 + months, 1),
                "left_county": months < 5 and draw(st.booleans()),
                "income_per_head_fen": draw(st.sampled_from([None, 1, 2, 3])),
                "employment": draw(st.sampled_from([None, "in_post", "in_post", "retired"])),
                "applications": [details | {"program_id": p} for p in PROGRAMS],
            }
        )
    return sorted(found, key=lambda person: person["school_code"])


world = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
given_world = given(own=programs(), people=persons())


def lists_of(awards: Awards, own: tuple[Version, ...], facts: pl.DataFrame) -> list[Any]:
    """Each list of each quota: rules, places, who holds a place from the start, who waits."""
    rules = {v.program.id: v.quota for v in own if v.quota is not None}
    details = facts.select("person_no", "employment", "applications")
    rows = awards.decisions.join(details, on="person_no").filter(pl.col("rank").is_not_null())
    found: list[Any] = []
    for quota_row in awards.quotas.to_dicts():
        program_id, name = quota_row["program_id"], quota_row["school_code"]
        own_rows = rows.filter(program_id=program_id).sort("rank")
        if name != "all":
            own_rows = own_rows.filter(school_code=name)
        candidates = own_rows.to_dicts()
        holding = [row for row in candidates if row["reserve_no"] is None]
        waiting = [row for row in candidates if row["outcome"] == "reserve"]
        found.append((rules[program_id], quota_row["places"], holding, waiting, candidates))
    return found


def allowed(rules: Quota, places: int, holding: list[dict[str, Any]]) -> bool:
    """Whether these may all hold a place together."""
    by_school = Counter(row["school_code"] for row in holding)
    retired = sum(row["employment"] != "in_post" for row in holding)
    most = [places * limit.percent // 100 for limit in rules.limits]
    return (
        len(holding) <= places
        and (rules.per_school is None or max(by_school.values(), default=0) <= rules.per_school)
        and all(retired <= limit for limit in most)
    )


@world
@given_world
def test_no_quota_is_exceeded_and_no_place_is_empty_while_somebody_waits(
    own: tuple[Version, ...], people: list[dict[str, Any]], make_facts: Any
) -> None:
    facts = make_facts(*people)
    awards = award(facts, own, TERM, county())
    for rules, places, holding, waiting, candidates in lists_of(awards, own, facts):
        assert allowed(rules, places, holding)
        for row in waiting:
            assert not allowed(rules, places, [*holding, row]), row
        assert [row["rank"] for row in candidates] == list(range(1, len(candidates) + 1))
        numbers = [row["reserve_no"] for row in candidates if row["reserve_no"] is not None]
        assert numbers == list(range(1, len(numbers) + 1))


@world
@given_world
def test_nobody_waits_while_one_who_comes_later_has_the_place(
    own: tuple[Version, ...], people: list[dict[str, Any]], make_facts: Any
) -> None:
    facts = make_facts(*people)
    awards = award(facts, own, TERM, county())
    for rules, places, holding, waiting, _ in lists_of(awards, own, facts):
        if rules.limits:
            continue
        for row in waiting:
            later = [other for other in holding if other["rank"] > row["rank"]]
            assert not later, (row, later)
        assert len(holding) == min(places, len(holding) + len(waiting))


@world
@given_world
def test_one_of_a_group_and_never_both_of_two_that_exclude_each_other(
    own: tuple[Version, ...], people: list[dict[str, Any]], make_facts: Any
) -> None:
    rows = award(make_facts(*people), own, TERM, county()).decisions
    got = {(r["person_no"], r["program_id"]): r for r in rows.to_dicts() if r["awarded"]}
    grouped = [v.program.id for v in own if any(r.kind == "higher_of" for r in v.relations)]
    for number in rows["person_no"].unique():
        assert sum((number, program) in got for program in grouped) <= 1
        for v in own:
            for other in (o for r in v.relations for o in r.others):
                if other not in grouped or v.program.id not in grouped:
                    assert not ((number, v.program.id) in got and (number, other) in got)
    for row in rows.filter(outcome="yielded").to_dicts():
        winner = got[row["person_no"], row["yielded_to"]]
        if row["program_id"] in grouped and row["yielded_to"] in grouped:
            full = {v.program.id: v.amounts[0].fen for v in own}
            assert winner["full_fen"] == full[row["yielded_to"]]
    assert rows.filter(awarded=False)["amount_fen"].sum() == 0
    assert (rows["awarded"] == (rows["outcome"] == "awarded")).all()
    assert (rows["eligible"] | (rows["outcome"] == "not_eligible")).all()


@world
@given_world
def test_without_places_the_highest_of_a_group_is_kept(
    own: tuple[Version, ...], people: list[dict[str, Any]], make_facts: Any
) -> None:
    members = [version(v.program.id, v.amounts[0].fen // 100, relations=higher_of("food"))
               for v in own]  # fmt: skip
    rows = award(make_facts(*people), members, TERM, county()).decisions
    most = max(v.amounts[0].fen for v in members)
    eligible = rows.filter("eligible")
    assert eligible["outcome"].is_in(["awarded", "yielded"]).all()
    for _, mine in eligible.group_by("person_no"):
        assert mine.filter("awarded")["amount_fen"].to_list() == [most]


@world
@given(own=programs(), people=persons(), seed=st.integers(0, 99))
def test_the_order_of_rows_and_programs_never_matters(
    own: tuple[Version, ...], people: list[dict[str, Any]], seed: int, make_facts: Any
) -> None:
    facts = make_facts(*people)
    once = award(facts, own, TERM, county())
    mixed = award(facts.sample(fraction=1, shuffle=True, seed=seed), own[::-1], TERM, county())
    assert mixed.decisions.equals(once.decisions)
    assert mixed.quotas.equals(once.quotas)


@world
@given(own=programs(), people=persons(), size=st.integers(1, 12))
def test_a_tally_in_slices_gives_the_same_sums(
    own: tuple[Version, ...], people: list[dict[str, Any]], size: int, make_facts: Any
) -> None:
    facts = make_facts(*people)
    key = ["school_code", "program_id", "tier"]
    expected = (
        award(facts, own, TERM, county())
        .decisions.filter("awarded")
        .group_by(key)
        .agg(persons=pl.len().cast(pl.Int64), amount_fen=pl.col("amount_fen").sum())
        .sort(key)
    )
    assert tally(facts.lazy(), own, TERM, county(), rows=size).equals(expected)


def test_a_pupil_with_a_place_at_a_university_takes_one_place(make_facts: Any) -> None:
    pupils = make_facts(*[{"enrolled": True, "income_per_head_fen": n} for n in (1, 2, 3)])
    both = pl.concat([pupils, pupils.head(1).with_columns(subject=pl.lit("freshman"))])
    own = [version(quota=quota(2)), version("books", subject="freshman", quota=quota(1))]
    rows = award(both, own, TERM, county()).decisions.sort("program_id", "person_no")
    assert rows["program_id"].to_list() == ["books", "milk", "milk", "milk"]
    assert rows["outcome"].to_list() == ["awarded", "awarded", "awarded", "reserve"]
    counted = tally(both.sort("school_code").lazy(), own, TERM, county())
    assert counted.select("program_id", "persons").rows() == [("books", 1), ("milk", 2)]


@pytest.mark.parametrize("own", [(), (version(quota=quota(2)), version("beans"))])
def test_where_nobody_is_nothing_is_due(own: tuple[Version, ...], make_facts: Any) -> None:
    nobody = make_facts({}).clear()
    assert award(nobody, own, TERM, county()).decisions.is_empty()
    assert tally(nobody.lazy(), own, TERM, county()).is_empty()


def test_programs_that_wait_for_each_other_are_refused() -> None:
    own = (
        version("apple", relations=(*higher_of("food"), *yields_to("beans"))),
        version("beans", relations=yields_to("corn")),
        version("corn", relations=higher_of("food")),
    )
    with pytest.raises(ParamsError, match="互相让位"):
        bonds(layer.version for layer in layers(own))


def test_who_loses_one_place_may_win_another(make_facts: Any) -> None:
    """Both want the 300; the poorer gets it, the other takes the 200, not nothing."""
    own = (
        version("apple", 300, quota=quota(1), relations=higher_of("food")),
        version("beans", 200, quota=quota(1), relations=higher_of("food")),
    )
    people = [{"enrolled": True, "income_per_head_fen": fen} for fen in (2, 1)]
    rows = award(make_facts(*people), own, TERM, county()).decisions
    assert rows.select("program_id", "outcome", "amount_fen").rows() == [
        ("apple", "reserve", 0),
        ("beans", "awarded", 20_000),
        ("apple", "awarded", 30_000),
        ("beans", "yielded", 0),
    ]
    assert "关系：与“apple补助”就高不就低（第五条）" in rows["explanation"][3]
    assert "关系：与“beans补助”就高不就低（第五条），享受本项。" in rows["explanation"][2]


def test_nobody_takes_a_place_who_gets_the_same_without_one(make_facts: Any) -> None:
    """Whatever the programs are called: a junior pupil leaves the place to one who has no other."""
    for scarce, open_to_all in (("apple", "beans"), ("beans", "apple")):
        own = (
            version(scarce, quota=quota(1), relations=higher_of("food")),
            version(open_to_all, stage="junior", relations=higher_of("food")),
        )
        people = [
            {"enrolled": True, "stage": stage, "income_per_head_fen": fen}
            for stage, fen in (("junior", 1), ("primary", 2))
        ]
        got = award(make_facts(*people), own, TERM, county()).decisions.filter("awarded")
        assert got["program_id"].to_list() == [open_to_all, scarce]


def test_a_place_that_limits_left_free_is_used_after_all(make_facts: Any) -> None:
    """The last was turned away because of the third, who then had to make way for the second."""
    limits = (ShareLimit("retired", 50),)
    own = (
        version("apple", 300, stage="junior", quota=quota(1), relations=higher_of("food")),
        version(
            "corn", 200, quota=quota(2, per_school=1, limits=limits), relations=higher_of("food")
        ),
    )
    blank = {"enrolled": True, "employment": "in_post"}
    people = [
        blank | {"school_code": "9900000003", "stage": "junior", "income_per_head_fen": 1},
        blank | {"school_code": "9900000001", "stage": "junior", "income_per_head_fen": 2},
        blank | {"school_code": "9900000001", "employment": None, "income_per_head_fen": 3},
        blank | {"school_code": "9900000002", "employment": "retired", "income_per_head_fen": 4},
    ]
    rows = award(make_facts(*people), own, TERM, county()).decisions
    corn = rows.filter(program_id="corn")
    assert corn["outcome"].to_list() == ["yielded", "awarded", "reserve", "awarded"]
