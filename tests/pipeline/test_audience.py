"""A public notebook that reaches for persons is refused before it runs."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from aidkit.errors import NotebookError
from aidkit.pipeline.audience import refuse_private_imports
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("from aidkit.internal import open_term", "aidkit.internal"),
        ("import aidkit.internal as public", "aidkit.internal"),
        ("import polars as pl", "polars"),
        ("from . import secret", "导入"),
        ("__import__('polars')", "__import__"),
        ("open('reports/demo')", "open"),
        ("!cat names.csv", "读不懂"),
    ],
)
def test_it_is_refused(tmp_path: Path, code: str, said: str) -> None:
    path = tmp_path / "home.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("x = 1"), new_code_cell(code)]), path)
    with pytest.raises(NotebookError, match=said) as fault:
        refuse_private_imports(path)
    assert "第 2 格" in fault.value.where


@pytest.mark.parametrize("source", sorted((ROOT / "notebooks/public").glob("*.ipynb")))
def test_ours_pass(source: Path) -> None:
    refuse_private_imports(source)
