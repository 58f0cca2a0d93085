"""Every notebook runs without our command line: with plain papermill, and as it is in Jupyter."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from aidkit.cli.sample_fund import keep_books
from aidkit.sample.fund_books import STATEMENTS
from tests.conftest import COUNTY, ROOT, TERM, aidkit_in

ALL = sorted(path.relative_to(ROOT) for path in (ROOT / "notebooks").glob("*/*.ipynb"))
NOTEBOOKS = [path for path in ALL if path.stem != "simulate"]
"""All but the one that shows a simulation, which its command makes first."""


@pytest.fixture(scope="module")
def funded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built project with the books of its funds kept, so that every notebook has run."""
    root = Path(shutil.copytree(built, tmp_path_factory.mktemp("funded") / "project"))
    assert len([*keep_books(root / COUNTY)]) == 1 + len(STATEMENTS)
    done = aidkit_in(root, "run", TERM)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(funded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(funded, tmp_path / "project"))


def papermill(project: Path, source: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "papermill", str(source), "out.ipynb",
         "-f", f"params/terms/{TERM}.yaml", *words],
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip


def a_school(project: Path, notebook: str) -> str:
    """The first school that has such a report: of learners not every school has."""
    room = notebook if notebook in {"progress", "helping"} else "public"
    return min((project / "reports/demo" / TERM / "slices" / room).glob("99*.parquet")).stem


@pytest.mark.parametrize("source", NOTEBOOKS, ids=str)
def test_with_plain_papermill(project: Path, source: Path) -> None:
    code = a_school(project, source.stem)
    names = {"term_report": code, "fund": "fund-love"}
    names |= {room: f"{room}/{code}" for room in ("progress", "helping")}
    own = source.stem in names and source.stem != "fund"
    done = papermill(project, source, *(("-r", "school_code", code) if own else ()))
    assert done.returncode == 0, done.stderr[-2000:]
    ours = project / "reports/demo" / TERM / source.parent.name / "notebooks"
    name = names.get(source.stem, source.stem)
    shown, stored = (
        [cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells]
        for path in (project / "out.ipynb", ours / f"{name}.ipynb")
    )
    assert shown == stored


@pytest.mark.parametrize("source", NOTEBOOKS, ids=str)
def test_as_it_stands_in_jupyter(project: Path, source: Path) -> None:
    """JupyterLab starts a kernel in the notebook's own folder and injects nothing."""
    notebook = nbformat.read(project / source, as_version=4)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []) and "school_code" in cell.source:
            cell.source = f'{cell.source}\nschool_code = "{a_school(project, source.stem)}"'
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": project / source.parent}}
    ).execute()
