"""Text that does not come from Python's own streams lands in the cell that wrote it."""

from tests.engine.conftest import RunCells
from tests.engine.making import shown


def test_text_of_c_that_was_never_flushed(run_cells: RunCells) -> None:
    outcome, output = run_cells(
        "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.printf(b'from C')\nNone",
        "print('from Python')",
    )
    assert outcome.error == ""
    assert shown(output) == ["from C", "from Python\n"]


def test_text_of_processes_stands_where_it_was_written(run_cells: RunCells) -> None:
    _, output = run_cells(
        "import subprocess\nprint('first')\nsubprocess.run(['echo', 'second'])\nprint('third')",
        "import os\nos.system('echo out; echo wrong >&2')\nNone",
    )
    assert shown(output) == [
        "first\nsecond\nthird\n",
        "out\nwrong\n",
    ]


def test_more_text_than_a_pipe_holds(run_cells: RunCells) -> None:
    _, output = run_cells(
        "import os\nfor _ in range(300):\n    os.write(1, b'x' * 1000)",
        "import subprocess\nsubprocess.run('yes | head -c 300000', shell=True)\nNone",
    )
    first, second = shown(output)
    assert len(first) == len(second) == 300_000


def test_text_with_half_a_surrogate_pair_is_not_lost(run_cells: RunCells) -> None:
    outcome, output = run_cells("print('a\\ud800b')")
    assert outcome.error == ""
    assert shown(output) == ["a\\ud800b\n"]


def test_nothing_reaches_the_runner(run_cells: RunCells, capfd: object) -> None:
    run_cells("import os\nprint('x')\nos.write(1, b'y')\nos.write(2, b'z')")
    assert capfd.readouterr() == ("", "")  # type: ignore[attr-defined]
