"""A published term is corrected: told on the site, and the site of then can be made again."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from aidkit.calendar import Term
from aidkit.cli import main
from aidkit.pipeline.build import UNCHANGED, build_site
from aidkit.pipeline.run import run_term
from aidkit.project import Project
from aidkit.review.standing import standing
from tests.conftest import COUNTY, TERM

Typed = Callable[..., str]
REASON = "青源小学重复登记了学生"


@pytest.fixture
def typed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Typed:
    """Types a command and reads what it says."""
    monkeypatch.chdir(project)

    def typed(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        done = main(list(words))
        said = "".join(capsys.readouterr())
        assert done == code, said
        return said

    return typed


def one_grade_fewer(root: Path) -> None:
    """Take the last twelve pupils off the largest roll, and run again."""
    rolls = sorted((root / COUNTY / "2026年秋季学期" / "学生名册").glob("*.xlsx"))
    file = max(rolls, key=lambda path: path.stat().st_size)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    sheet.delete_rows(sheet.max_row - 11, 12)
    book.save(file)
    run_term(Project(root), Term.parse(TERM), {"county": COUNTY})


def corrected(root: Path, typed: Typed) -> None:
    one_grade_fewer(root)
    typed("review", "submit", TERM, "--by", "王老师", "--reason", REASON)
    typed("review", "approve", TERM, "--by", "李主任")
    typed("build", "--publisher", "offline")


def pages(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_a_correction_is_told_with_its_reason_and_figures(project: Path, typed: Typed) -> None:
    site = project / "site" / "_site"
    assert "目前没有更正" in (site / "corrections.html").read_text("utf-8")
    then = _figures(site)
    corrected(project, typed)
    now = _figures(site)
    listed = (site / "corrections.html").read_text("utf-8")
    assert "1 次更正" in listed
    assert REASON in listed
    page = (site / "corrections" / f"{TERM}-2.html").read_text("utf-8")
    assert REASON in page
    told = _rows(site / "downloads" / f"{TERM}-2-corrections.csv")
    rolls = {row[0]: row[3:] for row in told if row[1:3] == ["合计", "在校学生"]}
    wrong = {name: [then[name], now[name]] for name in then if then[name] != now[name]}
    assert wrong
    assert rolls == wrong
    # What is withheld now is not told as it was.
    assert all(row[3] in {"不再公布", "未公布"} for row in told if row[4] == "未公布")
    said: list[str] = []
    build_site(Project(project), project / COUNTY, publisher="offline", say=said.append)
    assert said == [UNCHANGED]
    assert run_term(Project(project), Term.parse(TERM), {"county": COUNTY}).unchanged


def test_the_site_of_then_is_made_again_byte_for_byte(project: Path, typed: Typed) -> None:
    county, site = project / COUNTY, project / "site"
    first = pages(site / "_site")
    corrected(project, typed)
    assert len(standing(county, Term.parse(TERM)).publications) == 2
    second = pages(site / "_site")
    assert second != first
    said = typed("build", "--as-published", TERM, "--publisher", "offline")
    assert "只供核对" in said
    again = pages(site / "_site-published")
    differences = again.pop("corrections/differences.html").decode()
    assert "合计，在校学生" in differences
    _same(again, first)
    assert pages(site / "_site") == second
    typed("build", "--as-published", TERM, "--publication", "2", "--publisher", "offline")
    latest = pages(site / "_site-published")
    assert "数字完全相同" in latest.pop("corrections/differences.html").decode()
    _same(latest, second)


def test_a_publication_that_never_was_or_was_lost(project: Path, typed: Typed) -> None:
    said = typed("build", "--as-published", TERM, "--publication", "2", code=2)
    assert "公布过 1 次" in said
    typed("build", "--as-published", TERM, "--profile", "school", code=2)
    shutil.rmtree(project / COUNTY / "review" / "published")
    assert "找不到" in typed("build", "--as-published", TERM, code=3)


def _same(made: dict[str, bytes], published: dict[str, bytes]) -> None:
    """Equal but for documents of funds, which only today's site offers."""
    for site in (made, published):
        for name in [name for name in site if _not_kept(name)]:
            del site[name]
    assert made.keys() == published.keys()
    assert [name for name in made if made[name] != published[name]] == []


def _not_kept(name: str) -> bool:
    return name.startswith(("downloads/fund-", "funds/"))


def _figures(site: Path) -> dict[str, str]:
    """School to pupils on the roll."""
    rows = _rows(site / "downloads" / f"{TERM}-roll.csv")
    names = {row[0]: row[1] for row in _rows(site / "downloads" / f"{TERM}-schools.csv")}
    return {names.get(row[0], row[0]): row[2] for row in rows if row[1] == "合计"}


def _rows(path: Path) -> list[list[str]]:
    return [*csv.reader(path.read_text("utf-8-sig").splitlines())]
