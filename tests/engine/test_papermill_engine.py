"""`papermill --engine aidkit`, and the same in a loop."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import papermill
import pytest

from aidkit.engine import kept
from tests.engine.making import ERROR_CELL, Cell, alive, comparable, executed, shown, write

CELLS: list[Cell] = [("x = 1", ["parameters"]), "print(x)", "import os\nprint(os.getppid())", "x"]


@pytest.fixture(autouse=True)
def end_template() -> Any:
    yield
    kept.close()


def _run(source: Path, output: Path, engine: str | None = "aidkit", **more: Any) -> Any:
    if engine is None:
        more["extra_arguments"] = ["--IPKernelApp.log_level=CRITICAL"]
    return papermill.execute_notebook(
        source, output, {"x": "0012"}, engine_name=engine, progress_bar=False, **more
    )


def test_the_command_line(tmp_path: Path) -> None:
    source = write(tmp_path / "n.ipynb", CELLS)
    command = [sys.executable, "-m", "papermill", "--engine", "aidkit"]
    command += [str(source), str(tmp_path / "o.ipynb"), "-r", "x", "0012"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "Executing: 100%" in done.stderr
    copy = shown(tmp_path / "o.ipynb")
    assert (copy[2], copy[4]) == ("0012\n", "'0012'")
    assert not alive(int(copy[3]))


def test_a_loop_keeps_one_template_and_shows_what_nbclient_shows(tmp_path: Path) -> None:
    source = write(tmp_path / "n.ipynb", [*CELLS[:2], "display(1)\nx", "%%html\n<b>"])
    for number in range(2):
        _run(source, tmp_path / f"{number}.ipynb")
    _run(source, tmp_path / "stock.ipynb", None)
    first, second, stock = (comparable(tmp_path / f"{n}.ipynb") for n in ("0", "1", "stock"))
    assert first == second == stock
    source = write(tmp_path / "p.ipynb", CELLS)
    parents = {shown_in(_run(source, tmp_path / "p_out.ipynb"), 3) for _ in range(3)}
    assert len(parents) == 1


def shown_in(notebook: Any, index: int) -> str:
    return str(notebook.cells[index].outputs[0].text)


def test_each_notebook_sees_the_folder_and_environment_of_its_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "n.ipynb", ["import os\nprint(os.getcwd(), os.environ.get('NOW'))"])
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        monkeypatch.setenv("NOW", str(number))
        notebook = _run(source, tmp_path / "o.ipynb", cwd=tmp_path / str(number))
        assert shown_in(notebook, 1) == f"{tmp_path / str(number)} {number}\n"


def test_a_failed_cell_raises_and_stands_in_the_copy_as_with_nbclient(tmp_path: Path) -> None:
    source = write(tmp_path / "n.ipynb", ["print('a')", "1/0", "print('b')"])
    for engine, name in (("aidkit", "warm"), (None, "stock")):
        with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
            _run(source, tmp_path / f"{name}.ipynb", engine)
    assert comparable(tmp_path / "warm.ipynb") == comparable(tmp_path / "stock.ipynb")


def test_a_notebook_that_dies_or_takes_too_long(tmp_path: Path) -> None:
    dies = write(tmp_path / "dies.ipynb", ["print('a')", "import os\nos._exit(1)"])
    with pytest.raises(papermill.PapermillExecutionError, match="意外退出"):
        _run(dies, tmp_path / "dies_out.ipynb")
    copy = executed(tmp_path / "dies_out.ipynb")
    assert ERROR_CELL in copy.cells[0].metadata.tags
    assert shown(tmp_path / "dies_out.ipynb")[1] == "a\n"
    late = write(tmp_path / "late.ipynb", ["import time\ntime.sleep(0.1)", "time.sleep(600)"])
    with pytest.raises(papermill.PapermillExecutionError, match="2 秒的时限"):
        _run(late, tmp_path / "late_out.ipynb", execution_timeout=2)


def test_a_template_that_dies_is_started_again(tmp_path: Path) -> None:
    cells = ["import os\nfrom pathlib import Path", "first = not Path('was_here').exists()"]
    cells += ["Path('was_here').touch()", "if first:\n    os.kill(os.getppid(), 9)", "print('ok')"]
    source = write(tmp_path / "n.ipynb", cells)
    notebook = _run(source, tmp_path / "o.ipynb", cwd=tmp_path)
    assert shown_in(notebook, 5) == "ok\n"


def test_what_needs_a_kernel_gets_one(tmp_path: Path) -> None:
    opens = "c = __import__('com' 'm').create_comm(target_name='x', data={'state': {}})"
    source = write(tmp_path / "n.ipynb", ["print('once')", opens, "print('after')"])
    notebook = _run(source, tmp_path / "o.ipynb")
    assert [len(cell.outputs) for cell in notebook.cells[1:]] == [1, 0, 1]
    assert shown_in(notebook, 1) == "once\n"


def test_nothing_is_written_while_cells_run(tmp_path: Path) -> None:
    output = tmp_path / "o.ipynb"
    look = f"from pathlib import Path\nprint(Path({str(output)!r}).exists())"
    assert shown_in(_run(write(tmp_path / "n.ipynb", [look, look]), output), 2) == "False\n"
    assert output.is_file()


def test_text_goes_to_the_files_that_papermill_was_given(tmp_path: Path) -> None:
    source = write(tmp_path / "n.ipynb", ["print('to the file')"])
    with (tmp_path / "text").open("w", encoding="utf-8") as file:
        _run(source, tmp_path / "o.ipynb", stdout_file=file)
    assert (tmp_path / "text").read_text(encoding="utf-8") == "to the file\n"
