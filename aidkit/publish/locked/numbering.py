"""Neutral numbers in place of names: what a file is called says nothing of what it holds."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from aidkit.errors import PublishError
from aidkit.publish.markup import Address, read_markup
from aidkit.publish.search import read_index, search_index

HOME = "index.html"
INDEX = "assets/search-index.js"
FILE = "locked:"
"""Begins the address of a file that is no page, where a reader may click on it."""

_ROOT = re.compile(r' data-root="[^"]*"')
_LOADING = re.compile(r"url\((?!['\"]?(?:data:|#))|@import")

_KINDS: Mapping[str, str] = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}

Piece = str | int
"""A stretch of a page, or the number of a file whose address stands there."""


@dataclass(frozen=True)
class Numbering:
    """Numbers of the files of a site; pages lie side by side, whatever folder they were in.

    Attributes:
        paths: All files, home page first, in a stable order.
    """

    paths: tuple[str, ...]

    @classmethod
    def of(cls, paths: Iterable[str]) -> "Numbering":
        """Number the files of a site."""
        return cls((HOME, *sorted(set(paths) - {HOME})))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number of each file; 0 is the home page."""
        return {path: number for number, path in enumerate(self.paths)}

    def page(self, path: str) -> str:
        """What the page of a path is called."""
        return HOME if path == HOME else f"{self.numbers[path]:04}.html"

    def pieces(self, path: str, html: str) -> list[Piece]:
        """A page whose links lead to numbers, cut where it loads a file of the site.

        Args:
            path: The page.
            html: Its content, as the offline publisher writes it.

        Raises:
            PublishError: It links to what the site does not have.
        """
        pieces: list[Piece] = []
        last = 0
        for address in sorted(read_markup(html).addresses, key=lambda found: found.start):
            pieces += [html[last : address.start], self._piece(path, address)]
            last = address.end
        pieces.append(html[last:])
        # All pages lie at the root now; only the search asks where that is.
        return [_ROOT.sub(' data-root=""', one) if isinstance(one, str) else one for one in pieces]

    def index(self, script: str) -> str:
        """The search index with the numbers of its pages."""
        return search_index(read_index(script, self.page))

    def _piece(self, page: str, address: Address) -> Piece:
        parts = urlsplit(address.value)
        if parts.scheme or parts.netloc or not parts.path:
            return _escaped(address.value)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if path not in self.numbers:
            raise PublishError(
                f"链接断了：网站里没有“{path}”。",
                where=page,
                remedy="要加密的网站请用离线发布（--publisher offline）重新做一次。",
            )
        if path.endswith(".html"):
            return _escaped(self.page(path) + (f"#{parts.fragment}" if parts.fragment else ""))
        return f"{FILE}{self.numbers[path]}" if address.tag == "a" else self.numbers[path]


def refuse_loading(paths: Iterable[str], styles: Iterable[str]) -> None:
    """Refuse style sheets that load files, whose addresses nobody would find.

    Raises:
        PublishError: One does.
    """
    for path, style in zip(paths, styles, strict=True):
        if found := _LOADING.search(style):
            raise PublishError(
                "样式表要装入别的文件，加密的网站做不到。",
                where=f"{path}：{style[found.start() : found.start() + 40]}",
                remedy="请把图片写成 data: 形式，或者用离线发布。",
            )


def kind_of(path: str) -> str:
    """Media type of a file, where a page must know it."""
    return _KINDS.get(posixpath.splitext(path)[1], "application/octet-stream")


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
