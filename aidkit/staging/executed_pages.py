"""An executed public notebook as a page: its front matter and its Markdown, nothing of its run.

A page is made in the process that ran the notebook and stored beside it (`public/pages`), so that
building a site of hundreds of reports reads none of their notebooks.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from aidkit.errors import NotebookError
from aidkit.show.parts import PAGE_MIME

PAGES = "pages"
"""Folder of stored pages, beside that of the executed notebooks."""

HIDDEN_TAGS = {"parameters", "injected-parameters", "remove-cell"}


@dataclass(frozen=True)
class PublicPage:
    """A page ready for the site.

    Attributes:
        front: Its front matter.
        notebook: The notebook file.
    """

    front: Mapping[str, Any]
    notebook: bytes


def write_page(notebook: Mapping[str, Any], output: Path) -> None:
    """Store the page of a public notebook that has just run, in `pages` beside its folder.

    Args:
        notebook: The executed notebook.
        output: Where its executed copy lies: `<term>/public/notebooks/<name>.ipynb`.

    Raises:
        NotebookError: No cell gave front matter, so that the page has no title.
    """
    # Sorted, as a stored notebook is: the page is the same whichever of the two it is made from.
    page = page_of_executed(json.loads(json.dumps(notebook, sort_keys=True)), output.name)
    folder = output.parent.parent / PAGES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / output.name).write_bytes(page.notebook)
    front = json.dumps(page.front, ensure_ascii=False, indent=1)
    (folder / output.with_suffix(".json").name).write_bytes(f"{front}\n".encode())


def read_page(path: Path) -> PublicPage | None:
    """Read the page of an executed notebook; None where there is no such notebook.

    Args:
        path: The executed notebook; its stored page is taken where there is one.

    Raises:
        NotebookError: No cell gave front matter, so that the page has no title.
    """
    page = path.parent.parent / PAGES / path.name
    front = page.with_suffix(".json")
    if page.is_file() and front.is_file():
        return PublicPage(json.loads(front.read_text(encoding="utf-8")), page.read_bytes())
    if not path.is_file():
        return None
    return page_of_executed(json.loads(path.read_text(encoding="utf-8")), path.name)


def page_of_executed(
    executed: Mapping[str, Any],
    name: str,
    *,
    changes: Mapping[str, Any] = MappingProxyType({}),
    text: Callable[[str, str], str] = lambda _, markdown: markdown,
) -> PublicPage:
    """The page of an executed notebook.

    Args:
        executed: The notebook.
        name: Its file name.
        changes: Front matter that the page has instead of the notebook's.
        text: Gets the source of a cell and the Markdown of an output; gives what the page shows
            of it, or nothing.

    Raises:
        NotebookError: No cell gave front matter, so that the page has no title.
    """
    cells = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    bundles = [out.get("data", {}) for cell in cells for out in cell["outputs"]]
    front = next((bundle[PAGE_MIME] for bundle in bundles if PAGE_MIME in bundle), None)
    if front is None:
        raise NotebookError(
            "笔记本没有给出页面标题和日期。",
            where=name,
            remedy="第一个输出应当来自 report.page() 或 report.home_page()。",
        )
    front = {**front, **changes}
    shown: list[dict[str, Any]] = [
        {
            "cell_type": "raw",
            "id": "front-matter",
            "metadata": {},
            "source": front_matter(front).splitlines(keepends=True),
        }
    ]
    shown += [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": cell["id"],
            "metadata": {},
            "outputs": outputs,
            "source": _lines(cell["source"]),
        }
        for cell in cells
        if not HIDDEN_TAGS & set(cell["metadata"].get("tags", []))
        and (outputs := _markdown(cell["outputs"], partial(text, "".join(cell["source"]))))
    ]
    notebook = {
        "cells": shown,
        "metadata": {"kernelspec": executed["metadata"]["kernelspec"]},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    content = json.dumps(notebook, ensure_ascii=False, indent=1)
    return PublicPage(front, f"{content}\n".encode())


def front_matter(front: Mapping[str, Any]) -> str:
    """Front matter between its rules."""
    text = yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---"


def _markdown(outputs: list[dict[str, Any]], text: Callable[[str], str]) -> list[dict[str, Any]]:
    """Only the Markdown of outputs: HTML would make Quarto load scripts from elsewhere."""
    texts = [text("".join(out.get("data", {}).get("text/markdown", ""))) for out in outputs]
    return [
        {
            "data": {"text/markdown": text.splitlines(keepends=True)},
            "metadata": {},
            "output_type": "display_data",
        }
        for text in texts
        if text
    ]


def _lines(source: str | list[str]) -> list[str]:
    return "".join(source).splitlines(keepends=True)
