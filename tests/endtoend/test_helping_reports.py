"""The helping reports of a whole run: who is told to whom, and who stands on no page with whom."""

import json
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import TERM

SCHOOL = "9901010002"


@pytest.fixture(scope="module")
def term(built: Path) -> Path:
    return built / "reports" / "demo" / TERM


def told(term: Path, name: str) -> str:
    """Everything that an executed report shows."""
    path = term / "internal" / "notebooks" / f"{name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [out["data"] for cell in cells for out in cell.get("outputs", []) if "data" in out]
    return "\n".join("".join(data.get("text/markdown", "")) for data in outputs)


def numbers(term: Path, table: str) -> set[str]:
    pairs = pl.read_parquet(term / "internal" / "learners" / f"{table}.parquet")
    return set(pairs.filter(pl.col("ends_on").is_null())["student_no"])


def schools(term: Path) -> list[str]:
    return sorted(path.stem for path in (term / "internal/notebooks/helping").glob("*.ipynb"))


def test_every_report_says_who_may_read_it_and_has_its_sections(term: Path) -> None:
    text = told(term, f"helping/{SCHOOL}")
    assert "内部资料 · 供本校校长和帮扶负责人使用" in text
    for anchor in ("pairs", "loads", "proposal", "continuity", "peers", "visits", "logs"):
        assert f"{{#{anchor}}}" in text
    for anchor in ("screening", "care", "households", "reminders"):
        assert f"{{#{anchor}}}" in text
    text = told(term, "helping_county")
    assert "内部资料 · 供县级帮扶和控辍保学负责人使用" in text
    for anchor in ("schools", "targets", "dropout", "listed", "households", "conduct"):
        assert f"{{#{anchor}}}" in text


def test_who_is_looked_after_for_conduct_and_for_results_stand_in_no_report_together(
    term: Path,
) -> None:
    results, conduct = numbers(term, "tutor_pairs"), numbers(term, "conduct_pairs")
    known = pl.read_parquet(term / "internal" / "learners" / "absent.parquet")["student_no"]
    county = told(term, "helping_county")
    assert not [number for number in results - set(known) if number in county]
    assert [number for number in conduct if number in county]
    codes = schools(term)
    assert codes
    pages = [told(term, f"helping/{code}") for code in codes]
    assert all(any(number in page for page in pages) for number in results)
    for page in pages:
        assert "问题生" not in page


def test_no_pair_and_no_reminder_reaches_what_is_published(built: Path, term: Path) -> None:
    named = numbers(term, "tutor_pairs") | numbers(term, "conduct_pairs")
    public = [term / "public", built / "site" / "_site_offline", built / "site"]
    pages = [
        path.read_text(encoding="utf-8")
        for folder in public
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.suffix in {".html", ".ipynb", ".csv", ".md", ".qmd", ".json"}
    ]
    assert len(pages) > 10
    for page in pages:
        assert "提醒单" not in page
        assert not [number for number in named if number in page]
