"""Notebooks run with the plain papermill command, with no help from our commands."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aidkit.sample import make_county

ROOT = Path(__file__).resolve().parents[2]
SCHOOL = "9901010002"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for folder in ("params", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    make_county(root / "data" / "demo", size="small")
    return root


def papermill(project: Path, source: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "papermill", f"notebooks/{source}", "out.ipynb"]
    return subprocess.run(
        [*command, "-f", "params/terms/2026-autumn.yaml", *words],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def outputs(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [out["data"] for cell in cells for out in cell.get("outputs", []) if "data" in out]


def test_the_internal_report_decides_by_itself_where_nothing_is_stored(project: Path) -> None:
    ran = papermill(project, "internal/term_report.ipynb", "-r", "school_code", SCHOOL)
    assert ran.returncode == 0, ran.stderr
    shown = outputs(project / "out.ipynb")
    text = "\n".join("".join(data.get("text/markdown", "")) for data in shown)
    assert "内部资料" in text
    for anchor in (
        "to-do",
        "key-points",
        "programs",
        "recipients",
        "quotas",
        "changes",
        "grades",
        "quality",
    ):
        assert f"{{#{anchor}}}" in text
    assert "aidkit run 2026-spring --tables" in text
    assert any("application/vnd.vegalite.v5+json" in data for data in shown)
    assert not (project / "reports").exists()


def test_the_public_report_names_the_command_that_makes_its_tables(project: Path) -> None:
    ran = papermill(project, "public/term_report.ipynb", "-r", "school_code", SCHOOL)
    assert ran.returncode != 0
    assert "aidkit run 2026-autumn --tables" in ran.stderr


def test_a_number_where_a_code_belongs_is_refused_in_chinese(project: Path) -> None:
    ran = papermill(project, "internal/term_report.ipynb", "-p", "school_code", SCHOOL)
    assert ran.returncode != 0
    assert "参数 school_code 应当是文字" in ran.stderr
    assert "-r school_code" in ran.stderr
