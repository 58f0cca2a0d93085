"""A made-up county of three schools, two terms of it disclosed: small enough to count by hand."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.county import County
from aidkit.labels import read_labels
from aidkit.project import Project
from aidkit.show.term import TermTables
from aidkit.show.view import View
from aidkit.tables import ALL, DISCLOSED

ROOT = Path(__file__).resolve().parents[2]
AUTUMN, SPRING = Term.parse("2026-autumn"), Term.parse("2026-spring")
BIG, MIDDLE, TINY = "9901010001", "9901010002", "9901010003"

Frames = dict[str, pl.DataFrame]

PROGRAM: dict[str, Any] = {
    "subject": "student",
    "funder": "county",
    "region": "cn/henan",
    "checked_until": None,
    "in_kind": False,
    "universal": False,
    "case_by_case": False,
    "relations": [],
    "funding": [],
    "targets": [],
}


def frames(*, more: int = 0) -> Frames:
    """The disclosed tables of a term; `more` students and recipients at the big school."""
    schools = [
        (BIG, "青源小学", "primary", "public", "town"),
        (MIDDLE, "云岭<中>学", "junior", "public", "village"),
        (TINY, "大坳教学点", "primary", "public", "village"),
    ]
    roll = [
        (BIG, "p1", 300 + more, 40),
        (BIG, ALL, 300 + more, 40),
        (MIDDLE, "j1", 100, 60),
        (MIDDLE, ALL, 100, 60),
        (TINY, "p1", 8, None),
        (TINY, ALL, 8, None),
        (ALL, "p1", 308 + more, None),
        (ALL, "j1", 100, 60),
        (ALL, ALL, 408 + more, None),
    ]
    aid = [
        (BIG, "total", ALL, 60 + more, 30_000_00 + more * 500_00),
        (BIG, "program", "tiered_aid", 60 + more, 30_000_00 + more * 500_00),
        (BIG, "tier", "tiered_aid/level_1", 20, 20_000_00),
        (BIG, "tier", "tiered_aid/level_3", 40 + more, 10_000_00 + more * 500_00),
        (BIG, "grade", "p1", 60 + more, None),
        (BIG, "category", "allowance", 30, None),
        (MIDDLE, "total", ALL, 25, 15_625_00),
        (MIDDLE, "program", "boarder_aid", 25, 15_625_00),
        (MIDDLE, "grade", "j1", 25, None),
        (MIDDLE, "category", "allowance", 12, None),
        (TINY, "total", ALL, None, None),
        (TINY, "program", "tiered_aid", None, None),
        (TINY, "grade", "p1", None, None),
        (ALL, "total", ALL, 88 + more, 47_125_00 + more * 500_00),
        (ALL, "program", "tiered_aid", 63 + more, 31_500_00 + more * 500_00),
        (ALL, "program", "boarder_aid", 25, 15_625_00),
        (ALL, "program", "fee_waiver", 408 + more, 120_000_00),
        (ALL, "tier", "tiered_aid/level_1", 20, 20_000_00),
        (ALL, "tier", "tiered_aid/level_3", 43 + more, 11_500_00 + more * 500_00),
        (ALL, "grade", "p1", 63 + more, None),
        (ALL, "grade", "j1", 25, None),
        (ALL, "category", "allowance", 44, None),
        (ALL, "category", "orphan", None, None),
        (ALL, "actual", ALL, 7, 45_875_00 + more * 500_00),
    ]
    programs: list[dict[str, Any]] = [
        {
            "program_id": "tiered_aid",
            "title": "困难学生三级资助",
            "source_title": "《示例资助办法》",
            "doc_no": "示例〔2026〕1号",
            "clause": "第三条",
            "status": "verified",
            "checked_until": dt.date(2027, 2, 28),
            "quota": "在校生数的 14%，分到各校；认定档次高的在前",
            "relations": [
                {"relation": "higher_of", "programs": ["boarder_aid"], "clause": "第四条"}
            ],
            "funding": [{"level": "province", "percent": 60}, {"level": "county", "percent": 40}],
        },
        {
            "program_id": "boarder_aid",
            "title": "寄宿生生活补助",
            "source_title": "《示例补助通知》",
            "clause": "第二条",
            "status": "unverified",
        },
        {
            "program_id": "fee_waiver",
            "title": "免学杂费",
            "source_title": "《示例免费规定》",
            "status": "unverified",
            "in_kind": True,
            "universal": True,
        },
    ]
    made = {
        "schools": pl.DataFrame(
            schools,
            schema=["school_code", "school_name", "school_type", "ownership", "locality"],
            orient="row",
        ),
        "roll": pl.DataFrame(
            roll, schema=["school_code", "grade", "students", "boarders"], orient="row"
        ).with_columns(suppressed=pl.col("boarders").is_null()),
        "aid": pl.DataFrame(
            aid,
            schema=["school_code", "breakdown", "group", "persons", "amount_fen"],
            orient="row",
        ).with_columns(suppressed=pl.col("persons").is_null()),
        "programs": pl.DataFrame(
            [
                PROGRAM | row | {"version_id": f"{row['program_id']}@cn/henan@2024-03-01"}
                for row in programs
            ],
            schema=DISCLOSED["programs"].create_empty().schema,
        ),
        "data_quality": pl.DataFrame(
            [(BIG, 400, 2, 1), (MIDDLE, 150, 0, 0), (TINY, 12, 0, 0), (ALL, 562, 2, 1)],
            schema=["school_code", "rows", "errors", "warnings"],
            orient="row",
        ),
        "named_donors": pl.DataFrame(
            [(1, "示例一厂", 50_000_00, dt.date(2026, 9, 20)), (2, "示例二店", 1_234_50, None)],
            schema=["number", "donor", "amount_fen", "donated_on"],
            orient="row",
        ),
    }
    return {name: DISCLOSED[name].validate(made[name], cast=True) for name in DISCLOSED}


@pytest.fixture
def history() -> tuple[TermTables, ...]:
    return (TermTables(SPRING, frames()), TermTables(AUTUMN, frames(more=12)))


@pytest.fixture
def view(history: tuple[TermTables, ...]) -> View:
    return View(
        County("青山县", "cn/henan", "青山县教育局", "资助管理中心", ()),
        read_labels(ROOT / "params" / "labels.toml"),
        history,
        threshold=5,
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose county `small` has disclosed tables of two terms."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    county = tmp_path / "data" / "small"
    county.mkdir(parents=True)
    (county / "county.toml").write_text(
        'name = "青山县"\nregion = "cn/henan"\npublisher = "青山县教育局"\n'
        'contact = "资助管理中心"\nadopts = []\n',
        encoding="utf-8",
    )
    for term, tables in ((SPRING, frames()), (AUTUMN, frames(more=12))):
        folder = tmp_path / "reports" / "small" / term.code / "public"
        folder.mkdir(parents=True)
        for name, frame in tables.items():
            frame.write_parquet(folder / f"{name}.parquet")
    return Project(tmp_path)
