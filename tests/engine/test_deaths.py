"""A notebook that dies, hangs or kills what runs it fails alone."""

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aidkit.engine import Kind, Task, open_engine
from tests.engine.making import ERROR_CELL, alive, executed, run_all, shown, write

GOOD = ["print('good')"]
WAITS = """
import os, subprocess, time
from pathlib import Path
grandchild = subprocess.Popen(["sleep", "600"])
Path("waiting").write_text(f"{os.getpid()} {os.getppid()} {grandchild.pid}")
time.sleep(600)
"""
DEATHS = {
    "exit": ("import os\nos._exit(3)", "退出码 3"),
    "segfault": ("import ctypes\nctypes.string_at(0)", "信号 SIGSEGV"),
    "killed": ("import os\nos.kill(os.getpid(), 9)", "可能内存不足"),
}


@pytest.mark.parametrize("name", DEATHS)
def test_a_notebook_that_dies_fails_alone(name: str, tmp_path: Path) -> None:
    cell, meaning = DEATHS[name]
    sources = [
        write(tmp_path / "dies.ipynb", ["print('before')\n7", cell, "print('after')"]),
        *(write(tmp_path / f"good{n}.ipynb", GOOD) for n in range(4)),
    ]
    outcomes = run_all(tmp_path, sources, tmp_path / "out")
    assert {name for name, outcome in outcomes.items() if outcome.error} == {"dies"}
    assert "意外退出" in outcomes["dies"].error
    assert meaning in outcomes["dies"].error
    copy = executed(tmp_path / "out" / "dies.ipynb")
    assert ERROR_CELL in copy.cells[0].metadata.tags
    assert copy.metadata.papermill.exception is True
    before, died, after = shown(tmp_path / "out" / "dies.ipynb")
    assert before == "before\n7"  # what it had shown is kept
    assert "意外退出" in died
    assert after == ""
    assert [c.execution_count for c in copy.cells if c.cell_type == "code"] == [1, 2, None]


def test_a_notebook_that_hangs_is_killed_with_all_it_started(tmp_path: Path) -> None:
    hangs = """
        import os, subprocess, time
        from pathlib import Path
        grandchild = subprocess.Popen(["sleep", "600"])
        Path("processes").write_text(f"{os.getpid()} {grandchild.pid}")
        time.sleep(600)
    """
    sources = [
        write(tmp_path / "hangs.ipynb", [textwrap.dedent(hangs)]),
        write(tmp_path / "good.ipynb", GOOD),
    ]
    outcomes = run_all(tmp_path, sources, tmp_path / "out", limit_seconds=3)
    assert outcomes["good"].error == ""
    assert "3 秒的时限" in outcomes["hangs"].error
    assert "时限" in shown(tmp_path / "out" / "hangs.ipynb")[0]
    processes = [int(word) for word in (tmp_path / "processes").read_text().split()]
    assert len(processes) == 2
    assert not any(map(alive, processes))


def test_what_a_good_notebook_leaves_running_ends_with_it(tmp_path: Path) -> None:
    leaves = "import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)"
    run_all(tmp_path, [write(tmp_path / "leaves.ipynb", [leaves])], tmp_path / "out")
    assert not alive(int(shown(tmp_path / "out" / "leaves.ipynb")[0]))


def test_notebooks_that_kill_the_template_fail_alone(tmp_path: Path) -> None:
    kills = "from pathlib import Path\nimport os, time\n"
    kills += "Path(f'pid{os.getpid()}').touch()\nos.kill(os.getppid(), 9)\ntime.sleep(600)"
    sources = [
        write(tmp_path / "slow.ipynb", ["import time\ntime.sleep(1)"]),
        write(tmp_path / "kills1.ipynb", [kills]),
        write(tmp_path / "kills2.ipynb", [kills]),
        *(write(tmp_path / f"good{n}.ipynb", GOOD) for n in range(3)),
    ]
    outcomes = run_all(tmp_path, sources, tmp_path / "out")
    assert {name for name, o in outcomes.items() if o.error} == {"kills1", "kills2"}
    assert len(outcomes) == 6
    for name in ("kills1", "kills2"):
        assert "两次" in outcomes[name].error
        copy = executed(tmp_path / "out" / f"{name}.ipynb")
        assert ERROR_CELL in copy.cells[0].metadata.tags
    processes = [int(path.name.removeprefix("pid")) for path in tmp_path.glob("pid*")]
    assert len(processes) == 4
    _wait_for(lambda: not any(map(alive, processes)))


def test_all_end_with_the_runner(tmp_path: Path) -> None:
    source = write(tmp_path / "waits.ipynb", [WAITS])
    runner = """
import sys
from pathlib import Path
from aidkit.engine import Kind, Task, open_engine
source = Path(sys.argv[1])
with open_engine(root=source.parent, environment={}) as engine:
    list(engine.run([Task("waits", source, source.with_name("o.ipynb"), {})]))
"""
    process = subprocess.Popen([sys.executable, "-c", runner, source])
    try:
        processes = _waiting(tmp_path)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    _wait_for(lambda: not any(map(alive, processes)))


@pytest.mark.parametrize("kind", ["fork", "kernel"])
def test_a_caller_that_stops_early_leaves_nothing_running(kind: Kind, tmp_path: Path) -> None:
    sources = [write(tmp_path / "w.ipynb", [WAITS]), write(tmp_path / "good.ipynb", GOOD)]
    with open_engine(root=tmp_path, environment={}, kind=kind) as engine:
        for _ in engine.run([Task(s.stem, s, tmp_path / "o" / s.name, {}) for s in sources]):
            child, _, grandchild = _waiting(tmp_path)
            break
        _wait_for(lambda: not alive(child) and not alive(grandchild))
        again = list(engine.run([Task("good", sources[1], tmp_path / "again.ipynb", {})]))
    assert [outcome.error for outcome in again] == [""]


def _waiting(folder: Path) -> list[int]:
    """The processes of a notebook that waits, its template and its child, as soon as it does."""
    file = folder / "waiting"
    _wait_for(lambda: file.is_file() and len(file.read_text().split()) == 3)
    return [int(word) for word in file.read_text().split()]


def _wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_file_that_is_no_notebook_leaves_no_old_copy(tmp_path: Path) -> None:
    source, output = tmp_path / "no.ipynb", tmp_path / "out" / "no.ipynb"
    source.write_text("no notebook", encoding="utf-8")
    output.parent.mkdir()
    output.write_text("of an earlier run", encoding="utf-8")
    outcome = run_all(tmp_path, [source], output.parent)["no"]
    assert "JSON" in outcome.error
    assert not output.exists()


def test_outputs_that_no_notebook_may_hold_fail_the_notebook(tmp_path: Path) -> None:
    cell = "class R:\n    def _repr_mimebundle_(self, **_):\n        return {'a/b': {'k': 1}}\nR()"
    source = write(tmp_path / "bad.ipynb", [cell, "print('after')"])
    outcomes = run_all(tmp_path, [source], tmp_path / "out")
    assert "NotebookValidationError" in outcomes["bad"].error
    assert shown(tmp_path / "out" / "bad.ipynb")[1] == ""
