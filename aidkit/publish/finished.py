"""Finished pages of the last publishing: taken over where nothing that they rest on has changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc

from aidkit.caches import load, store
from aidkit.digests import digest_of, environment, package_digest
from aidkit.publish.links import Targets

INDEX = "pages.json"
BODIES = "bodies"


@dataclass(frozen=True)
class FinishedPage:
    """A page as it is published, and what the rest of the site needs of it.

    Attributes:
        html: The page.
        ids: Its ids.
        anchors: Points in other pages that it points to: page, id, and from where.
        links: What it points to within the project, and where that is published.
        entry: Its entry of the search index, or empty.
    """

    html: bytes
    ids: frozenset[str]
    anchors: tuple[tuple[str, str, str], ...]
    links: Mapping[str, str]
    entry: str


class FinishedPages:
    """What the last publishing made of each source.

    The HTML itself is read from the last published site and believed only if it is still what was
    written there. Bodies that pandoc made are kept too, for pages around which something else has
    changed.
    """

    def __init__(self, folder: Path | None, last: Path | None, settings: str) -> None:
        """Open them.

        Args:
            folder: Where they are kept; None keeps nothing.
            last: The last published site.
            settings: The project's settings, on which all pages rest.
        """
        self._folder, self._last = folder, last
        if folder is None:
            return
        tools = [package_digest(), environment(), pypandoc.get_pandoc_version()]
        self._tools = json.dumps(tools, sort_keys=True)
        self._ground = digest_of(f"{self._tools}\n{settings}".encode())
        content = load(folder / INDEX)
        self._known: dict[str, Any] = json.loads(content) if content else {}
        self._now: dict[str, Any] = {}

    def take(self, path: str, source: bytes, targets: Targets) -> FinishedPage | None:
        """The finished page of a source; None where it must be made again."""
        if self._folder is None or self._last is None:
            return None
        known = self._known.get(path)
        if known is None or known["source"] != self._source(path, source):
            return None
        if any(targets.published(link) != found for link, found in known["links"].items()):
            return None
        try:
            html = (self._last / targets.pages[path]).read_bytes()
        except OSError:
            return None
        if digest_of(html) != known["html"]:
            return None
        self._now[path] = known
        anchors = tuple((target, name, where) for target, name, where in known["anchors"])
        return FinishedPage(html, frozenset(known["ids"]), anchors, known["links"], known["entry"])

    def body(self, markdown: str) -> str | None:
        """The HTML that pandoc made of this Markdown, where it is kept."""
        if self._folder is None:
            return None
        content = load(self._folder / BODIES / self._body(markdown))
        return content.decode() if content is not None else None

    def keep(self, path: str, source: bytes, markdown: str, body: str, page: FinishedPage) -> None:
        """Keep a page that was made."""
        if self._folder is None:
            return
        name = self._body(markdown)
        if not (file := self._folder / BODIES / name).is_file():
            store(file, body.encode())
        self._now[path] = {
            "source": self._source(path, source),
            "html": digest_of(page.html),
            "ids": sorted(page.ids),
            "anchors": page.anchors,
            "links": page.links,
            "entry": page.entry,
            "body": name,
        }

    def save(self) -> None:
        """Write down what this publishing made; what it did not use goes."""
        if self._folder is None:
            return
        if self._now != self._known:
            store(self._folder / INDEX, json.dumps(self._now, ensure_ascii=False).encode())
        used = {known["body"] for known in self._now.values()}
        for file in (self._folder / BODIES).glob("*"):
            if file.name not in used:
                file.unlink()

    def _source(self, path: str, source: bytes) -> str:
        return digest_of(f"{self._ground}\n{path}\n".encode() + source)

    def _body(self, markdown: str) -> str:
        return digest_of(f"{self._tools}\n{markdown}".encode())
