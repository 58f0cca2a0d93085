"""The shell around a page: head, navigation bar, title block, table of contents, foot."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from aidkit.publish.charts import CHART_MARK, SCRIPTS
from aidkit.publish.links import Links
from aidkit.publish.markup import Section
from aidkit.publish.page import Page
from aidkit.publish.quarto_yml import Entry, SiteConfig

OFFLINE = Path(__file__).parent / "offline"
ASSETS = ("shell.css", "theme.js", "shell.js", "search.js")
"""Files of the shell, published below `assets/`."""


@dataclass(frozen=True)
class BarEntry:
    """An entry of the navigation bar on one page."""

    text: str
    href: str
    current: bool
    menu: "tuple[BarEntry, ...]"


def render(config: SiteConfig, links: Links, body: str, toc: Sequence[Section]) -> str:
    """The whole HTML of a page.

    Args:
        config: The project's settings.
        links: The page's; knows where pages and files are published.
        body: Its HTML.
        toc: Headings of its table of contents; empty for none.

    Raises:
        PublishError: A link of the navigation bar or the title block leads nowhere.
    """
    page = links.page
    root = posixpath.relpath(".", posixpath.dirname(page.target) or ".")

    def bar(entries: Sequence[Entry]) -> tuple[BarEntry, ...]:
        return tuple(
            BarEntry(
                entry.text,
                links.relative(entry.href, "_quarto.yml：website.navbar") if entry.href else "",
                _is_current(entry, page),
                bar(entry.menu),
            )
            for entry in entries
        )

    title = page.front.title
    top = min((section.level for section in toc), default=0)
    downloads = [
        (
            item.text,
            links.relative(
                posixpath.join(posixpath.dirname(page.path), item.href),
                f"{page.path}：页首 downloads",
            ),
        )
        for item in page.front.downloads
    ]
    return _template().render(
        config=config,
        page=page,
        lang="zh-Hans" if config.lang == "zh" else config.lang,
        window_title=title if title in ("", config.title) else f"{title} – {config.title}",
        root="" if root == "." else f"{root}/",
        home=links.relative(_home(config), "_quarto.yml"),
        left=bar(config.left),
        right=bar(config.right),
        css=[links.relative(path, "_quarto.yml：format.html.css") for path in config.css],
        favicon=links.relative(config.favicon, "_quarto.yml") if config.favicon else "",
        downloads=downloads,
        toc=[(section, section.level - top) for section in toc],
        body=body,
        scripts=[links.relative(path, path) for path in SCRIPTS] if CHART_MARK in body else [],
    )


def _home(config: SiteConfig) -> str:
    """The first page of the navigation bar."""
    return next(entry.href for entry in config.pages_in_bar())


def _is_current(entry: Entry, page: Page) -> bool:
    """Whether the page is the entry's, or lies in the folder that the entry's page opens."""
    if entry.menu:
        return any(_is_current(below, page) for below in entry.menu)
    folder = posixpath.dirname(entry.href)
    opens = posixpath.splitext(posixpath.basename(entry.href))[0] == "index" and folder
    return entry.href == page.path or bool(opens and page.path.startswith(f"{folder}/"))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(OFFLINE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
