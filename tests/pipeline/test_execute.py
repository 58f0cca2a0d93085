"""Notebooks run side by side; a failed one is kept with its error and the rest go on."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from aidkit.pipeline.execute import execute_notebooks
from aidkit.pipeline.jobs import NotebookJob


def notebook(path: Path, *code: str) -> Path:
    cells = [new_code_cell('x: str = ""', metadata={"tags": ["parameters"]}, id="parameters")]
    cells += [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(code)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


def test_two_good_and_one_failed(tmp_path: Path) -> None:
    shows = "print(x, os.environ['AIDKIT_WORK'])"
    good = notebook(tmp_path / "good.ipynb", "import os", shows, "a = open('read.txt').read()")
    (tmp_path / "read.txt").touch()
    bad = notebook(tmp_path / "bad.ipynb", "1 / 0")
    out = tmp_path / "out"
    jobs = [
        NotebookJob("one", good, out / "one.ipynb", {"x": "0012"}),
        NotebookJob("bad", bad, out / "bad.ipynb", {"x": "b"}),
        NotebookJob("same", good, out / "same.ipynb", {"x": "0012"}),
    ]
    done: list[str] = []
    results = execute_notebooks(
        jobs, root=tmp_path, work=tmp_path / "work", on_done=lambda result: done.append(result.name)
    )
    assert [result.name for result in results] == ["one", "bad", "same"]
    assert sorted(done) == ["bad", "one", "same"]
    assert [bool(result.error) for result in results] == [False, True, False]
    assert "ZeroDivisionError" in results[1].error
    assert (out / "one.ipynb").read_bytes() == (out / "same.ipynb").read_bytes()
    assert f"file:{tmp_path / 'read.txt'}" in results[0].reads
    text = nbformat.read(out / "one.ipynb", as_version=4).cells[-2].outputs[0].text
    assert text == f"0012 {tmp_path / 'work'}\n"
    failed = nbformat.read(out / "bad.ipynb", as_version=4)
    assert "papermill-error-cell-tag" in failed.cells[0].metadata.tags
    assert sorted(path.name for path in out.iterdir()) == ["bad.ipynb", "one.ipynb", "same.ipynb"]


def test_a_notebook_that_ends_its_process_fails_alone(tmp_path: Path) -> None:
    dead = notebook(tmp_path / "dead.ipynb", "import os", "os._exit(3)")
    good = notebook(tmp_path / "good.ipynb", "print(x)")
    out = tmp_path / "out"
    jobs = [
        NotebookJob("dead", dead, out / "dead.ipynb", {"x": "a"}),
        NotebookJob("good", good, out / "good.ipynb", {"x": "b"}),
    ]
    results = execute_notebooks(jobs, root=tmp_path, work=tmp_path / "work")
    assert results[0].error
    assert results[1].error == ""
    assert (out / "good.ipynb").is_file()
