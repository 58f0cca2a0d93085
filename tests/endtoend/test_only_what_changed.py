"""Whatever somebody edits between runs: the next run gives, byte for byte, what a full one gives.

`AIDKIT_EDITS=50 pytest tests/endtoend/test_only_what_changed.py` tries 50 histories at random.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
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

AT_A_TIME = 2
"""Edits between two runs: enough for them to meet, few enough to say which it was."""

LONG = int(os.environ.get("AIDKIT_EDITS", "0"))
NUMBERS = st.integers(0, 9_999)


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "aidkit", *words]


def environment(root: Path) -> dict[str, str]:
    path = os.pathsep.join([str(root / PACKAGE), *os.environ.get("PYTHONPATH", "").split()])
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": path}


def aidkit(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
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


def a_program(m: "Edited", a: int, b: int, *_: int) -> None:
    folder = (m.root / "params" / "programs", m.county / "params")[a % 2]
    edits.change_number(folder, a // 2, b)


def a_parameter(m: "Edited", a: int, *_: int) -> None:
    m.day = f"2026-11-{1 + a % 28:02}"


def the_end_of_a_run(m: "Edited", a: int, b: int, c: int, d: int) -> None:
    edits.change_settings(m.county, b)
    m.kill(10 + a % 500)


def a_part(m: "Edited", a: int, *_: int) -> None:
    edits.change_settings(m.county, a)
    aidkit(m.root, *m.words, *(("--tables",), ("--school", "9901010001"))[a % 2])


def an_earlier_term(m: "Edited", a: int, b: int, c: int, d: int) -> None:
    edits.change_cell(m.county, a, b, c, d)
    aidkit(m.root, "run", EARLIER[a % 2], "--tables")


KINDS: dict[str, Callable[["Edited", int, int, int, int], None]] = {
    "a cell": lambda m, a, b, c, d: edits.change_cell(m.county, a, b, c, d),
    "a row": lambda m, a, b, c, _: edits.change_rows(m.county, a, b, c),
    "a file": lambda m, a, b, *_: edits.move_file(m.county, a, b),
    "a program": a_program,
    "a label": lambda m, a, *_: edits.change_label(m.root / "params", a),
    "a setting": lambda m, a, *_: edits.change_settings(m.county, a),
    "a parameter": a_parameter,
    "a notebook": lambda m, a, b, *_: edits.change_notebook(m.root / "notebooks", a, b),
    "a file beside": lambda m, a, *_: edits.change_beside(m.root, a),
    "the code": lambda m, a, *_: edits.change_code(m.root / PACKAGE / "aidkit", a),
    "a result": lambda m, a, b, *_: edits.spoil_results(m.root / "reports/demo" / TERM, a, b),
    "a kept file": lambda m, a, *_: edits.spoil_cache(m.root / "reports" / ".cache", a),
    "only times": lambda m, *_: edits.touch_all(m.county),
    "an earlier term": an_earlier_term,
    "a part": a_part,
    "a kill": the_end_of_a_run,
}
"""What may happen between two runs; the numbers say where and how."""


class Edited(RuleBasedStateMachine):
    """A project that is edited and run, held against one that is run anew."""

    def __init__(self, base: Path, scratch: Path) -> None:
        super().__init__()
        self.root: Path = scratch / "project"
        self.anew = scratch / "anew"
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(base, self.root)
        self.county: Path = self.root / COUNTY
        self.day = "2026-11-20"
        self.pending: list[str] = []

    @property
    def words(self) -> tuple[str, ...]:
        return "run", TERM, "-p", f"published_on={self.day}"

    @rule(kind=st.sampled_from(sorted(KINDS)), a=NUMBERS, b=NUMBERS, c=NUMBERS, d=NUMBERS)
    def edit(self, kind: str, a: int, b: int, c: int, d: int) -> None:
        """One edit, left for the next run to find."""
        KINDS[kind](self, a, b, c, d)
        self.pending.append(kind)
        if len(self.pending) == AT_A_TIME:
            self.run_and_compare()

    def run_and_compare(self) -> None:
        """Run what changed, and the same project anew; then run once more with nothing changed."""
        kinds, self.pending = self.pending, []
        before = results(self.root)
        done = aidkit(self.root, *self.words)
        full = self.run_anew()
        assert done.returncode == full.returncode, (kinds, done.stderr, full.stderr)
        if done.returncode not in IN_PLACE:
            assert results(self.root) == before, kinds
            return
        ours, theirs = results(self.root), results(self.anew)
        assert list(ours) == list(theirs), kinds
        assert [name for name in ours if ours[name] != theirs[name]] == [], kinds
        again = aidkit(self.root, *self.words)
        assert again.returncode == done.returncode, kinds
        assert results(self.root) == ours, kinds
        assert ("没有变化" in again.stdout) == (done.returncode == 0), kinds

    def run_anew(self) -> subprocess.CompletedProcess[str]:
        """The same project without this term's results and without anything that was kept."""
        shutil.rmtree(self.anew, ignore_errors=True)
        leave = shutil.ignore_patterns(*NOT_RESULTS, "__pycache__")
        shutil.copytree(self.root, self.anew, ignore=leave)
        shutil.rmtree(self.anew / "reports" / "demo" / TERM, ignore_errors=True)
        return aidkit(self.anew, *self.words, "--force")

    def kill(self, hundredths: int) -> None:
        """Start a run and kill it."""
        running = subprocess.Popen(
            command(*self.words),
            cwd=self.root,
            env=environment(self.root),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(hundredths / 100)
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
        running.wait()

    def teardown(self) -> None:
        if self.pending:
            self.run_and_compare()


def test_after_each_kind_of_edit(base: Path, tmp_path: Path) -> None:
    """Each once, compared by itself, in an order that chance gave."""
    chance = random.Random(20)
    project = Edited(base, tmp_path)
    kinds = sorted(KINDS)
    chance.shuffle(kinds)
    for kind in kinds:
        project.edit(kind, *(chance.randrange(10_000) for _ in range(4)))
        project.teardown()


@pytest.mark.skipif(not LONG, reason="takes minutes: AIDKIT_EDITS says how many histories")
def test_after_any_edits(base: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(
        lambda: Edited(base, tmp_path),  # type: ignore[arg-type]
        settings=settings(
            max_examples=LONG,
            stateful_step_count=12,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
