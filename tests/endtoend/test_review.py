"""Sign-off from draft to a published, locked term and its correction, as people type it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from aidkit.calendar import Term
from aidkit.cli import main
from aidkit.cli.sample_review import ON
from aidkit.errors import PublishError
from aidkit.pipeline.build import UNCHANGED, build_site
from aidkit.pipeline.review import DECISIONS
from aidkit.pipeline.run import run_term
from aidkit.project import Project
from aidkit.review.standing import log_of, standing
from tests.conftest import COUNTY, TERM, approve_all

Typed = Callable[..., str]


@pytest.fixture
def typed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Typed:
    """Types a command of `aidkit review` and reads what it says."""
    monkeypatch.chdir(project)

    def typed(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        done = main(["review", *words])
        said = "".join(capsys.readouterr())
        assert done == code, said
        return said

    return typed


def build(root: Path) -> list[str]:
    said: list[str] = []
    build_site(Project(root), root / COUNTY, publisher="offline", say=said.append)
    return said


def unsigned(root: Path) -> None:
    shutil.rmtree(root / COUNTY / "review")


def one_pupil_fewer(root: Path) -> None:
    """Take the last pupil off a school's roll, and run again."""
    file = sorted((root / COUNTY / "2026年秋季学期" / "学生名册").glob("*.xlsx"))[0]
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    sheet.delete_rows(sheet.max_row)
    book.save(file)
    run_term(Project(root), Term.parse(TERM), {"county": COUNTY})


def test_what_nobody_approved_is_not_published(project: Path, typed: Typed) -> None:
    unsigned(project)
    site = (project / "site" / "_site" / "index.html").read_bytes()
    with pytest.raises(PublishError, match="2026 年秋季学期还是草稿，请经办人送审") as stop:
        build(project)
    assert "review submit" in stop.value.remedy
    typed("submit", TERM, "--by", "王老师")
    with pytest.raises(PublishError, match="已由王老师送审，等审核人审核"):
        build(project)
    typed("return", TERM, "--by", "李主任", "--reason", "名单不全")
    with pytest.raises(PublishError, match=r"被李主任退回（名单不全）"):
        build(project)
    assert (project / "site" / "_site" / "index.html").read_bytes() == site


def test_approved_published_locked(project: Path, typed: Typed) -> None:
    unsigned(project)
    for term in Project(project).terms(project / COUNTY):
        assert "请另一个人审核" in typed("submit", term.code, "--by", "王老师")
        assert "审核通过" in typed("approve", term.code, "--by", "李主任")
    build(project)
    assert standing(project / COUNTY, Term.parse(TERM)).state == "locked"
    before = log_of(project / COUNTY).read_bytes()
    assert build(project) == [UNCHANGED]
    assert log_of(project / COUNTY).read_bytes() == before
    said = typed("status", TERM)
    assert "已公布并锁定" in said
    assert "签字与现在的结果一致" in said


def test_a_rerun_with_other_input_is_not_covered(project: Path, typed: Typed) -> None:
    one_pupil_fewer(project)
    said = typed("status", TERM, code=1)
    assert "审核签字不再包括下面" in said
    assert "→" in said
    assert "--reason 更正的原因" in said
    with pytest.raises(PublishError, match="变了"):
        build(project)
    assert "更正" in typed("submit", TERM, "--by", "王老师", code=2)
    typed("submit", TERM, "--by", "王老师", "--reason", "一名学生撤回申请")
    typed("approve", TERM, "--by", "李主任")
    assert "一致" in typed("status", TERM)


def test_altered_decisions_are_not_signed(project: Path, typed: Typed) -> None:
    path = project / "reports" / "demo" / TERM / DECISIONS
    path.write_bytes(path.read_bytes() + b" ")
    assert "改动" in typed("submit", TERM, "--by", "王老师", code=5)


def test_who_signs_says_so(typed: Typed) -> None:
    assert "经办人" in typed("submit", TERM, code=2)


def test_the_sample_is_signed_again_whenever_it_was_published(project: Path) -> None:
    stands = standing(project / COUNTY, Term.parse(TERM))
    assert stands.published is not None
    assert stands.published.on > ON
    one_pupil_fewer(project)
    approve_all(project)
    assert standing(project / COUNTY, Term.parse(TERM)).state == "approved"
