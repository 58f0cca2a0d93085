"""Whatever somebody edits between runs: the next run gives, byte for byte, what a full one gives.

`AIDKIT_EDITS=50 pytest tests/endtoend/test_only_what_changed.py` tries 50 histories at random.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from aidkit.sample import make_county
from tests.conftest import COUNTY, FRAME, ROOT, STAGED, TERM
from tests.endtoend import edits

EARLIER = ("2025-autumn", "2026-spring")
PACKAGE = "package"
NOT_RESULTS = (".cache", ".lock", ".work")
IN_PLACE = {0, 6}
"""Exit codes after which results were put in place."""

EDITS = 2

LONG = int(os.environ.get("AIDKIT_EDITS", "0"))
NUMBERS = st.integers(0, 9_999)


def command(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "aidkit", *words]


def environment(root: Path) -> dict[str, str]:
    path = os.pathsep.join([str(root / PACKAGE), *os.environ.get("PYTHONPATH", "").split()])
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": path}


def aidkit(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(root, *words),
        cwd=root,
        env=environment(root),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def results(root: Path) -> dict[str, str]:
    """Digest of every file below `reports/<county>/`."""
    folder = root / "reports" / "demo"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools, sixty pupils, all terms run, with a copy of the package of its own."""
    root = tmp_path_factory.mktemp("base")
    for name in FRAME:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*STAGED))
    package = root / PACKAGE / "aidkit"
    shutil.copytree(ROOT / "aidkit", package, ignore=shutil.ignore_patterns("__pycache__"))
    make_county(root / COUNTY, size="tiny")
    for term in EARLIER:
        done = aidkit(root, "run", term, "--tables")
        assert done.returncode == 0, done.stderr
    done = aidkit(root, "run", TERM)
    assert done.returncode == 0, done.stderr
    return root


class Edited(RuleBasedStateMachine):
    """A project that is edited and run, held against one that is run anew."""

    def __init__(self, base: Path, scratch: Path) -> None:
        super().__init__()
        self.root = scratch / "project"
        self.anew = scratch / "anew"
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(base, self.root)
        self.day = "2026-11-20"
        self.pending = 0

    @property
    def county(self) -> Path:
        return self.root / COUNTY

    @property
    def words(self) -> tuple[str, ...]:
        return "run", TERM, "-p", f"published_on={self.day}"

    @rule(book=NUMBERS, row=NUMBERS, column=NUMBERS, how=NUMBERS)
    def a_cell(self, book: int, row: int, column: int, how: int) -> None:
        edits.change_cell(self.county, book, row, column, how)
        self.edited()

    @rule(book=NUMBERS, row=NUMBERS, how=NUMBERS)
    def a_row(self, book: int, row: int, how: int) -> None:
        edits.change_rows(self.county, book, row, how)
        self.edited()

    @rule(book=NUMBERS, how=NUMBERS)
    def a_file(self, book: int, how: int) -> None:
        edits.move_file(self.county, book, how)
        self.edited()

    @rule(file=NUMBERS, place=NUMBERS)
    def a_program(self, file: int, place: int) -> None:
        folder = (self.root / "params" / "programs", self.county / "params")[file % 2]
        edits.change_number(folder, file // 2, place)
        self.edited()

    @rule(place=NUMBERS)
    def a_label(self, place: int) -> None:
        edits.change_label(self.root / "params", place)
        self.edited()

    @rule(name=NUMBERS)
    def a_setting(self, name: int) -> None:
        edits.change_settings(self.county, name)
        self.edited()

    @rule(day=st.integers(1, 28))
    def a_parameter(self, day: int) -> None:
        self.day = f"2026-11-{day:02}"
        self.edited()

    @rule(which=NUMBERS, how=NUMBERS)
    def a_notebook(self, which: int, how: int) -> None:
        edits.change_notebook(self.root / "notebooks", which, how)
        self.edited()

    @rule(how=NUMBERS)
    def a_file_beside(self, how: int) -> None:
        edits.change_beside(self.root, how)
        self.edited()

    @rule(which=NUMBERS)
    def the_code(self, which: int) -> None:
        edits.change_code(self.root / PACKAGE / "aidkit", which)
        self.edited()

    @rule(which=NUMBERS, how=NUMBERS)
    def a_result(self, which: int, how: int) -> None:
        edits.spoil_results(self.root / "reports" / "demo" / TERM, which, how)
        self.edited()

    @rule(which=NUMBERS)
    def a_kept_file(self, which: int) -> None:
        edits.spoil_cache(self.root / "reports" / ".cache", which)
        self.edited()

    @rule()
    def only_times(self) -> None:
        edits.touch_all(self.county)
        self.edited()

    @rule(which=NUMBERS)
    def an_earlier_term(self, which: int) -> None:
        aidkit(self.root, "run", EARLIER[which % 2], "--tables")
        self.edited()

    @rule(how=NUMBERS)
    def a_part(self, how: int) -> None:
        aidkit(self.root, *self.words, *(("--tables",), ("--school", "9901010001"))[how % 2])
        self.edited()

    @rule(moment=st.floats(0.1, 5))
    def a_kill(self, moment: float) -> None:
        running = subprocess.Popen(
            command(self.root, *self.words),
            cwd=self.root,
            env=environment(self.root),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moment)
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
        running.wait()
        self.edited()

    def edited(self) -> None:
        """Two edits, then a run: enough for them to meet, few enough to say which it was."""
        self.pending += 1
        if self.pending == EDITS:
            self.run_and_compare()

    def run_and_compare(self) -> None:
        """Run what changed, and the same project anew; then run once more with nothing changed."""
        self.pending = 0
        before = results(self.root)
        done = aidkit(self.root, *self.words)
        full = self.run_anew()
        assert done.returncode == full.returncode, done.stderr + full.stderr
        if done.returncode not in IN_PLACE:
            assert results(self.root) == before
            return
        ours, theirs = results(self.root), results(self.anew)
        assert list(ours) == list(theirs)
        assert [name for name in ours if ours[name] != theirs[name]] == []
        again = aidkit(self.root, *self.words)
        assert again.returncode == done.returncode
        assert results(self.root) == ours
        assert ("没有变化" in again.stdout) == (done.returncode == 0)

    def run_anew(self) -> subprocess.CompletedProcess[str]:
        """The same project without this term's results and without anything that was kept."""
        shutil.rmtree(self.anew, ignore_errors=True)
        leave = shutil.ignore_patterns(*NOT_RESULTS, "__pycache__")
        shutil.copytree(self.root, self.anew, ignore=leave)
        shutil.rmtree(self.anew / "reports" / "demo" / TERM, ignore_errors=True)
        return aidkit(self.anew, *self.words, "--force")

    def teardown(self) -> None:
        if self.pending:
            self.run_and_compare()


def test_an_incremental_run_equals_a_full_one(base: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(
        lambda: Edited(base, tmp_path),  # type: ignore[arg-type]
        settings=settings(
            max_examples=LONG or 2,
            stateful_step_count=12 if LONG else 8,
            derandomize=not LONG,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
