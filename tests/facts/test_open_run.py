"""A run: settings, versions in force, titles on forms matched to programs."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aidkit.calendar import Term
from aidkit.county import CountyQuota, read_county_settings
from aidkit.errors import ParamsError, UsageError
from aidkit.project import find_project
from aidkit.runs import open_run
from aidkit.runs.run import TITLED

TERM = Term.parse("2026-autumn")


def own_program(
    county: Path, unit: str = "yuan_per_term", paid: str = "each_term", extra: str = ""
) -> None:
    """The county's own school bus, from the file that the fixture `invented` wrote."""
    folder = county / "params" / "programs"
    folder.mkdir(parents=True)
    text = (county.parent / "school_bus.toml").read_text("utf-8")
    text = text.replace('"yuan_per_term"', f'"{unit}"').replace('"each_term"', f'"{paid}"')
    (folder / "school_bus.toml").write_text(text + extra, encoding="utf-8")


def titled(*titles: str) -> list[dict[str, Any]]:
    return [
        {"student_no": f"G99000020150101000{n}", "program_title": title, "promise_signed": True}
        for n, title in enumerate(titles)
    ]


def test_versions_of_region_term_and_adoption(make_tables: Any, county: Path) -> None:
    run = open_run(find_project(), county, TERM, make_tables())
    assert {
        "boarder_allowance@cn/henan@2024-03-01",
        "day_pupil_allowance@cn/henan@2024-03-01",
        "nutrition_henan@cn/henan@2020-03-01",
        "tiered_aid@unstated@2018-09-01",
    } <= {version.id for version in run.versions}
    assert "fee_waiver" not in {version.program.id for version in run.versions}
    before = open_run(find_project(), county, Term.parse("2023-autumn"), make_tables())
    assert "boarder_allowance@cn/henan@2020-03-01" in {version.id for version in before.versions}


def test_only_what_pays_in_the_season_is_in_force(
    make_tables: Any, county: Path, invented: Any
) -> None:
    own_program(county, "yuan_per_year", "in_spring")
    for term, there in (("2026-autumn", False), ("2027-spring", True)):
        run = open_run(find_project(), county, Term.parse(term), make_tables())
        assert ("school_bus" in {version.program.id for version in run.versions}) is there


def test_titles_that_nobody_knows_are_problems(make_tables: Any, county: Path) -> None:
    tables = make_tables(
        applications=titled(
            " 三级 资助", "三级自助", "免学杂费", "寄宿生生活补助", "三级资助（已退回）"
        )
    )
    run = open_run(find_project(), county, TERM, tables)
    kept = run.tables["applications"]["program_id"].to_list()
    assert kept == ["tiered_aid", "fee_waiver", "boarder_allowance"]
    rows = run.problems.select("file", "row", "value", "code", "severity").rows()
    assert rows == [
        ("applications.xlsx", 3, "三级自助", "unknown_program", "error"),
        ("applications.xlsx", 6, "三级资助（已退回）", "unknown_program", "error"),
        ("applications.xlsx", 4, "免学杂费", "program_not_in_force", "warning"),
    ]
    assert set(run.problems["column"]) == {"申请项目"}
    assert all(run.problems["remedy"].str.len_chars() > 0)


def test_contradicting_tiers_are_problems(make_tables: Any, county: Path) -> None:
    titles = ("三级资助", "义务教育困难学生三级资助", "三级资助", "三级资助")
    tiers = ("level_1", "level_2", "level_1", "level_1")
    pupils = (1, 1, 2, 2)
    decisions = [
        {"student_no": f"G99000020150101000{n}", "program_title": title, "tier": tier}
        for n, title, tier in zip(pupils, titles, tiers, strict=True)
    ]
    run = open_run(find_project(), county, TERM, make_tables(panel_decisions=decisions))
    assert run.problems.select("row", "column", "value", "code").rows() == [
        (2, "认定档次", "一级", "contradicting_tiers"),
        (3, "认定档次", "二级", "contradicting_tiers"),
    ]


def test_a_county_brings_a_program_of_its_own(
    make_tables: Any, county: Path, invented: Any
) -> None:
    own_program(county)
    run = open_run(find_project(), county, TERM, make_tables(applications=titled("校车补助")))
    assert "school_bus" in {version.program.id for version in run.versions}
    assert run.problems.is_empty()


def test_amounts_of_a_panel_contradict_each_other_or_are_missing(
    make_tables: Any, county: Path
) -> None:
    amounts = [(1, 50_000), (1, 60_000), (2, 70_000), (2, None), (3, None)]
    decisions = [
        {"teacher_no": str(n), "program_title": "三级资助", "amount_fen": fen, "panel": "甲、乙"}
        for n, fen in amounts
    ]
    tables = make_tables(teacher_panel_decisions=decisions)
    run = open_run(find_project(), county, TERM, tables)
    rows = run.problems.select("file", "row", "value", "code", "severity").rows()
    file = "teacher_panel_decisions.xlsx"
    assert rows == [
        (file, 2, "500.00", "contradicting_amounts", "error"),
        (file, 3, "600.00", "contradicting_amounts", "error"),
        (file, 5, "", "panel_without_answer", "error"),
        (file, 6, "", "panel_without_answer", "error"),
    ]


@pytest.mark.parametrize(("members", "found"), [(10, []), (11, ["panel_too_large"])])
def test_a_panel_has_at_most_ten_members(
    members: int, found: list[str], make_tables: Any, county: Path
) -> None:
    panel = "、".join(f"甲{n}" for n in range(members)) + "、"
    decision = titled("三级资助")[0] | {"tier": "level_1", "panel": panel}
    run = open_run(find_project(), county, TERM, make_tables(panel_decisions=[decision]))
    assert run.problems["code"].to_list() == found
    assert run.problems["severity"].to_list() == ["warning"] * len(found)
    assert run.tables["panel_decisions"].height == 1


def test_a_panel_is_named_once_in_each_sheet(make_tables: Any, county: Path) -> None:
    answers = [row | {"tier": "level_1"} for row in titled(*["三级资助"] * 4)]
    panels = ["，".join(f"{who} {n}" for n in range(11)) for who in "甲甲乙甲"]
    decisions = [row | {"panel": panel} for row, panel in zip(answers, panels, strict=True)]
    run = open_run(find_project(), county, TERM, make_tables(panel_decisions=decisions))
    assert run.problems.select("row", "code").rows() == [
        (2, "panel_too_large"),
        (4, "panel_too_large"),
    ]


def test_payments_that_fit_no_program_of_the_term_are_problems(
    make_tables: Any, county: Path
) -> None:
    titles = {"三级资助": TERM.starts, "三级自助": TERM.ends, "免学杂费": TERM.starts}
    paid = [{"program_title": title, "paid_on": day} for title, day in titles.items()]
    paid.append({"program_title": "别的", "paid_on": TERM.ends + dt.timedelta(days=1)})
    rows = [row | {"student_no": "G990000201501010001", "amount_fen": 1} for row in paid]
    tables = make_tables(payouts=[row | {"term": None} for row in rows])
    run = open_run(find_project(), county, TERM, tables)
    assert run.problems.select("row", "value", "code", "severity").rows() == [
        (3, "三级自助", "unknown_program", "warning"),
        (4, "免学杂费", "program_not_in_force", "warning"),
    ]
    assert run.tables["payouts"].height == len(rows)


@pytest.mark.parametrize(
    ("kind", "signed", "reason", "problem"),
    [
        ("waived", True, None, None),
        ("waived", False, "自愿", "waiver_unsigned"),
        ("waived", None, "自愿", "waiver_unsigned"),
        ("revoked", None, "铺张浪费", None),
        ("revoked", True, None, "revocation_without_reason"),
        ("revoked", True, " ", "revocation_without_reason"),
    ],
)
def test_a_waiver_needs_a_signature_and_a_revocation_a_reason(
    kind: str,
    signed: bool | None,
    reason: str | None,
    problem: str | None,
    make_tables: Any,
    county: Path,
) -> None:
    change: dict[str, Any] = {"person_no": "G990000201501010001", "program_title": "三级资助"}
    change |= {"award_change": kind, "signed": signed, "reason": reason}
    run = open_run(find_project(), county, TERM, make_tables(award_changes=[change]))
    assert run.problems["code"].to_list() == ([problem] if problem else [])
    assert run.tables["award_changes"].height == (0 if problem else 1)


def test_aid_of_others_need_not_be_ours(make_tables: Any, county: Path) -> None:
    received = [
        {"person_no": "1", "program_title": title, "funder": "society", "year": 2025}
        for title in ("三级 资助", "某企业助学金")
    ]
    run = open_run(find_project(), county, TERM, make_tables(aid_received=received))
    assert run.tables["aid_received"]["program_id"].to_list() == ["tiered_aid", None]
    assert run.problems.is_empty()


def test_each_table_with_titles_is_matched(make_tables: Any, county: Path) -> None:
    rows = {name: [{"program_title": "没有这个项目"}] for name in TITLED}
    run = open_run(find_project(), county, TERM, make_tables(**rows))
    assert sorted(run.problems["file"]) == sorted(f"{name}.xlsx" for name in TITLED)
    assert set(run.problems["code"]) == {"unknown_program"}


def test_settings_of_quotas_and_kinds(county: Path) -> None:
    settings = county / "county.toml"
    settings.write_text(
        settings.read_text("utf-8")
        + 'kinds = ["nutrition_pilot"]\n[quota.tiered_aid]\nplaces = 5\n'
        + '[quota.fee_waiver]\nplaces = 0\nof = "boarders"\n',
        encoding="utf-8",
    )
    read = read_county_settings(county)
    assert read.kinds == ("nutrition_pilot",)
    assert read.quotas == (
        ("tiered_aid", CountyQuota(places=5, base=None)),
        ("fee_waiver", CountyQuota(places=0, base="boarders")),
    )
    assert hash(read)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('kinds = ["poor"]', "kinds"),
        ("kinds = []", "kinds"),
        ('[quota.tired_aid]\nof = "boarders"', "quota"),
        ("[quota.tiered_aid]", "quota.tiered_aid"),
        ("[quota.tiered_aid]\nplaces = -1", "quota.tiered_aid.places"),
        ("[quota.tiered_aid]\nplaces = 1.5", "quota.tiered_aid.places"),
        ('[quota.tiered_aid]\nof = "pupils"', "quota.tiered_aid.of"),
        ("[quota.tiered_aid]\nplaces = 5\nfor = 1", "quota.tiered_aid.for"),
    ],
)
def test_bad_quotas_and_kinds_are_refused(
    more: str, key: str, make_tables: Any, county: Path
) -> None:
    path = county / "county.toml"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        open_run(find_project(), county, TERM, make_tables())
    assert refused.value.where.endswith(f"county.toml：{key}")
    assert refused.value.remedy


SHARE = """
[version.quota]
percent = 25
by_school = false
order = ["income_per_head"]
ties = "lot"
"""


@pytest.mark.parametrize("own", ['of = "boarders"', "places = 3"])
def test_a_county_names_what_a_share_is_of(
    own: str, make_tables: Any, county: Path, invented: Any
) -> None:
    own_program(county, extra=SHARE)
    settings = county / "county.toml"
    text = settings.read_text("utf-8") + f"[quota.school_bus]\n{own}\n"
    settings.write_text(text, encoding="utf-8")
    assert open_run(find_project(), county, TERM, make_tables()).county.quotas


def test_a_share_of_nothing_named_is_refused(make_tables: Any, county: Path, invented: Any) -> None:
    own_program(county, extra=SHARE)
    with pytest.raises(ParamsError, match="校车补助") as refused:
        open_run(find_project(), county, TERM, make_tables())
    assert "county.toml：quota.school_bus" in refused.value.where
    assert "boarders" in refused.value.remedy
    # A version that is not in force here asks for nothing.
    settings = county / "county.toml"
    text = settings.read_text("utf-8").replace("cn/henan/demo", "cn/anhui/demo")
    settings.write_text(text, encoding="utf-8")
    assert open_run(find_project(), county, TERM, make_tables()).county.quotas == ()


@pytest.mark.parametrize(
    ("program", "region", "refused"),
    [
        ("school_bus", "cn/henan/demo", False),
        ("school_bus", "cn/anhui/demo", True),
        ("nutrition_henan", "cn/henan/demo", True),
    ],
)
def test_places_of_what_has_no_quota_here_are_refused(
    program: str, region: str, refused: bool, make_tables: Any, county: Path, invented: Any
) -> None:
    own_program(county, extra=SHARE)
    settings = county / "county.toml"
    both = {program, "school_bus"} if region == "cn/henan/demo" else {program}
    text = settings.read_text("utf-8").replace("cn/henan/demo", region)
    text += "".join(f"[quota.{name}]\nplaces = 3\n" for name in sorted(both))
    settings.write_text(text, encoding="utf-8")
    # Settings have no date: also where the quota only came later they are let stand.
    for term in (TERM, Term.parse("2020-autumn")):
        if not refused:
            assert open_run(find_project(), county, term, make_tables()).county.quotas
            continue
        with pytest.raises(ParamsError, match=f"{program}.*没有名额") as fault:
            open_run(find_project(), county, term, make_tables())
        assert fault.value.where.endswith(f"county.toml：quota.{program}")
        assert fault.value.remedy


def test_a_source_that_names_the_base_needs_no_county(
    make_tables: Any, county: Path, invented: Any
) -> None:
    own_program(county, extra=SHARE + 'of = "students"\n')
    assert open_run(find_project(), county, TERM, make_tables()).county.quotas == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("adopts", "adopt", "adopt"),
        ('"tiered_aid"', '"tired_aid"', "adopts"),
        ("region", "regions", "region"),
        ("cn/henan/demo", "河南", "region"),
        ('name = "示例县"', "name = 1", "name"),
    ],
)
def test_bad_settings_are_refused(
    old: str, new: str, key: str, make_tables: Any, county: Path
) -> None:
    path = county / "county.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ParamsError) as refused:
        open_run(find_project(), county, TERM, make_tables())
    assert f"county.toml：{key}" in refused.value.where
    assert refused.value.remedy


def test_no_settings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"county\.toml"):
        read_county_settings(tmp_path)
