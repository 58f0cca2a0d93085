"""Addresses on pages: to other pages, to files, outward; broken ones are refused."""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from aidkit.errors import PublishError
from aidkit.publish.markup import Address, Markup
from aidkit.publish.page import Page

OUTWARD = ("http", "https", "mailto", "tel")
SOURCES = (".qmd", ".ipynb")


@dataclass(frozen=True)
class Targets:
    """Where the pages and files of a project are published.

    Attributes:
        site: The Quarto project.
        pages: HTML path of each page by its source path.
    """

    site: Path
    pages: Mapping[str, str]

    @cached_property
    def html(self) -> frozenset[str]:
        """HTML paths of all pages."""
        return frozenset(self.pages.values())

    def published(self, source: str) -> str | None:
        """Path in the published site of a page or file of the project; None if there is none."""
        if source in self.pages:
            return self.pages[source]
        if source in self.html:
            return source
        inside = not source.startswith("..") and (self.site / source).is_file()
        return source if inside and not source.endswith(SOURCES) else None


@dataclass
class Links:
    """Checks and rewrites the addresses of a page, and notes them.

    Attributes:
        page: The page.
        targets: Where pages and files are published.
        found: What the page points to within the project, and where that is published.
        anchors: Points in other pages that it points to: page, id, and from where.
    """

    page: Page
    targets: Targets
    found: dict[str, str] = field(default_factory=dict)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)

    def rewritten(self, html: str, markup: Markup) -> str:
        """The HTML of the page with links to sources turned into links to pages.

        Raises:
            PublishError: An address leads nowhere, or would load something from outside.
        """
        pieces, last = [], 0
        for address in sorted(markup.addresses, key=lambda found: found.start):
            pieces += [html[last : address.start], self._resolve(address, markup.ids)]
            last = address.end
        return "".join([*pieces, html[last:]])

    def relative(self, source: str, where: str) -> str:
        """The link from the page to a page or file of the project, named by its source path.

        Raises:
            PublishError: There is no such page or file.
        """
        return self._link(self._published(posixpath.normpath(source), where))

    def _link(self, target: str) -> str:
        return posixpath.relpath(target, posixpath.dirname(self.page.target) or ".")

    def _resolve(self, address: Address, ids: Collection[str]) -> str:
        """The address as it stands in the published page, escaped."""
        where = self.page.place(address.value)
        parts = urlsplit(address.value)
        if parts.scheme or parts.netloc:
            self._check_outward(address, parts.scheme, where)
            return _escaped(address.value)
        if not parts.path:
            if parts.fragment and unquote(parts.fragment) not in ids:
                raise PublishError(
                    f"本页没有“#{unquote(parts.fragment)}”。", where=where, remedy="请核对编号。"
                )
            return _escaped(address.value)
        path = unquote(parts.path)
        folder = "" if path.startswith("/") else posixpath.dirname(self.page.path)
        source = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        target = self._published(source, where)
        if parts.fragment and target in self.targets.html:
            self.anchors.append((target, unquote(parts.fragment), where))
        link = self._link(target)
        return _escaped(link + (f"#{parts.fragment}" if parts.fragment else ""))

    def _published(self, source: str, where: str) -> str:
        """Path in the published site of a page or file of the project, noted."""
        if (path := self.targets.published(source)) is None:
            raise PublishError(
                f"链接断了：网站里没有“{source}”。",
                where=where,
                remedy="请核对路径；页面要列在 _quarto.yml 的 render 里。",
            )
        self.found[source] = path
        return path

    def _check_outward(self, address: Address, scheme: str, where: str) -> None:
        link = address.tag == "a" and address.attribute == "href"
        embedded = scheme == "data" and address.tag in ("img", "image")
        if not embedded and not (link and scheme in OUTWARD):
            raise PublishError(
                f"页面不得从外面装入内容：{address.value[:60]}",
                where=where,
                remedy="请把文件放进 site/，用相对路径引用。",
            )


def check_anchors(
    anchors: Iterable[tuple[str, str, str]], ids: Mapping[str, Collection[str]]
) -> None:
    """Check the points in other pages, once the ids of all pages are known.

    Args:
        anchors: HTML path of a page, id, and where the link stands.
        ids: The ids of each page by its HTML path.

    Raises:
        PublishError: A page has no such id.
    """
    for target, identifier, where in anchors:
        if identifier not in ids[target]:
            raise PublishError(
                f"链接所指的位置“#{identifier}”不在 {target} 里。",
                where=where,
                remedy="请核对标题的 {#编号}。",
            )


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
