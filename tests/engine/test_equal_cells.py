"""Executed notebooks are those of a stock kernel with nbclient, cell by cell."""

from pathlib import Path
from typing import Any

import papermill
import pytest

from aidkit.engine import Kind
from tests.engine.making import comparable, run_all, write
from tests.engine.tricky import TRICKY

KINDS: tuple[Kind, Kind] = ("fork", "kernel")


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    """All tricky notebooks, run both ways."""
    root = tmp_path_factory.mktemp("tricky")
    sources = [write(root / f"{name}.ipynb", cells) for name, cells in TRICKY.items()]
    folders = {kind: root / kind for kind in KINDS}
    for kind in KINDS:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("PYTEST_CURRENT_TEST")  # with it a kernel watches no file descriptors
            outcomes = run_all(root, sources, folders[kind], kind=kind, limit_seconds=60)
        assert {outcome.engine for outcome in outcomes.values()} == {kind}
    return folders


@pytest.mark.parametrize("name", TRICKY)
def test_a_tricky_notebook_shows_what_nbclient_shows(name: str, copies: dict[Kind, Path]) -> None:
    ours, stock = (comparable(copies[kind] / f"{name}.ipynb") for kind in KINDS)
    for number, (our, their) in enumerate(zip(ours["cells"], stock["cells"], strict=True)):
        assert our == their, f"cell {number}"
    assert ours == stock


def test_the_copy_of_a_kernel_is_the_one_papermill_writes(
    tmp_path: Path, copies: dict[Kind, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    source = write(tmp_path / "error.ipynb", TRICKY["error"])
    with pytest.raises(papermill.PapermillExecutionError):
        _papermill(source, tmp_path / "copy.ipynb")
    assert comparable(tmp_path / "copy.ipynb") == comparable(copies["kernel"] / "error.ipynb")


def _papermill(source: Path, output: Path) -> Any:
    return papermill.execute_notebook(
        source, output, progress_bar=False, extra_arguments=["--IPKernelApp.log_level=CRITICAL"]
    )
