"""Addresses on pages: to other pages, to files, outward; broken ones are refused."""

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from aidkit.errors import PublishError
from aidkit.publish.markup import Address, Markup
from aidkit.publish.page import Page

OUTWARD = ("http", "https", "mailto", "tel")
SOURCES = (".qmd", ".ipynb")


@dataclass
class Links:
    """Checks and rewrites the addresses of a site's pages.

    Attributes:
        site: The Quarto project.
        targets: HTML path of each page by its source path.
        files: Files of the project that pages point to, found so far.
        anchors: Points in other pages that pages point to: page, id, and from where.
    """

    site: Path
    targets: Mapping[str, str]
    files: set[str] = field(default_factory=set)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)

    def rewritten(self, page: Page, html: str, markup: Markup) -> str:
        """The HTML of a page with links to sources turned into links to pages.

        Raises:
            PublishError: An address leads nowhere, or would load something from outside.
        """
        pieces, last = [], 0
        for address in sorted(markup.addresses, key=lambda found: found.start):
            pieces += [html[last : address.start], self._resolve(page, address, markup.ids)]
            last = address.end
        return "".join([*pieces, html[last:]])

    def relative(self, page: Page, source: str, where: str) -> str:
        """The link from a page to a page or file of the project, named by its source path.

        Raises:
            PublishError: There is no such page or file.
        """
        path = self._published(posixpath.normpath(source), where)
        return posixpath.relpath(path, posixpath.dirname(page.target) or ".")

    def check_anchors(self, ids: Mapping[str, Collection[str]]) -> None:
        """Check the points in other pages, once the ids of all pages are known.

        Raises:
            PublishError: A page has no such id.
        """
        for target, identifier, where in self.anchors:
            if identifier not in ids[target]:
                raise PublishError(
                    f"链接所指的位置“#{identifier}”不在 {target} 里。",
                    where=where,
                    remedy="请核对标题的 {#编号}。",
                )

    def _resolve(self, page: Page, address: Address, ids: Collection[str]) -> str:
        """The address as it stands in the published page, escaped."""
        where = page.place(address.value)
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
        folder = "" if path.startswith("/") else posixpath.dirname(page.path)
        source = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        target = self._published(source, where)
        if parts.fragment and target in self.targets.values():
            self.anchors.append((target, unquote(parts.fragment), where))
        link = posixpath.relpath(target, posixpath.dirname(page.target) or ".")
        return _escaped(link + (f"#{parts.fragment}" if parts.fragment else ""))

    def _published(self, source: str, where: str) -> str:
        """Path in the published site of a page or file of the project."""
        if source in self.targets:
            return self.targets[source]
        if source in self.targets.values():
            return source
        inside = not source.startswith("..") and (self.site / source).is_file()
        if not inside or source.endswith(SOURCES):
            raise PublishError(
                f"链接断了：网站里没有“{source}”。",
                where=where,
                remedy="请核对路径；页面要列在 _quarto.yml 的 render 里。",
            )
        self.files.add(source)
        return source

    def _check_outward(self, address: Address, scheme: str, where: str) -> None:
        link = address.tag == "a" and address.attribute == "href"
        embedded = scheme == "data" and address.tag in ("img", "image")
        if not embedded and not (link and scheme in OUTWARD):
            raise PublishError(
                f"页面不得从外面装入内容：{address.value[:60]}",
                where=where,
                remedy="请把文件放进 site/，用相对路径引用。",
            )


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
