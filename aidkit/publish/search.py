"""The search index: a script, because pages opened by double-click may not fetch anything."""

import json
from collections.abc import Iterable

from aidkit.publish.markup import Markup
from aidkit.publish.page import Page


def search_entry(page: Page, markup: Markup) -> str:
    """JSON of a page's path, title and sections; empty where the search passes it over.

    A section is a list of id, heading and text.
    """
    if not page.front.search:
        return ""
    sections = [
        [section.identifier, section.title, section.text]
        for section in markup.sections
        if section.title or section.text
    ]
    entry = [page.target, page.front.title, page.front.subtitle, sections]
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def search_index(entries: Iterable[str]) -> str:
    """A script that sets `aidSearchIndex` to the list of pages."""
    return f"window.aidSearchIndex=[{','.join(filter(None, entries))}];\n"
