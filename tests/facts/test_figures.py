"""Dated, regional figures: which one holds where and when, and what a file may not say."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aidkit.calendar import Term
from aidkit.errors import ParamsError
from aidkit.facts import assemble_facts
from aidkit.programs.figures import figure_in_force, load_figures
from aidkit.project import find_project
from aidkit.runs import open_run

VALUE = """
[[value]]
region = "cn/demo_province"
effective_from = 2024-03-01
effective_to = 2025-08-31
unit = "yuan_per_month"
stated = 600
status = "unverified"
[[value.source]]
title = "示例标准"
found_in = "测试"

[[value]]
region = "cn/demo_province"
effective_from = 2025-09-01
unit = "yuan_per_year"
stated = 8000.50
status = "unverified"
[[value.source]]
title = "示例标准"
found_in = "测试"
"""

OWN = """
[[value]]
region = "cn/demo_province/demo"
effective_from = 2026-03-01
unit = "yuan_per_month"
stated = 700
status = "unverified"
[[value.source]]
title = "本县标准"
found_in = "测试"
"""


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "line.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("region", "day", "fen"),
    [
        ("cn/demo_province", dt.date(2024, 2, 29), None),
        ("cn/demo_province", dt.date(2024, 3, 1), 720_000),
        ("cn/demo_province/other", dt.date(2025, 8, 31), 720_000),
        ("cn/demo_province/other", dt.date(2025, 9, 1), 800_050),
        ("cn/demo_province/demo", dt.date(2026, 2, 28), 800_050),
        ("cn/demo_province/demo", dt.date(2026, 3, 1), 840_000),
        ("cn/demo_province_two", dt.date(2026, 3, 1), None),
        ("cn", dt.date(2026, 3, 1), None),
    ],
)
def test_the_narrowest_region_on_the_day_wins(
    region: str, day: dt.date, fen: int | None, tmp_path: Path
) -> None:
    folders = written(tmp_path / "ours", VALUE), written(tmp_path / "theirs", OWN)
    figures = load_figures("line", *folders, tmp_path / "absent")
    held = figure_in_force(figures, region=region, on=day)
    assert (held.fen_per_year if held else None) == fen


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("yuan_per_month", "yuan_per_week", "value[1].unit"),
        ("stated = 600", "stated = 600.001", "value[1].stated"),
        ("stated = 600", "stated = 0", "value[1].stated"),
        ("stated", "amount", "value[1].stated"),
        ('region = "cn/demo_province"', 'region = "河南"', "value[1].region"),
        ('region = "cn/demo_province"', 'region = "unstated"', "value[1].region"),
        ("effective_to = 2025-08-31", "effective_to = 2024-02-29", "value[1].effective_to"),
        ("effective_to = 2025-08-31", "effective_to = 2025-09-01", "value[2].effective_from"),
        ("effective_to = 2025-08-31\n", "", "value[2].effective_from"),
        ("effective_to = 2025-08-31", "until = 2025-08-31", "value[1].until"),
        ('"unverified"', '"guessed"', "value[1].status"),
        ('found_in = "测试"\n', "", "value[1].source[1].found_in"),
        ("[[value]]", "[[values]]", "value"),
    ],
)
def test_bad_figures_are_refused(old: str, new: str, key: str, tmp_path: Path) -> None:
    folder = written(tmp_path, VALUE.replace(old, new, 1 if "values" not in new else 2))
    with pytest.raises(ParamsError) as refused:
        load_figures("line", folder)
    assert refused.value.where.endswith(f"line.toml：{key}")
    assert refused.value.remedy


def test_the_same_value_in_two_files_is_refused(tmp_path: Path) -> None:
    folders = written(tmp_path / "ours", OWN), written(tmp_path / "theirs", OWN)
    with pytest.raises(ParamsError, match="同时有效"):
        load_figures("line", *folders)


def test_a_county_brings_its_own_subsistence_line(make_tables: Any, county: Path) -> None:
    number, school = "G990000201501010001", "9900000001"
    tables = make_tables(
        students=[
            {"student_no": number, "school_code": school, "grade": "p4", "class_name": "1班"}
        ],
        teachers=[{"teacher_no": "T1", "school_code": school, "post": "teacher"}],
    )
    elsewhere = county / "county.toml"
    text = elsewhere.read_text("utf-8").replace("cn/henan/demo", "cn/demo_province/demo")
    elsewhere.write_text(text, encoding="utf-8")
    term = Term.parse("2026-autumn")
    assert open_run(find_project(), county, term, tables).subsistence_line_fen is None
    folder = written(county / "params" / "figures", OWN)
    (folder / "line.toml").rename(folder / "subsistence_line.toml")
    run = open_run(find_project(), county, term, tables)
    assert run.subsistence_line_fen == 840_000
    facts = assemble_facts(run)
    assert dict(facts.select("subject", "subsistence_line_fen").rows()) == {
        "student": 840_000,
        "teacher": None,
    }
