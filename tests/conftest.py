"""A small county run from workbooks to site, made once for the tests that look at results."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from aidkit.cli.sample_review import sign_off
from aidkit.project import Project
from aidkit.sample import make_county

ROOT = Path(__file__).resolve().parents[1]
FRAME = ("params", "notebooks", "site")
STAGED = (
    *("_site*", ".quarto", "index.ipynb", "schools", "reports", "funds", "notices"),
    *("_bar.yml", "corrections.qmd", "corrections", "downloads", "vega.js"),
)
COUNTY = "data/demo"
TERM = "2026-autumn"

# How long an example takes says nothing of a machine that does other things beside; and one
# commit is judged alike every time it is judged. New examples are looked for outside CI.
settings.register_profile("aidkit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("aidkit")


LONGEST = (
    "test_after_each_kind_of_edit",
    "test_kills_leave_the_last_good_state_and_a_rerun_mends",
    "test_no_cell_differs",
    "test_every_part_runs",
)
"""Tests that begin first, so that none of them goes on when all others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: getattr(item, "originalname", item.name) not in LONGEST)


def aidkit_in(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one aidkit command in a project, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "aidkit", *words],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def make_project(root: Path) -> Path:
    """A project of its own with the small sample county; nothing run yet."""
    for name in FRAME:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*STAGED))
    make_county(root / COUNTY, size="small")
    return root


def approve_all(root: Path) -> None:
    """Submit and approve every term of the project's county as its results lie."""
    project, county = Project(root), root / COUNTY
    for _ in sign_off(project, county, project.terms(county)):
        pass


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project whose small county is run and built; tests must not change it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    root = shared / "built"
    with FileLock(shared / "built.lock"):
        if not (root / "ready").is_file():
            shutil.rmtree(root, ignore_errors=True)
            make_project(root)
            for words in (
                ("run", "2025-autumn", "--tables"),
                ("run", "2026-spring", "--tables"),
                ("run", TERM),
                ("build", "--publisher", "offline"),
            ):
                if "build" in words:
                    approve_all(root)
                done = aidkit_in(root, *words)
                assert done.returncode == 0, done.stdout + done.stderr
            (root / "ready").touch()
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built project that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
