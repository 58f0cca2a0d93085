"""A thousand pages of the sample county, and not one false alarm."""

from pathlib import Path

import polars as pl

from aidkit.gate import scan
from aidkit.pipeline.people import county_people
from aidkit.project import Project
from benchmarks.gate import PAGES, multiply
from tests.conftest import COUNTY, TERM

TERMS = ["2025-autumn", "2026-spring", TERM]


def test_a_thousand_clean_pages_raise_no_alarm(built: Path, tmp_path: Path) -> None:
    multiply(built / "site" / "_site", tmp_path / "site", PAGES)
    people = county_people(Project(built), built / COUNTY, TERMS)
    assert len(list((tmp_path / "site").rglob("*.html"))) == PAGES
    assert len(people.names) > 500

    assert scan(tmp_path / "site", people) == []


def test_persons_of_rows_set_aside_are_stored_for_the_gate(built: Path) -> None:
    tables = Project(built).reports(built / COUNTY, TERM) / "internal" / "tables"

    assert pl.read_parquet_schema(tables / "set_aside.parquet") == {
        "table": pl.String,
        "column": pl.String,
        "value": pl.String,
    }


def test_a_leak_on_one_of_them_is_found(built: Path, tmp_path: Path) -> None:
    multiply(built / "site" / "_site", tmp_path / "site", 100)
    people = county_people(Project(built), built / COUNTY, TERMS)
    name = min(name for name in people.names if len(name) == 3)
    page = sorted((tmp_path / "site").rglob("*.html"))[-1]
    page.write_text(page.read_text(encoding="utf-8") + f"<!-- {name} -->", encoding="utf-8")

    assert [(finding.kind, finding.excerpt[0]) for finding in scan(tmp_path / "site", people)] == [
        ("person_name", name[0])
    ]
