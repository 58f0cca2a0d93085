"""One warm engine for the tests that only look at what notebooks show."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aidkit.engine import Engine, Outcome, Task, open_engine
from tests.engine.making import Cell, write

RunCells = Callable[..., tuple[Outcome, Path]]


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("warm")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONUNBUFFERED", raising=False)  # it unbuffers C's streams as well
        engine = open_engine(root=root, environment={}, limit_seconds=60)
    with engine:
        yield engine


@pytest.fixture
def run_cells(warm: Engine, tmp_path: Path) -> RunCells:
    """Run one notebook made of cells; its outcome and its executed copy."""

    def run(*cells: Cell, name: str = "notebook") -> tuple[Outcome, Path]:
        source = write(tmp_path / f"{name}.ipynb", cells)
        output = tmp_path / "out" / f"{name}.ipynb"
        (outcome,) = warm.run([Task(name, source, output, {})])
        return outcome, output

    return run
