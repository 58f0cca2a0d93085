"""What-if changes as `--set` writes them: what they alter, and what they refuse."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.calendar import Term
from aidkit.errors import ParamsError, UsageError
from aidkit.programs import AnyOf, Condition, Version, choose, load_programs
from aidkit.programs.changes import apply_changes, changed_quotas
from aidkit.programs.edited import load_edited
from aidkit.project import find_project

SHIPPED = find_project().params / "programs"
EVERY = load_programs(SHIPPED)
ADOPTED = {version.program.id for version in EVERY}
AUTUMN, SPRING = Term.parse("2026-autumn"), Term.parse("2026-spring")


def in_force(term: Term = AUTUMN, region: str = "cn/henan") -> tuple[Version, ...]:
    return choose(EVERY, region=region, adopts=ADOPTED, on=term.starts, season=term.season)


def changed(*texts: str, term: Term = AUTUMN, region: str = "cn/henan") -> dict[str, Version]:
    versions, said = apply_changes(in_force(term, region), texts, every=EVERY, term=term)
    assert len(said) == len(texts)
    return {version.program.id: version for version in versions}


def said(text: str, term: Term = AUTUMN) -> str:
    return apply_changes(in_force(term), [text], every=EVERY, term=term)[1][0]


def figures(version: Version) -> dict[tuple[str | None, str | None], int]:
    return {(amount.tier, amount.stage): amount.fen for amount in version.amounts}


def test_no_change_changes_nothing() -> None:
    assert tuple(changed().values()) == in_force()


def test_an_amount_is_set_for_every_stage_of_a_tier() -> None:
    found = figures(changed("tiered_aid.level_1.amount=2500")["tiered_aid"])
    assert {fen for (tier, _), fen in found.items() if tier == "level_1"} == {2500_00}
    assert {fen for (tier, _), fen in found.items() if tier != "level_1"} == {1500_00, 1000_00}


def test_an_amount_is_set_for_one_stage() -> None:
    before = {version.program.id: version for version in in_force()}["boarder_allowance"]
    after = changed("boarder_allowance.primary.amount=1500")["boarder_allowance"]
    assert figures(after) == figures(before) | {(None, "primary"): 1500_00}


def test_a_derived_amount_is_overruled() -> None:
    after = changed("day_pupil_allowance.junior.amount=400.50")["day_pupil_allowance"]
    assert figures(after)[None, "junior"] == 400_50
    assert {(a.stated_fen, a.derived_fen) for a in after.amounts if a.stage == "junior"} == {
        (400_50, None)
    }


def test_only_the_program_that_is_named_is_altered() -> None:
    after = changed("tiered_aid.level_1.amount=2500")
    before = {version.program.id: version for version in in_force()}
    differing = {name for name in before if after[name] != before[name]}
    assert differing == {"tiered_aid"}
    assert after["tiered_aid"].fingerprint != before["tiered_aid"].fingerprint


def test_changes_follow_one_another() -> None:
    after = changed("tiered_aid.level_1.amount=2500", "tiered_aid.level_1.amount=2600")
    assert figures(after["tiered_aid"])["level_1", "primary"] == 2600_00


def groups(version: Version) -> list[tuple[str, ...]]:
    ways = [way for c in version.conditions if isinstance(c, AnyOf) for way in c.alternatives]
    plain = [c for c in version.conditions if isinstance(c, Condition)]
    return [
        c.argument
        for c in (*plain, *(c for way in ways for c in way))
        if c.name == "any_special_group" and isinstance(c.argument, tuple)
    ]


def test_a_list_is_widened_and_narrowed_within_alternatives() -> None:
    wider = changed("boarder_allowance.any_special_group+=low_income")["boarder_allowance"]
    assert [codes[-1] for codes in groups(wider)] == ["low_income"]
    (before,) = groups({v.program.id: v for v in in_force()}["boarder_allowance"])
    assert groups(wider) == [(*before, "low_income")]
    narrower = changed("boarder_allowance.any_special_group-=epidemic, brave")["boarder_allowance"]
    assert groups(narrower) == [tuple(c for c in before if c not in {"epidemic", "brave"})]


@pytest.mark.parametrize(
    ("written", "argument"),
    [
        ("teacher_hardship_city.debt_at_least=30000", 30000_00),
        ("teacher_hardship_city.applied_by=05-31", "05-31"),
        ('teacher_hardship_city.applied_by="05-31"', "05-31"),
        ("teacher_hardship_city.hardship_cause_in=own_illness", ("own_illness",)),
        (
            "teacher_hardship_city.hardship_cause_in=own_illness,accident",
            ("own_illness", "accident"),
        ),
        ('teacher_hardship_city.hardship_cause_in=["disaster"]', ("disaster",)),
    ],
)
def test_a_condition_takes_what_a_file_may_say(written: str, argument: object) -> None:
    after = changed(written, term=SPRING)["teacher_hardship_city"]
    name = written.partition(".")[2].partition("=")[0]
    found = [c.argument for c in after.conditions if isinstance(c, Condition) and c.name == name]
    assert found == [argument]


def test_a_condition_of_one_tier_is_set_for_it_alone() -> None:
    after = changed("union_autumn_aid.case_2.income_after_illness_at_most=160")["union_autumn_aid"]
    limits = {rule.tier: rule.conditions[0].argument for rule in after.tier_rules}
    assert limits == {"case_1": 100, "case_4": ("allowance",), "case_2": 160, "case_3": 200}


def test_a_quota_is_set() -> None:
    today = {version.program.id: version for version in in_force()}["candle_action"].quota
    assert today is not None
    assert changed("candle_action.quota.places=50")["candle_action"].quota == replace(
        today, places=50
    )
    share = changed("candle_action.quota.percent=7.5", "candle_action.quota.of=students")
    assert share["candle_action"].quota == replace(today, places=None, permille=75, base="students")


def test_the_form_of_another_region_takes_the_place_of_the_own() -> None:
    after = changed("boarder_allowance.region=cn")
    assert after["boarder_allowance"].id == "boarder_allowance@cn@2024-03-01"
    here = changed("boarder_allowance.region=cn/henan", region="cn/hubei")
    assert here["boarder_allowance"].region == "cn/henan"


def test_a_program_that_is_not_in_force_comes_in_by_its_region() -> None:
    none = choose(EVERY, region="cn/hubei", adopts=(), on=AUTUMN.starts, season="autumn")
    assert "tiered_aid" not in {version.program.id for version in none}
    versions, _ = apply_changes(none, ["tiered_aid.region=unstated"], every=EVERY, term=AUTUMN)
    assert "tiered_aid" in {version.program.id for version in versions}
    assert len(versions) == len(none) + 1


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("nonsense", "tiered_aid.level_1.amount=2500"),
        ("tiered_aid.level_1.amount", "tiered_aid.level_1.amount=2500"),
        ("tierd_aid.amount=1", "tiered_aid"),
        ("tiered_aid.level_9.amount=1", "level_1.primary.amount"),
        ("boarder_allowance.level_1.amount=1", "primary.amount"),
        ("tiered_aid.amnt=1", "amount"),
        ("tiered_aid.amount+=1", "请用“=”"),
        ("tiered_aid.amount=abc", "请写不带引号"),
        ("tiered_aid.amount=1.005", "最多两位小数"),
        ("tiered_aid.amount=-1", "不能为负"),
        ("tiered_aid.amount=10.01", "平分成两个整分"),
        ("union_autumn_aid.case_3.amount=5000", "--program"),
        ("emergency_aid.amount=5", "认定金额"),
        ("boarder_allowance.any_special_group+=low_incom", "low_income"),
        ("boarder_allowance.any_special_group+=orphan", "现在是"),
        ("boarder_allowance.any_special_group-=low_income", "现在是"),
        ("cadre_help.any_special_group-=registered_poor", "--program"),
        ("boarder_allowance.boarder_is+=true", "请用“=”"),
        ("boarder_allowance.debt_at_least=1", "any_special_group"),
        ("union_autumn_aid.income_after_illness_at_most=120", "case_1.income_after"),
        ("union_autumn_aid.case_1.applied_by=08-20", "请写 union_autumn_aid.applied_by"),
        ("union_autumn_aid.case_4.income_after_illness_at_most=1", "case_1.income_after"),
        ("boarder_allowance.enrolled=false", "删去"),
        ("union_autumn_aid.applied_by=02-29", "08-10"),
        ("tiered_aid.quota.places=5", "--program"),
        ("candle_action.quota.places=0", "1 以上"),
        ("candle_action.quota.percent=100.1", "不超过 100"),
        ("candle_action.quota.percent=7.55", "一位小数"),
        ("candle_action.quota.of=students", "quota.percent"),
        ("candle_action.quota.size=5", "quota"),
        ("tiered_aid.region=cn/henan", "unstated"),
        ("teacher_hardship_city.region=unstated", "换一个学期"),
        ("teacher_hardship_city.debt_at_least=1", "teacher_hardship_city.region="),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(written: str, remedy: str) -> None:
    with pytest.raises(UsageError) as refused:
        changed(written)
    assert remedy in refused.value.remedy
    assert refused.value.where == f"--set {written}"
    assert refused.value.exit_code == 2


def test_fewer_places_than_are_kept_are_refused() -> None:
    with pytest.raises(UsageError, match="预留 20 个"):
        changed("teacher_hardship_city.quota.places=19", term=SPRING)
    changed("teacher_hardship_city.quota.places=20", term=SPRING)


def test_sentences_say_both_sides() -> None:
    assert said("boarder_allowance.primary.amount=1500") == (
        "寄宿生生活补助：小学每学年 1,250.00 → 1,500.00 元"
    )
    assert said("boarder_allowance.any_special_group+=low_income") == (
        "寄宿生生活补助：困难类型增加“低收入家庭”"
    )
    assert said("boarder_allowance.region=cn") == "寄宿生生活补助：改按 cn 的规定"
    assert "20,000.00 元 → 不低于 30,000.00 元" in said(
        "teacher_hardship_city.debt_at_least=30000", SPRING
    )


def test_programs_with_changed_quotas_are_told() -> None:
    assert changed_quotas(["candle_action.quota.places=5", "tiered_aid.amount=2"]) == {
        ("candle_action", "places")
    }


@given(st.integers(min_value=0, max_value=10**7))
def test_any_whole_even_fen_becomes_the_amount(half: int) -> None:
    fen = 2 * half
    text = f"boarder_allowance.amount={fen // 100}.{fen % 100:02d}"
    assert set(figures(changed(text)["boarder_allowance"]).values()) == {fen}


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = (SHIPPED / "tiered_aid.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_an_edited_copy_takes_the_place_of_its_program(tmp_path: Path) -> None:
    copy = edited(tmp_path, "改过的.toml", "stated = 2000", "stated = 2400")
    found = load_edited([SHIPPED], [copy])
    assert {v.id for v in found} == {v.id for v in EVERY}
    altered = {new.program.id for new, old in zip(found, EVERY, strict=True) if new != old}
    assert altered == {"tiered_aid"}


def test_a_copy_with_a_new_id_is_a_further_program(tmp_path: Path) -> None:
    text = (SHIPPED / "emergency_aid.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition("[[version]]")
    head = "\n".join(
        line for line in head.splitlines() if not line.startswith(("id", "title", "short", "alias"))
    )
    path = tmp_path / "further.toml"
    path.write_text(
        f'id = "further"\ntitle = "另一项"\nshort_title = "另一项"\n{head}\n[[version]]{rest}',
        encoding="utf-8",
    )
    found = load_edited([SHIPPED], [path])
    assert {v.program.id for v in found} - ADOPTED == {"further"}


def test_a_wrong_copy_is_named_as_the_clerk_named_it(tmp_path: Path) -> None:
    copy = edited(tmp_path, "改过的.toml", "stated = 2000", "stated = 2000.01")
    with pytest.raises(ParamsError) as refused:
        load_edited([SHIPPED], [copy])
    assert refused.value.where.startswith(str(copy))


def test_copies_that_are_not_there_or_twice_are_refused(tmp_path: Path) -> None:
    copy = edited(tmp_path, "a.toml", "stated = 2000", "stated = 2400")
    twin = edited(tmp_path, "b.toml", "stated = 2000", "stated = 2600")
    with pytest.raises(UsageError, match="没有这个项目文件"):
        load_edited([SHIPPED], [tmp_path / "c.toml"])
    with pytest.raises(UsageError, match="给了两份"):
        load_edited([SHIPPED], [copy, twin])
