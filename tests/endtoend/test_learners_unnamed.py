"""No learner is named in public: not by a score, a rank, a prize, or as one who is looked after.

A prize that only those can win who are looked after (学困生) would name the group; nobody's consent
to be named with another is recorded, so nobody is.
"""

from pathlib import Path

import polars as pl
import pytest

from aidkit.tables.disclosed import DISCLOSED, DISCLOSED_FUND, DISCLOSED_LEARNERS
from aidkit.tables.progress import Group, Progress, Sittings
from tests.conftest import TERM

GROUP_WORDS = ("学困生", "问题生", "一等奖", "二等奖", "三等奖", "进步奖")
METHOD = ("methods.html", "progress.html", "search-index.js")
"""Pages of the method, which name the rules and nobody, and what the search finds in them."""

OF_ONE_PERSON = {
    *("student_no", "person_no", "name", "id_number", "class_name"),
    *(name for name in Progress.column_names() if name not in {"term", "school_code", "grade"}),
    *(name for name in Sittings.column_names() if name not in Group.column_names()),
    *("teacher_no", "helper_no", "verdict"),
} - {"band", "pupils"}
"""Columns that tell of one learner; `band` is counted, `pupils` is the count."""


@pytest.fixture(scope="module")
def term(built: Path) -> Path:
    return built / "reports" / "demo" / TERM


@pytest.fixture(scope="module")
def learners(term: Path) -> set[str]:
    """Names and numbers of all pupils: those of the group and with prizes are among them."""
    students = pl.read_parquet(term / "internal" / "tables" / "students.parquet")
    learners = term / "internal" / "learners"
    measured = pl.read_parquet(learners / "progress.parquet")
    group = pl.read_parquet(learners / "group.parquet")
    assert group.height > 0
    assert measured.filter(band="clearly_better").height > 0
    assert {*group["student_no"], *measured["student_no"]} <= {*students["student_no"]}
    donors = {*pl.read_parquet(term / "public" / "named_donors.parquet")["donor"]}
    return {*students["name"], *students["student_no"]} - donors


@pytest.mark.parametrize("name", [*DISCLOSED, *DISCLOSED_LEARNERS, *DISCLOSED_FUND])
def test_no_public_table_has_a_column_of_one_learner(name: str) -> None:
    schema = {**DISCLOSED, **DISCLOSED_LEARNERS, **DISCLOSED_FUND}[name]
    assert not OF_ONE_PERSON & {*schema.column_names()}


def test_no_other_table_lies_among_the_public_ones(term: Path) -> None:
    lying = {path.stem for path in (term / "public").rglob("*.parquet")}
    assert lying == {*DISCLOSED, *DISCLOSED_LEARNERS}


def test_nobody_stands_in_what_public_notebooks_read_or_show(
    term: Path, learners: set[str]
) -> None:
    slices = [*(term / "slices" / "public").glob("*.parquet")]
    slices += (term / "slices" / "public_progress").glob("*.parquet")
    read = [b"".join(pl.read_parquet(path)["frame"]) for path in slices]
    tables = [path for path in (term / "public").glob("*.parquet") if path.stem != "named_donors"]
    read += [pl.read_parquet(path).write_json().encode() for path in tables]
    shown = [path.read_bytes() for path in (term / "public").rglob("*.ipynb")]
    assert len(slices) > 2
    assert len(shown) > 4
    for content in (*read, *shown):
        assert not [one for one in learners if one.encode() in content]


def test_nobody_stands_on_the_site_and_no_page_speaks_of_a_group(
    built: Path, learners: set[str]
) -> None:
    site = built / "site" / "_site"
    pages = [path for path in site.rglob("*") if path.suffix in {".html", ".js", ".csv", ".json"}]
    assert len(pages) > 10
    for path in pages:
        text = path.read_text(encoding="utf-8-sig")
        assert not [one for one in learners if one in text], path
        if path.name not in METHOD:
            assert not [word for word in GROUP_WORDS if word in text], path
