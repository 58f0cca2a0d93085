"""A public notebook may import `aidkit.public` and nothing else: checked before it runs."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from aidkit.errors import NotebookError

DOOR = "aidkit.public"
FORMAT = 4
"""Of notebooks today."""


def refuse_private_imports(source: Path) -> None:
    """Stop a public notebook that could reach tables with persons.

    Args:
        source: A notebook of `notebooks/public`.

    Raises:
        NotebookError: It imports something else, or a cell is not plain Python.
    """
    for number, code in _code_of(source):
        where = f"notebooks/public/{source.name}，第 {number} 格"
        try:
            imported = sorted(set(_imported(ast.parse(code))) - {DOOR})
        except SyntaxError:
            raise NotebookError(
                "公开笔记本的代码读不懂，不能运行。",
                where=where,
                remedy="请去掉 % 和 ! 开头的命令，改正语法。",
            ) from None
        if imported:
            raise NotebookError(
                f"公开笔记本只能从 {DOOR} 导入，不能导入 {'、'.join(imported)}。",
                where=where,
                remedy="要用含个人信息的表，请放到 notebooks/internal。",
            )


def _code_of(source: Path) -> Iterator[tuple[int, str]]:
    """Number and code of each cell with code, as they stand in the file."""
    notebook = json.loads(source.read_bytes())
    if notebook.get("nbformat") != FORMAT:
        # An older notebook has its cells elsewhere; nbformat takes long to import.
        import nbformat  # noqa: PLC0415

        notebook = nbformat.read(source, as_version=FORMAT)
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            yield number, "".join(cell["source"])


def _imported(code: ast.Module) -> Iterator[str]:
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."
        elif isinstance(node, ast.Name) and node.id in {"__import__", "open", "exec", "eval"}:
            yield node.id
