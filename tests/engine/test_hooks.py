"""What the caller adds: recording of reads before the first cell, writing after the last."""

from pathlib import Path

import pytest

from aidkit.engine import Kind, Task, open_engine
from aidkit.reads import recorded
from tests.engine.making import executed, shown, write

FINISH = """
import nbformat
import os

def finish(notebook, output):
    print("said by finish", flush=True)
    notebook.metadata["finished"] = os.getcwd() == os.environ["WANTED"]
    nbformat.write(notebook, output)

def fails(notebook, output):
    raise ValueError("not this one")

def dies(notebook, output):
    os._exit(1)
"""


def _run(root: Path, kind: Kind, cells: list[str], finish: str = "") -> tuple[str, Task]:
    (root / "engine_test_finish.py").write_text(FINISH, encoding="utf-8")
    source = write(root / "n.ipynb", cells)
    task = Task("n", source, root / "out" / "n.ipynb", {}, root / "n.reads")
    environment = {"PYTHONPATH": str(root), "WANTED": str(root)}
    with open_engine(root=root, environment=environment, kind=kind, finish=finish) as engine:
        (outcome,) = engine.run([task])
    return outcome.error, task


@pytest.mark.parametrize("kind", ["fork", "kernel"])
def test_reads_are_recorded_from_the_first_cell_on(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "given.txt").write_text("x", encoding="utf-8")
    error, task = _run(tmp_path, kind, ["open('given.txt').read()", "sorted(globals())"])
    assert error == ""
    assert task.reads is not None
    assert f"file:{tmp_path / 'given.txt'}" in recorded(task.reads)
    assert "aidkit" not in shown(task.output)[1]


@pytest.mark.parametrize("kind", ["fork", "kernel"])
def test_finish_writes_the_copy_wherever_the_notebook_went(kind: Kind, tmp_path: Path) -> None:
    error, task = _run(tmp_path, kind, ["import os\nos.chdir('/')"], "engine_test_finish:finish")
    assert error == ""
    assert executed(task.output).metadata["finished"] is True
    assert shown(task.output) == [""]
    assert task.reads is not None
    assert str(task.output) not in "".join(recorded(task.reads))


@pytest.mark.parametrize("kind", ["fork", "kernel"])
def test_a_finish_that_fails_fails_the_notebook(kind: Kind, tmp_path: Path) -> None:
    error, task = _run(tmp_path, kind, ["print('shown')"], "engine_test_finish:fails")
    assert error == "ValueError: not this one"
    assert "shown\n" in shown(task.output)[0]


def test_a_finish_that_dies_leaves_a_plain_copy(tmp_path: Path) -> None:
    error, task = _run(tmp_path, "fork", ["print('shown')"], "engine_test_finish:dies")
    assert "意外退出" in error
    assert "shown\n" in shown(task.output)[0]


def test_a_finish_that_fails_after_a_failed_cell_hides_no_error(tmp_path: Path) -> None:
    error, task = _run(tmp_path, "fork", ["1/0"], "engine_test_finish:fails")
    assert "ZeroDivisionError" in error
    assert "ZeroDivisionError" in shown(task.output)[0]
