"""The page stored by the run is the page that staging would make of the notebook."""

from pathlib import Path

import nbformat
import pytest

from aidkit.errors import NotebookError
from aidkit.show.parts import PAGE_MIME
from aidkit.staging.executed_pages import read_page, write_page


def executed(*, front: bool = True) -> nbformat.NotebookNode:
    """A notebook as a child holds it in memory: texts whole, keys in no order."""
    page = {"title": "标题", "downloads": [{"text": "表", "href": "a.csv"}], "date": "2026-11-20"}
    shown = nbformat.v4.new_output("display_data", {"text/markdown": "## 节\n\n- 一\n- 二\n"})
    head = nbformat.v4.new_output("display_data", {PAGE_MIME: page, "text/plain": "x"})
    hidden = nbformat.v4.new_code_cell("x = 1", outputs=[shown], metadata={"tags": ["parameters"]})
    cells = [
        nbformat.v4.new_code_cell("report.page()", outputs=[head] if front else []),
        hidden,
        nbformat.v4.new_markdown_cell("说明"),
        nbformat.v4.new_code_cell("a\nb", outputs=[shown]),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": kernel}
    )
    return made


def test_both_ways_give_equal_bytes(tmp_path: Path) -> None:
    notebook, path = executed(), tmp_path / "public" / "notebooks" / "county.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    made = read_page(path)
    write_page(notebook, path)
    path.unlink()
    stored = read_page(path)
    assert stored == made
    assert stored is not None
    assert "x = 1" not in stored.notebook.decode()
    assert list(stored.front) == sorted(stored.front)


def test_without_front_matter_there_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "public" / "notebooks" / "county.ipynb"
    with pytest.raises(NotebookError, match="标题") as stop:
        write_page(executed(front=False), path)
    assert stop.value.where == "county.ipynb"
    assert not (tmp_path / "public" / "pages").exists()
