"""What only a kernel can do is done by one; both ways show the same."""

import textwrap
from pathlib import Path

import pytest

from aidkit.engine import Task, open_engine
from aidkit.engine.needs import needs_kernel
from aidkit.errors import NotebookError
from tests.engine.making import (
    ERROR_CELL,
    PYTHON,
    alive,
    comparable,
    executed,
    run_all,
    shown,
    write,
)

OPENS_COMM = (
    "create = __import__('com' 'm').create_comm\nc = create(target_name='x', data={'state': {}})"
)

ASKS_KERNEL = "getattr(get_ipython(), 'ker' 'nel').implementation"


@pytest.mark.parametrize(
    "cell",
    [
        "import ipywidgets as w",
        "from ipywidgets import IntSlider",
        "name = input('?')",
        "import sys\nsys.stdin.read()",
        "breakpoint()",
        "get_ipython().kernel.session",
    ],
)
def test_a_source_tells_that_it_needs_a_kernel(cell: str, tmp_path: Path) -> None:
    assert needs_kernel(write(tmp_path / "n.ipynb", ["1", cell]))


@pytest.mark.parametrize("cell", ["raw_input_file = 1", "print('%debug')", "communicate = 1"])
def test_a_source_that_needs_none(cell: str, tmp_path: Path) -> None:
    assert not needs_kernel(write(tmp_path / "n.ipynb", [cell]))


def test_another_language_or_interpreter_needs_a_kernel(tmp_path: Path) -> None:
    assert needs_kernel(write(tmp_path / "r.ipynb", ["1"], {**PYTHON, "language": "R"}))
    assert needs_kernel(write(tmp_path / "k.ipynb", ["1"], {**PYTHON, "name": "other"}))


@pytest.mark.parametrize("cell", [OPENS_COMM, ASKS_KERNEL])
def test_what_no_source_tells_is_run_again_in_a_kernel(cell: str, tmp_path: Path) -> None:
    source = write(tmp_path / "comm.ipynb", ["print('once')", cell, "print('after')"])
    assert not needs_kernel(source)
    outcomes = {}
    for kind in ("auto", "kernel"):
        task = Task("comm", source, tmp_path / kind / "comm.ipynb", {})
        with open_engine(root=tmp_path, environment={}, kind=kind) as engine:
            (outcomes[kind],) = engine.run([task])
    assert [(o.engine, o.error) for o in outcomes.values()] == [("kernel", "")] * 2
    auto, kernel = (comparable(tmp_path / kind / "comm.ipynb") for kind in ("auto", "kernel"))
    assert auto == kernel
    assert shown(tmp_path / "auto" / "comm.ipynb")[2] == "after\n"


def test_warm_children_and_kernels_in_one_run(tmp_path: Path) -> None:
    sources = [
        write(tmp_path / "plain.ipynb", ["1"]),
        write(tmp_path / "asks.ipynb", ["try:\n    input()\nexcept Exception as e:\n    print(e)"]),
        write(tmp_path / "plain2.ipynb", ["2"]),
    ]
    outcomes = run_all(tmp_path, sources, tmp_path / "out")
    engines = {name: outcome.engine for name, outcome in outcomes.items()}
    assert engines == {"plain": "fork", "asks": "kernel", "plain2": "fork"}
    assert "does not support input" in shown(tmp_path / "out" / "asks.ipynb")[0]


def test_elsewhere_than_on_linux_there_are_kernels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aidkit.engine.servers.sys.platform", "win32")
    with pytest.raises(NotebookError, match="子进程"):
        open_engine(root=tmp_path, environment={}, kind="fork")
    source = write(tmp_path / "n.ipynb", ["1"])
    with open_engine(root=tmp_path, environment={}) as engine:
        (outcome,) = engine.run([Task("n", source, tmp_path / "o.ipynb", {})])
    assert (outcome.engine, outcome.error) == ("kernel", "")


def test_kernels_that_die_hang_or_lose_their_runner_fail_alone(tmp_path: Path) -> None:
    hangs = """
        import os, subprocess, time
        from pathlib import Path
        grandchild = subprocess.Popen(["sleep", "600"])
        Path("hangs").write_text(f"{os.getpid()} {grandchild.pid}")
        time.sleep(600)
    """
    sources = [
        write(tmp_path / "good.ipynb", ["print('good')"]),
        write(tmp_path / "dies.ipynb", ["print('before')", "import os\nos._exit(3)", "2"]),
        write(tmp_path / "hangs.ipynb", [textwrap.dedent(hangs)]),
        write(tmp_path / "kills.ipynb", ["import os\nos.kill(os.getppid(), 9)", "2"]),
        write(tmp_path / "good2.ipynb", ["print('good')"]),
    ]
    outcomes = run_all(tmp_path, sources, tmp_path / "out", kind="kernel", limit_seconds=20)
    assert {name for name, o in outcomes.items() if o.error} == {"dies", "hangs", "kills"}
    assert "意外退出" in outcomes["dies"].error
    assert "20 秒的时限" in outcomes["hangs"].error
    for name in ("dies", "hangs", "kills"):
        assert ERROR_CELL in executed(tmp_path / "out" / f"{name}.ipynb").cells[0].metadata.tags
    assert shown(tmp_path / "out" / "dies.ipynb")[0] == "before\n"
    processes = [int(word) for word in (tmp_path / "hangs").read_text().split()]
    assert not any(map(alive, processes))
