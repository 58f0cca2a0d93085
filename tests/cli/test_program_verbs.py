"""`aidkit program show`, `lint` and `due` as a clerk calls them."""

import shutil
from pathlib import Path

import pytest

from aidkit.cli import main
from aidkit.project import find_project

COUNTY = """name = "示例县"
region = "cn/hunan/unnamed_county"
publisher = "示例县资助中心"
contact = "0000"
adopts = ["fee_waiver"]
"""
BASES = '[quota.boarder_allowance]\nof = "boarders"\n'


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county folder in a project of its own; it says nothing of quotas."""
    shutil.copytree(find_project().params, tmp_path / "params")
    folder = tmp_path / "data" / "demo"
    folder.mkdir(parents=True)
    (folder / "county.toml").write_text(COUNTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def printed(words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main(words.split())
    return code, capsys.readouterr().out.splitlines()


def test_lint_fails_until_the_county_says_of_what_a_share_is(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = printed("program lint", capsys)
    faults = [line for line in lines if line.startswith("[错误]")]
    assert code == 1
    assert len(faults) == 1
    assert "[quota.boarder_allowance]" in faults[0]
    assert lines[-2] == faults[0]
    (county / "county.toml").write_text(COUNTY + BASES, encoding="utf-8")
    code, lines = printed("program lint", capsys)
    assert code == 0
    assert lines[-1].endswith("错误 0 条。")


def test_lint_needs_no_county(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(county)
    code, lines = printed("program lint", capsys)
    assert code == 0
    assert any("没有写是谁的比例" in line for line in lines)


def test_due_lists_what_is_in_force_for_the_county(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = printed("program due 2018秋", capsys)
    assert code == 0
    assert lines[0] == "示例县（cn/hunan/unnamed_county）"
    due = [line.split("　")[0] for line in lines if "@" in line]
    assert "boarder_allowance@cn/hunan/unnamed_county@2017-09-01" in due
    assert "fee_waiver@unstated@2018-03-01" in due
    assert not any(line.startswith(("textbooks@", "boarder_allowance@cn@")) for line in due)


def test_what_was_checked_for_the_term_is_not_due(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, lines = printed("program due 2018-spring", capsys)
    assert not any(line.startswith("fee_waiver@") for line in lines)


def test_show_names_the_level(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "program show boarder_allowance --on 2026-09-01 --region cn/hunan/unnamed_county"
    code, lines = printed(words, capsys)
    assert code == 0
    assert any(line.startswith("地区：由 cn/hunan/unnamed_county 规定") for line in lines)
    assert sum(line.startswith("编号：") for line in lines) == 1


@pytest.mark.parametrize(
    ("words", "code"), [("program due 2018-winter", 2), ("program show boarder", 2)]
)
def test_wrong_words(
    words: str, code: int, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == code
    assert "办法" in capsys.readouterr().err
