"""A run: settings, versions in force, titles on forms matched to programs."""

from pathlib import Path
from typing import Any

import pytest

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.errors import ParamsError, UsageError
from aidkit.project import find_project
from aidkit.runs import open_run

TERM = Term.parse("2026-autumn")


def titled(*titles: str) -> list[dict[str, Any]]:
    return [
        {"student_no": f"G99000020150101000{n}", "program_title": title, "promise_signed": True}
        for n, title in enumerate(titles)
    ]


def test_versions_of_region_term_and_adoption(make_tables: Any, county: Path) -> None:
    run = open_run(find_project(), county, TERM, make_tables())
    assert [version.id for version in run.versions] == [
        "boarder_allowance@cn/henan@2024-03-01",
        "day_pupil_allowance@cn/henan@2024-03-01",
        "nutrition_henan@cn/henan@2020-03-01",
        "tiered_aid@unstated@2018-09-01",
    ]
    before = open_run(find_project(), county, Term.parse("2023-autumn"), make_tables())
    assert before.versions[0].id == "boarder_allowance@cn/henan@2020-03-01"


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
    folder = county / "params" / "programs"
    folder.mkdir(parents=True)
    source = county.parent / "school_bus.toml"
    (folder / "school_bus.toml").write_text(source.read_text("utf-8"), encoding="utf-8")
    run = open_run(find_project(), county, TERM, make_tables(applications=titled("校车补助")))
    assert "school_bus" in {version.program.id for version in run.versions}
    assert run.problems.is_empty()


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
