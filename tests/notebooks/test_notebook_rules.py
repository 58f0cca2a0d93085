"""Notebooks are thin: what design.md asks of every one of them."""

import ast
import json
import tokenize
from io import StringIO
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(ROOT.rglob("*.ipynb"))
PUBLIC = sorted((ROOT / "public").glob("*.ipynb"))
FORBIDDEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def cells(path: Path) -> list[Any]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def code(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]


def modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse("\n".join(code(path)))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_notebooks_are_there() -> None:
    assert [name_of(path) for path in NOTEBOOKS] == [
        "internal/county.ipynb",
        "internal/county_review.ipynb",
        "internal/fund.ipynb",
        "internal/helping.ipynb",
        "internal/helping_county.ipynb",
        "internal/progress.ipynb",
        "internal/simulate.ipynb",
        "internal/term_report.ipynb",
        "public/county.ipynb",
        "public/fund.ipynb",
        "public/home.ipynb",
        "public/term_report.ipynb",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_it_is_valid_and_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in cells(path):
        assert isinstance(cell["source"], list)
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_it_opens_with_front_matter(path: Path) -> None:
    first = cells(path)[0]
    assert first["cell_type"] == "raw"
    assert first["source"][0] == "---\n"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_it_is_thin(path: Path) -> None:
    sources = code(path)
    assert len(sources) <= 10
    for source in sources:
        bad = [node for node in ast.walk(ast.parse(source)) if isinstance(node, FORBIDDEN)]
        assert not bad
        assert "comprehension" not in ast.dump(ast.parse(source))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_every_cell_but_the_parameters_ends_in_one_piece_of_the_page(path: Path) -> None:
    for source in code(path)[1:]:
        assert source.startswith("#| echo: false\n#| output: asis\n")
        last = ast.parse(source).body[-1]
        assert isinstance(last, ast.Expr)
        assert isinstance(last.value, ast.Call)
        assert ast.unparse(last.value).startswith("report.")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_parameters_are_typed_commented_and_text(path: Path) -> None:
    tagged = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    source = "".join(tagged[0]["source"])
    names = []
    for node in ast.parse(source).body:
        assert isinstance(node, ast.AnnAssign)
        assert ast.unparse(node.annotation) == "str"
        assert isinstance(node.value, ast.Constant)
        assert isinstance(node.value.value, str)
        names.append(ast.unparse(node.target))
    own = {
        "term_report": ["school_code"],
        "helping": ["school_code"],
        "progress": ["school_code"],
        "simulate": ["simulation"],
        "fund": ["fund", "first", "last"],
    }.get(path.stem, [])
    dates = [] if path.stem == "simulate" else ["published_on", "next_update"]
    assert names == ["term", "county", *own, *dates]
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    assert len([text for text in comments if not text.startswith("#|")]) == len(names)


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_public_notebooks_import_the_public_facade_only(path: Path) -> None:
    assert modules(path) == {"aidkit.public"}


@pytest.mark.parametrize("path", sorted(set(NOTEBOOKS) - set(PUBLIC)), ids=name_of)
def test_internal_notebooks_import_the_internal_facade_only(path: Path) -> None:
    assert modules(path) == {"aidkit.internal"}
