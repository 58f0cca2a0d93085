"""Publishing the Quarto project `site/` into a folder of web pages."""

import shutil
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aidkit.errors import PublishError
from aidkit.publish import pandoc, search, shell
from aidkit.publish.charts import write_vega
from aidkit.publish.finished import FinishedPage, FinishedPages
from aidkit.publish.links import Links, Targets, check_anchors
from aidkit.publish.markup import Markup, Section, read_markup
from aidkit.publish.page import Page, read_page, target_of
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
    site: Path,
    out: Path,
    publisher: Literal["auto", "quarto", "offline"] = "auto",
    *,
    profile: str = "",
    cache: Path | None = None,
    last: Path | None = None,
) -> PublishResult:
    """Publish the project; equal sources give equal bytes, whatever is kept of earlier times.

    Args:
        site: The Quarto project.
        out: The folder to fill; whatever is in it goes.
        publisher: Quarto, the offline publisher, or Quarto where it is on PATH.
        profile: Whose `_quarto-<profile>.yml` to follow; empty for the project's own default.
        cache: Where the offline publisher keeps what the next publishing can take over.
        last: The last published site: unchanged files become links to its files.

    Raises:
        PublishError: The sources hold what the publisher does not do, or Quarto failed.
    """
    write_vega(site / "assets" / "vega.js")
    if publisher == "quarto" or (publisher == "auto" and find_quarto()):
        _empty(out)
        render_with_quarto(site, out, profile)
        return PublishResult("quarto", sum(1 for _ in out.rglob("*.html")), out)
    files = _offline(site, profile, cache, last)
    _empty(out)
    for folder in {(out / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        _put(out / path, content, last / path if last else None)
    return PublishResult("offline", sum(path.endswith(".html") for path in files), out)


def _empty(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _put(path: Path, content: bytes, last: Path | None) -> None:
    """Write a file, or link it to one of the same content."""
    try:
        if last and not last.is_symlink() and last.read_bytes() == content:
            path.hardlink_to(last)
            return
    except OSError:  # no such file, or a file system without links
        pass
    path.write_bytes(content)


def _offline(site: Path, profile: str, cache: Path | None, last: Path | None) -> dict[str, bytes]:
    """All files of the published site by path; nothing is written before all is known good."""
    config = read_config(site, profile)
    paths = _page_paths(site, config)
    targets = Targets(site, {path: target_of(path) for path in paths})
    if len(targets.html) < len(paths):
        raise PublishError(
            "两个页面会写成同一个网页。", where="site", remedy="请改其中一个的名称。"
        )
    sources = {path: (site / path).read_bytes() for path in paths}
    kept = FinishedPages(cache, last, repr(config))
    done = {
        path: taken
        for path in paths
        if (taken := kept.take(path, sources[path], targets)) is not None
    }
    pages = [read_page(path, sources[path], echo=config.echo) for path in paths if path not in done]
    with closing(_bodies(pages, kept)) as bodies:
        for page, body in zip(pages, bodies, strict=True):
            done[page.path] = _finish(config, targets, page, body)
            kept.keep(page.path, sources[page.path], page.markdown, body, done[page.path])
    finished = {targets.pages[path]: done[path] for path in paths}
    ids = {target: page.ids for target, page in finished.items()}
    check_anchors((anchor for page in finished.values() for anchor in page.anchors), ids)
    files = {target: page.html for target, page in finished.items()}
    files[INDEX] = search.search_index(page.entry for page in finished.values()).encode()
    for name in shell.ASSETS:
        files[f"assets/{name}"] = (shell.OFFLINE / name).read_bytes()
    linked = {found for page in finished.values() for found in page.links.values()}
    for path in sorted(linked - targets.html | _resources(site, config)):
        files[path] = (site / path).read_bytes()
    kept.save()
    return files


def _bodies(pages: Sequence[Page], kept: FinishedPages) -> Generator[str, None, None]:
    """The HTML bodies of pages, in order.

    Raises:
        PublishError: A page holds what the offline publisher does not do.
    """
    known = [kept.body(page.markdown) for page in pages]
    fresh = pandoc.to_html(
        page.markdown for page, body in zip(pages, known, strict=True) if body is None
    )
    with closing(fresh):
        for page, found in zip(pages, known, strict=True):
            body = next(fresh) if found is None else found
            if isinstance(body, pandoc.Refusal):
                raise PublishError(body.message, where=page.place(body.sought), remedy=body.remedy)
            yield body


def _finish(config: SiteConfig, targets: Targets, page: Page, body: str) -> FinishedPage:
    """A page with its shell.

    Raises:
        PublishError: It brings a script of its own, or a link leads nowhere.
    """
    markup = _checked(page, read_markup(body))
    links = Links(page, targets)
    contents = _contents(config, page, markup)
    html = shell.render(config, links, links.rewritten(body, markup), contents)
    return FinishedPage(
        html.encode(),
        frozenset(markup.ids),
        tuple(links.anchors),
        links.found,
        search.search_entry(page, markup),
    )


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
