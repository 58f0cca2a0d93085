"""One decision for three audiences: what the family needs, and nothing of it for the public."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.awards.explain import explain, family_lines, public_lines
from aidkit.awards.wordings import OUTCOMES, amount_class, take_apart
from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.labels import project_labels
from aidkit.money import yuan
from aidkit.programs import Version, choose
from tests.awards.deciding import decide
from tests.awards.followers import decision, decisions, student_no, version

ONE, TWO = student_no(1), student_no(2)
AID = version("aid", title="寄宿补助")
GROUND = "依据：《办法》示教〔2026〕1号第三条，自 2026-09-01 起施行。"
DOUBT = "标准未核实：发放前请核对正式文件。"


def told(groups: str, income: str, *, met: bool) -> str:
    """An explanation in the form of `aidkit.awards.sentences`."""
    verdict = "符合" if met else "不符合，差 12.00 元"
    return "\n".join(
        [
            f"寄宿补助：{'符合，本学期应享 750.00 元' if met else '不符合'}。",
            "学段：须就读小学、初中或特教；实际初中，符合。",
            "寄宿情况：须寄宿；实际寄宿，符合。",
            f"家庭人均年收入：须不超过 6,000.00 元；实际{income}，{verdict}。",
            "满足其一即可：（1）困难类型：须属于低保或残疾学生；"
            f"实际{groups}，符合；（2）认定档次：须经评审认定为一级；实际没有认定结果，"
            "缺资料，不能认定。此项符合。",
            "名额：全县 63 名，排第 12 位，末位负债 60,000.00 元。",
            *([] if met else ["未满足：家庭人均年收入。"]),
            GROUND,
            DOUBT,
        ]
    )


def row(
    groups: str = "低保", income: str = "5,123.45 元", *, met: bool = True, **more: Any
) -> dict[str, Any]:
    outcome = "awarded" if met else "not_eligible"
    lacking = {"missing": [] if met else ["income_per_head_at_most"]}
    explained = {"explanation": told(groups, income, met=met), "determination_id": "ab12cd"}
    return decision(ONE, AID, 75000, **{"outcome": outcome} | lacking | explained | more)


def test_the_clerk_sees_all() -> None:
    (head, *reasons) = explain(decisions(row()), ONE)
    assert [head, *(line.removeprefix("  ") for line in reasons[:-1])] == told(
        "低保", "5,123.45 元", met=True
    ).split("\n")
    assert reasons[-1] == "  认定编号：ab12cd（版本 aid@cn/henan@2026-09-01）"


def test_the_family_is_told_what_it_gets() -> None:
    assert family_lines(row()) == [
        "寄宿补助：可以享受，本学期 750.00 元。",
        "符合的条件：学段（初中）；寄宿情况（寄宿）；家庭人均年收入（5,123.45 元）；"
        "困难类型（低保）。",
        GROUND,
        "查询编号：ab12cd",
    ]
    midway = family_lines(row(full_fen=125000))[0]
    assert midway == "寄宿补助：可以享受，本学期 750.00 元；整学期 1,250.00 元，按实际时间计算。"


def test_the_family_is_told_the_same_thing_once() -> None:
    rules = [
        "在籍在校：须在籍在校；实际在籍在校，符合。",
        "满足其一即可：（1）困难类型：须属于低保；实际无，不符合；"
        "（2）认定档次：须经评审认定为一级或二级；实际二级，符合。此项符合。",
        "认定档次：须由评审小组认定；实际二级，符合。",
    ]
    told_all = "\n".join(["寄宿补助：符合，本学期应享 750.00 元。", *rules, GROUND])
    lines = family_lines(row(explanation=told_all))
    assert lines[1] == "符合的条件：在籍在校；认定档次（二级）。"


@pytest.mark.parametrize(
    "change",
    [
        "2026-10-20 放弃，算到这一天为止",
        "2026-10-20 取消资格，算到这一天为止",
        "有人空出名额，自 2026-10-20 起递补到本学期末",
    ],
)
def test_the_family_is_told_why_it_is_less_than_for_a_whole_term(change: str) -> None:
    told_all = told("低保", "1.00 元", met=True) + f"\n变动：{change}。"
    line = family_lines(row(full_fen=125000, explanation=told_all))[0]
    assert line.endswith(f"；整学期 1,250.00 元，{change}。")
    assert "按实际时间" not in line


def test_the_family_is_told_what_lacks_and_what_to_do() -> None:
    lines = family_lines(row(income="6,012.00 元", met=False))
    assert lines[0] == "寄宿补助：这次没有享受。"
    assert lines[2:4] == [
        "还缺：家庭人均年收入要求不超过 6,000.00 元，登记的是 6,012.00 元，差 12.00 元。",
        "怎样办：收入或人口登记得不对的，请带凭据到学校更正。",
    ]


def test_of_alternatives_the_family_is_told_that_one_is_enough() -> None:
    line = (
        "满足其一即可：（1）困难类型：须属于低保；实际不详，缺资料，不能认定；"
        "（2）有效申请：须有带承诺书的申请；实际没有，不符合。此项均不符合。"
    )
    found = decision(
        ONE,
        AID,
        outcome="not_eligible",
        missing=["any_special_group", "applied"],
        explanation=f"寄宿补助：不符合。\n{line}",
    )
    lines = family_lines(found)
    assert lines[1] == (
        "还缺（有一项即可）：困难类型要求属于低保，登记的是不详；"
        "有效申请要求有带承诺书的申请，登记的是没有。"
    )
    assert [line[:4] for line in lines[2:4]] == ["怎样办："] * 2


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_every_outcome_has_words(outcome: str) -> None:
    found = row(outcome=outcome, reserve_no=3, yielded_to="other")
    family = family_lines(found, {"other": "金秋助学"})
    assert ("第 3 位" in family[0]) == (outcome == "reserve")
    assert ("金秋助学" in family[0]) == (outcome == "yielded")
    assert ("750.00" in family[0]) == (outcome == "awarded")
    assert not any("第 12 位" in line for line in family)
    public = public_lines(found)
    assert public[0].startswith(f"寄宿补助：{OUTCOMES[outcome]}")
    assert ("元" in public[0]) == (outcome == "awarded")


def test_the_public_sees_rules_and_verdicts() -> None:
    assert public_lines(row()) == [
        "寄宿补助：享受（500 元以上、不到 1000 元）。",
        "学段（须就读小学、初中或特教）：符合。",
        "寄宿情况、家庭人均年收入、困难类型、认定档次：符合规定。",
        GROUND,
        DOUBT,
    ]
    lacking = "寄宿情况、家庭人均年收入、困难类型、认定档次：有不符合的，或缺资料。"
    assert lacking in public_lines(row(met=False))


_words = st.text(alphabet="低保残疾孤儿烈士、0123456789", min_size=1, max_size=12)


@given(
    groups=_words,
    income=st.integers(0, 10**7),
    name=_words,
    number=st.integers(10, 99999),
    tier=st.sampled_from(["level_1", "level_2", None]),
    fen=st.integers(50_000, 99_999),
    rank=st.integers(1, 500),
    met=st.booleans(),
)
def test_what_the_public_sees_is_the_same_whoever_it_is(
    groups: str,
    income: int,
    name: str,
    number: int,
    tier: str | None,
    fen: int,
    rank: int,
    met: bool,
) -> None:
    words = f"{income / 100:,.2f} 元"
    somebody = row(groups, words, met=met) | {
        "person_no": student_no(number),
        "name": name,
        "school_code": f"99{number:08d}",
        "class_name": f"{number}班",
        "tier": tier,
        "full_fen": fen,
        "amount_fen": fen if met else 0,
        "rank": rank,
        "reserve_no": rank,
        "determination_id": f"{number:x}",
    }
    assert public_lines(somebody) == public_lines(row(met=met))


def test_a_line_of_a_new_kind_stays_inside() -> None:
    added = row(explanation=told("低保", "1.00 元", met=True) + "\n负债：88,888.00 元，患某病。")
    assert public_lines(added) == public_lines(row())
    unread = row(explanation="寄宿补助：符合。\n困难类型：实际低保")
    assert public_lines(unread) == public_lines(row())[:1]


@pytest.mark.parametrize("audience", ["family", "public"])
def test_programs_of_other_stages_are_left_out(audience: Any) -> None:
    far = version("far", title="大学补助")
    head = "大学补助：不符合。\n学段：须就读本科；实际初中，不符合。"
    other = decision(ONE, far, outcome="not_eligible", missing=["stage_in"], explanation=head)
    lines = explain(decisions(row(), other), ONE, audience, fellows=1)
    assert not any("大学补助" in line for line in lines)
    assert explain(decisions(other), ONE, audience) == ["本学期的资助项目都是给其他学段的。"]
    assert any("大学补助" in line for line in explain(decisions(row(), other), ONE))


def test_the_order_of_public_lines_says_nothing_of_the_person() -> None:
    bus = version("bus", title="校车补助")
    both = [
        decisions(
            row(outcome=mine),
            decision(ONE, bus, outcome=theirs, explanation="校车补助：见下。"),
        )
        for mine, theirs in (("awarded", "reserve"), ("reserve", "awarded"))
    ]
    titles = [
        [
            line.partition("：")[0]
            for line in explain(rows, ONE, "public", fellows=1)
            if line[:1].strip()
        ]
        for rows in both
    ]
    assert titles == [["寄宿补助", "校车补助"]] * 2


def of(person: str, **more: Any) -> dict[str, Any]:
    return row(**more) | {"person_no": person, "name": person}


@pytest.mark.parametrize(("others", "told_at_all"), [(0, False), (3, False), (4, True), (9, True)])
def test_the_public_is_told_only_what_is_true_of_several(others: int, told_at_all: bool) -> None:
    alike = [of(f"G99000020150109{place:04d}", groups="孤儿") for place in range(others)]
    # Refused, with another amount, or with another law besides: not the same lines.
    unlike = [of(f"G99000020150108{place:04d}", met=False) for place in range(9)]
    richer = [of(f"G99000020150107{place:04d}", amount_fen=400_000) for place in range(9)]
    both = [of(f"G99000020150106{place:04d}") for place in range(9)]
    bus = version("bus", title="校车补助")
    also = [
        decision(one["person_no"], bus, outcome="awarded", explanation="校车补助：见下。")
        for one in both
    ]
    rows = decisions(row(), *alike, *unlike, *richer, *both, *also)
    if told_at_all:
        assert explain(rows, ONE, "public") == explain(decisions(row()), ONE, "public", fellows=1)
    else:
        with pytest.raises(UsageError, match="不到 5 人"):
            explain(rows, ONE, "public")
    assert explain(rows, ONE, "family") == explain(decisions(row()), ONE, "family")


def test_amount_classes_meet_without_gap() -> None:
    assert [amount_class(fen) for fen in (0, 49_999, 50_000, 999_999, 1_000_000)] == [
        "不到 500 元",
        "不到 500 元",
        "500 元以上、不到 1000 元",
        "5000 元以上、不到 10000 元",
        "10000 元以上",
    ]


def test_taking_apart_keeps_every_rule() -> None:
    taken = take_apart(told("低保", "1.00 元", met=False))
    assert taken.title == "寄宿补助"
    assert [rule.label for clause in taken.clauses for rule in clause.rules] == [
        "学段",
        "寄宿情况",
        "家庭人均年收入",
        "困难类型",
        "认定档次",
    ]
    spaced = take_apart("补助：符合。\n负债：须不低于 1.00 元；实际 2.00 元，符合。")
    assert spaced.clauses[0].rules[0].seen == "2.00 元"
    assert [clause.met for clause in taken.clauses] == [True, True, False, True]


def test_nobody_of_that_number() -> None:
    with pytest.raises(UsageError, match="没有学籍号或工号"):
        explain(decisions(row()), TWO)


def people(rng: Random, ids: list[str], size: int) -> list[dict[str, Any]]:
    """Students, freshmen and teachers with whatever conditions look at, half of it unknown."""
    groups = list(project_labels().names("special_group"))
    tiers = ["level_1", "level_2", "level_3"]

    def person(number: int) -> dict[str, Any]:
        wanted = rng.sample(ids, 12)
        subject = rng.choice(["student", "student", "freshman", "teacher"])
        stages = {
            "student": ["kindergarten", "primary", "junior", "senior", "vocational"],
            "freshman": ["undergraduate", "vocational_college"],
            "teacher": [""],
        }
        known = {
            "enrolled": True,
            "boarder": rng.random() < 0.5,
            "special_groups": rng.sample(groups, 3),
            "listed_groups": rng.sample(groups, 2),
            "income_per_head_fen": rng.randrange(1_234_567),
            "income_after_illness_fen": rng.randrange(1_234_567),
            "subsistence_line_fen": 765_432,
            "in_union_file": True,
            "residence": "rural",
            "household_place": "county",
            "post": "teacher",
            "employment": "in_post",
            "aid_received": [],
        }
        return {
            "subject": subject,
            "name": f"欧阳{number}号",
            "school_code": f"99{number:08d}",
            "class_name": f"{number}零班",
            "stage": rng.choice(stages[subject]),
            "applied_programs": wanted,
            "applications": [
                {
                    "program_id": program_id,
                    "applied_on": dt.date(2026, 9, rng.randrange(1, 29)),
                    "papers": ["allowance_certificate", "disability_certificate"],
                    "record": "good",
                    "hardship_causes": ["own_illness"],
                    "debt_fen": rng.randrange(3_000_000, 9_000_000),
                    "nominated_by": "union",
                }
                for program_id in wanted
            ],
            "panel_tiers": [{"program_id": i, "tier": rng.choice(tiers)} for i in wanted],
            "panel_amounts": [{"program_id": i, "amount_fen": 123_456} for i in wanted],
        } | {name: value for name, value in known.items() if rng.random() < 0.8}

    return [person(number) for number in range(100, 100 + size)]


def test_of_real_decisions_nothing_seen_reaches_the_public(
    make_facts: Any, shipped: tuple[Version, ...]
) -> None:
    term = Term.parse("2026-autumn")
    ids = sorted({own.program.id for own in shipped})
    versions = choose(shipped, region="cn/henan", adopts=ids, on=term.starts, season="autumn")
    facts = make_facts(*people(Random(5), ids, 60))
    by_id = {own.id: own for own in versions}
    labels = project_labels()
    sensitive = [
        *labels.names("special_group").values(),
        *labels.names("hardship_cause").values(),
        *labels.names("paper").values(),
        *labels.names("tier").values(),
    ]
    rows = decide(facts, versions, term).join(
        facts.select("person_no", "income_per_head_fen", "income_after_illness_fen"),
        on="person_no",
    )
    outcomes = set()
    for found in rows.iter_rows(named=True):
        told, own = take_apart(found["explanation"]), by_id[found["version_id"]]
        outcomes.add(found["outcome"])
        lines = public_lines(found)
        rules = [line for line in lines[1:] if line not in told.grounds]
        incomes = [found["income_per_head_fen"], found["income_after_illness_fen"]]
        secrets = [
            *(found[name] for name in ("name", "person_no", "school_code", "class_name")),
            found["determination_id"],
            *(yuan(fen) for fen in (*incomes, found["amount_fen"]) if fen),
        ]
        assert not [secret for secret in secrets if any(secret in line for line in lines)]
        assert not [word for word in sensitive if any(word in rule for rule in rules)]
        assert told.title == own.program.short_title
        assert told.grounds[0].startswith("依据：")
        if "stage_in" not in found["missing"]:
            tiers = (own.tier_from is not None) + (own.amount_from == "panel")
            rules_told = [
                c for c in told.clauses if c.rules[0].label not in ("在校时间", "在岗时间")
            ]
            assert len(rules_told) == len(own.conditions) + tiers, found["explanation"]
        if found["eligible"]:
            assert all(clause.met for clause in told.clauses), found["explanation"]
    assert outcomes >= {"awarded", "not_eligible", "reserve"}
