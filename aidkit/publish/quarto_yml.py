"""`_quarto.yml`: the settings that both publishers follow."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from aidkit.errors import PublishError
from aidkit.publish.refusal import flag_of, mapping_of, text_of, texts_of

FIXED: dict[str, Any] = {
    "project.type": "website",
    "format.html.html-math-method": "mathml",
    "format.html.html-table-processing": "none",
    "format.html.respect-user-color-scheme": True,
    "website.navbar.search": True,
    "filters": ["assets/aidkit.lua"],
}
"""Settings with the one value that the offline publisher does: others are refused."""

QUARTO_ONLY = ("project.output-dir", "format.html.theme", "website.search")
"""Settings about Quarto's own files: the output folder is given, the shell has its own style."""


@dataclass(frozen=True)
class Link:
    """An entry of the navigation bar.

    Attributes:
        text: What it says.
        href: A page of the project by source path; empty when it opens a menu.
        menu: The entries below it.
    """

    text: str
    href: str = ""
    menu: "tuple[Link, ...]" = ()


@dataclass(frozen=True)
class SiteConfig:
    """What `_quarto.yml` says.

    Attributes:
        render: Globs of the pages, relative to the project.
        resources: Globs of files to publish as they are.
        lang: Language of the pages.
        title: Name of the site.
        favicon: Icon of the site, or empty.
        left: Entries at the left of the navigation bar.
        right: Entries at its right.
        footer: Markdown-free texts at left and right of the foot of each page.
        css: Style sheets of all pages.
        toc: Whether pages have a table of contents.
        toc_depth: Deepest heading in it.
        toc_title: Its heading.
        echo: Whether the code of notebooks is shown.
    """

    render: tuple[str, ...]
    resources: tuple[str, ...]
    lang: str
    title: str
    favicon: str
    left: tuple[Link, ...]
    right: tuple[Link, ...]
    footer: tuple[str, str]
    css: tuple[str, ...]
    toc: bool
    toc_depth: int
    toc_title: str
    echo: bool

    def links(self) -> tuple[Link, ...]:
        """All entries of the navigation bar that lead somewhere."""
        bar = (*self.left, *self.right)
        return tuple(link for entry in bar for link in (entry.menu or (entry,)))


def read_config(site: Path) -> SiteConfig:
    """Read `_quarto.yml`.

    Raises:
        PublishError: It is missing, broken, or sets what the offline publisher does not do.
    """
    path = site / "_quarto.yml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PublishError("找不到 _quarto.yml。", where=str(site), remedy="请指定网站文件夹。") from None
    except yaml.YAMLError as error:
        raise PublishError("_quarto.yml 读不懂。", where=str(error), remedy="请核对缩进和引号。") from None
    tops = ("project", "lang", "website", "execute", "format", "filters")
    top = mapping_of(content, tops, "_quarto.yml")
    project = _section(top, "project", ("type", "output-dir", "render", "resources"))
    website = _section(
        top, "website", ("title", "favicon", "navbar", "page-footer", "search"), needed=("title",)
    )
    navbar = _section(website, "navbar", ("left", "right", "search"), above="website.")
    footer = _section(website, "page-footer", ("left", "right"), above="website.")
    html = _section(
        _section(top, "format", ("html",)),
        "html",
        (
            "theme", "css", "toc", "toc-depth", "toc-title", "html-math-method",
            "html-table-processing", "respect-user-color-scheme",
        ),
        above="format.",
    )  # fmt: skip
    execute = _section(top, "execute", ("echo",))
    return SiteConfig(
        render=texts_of(project.get("render", ["*.qmd", "*.ipynb"]), _place("project.render")),
        resources=texts_of(project.get("resources"), _place("project.resources")),
        lang=text_of(top.get("lang", "zh"), _place("lang")),
        title=text_of(website["title"], _place("website.title")),
        favicon=text_of(website.get("favicon", ""), _place("website.favicon")),
        left=_links(navbar.get("left"), "website.navbar.left"),
        right=_links(navbar.get("right"), "website.navbar.right"),
        footer=(
            text_of(footer.get("left", ""), _place("website.page-footer.left")),
            text_of(footer.get("right", ""), _place("website.page-footer.right")),
        ),
        css=texts_of(html.get("css"), _place("format.html.css")),
        toc=flag_of(html.get("toc", False), _place("format.html.toc")),
        toc_depth=_depth(html.get("toc-depth", 3)),
        toc_title=text_of(html.get("toc-title", "本页目录"), _place("format.html.toc-title")),
        echo=flag_of(execute.get("echo", True), _place("execute.echo")),
    )


def _place(key: str) -> str:
    return f"_quarto.yml：{key}"


def _section(
    above: Any, name: str, known: tuple[str, ...], *, needed: tuple[str, ...] = (), **path: str
) -> Any:
    raise NotImplementedError
