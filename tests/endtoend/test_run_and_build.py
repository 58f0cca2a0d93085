"""From workbooks to site: repeatable to the byte, safe against kills, closed to leaks."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import COUNTY, TERM, aidkit_in, approve_all, make_project

KILLS = 6


def digests(folder: Path) -> dict[str, str]:
    """Of all that is a result: caches only save time, and a killed run leaves its work behind."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".lock", ".cache", ".work"} & set(path.relative_to(folder).parts)
    }


def results(project: Path) -> dict[str, str]:
    return {**digests(project / "reports"), **digests(project / "site" / "_site")}


def test_a_second_run_gives_equal_bytes(built: Path, tmp_path: Path) -> None:
    again = make_project(tmp_path / "again")
    for words in (
        ("run", "2025-autumn", "--tables"),
        ("run", "2026-spring", "--tables"),
        ("run", TERM),
        ("build", "--publisher", "offline"),
    ):
        if "build" in words:
            approve_all(again)
        done = aidkit_in(again, *words)
        assert done.returncode == 0, done.stderr
    first, second = results(built), results(again)
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_kills_leave_the_last_good_state_and_a_rerun_mends(project: Path) -> None:
    # Results say on which publications they rest: here on none, as when they were made.
    shutil.rmtree(project / COUNTY / "review")
    before = digests(project / "reports")
    rolls = random.Random(5)
    for _ in range(KILLS):
        running = subprocess.Popen(
            [sys.executable, "-m", "aidkit", "run", TERM, "--force"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(rolls.uniform(0.2, 8.0))
        _kill_with_children(running)
        assert digests(project / "reports") == before
    done_again = aidkit_in(project, "run", TERM, "--force")
    assert done_again.returncode == 0, done_again.stderr
    assert not (project / "reports" / ".work").exists()
    assert digests(project / "reports") == before


def _kill_with_children(running: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(running.pid, 9)
    else:
        running.kill()
    running.wait()


def test_changed_results_are_not_published(project: Path) -> None:
    notebook = project / "reports" / "demo" / TERM / "public" / "notebooks" / "home.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = aidkit_in(project, "build", "--publisher", "offline")
    assert done.returncode == 5
    assert "改动" in done.stderr


def test_one_school_keeps_the_others(project: Path, built: Path) -> None:
    code = next((built / "reports/demo" / TERM / "public/notebooks").glob("99*.ipynb")).stem
    done = aidkit_in(project, "run", TERM, "--school", code)
    assert done.returncode == 0, done.stderr
    assert digests(project / "reports") == digests(built / "reports")
    changed = aidkit_in(project, "run", TERM, "--school", code, "-p", "published_on=2026-11-25")
    assert changed.returncode == 0, changed.stderr
    assert "也要重做" in changed.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "2019-autumn"), 2, "参数文件"),
        (("run", TERM, "--county", "data/none"), 2, "没有这个县区文件夹"),
        (("run", TERM, "--school", "9999999999"), 2, "没有学校"),
        (("run", TERM, "-p", "colour=red"), 2, "colour"),
        (("why", "G990101201502280011"), 2, "学籍号"),
        (("check", "nowhere.xlsx"), 3, "nowhere.xlsx"),
    ],
)
def test_mistakes_are_explained(
    project: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = aidkit_in(project, *words)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_county_is_remembered_by_init(project: Path) -> None:
    assert aidkit_in(project, "init", "data/新县").returncode == 0
    done = aidkit_in(project, "check")
    assert "data/新县" in done.stdout
    assert aidkit_in(project, "check", COUNTY).returncode == 0
