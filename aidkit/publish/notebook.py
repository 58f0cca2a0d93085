"""The Markdown of an executed notebook: its prose, shown code, and `text/markdown` outputs."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from aidkit.errors import PublishError
from aidkit.publish.parts import Part
from aidkit.publish.settings import flag_of, mapping_of, read_yaml

OPTION = re.compile(r"^#\|\s?(.*)$")
OPTIONS = ("echo", "output", "include")
TAGS_NOT_DONE = ("remove-input", "remove-output", "hide-input", "hide-output", "hide-cell")
MARKDOWN = "text/markdown"


def notebook_parts(path: str, text: str, *, echo: bool) -> tuple[Part, ...]:
    """The Markdown of an executed notebook, a part per cell.

    Args:
        path: The notebook, for messages.
        text: Its JSON.
        echo: Whether code is shown where a cell says nothing.

    Raises:
        PublishError: It cannot be read, or a cell holds an error or an output of another kind.
    """
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        raise PublishError(
            "不是可读的 notebook。", where=path, remedy="请重新运行 aidkit run。"
        ) from None
    parts = []
    for number, cell in enumerate(cells, start=1):
        where = f"第 {number} 个单元格"
        markdown = "\n\n".join(_cell(cell, f"{path}：{where}", echo=echo, first=number == 1))
        if markdown.strip():
            parts.append(Part(markdown, where))
    return tuple(parts)


def _cell(cell: Mapping[str, Any], where: str, *, echo: bool, first: bool) -> Iterator[str]:
    """The Markdown of a cell."""
    tags = cell.get("metadata", {}).get("tags", [])
    for tag in tags:
        if tag in TAGS_NOT_DONE:
            raise PublishError(
                f"不支持的单元格标签“{tag}”。", where=where, remedy="请用 remove-cell 或 #| 选项。"
            )
    source = cell["source"]
    if not isinstance(source, list):
        # Quarto loses the line ends of a source that is one string.
        raise PublishError(
            "单元格的内容应当是按行的列表。", where=where, remedy="请用 nbformat 保存。"
        )
    if "remove-cell" in tags:
        return
    if cell["cell_type"] == "code":
        yield from _code(cell, where, echo=echo)
    elif cell.get("attachments"):
        raise PublishError("不支持单元格附件。", where=where, remedy="请把图片存为文件。")
    elif cell["cell_type"] == "markdown" or first:
        yield "".join(source)
    elif source:
        raise PublishError(
            "不支持原样（raw）单元格。", where=where, remedy="请改为 Markdown 单元格。"
        )


def _code(cell: Mapping[str, Any], where: str, *, echo: bool) -> Iterator[str]:
    """Shown code and outputs of a code cell."""
    lines = "".join(cell["source"]).splitlines()
    head = [found[1] for line in lines if (found := OPTION.match(line))]
    place = f"{where} #| 选项"
    options = mapping_of(read_yaml("\n".join(head), place) if head else None, OPTIONS, place)
    shows = {name: options.get(name, default) for name, default in _defaults(echo).items()}
    for name in ("echo", "include"):
        flag_of(shows[name], f"{where} #| {name}")
    if shows["output"] not in (True, False, "asis"):
        raise PublishError(
            f"不支持 output: {shows['output']}。", where=where, remedy="可用：true、false、asis。"
        )
    outputs = list(_outputs(cell, where))
    if not shows["include"]:
        return
    code = "\n".join(line for line in lines if not OPTION.match(line)).strip("\n")
    if shows["echo"] and code.strip():
        yield f"````` python\n{code}\n`````"
    if shows["output"] is not False:
        yield from outputs


def _defaults(echo: bool) -> dict[str, Any]:
    return {"echo": echo, "include": True, "output": True}


def _outputs(cell: Mapping[str, Any], where: str) -> Iterator[str]:
    """The outputs of a code cell, which must all be Markdown."""
    for output in cell.get("outputs", []):
        kind = output["output_type"]
        if kind == "error":
            raise PublishError(
                f"notebook 执行出错：{output.get('ename', '')}：{output.get('evalue', '')}",
                where=where,
                remedy="请重新运行 aidkit run，改正后再发布。",
            )
        bundle = output.get("data", {})
        # Quarto would take HTML first, and load two scripts from the internet for it.
        if MARKDOWN not in bundle or "text/html" in bundle:
            found = "、".join(bundle) or output.get("name", kind)
            raise PublishError(
                f"网页上的输出只能是 {MARKDOWN}，这里是 {found}。",
                where=where,
                remedy="请用 aidkit.public 的函数输出，并删去 print。",
            )
        text = bundle[MARKDOWN]
        yield text if isinstance(text, str) else "".join(text)
