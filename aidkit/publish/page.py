"""The source of a page: front matter and Markdown, from a `.qmd` file or an executed notebook."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aidkit.errors import PublishError
from aidkit.publish.notebook import notebook_parts
from aidkit.publish.parts import Part
from aidkit.publish.settings import flag_of, mapping_of, read_yaml, text_of, texts_of

LAYOUTS = ("article", "full")
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
SHORTCODE = re.compile(r"\{\{<.*")
EXECUTED_BLOCK = re.compile(r"^\s*(?:`{3,}|~{3,})\s*\{[A-Za-z].*", re.MULTILINE)


@dataclass(frozen=True)
class Download:
    """A file offered at the head of a page: what the link says and where the file is."""

    text: str
    href: str


@dataclass(frozen=True)
class FrontMatter:
    """What stands at the head of a page's source.

    Attributes:
        title: Title of the page.
        subtitle: Line below it.
        description: For lists and search engines.
        date: Date of the page, as the source writes it.
        date_modified: Date of the last change, as the source writes it.
        author: Who wrote it.
        categories: Its kinds.
        status: Standing of the report, for example 正式发布.
        published_on: Date of publication.
        next_update: Date of the next one.
        producer: Office that made it.
        downloads: Files offered.
        toc: Whether it has a table of contents; None follows the project.
        layout: `article`, or `full` without a table of contents.
        search: Whether the search finds it.
        title_block: Whether title and facts are shown at its head.
    """

    title: str = ""
    subtitle: str = ""
    description: str = ""
    date: str = ""
    date_modified: str = ""
    author: str = ""
    categories: tuple[str, ...] = ()
    status: str = ""
    published_on: str = ""
    next_update: str = ""
    producer: str = ""
    downloads: tuple[Download, ...] = ()
    toc: bool | None = None
    layout: str = "article"
    search: bool = True
    title_block: bool = True


@dataclass(frozen=True)
class Page:
    """The source of a page.

    Attributes:
        path: Relative to the project, with `/`.
        front: Its front matter.
        parts: Its Markdown in order.
    """

    path: str
    front: FrontMatter
    parts: tuple[Part, ...]

    @property
    def target(self) -> str:
        """Path of the HTML page."""
        return target_of(self.path)

    @property
    def markdown(self) -> str:
        """The whole text."""
        return "\n\n".join(part.text for part in self.parts)

    def place(self, sought: str) -> str:
        """Where a text stands in the source: file, and cell or line."""
        for part in self.parts:
            if sought and (at := part.text.find(sought)) >= 0:
                return f"{self.path}：{part.place(at)}"
        return self.path


def target_of(path: str) -> str:
    """Path of the HTML page of a source."""
    return f"{posixpath.splitext(path)[0]}.html"


def read_page(path: str, source: bytes, *, echo: bool) -> Page:
    """Read the source of a page.

    Args:
        path: The page, relative to the project.
        source: Its content.
        echo: Whether the project shows code.

    Raises:
        PublishError: Front matter, a cell or a construct that the offline publisher does not do.
    """
    # As a text file is read: a line may end as on Windows.
    text = source.decode().replace("\r\n", "\n").replace("\r", "\n")
    parts: tuple[Part, ...]
    if path.endswith(".ipynb"):
        parts = notebook_parts(path, text, echo=echo)
    else:
        parts = (Part(text, "第 {line} 行"),)
    front = FrontMatter()
    if parts and (head := FRONT_MATTER.match(parts[0].text)):
        front = _front_matter(head[1], path)
        rest = parts[0].text[head.end() :]
        parts = (Part(rest, parts[0].where, 1 + head[0].count("\n")), *parts[1:])
    page = Page(path, front, parts)
    for pattern, message in ((SHORTCODE, "短代码"), (EXECUTED_BLOCK, "要执行的代码块")):
        if found := pattern.search(page.markdown):
            raise PublishError(
                f"离线发布不支持{message}：{found[0].strip()[:60]}",
                where=page.place(found[0]),
                remedy="请改用普通 Markdown；代码请先在 notebook 里执行。",
            )
    return page


def _front_matter(text: str, path: str) -> FrontMatter:
    """Front matter of a page, each key of a known name and type."""
    place = f"{path}：页首"
    values: dict[str, Any] = {}
    for key, value in mapping_of(read_yaml(text, place), KEYS, place).items():
        name, read = KEYS[key]
        checked = read(value, f"{place} {key}")
        if name:
            values[name] = checked
    return FrontMatter(**values)


def _layout(value: object, where: str) -> str:
    if value not in LAYOUTS:
        raise PublishError(
            f"不支持的版式“{value}”。", where=where, remedy=f"可用：{'、'.join(LAYOUTS)}。"
        )
    return text_of(value, where)


def _title_block(value: object, where: str) -> bool:
    if value not in ("default", "none"):
        raise PublishError(f"不支持“{value}”。", where=where, remedy="可用：default、none。")
    return value == "default"


def _downloads(value: object, where: str) -> tuple[Download, ...]:
    items = value if isinstance(value, list) else [value]
    fields = [mapping_of(item, ("text", "href"), where) for item in items]
    return tuple(
        Download(text_of(item.get("text"), where), text_of(item.get("href"), where))
        for item in fields
    )


def _joined(value: object, where: str) -> str:
    return "、".join(texts_of(value, where))


KEYS: Mapping[str, tuple[str, Callable[[object, str], Any]]] = {
    "title": ("title", text_of),
    "subtitle": ("subtitle", text_of),
    "description": ("description", text_of),
    "date": ("date", text_of),
    "date-modified": ("date_modified", text_of),
    "author": ("author", _joined),
    "categories": ("categories", texts_of),
    "status": ("status", text_of),
    "published-on": ("published_on", text_of),
    "next-update": ("next_update", text_of),
    "producer": ("producer", text_of),
    "downloads": ("downloads", _downloads),
    "toc": ("toc", flag_of),
    "page-layout": ("layout", _layout),
    "search": ("search", flag_of),
    "title-block-style": ("title_block", _title_block),
    # Facts for lists and programs that nothing on the page shows.
    "lang": ("", text_of),
    "school-code": ("", text_of),
    "fund": ("", text_of),
    "term": ("", text_of),
}
"""Front matter that the offline publisher follows: the field each key fills, and its type."""
