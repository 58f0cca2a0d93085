"""Publishing the Quarto project `site/` into a folder of web pages."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aidkit.errors import PublishError
from aidkit.publish import pandoc, search, shell
from aidkit.publish.charts import write_vega
from aidkit.publish.links import Links
from aidkit.publish.markup import Markup, Section, read_markup
from aidkit.publish.page import Page, read_page
from aidkit.publish.quarto import find_quarto, render_with_quarto
from aidkit.publish.quarto_yml import SiteConfig, read_config

INDEX = "assets/search-index.js"


@dataclass(frozen=True)
class PublishResult:
    """What was published.

    Attributes:
        publisher: Who did it.
        pages: How many HTML pages.
        out: The folder.
    """

    publisher: Literal["quarto", "offline"]
    pages: int
    out: Path


def publish_site(
    site: Path, out: Path, publisher: Literal["auto", "quarto", "offline"] = "auto"
) -> PublishResult:
    """Publish the project; equal sources give equal bytes.

    Args:
        site: The Quarto project.
        out: The folder to fill; whatever is in it goes.
        publisher: Quarto, the offline publisher, or Quarto where it is on PATH.

    Raises:
        PublishError: The sources hold what the publisher does not do, or Quarto failed.
    """
    write_vega(site / "assets" / "vega.js")
    if publisher == "quarto" or (publisher == "auto" and find_quarto()):
        _empty(out)
        render_with_quarto(site, out)
        return PublishResult("quarto", sum(1 for _ in out.rglob("*.html")), out)
    files = _offline(site)
    _empty(out)
    for path, content in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return PublishResult("offline", sum(path.endswith(".html") for path in files), out)


def _empty(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _offline(site: Path) -> dict[str, bytes]:
    """All files of the published site by path; nothing is written before all is known good."""
    config = read_config(site)
    pages = [read_page(site, path, echo=config.echo) for path in _page_paths(site, config)]
    links = Links(site, {page.path: page.target for page in pages})
    if len(set(links.targets.values())) < len(pages):
        raise PublishError(
            "两个页面会写成同一个网页。", where="site", remedy="请改其中一个的名称。"
        )
    bodies = pandoc.to_html({page.path: page.markdown for page in pages})
    markups: dict[str, Markup] = {}
    files: dict[str, bytes] = {}
    for page in pages:
        body = bodies[page.path]
        if isinstance(body, pandoc.Refusal):
            raise PublishError(body.message, where=page.place(body.sought), remedy=body.remedy)
        markup = _checked(page, read_markup(body))
        markups[page.target] = markup
        html = shell.render(
            config,
            links,
            page,
            links.rewritten(page, body, markup),
            _contents(config, page, markup),
        )
        files[page.target] = html.encode()
    links.check_anchors({target: markup.ids for target, markup in markups.items()})
    files[INDEX] = search.search_index((page, markups[page.target]) for page in pages).encode()
    for name in shell.ASSETS:
        files[f"assets/{name}"] = (shell.OFFLINE / name).read_bytes()
    for path in sorted(links.files | _resources(site, config)):
        files[path] = (site / path).read_bytes()
    return files


def _page_paths(site: Path, config: SiteConfig) -> list[str]:
    """Source paths of the pages, in a stable order; folders of drafts and caches are none."""
    paths = {path.relative_to(site) for glob in config.render for path in site.glob(glob)}
    return sorted(
        path.as_posix()
        for path in paths
        if path.suffix in (".qmd", ".ipynb") and not any(part[0] in "._" for part in path.parts)
    )


def _resources(site: Path, config: SiteConfig) -> set[str]:
    """Files published as they are."""
    found = {path for glob in config.resources for path in site.glob(glob)}
    return {path.relative_to(site).as_posix() for path in found if path.is_file()}


def _checked(page: Page, markup: Markup) -> Markup:
    """A page's markup.

    Raises:
        PublishError: The page brings a script of its own.
    """
    if any(kind != "application/json" for kind in markup.scripts):
        raise PublishError(
            "页面不得自带脚本。", where=page.place("<script"), remedy="图表请用 aid-chart。"
        )
    return markup


def _contents(config: SiteConfig, page: Page, markup: Markup) -> Sequence[Section]:
    """Headings of a page's table of contents."""
    wanted = config.toc if page.front.toc is None else page.front.toc
    if not wanted:
        return ()
    sections = [section for section in markup.sections if section.title]
    return [section for section in sections if section.level <= config.toc_depth]
