"""The warm interpreter: what it learns, what it refuses, and that nothing piles up."""

import os
import threading
from pathlib import Path

import pytest

from aidkit.engine import Outcome, Task, open_engine
from aidkit.engine.threads import foreign_threads
from tests.engine.making import run_all, shown, write
from tests.engine.many import run_many

PACKAGE = {
    "__init__": "",
    "calm": "VALUE = 1",
    "threaded": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
    "talking": "print('said on import')",
    "warning": "import warnings\nwarnings.warn('said on import', DeprecationWarning, stacklevel=2)",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package that is preloaded, with modules that notebooks import."""
    folder = tmp_path / "engine_test_package"
    folder.mkdir()
    for name, source in PACKAGE.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return tmp_path


def _run_thrice(root: Path, *cells: str) -> tuple[list[Outcome], list[list[str]]]:
    source = write(root / "notebook.ipynb", cells)
    tasks = [Task(str(n), source, root / "out" / f"{n}.ipynb", {}) for n in range(3)]
    with open_engine(
        root=root,
        environment={"PYTHONPATH": str(root)},
        workers=1,
        preload=["engine_test_package"],
    ) as engine:
        outcomes = list(engine.run(tasks))
    assert [outcome.error for outcome in outcomes] == ["", "", ""]
    return outcomes, [shown(task.output) for task in tasks]


LOADED = "import sys\nprint('engine_test_package.{0}' in sys.modules)"
IMPORT = "import engine_test_package.{0}"
TEMPLATE = "import os\nprint(os.getppid())"


def test_the_first_notebook_teaches_the_template_its_imports(package: Path) -> None:
    _, copies = _run_thrice(package, LOADED.format("calm"), IMPORT.format("calm"), TEMPLATE)
    assert [copy[0] for copy in copies] == ["False\n", "True\n", "True\n"]
    assert len({copy[2] for copy in copies}) == 1


@pytest.mark.parametrize("module", ["threaded", "talking", "warning"])
def test_a_module_that_starts_threads_or_speaks_is_left_to_the_notebooks(
    package: Path, module: str
) -> None:
    _, copies = _run_thrice(package, LOADED.format(module), IMPORT.format(module), TEMPLATE)
    assert [copy[0] for copy in copies] == ["False\n"] * 3
    said = {"talking": "said on import\n"}.get(module, "")
    assert all((said or "DeprecationWarning" * (module == "warning")) in copy[1] for copy in copies)
    assert len({copy[2] for copy in copies}) == 2  # another template, once


def test_a_module_beside_the_notebooks_is_not_learned(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("VALUE = 1", encoding="utf-8")
    source = write(tmp_path / "n.ipynb", ["import beside\nprint(beside.VALUE)"])
    with open_engine(root=tmp_path, environment={}, workers=1) as engine:
        for value in (1, 2):
            (tmp_path / "beside.py").write_text(f"VALUE = {value}", encoding="utf-8")
            os.utime(tmp_path / "beside.py", (value, value))
            list(engine.run([Task("n", source, tmp_path / f"{value}.ipynb", {})]))
    assert [shown(tmp_path / f"{value}.ipynb") for value in (1, 2)] == [["1\n"], ["2\n"]]


def test_a_preload_that_is_missing_hinders_nothing(tmp_path: Path) -> None:
    source = write(tmp_path / "n.ipynb", ["1"])
    outcomes = run_all(tmp_path, [source], tmp_path / "out", preload=["no_such_module_anywhere"])
    assert outcomes["n"].error == ""


def test_threads_beside_the_main_one_are_seen() -> None:
    stop = threading.Event()
    before = len(foreign_threads())
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert len(foreign_threads()) > before
    stop.set()
    thread.join()


def test_environment_folder_and_limits_of_threads(tmp_path: Path) -> None:
    cells = [
        "import os\nprint(os.getcwd(), os.environ['GIVEN'], os.environ['POLARS_MAX_THREADS'])",
        "print(os.getpid() == os.getpgid(0) == os.getsid(0))",
        "import polars\nprint(polars.thread_pool_size())",
    ]
    source = write(tmp_path / "n.ipynb", cells)
    task = Task("n", source, tmp_path / "o.ipynb", {})
    with open_engine(root=tmp_path, environment={"GIVEN": "资助"}) as engine:
        (outcome,) = engine.run([task])
    assert shown(task.output) == [f"{tmp_path} 资助 1\n", "True\n", "1\n"]
    assert outcome.peak_bytes > 2**20
    assert outcome.seconds > 0


def test_tasks_are_pulled_as_there_is_room(tmp_path: Path) -> None:
    source = write(tmp_path / "n.ipynb", ["1"])
    pulled = []

    def tasks() -> object:
        for number in range(6):
            pulled.append(number)
            yield Task(str(number), source, tmp_path / f"{number}.ipynb", {})

    with open_engine(root=tmp_path, environment={}, workers=2) as engine:
        for done, _ in enumerate(engine.run(tasks())):  # type: ignore[arg-type]
            assert len(pulled) <= done + 2


def test_many_notebooks_leave_nothing_behind(tmp_path: Path) -> None:
    before, *_, after = run_many(tmp_path, 180, every=60)
    assert before.files == after.files
    assert before.files_of_template == after.files_of_template
    assert before.children == after.children == 0
    assert after.bytes_of_template - before.bytes_of_template < 2 * 2**20
    assert after.bytes_here - before.bytes_here < 8 * 2**20
