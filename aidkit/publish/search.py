"""The search index: a script, because pages opened by double-click may not fetch anything."""

import json
from collections.abc import Callable, Iterable, Iterator

from aidkit.publish.markup import Markup
from aidkit.publish.page import Page

_BEGINS, _ENDS = "window.aidSearchIndex=", ";\n"


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
    return f"{_BEGINS}[{','.join(filter(None, entries))}]{_ENDS}"


def read_index(script: str, renamed: Callable[[str], str]) -> Iterator[str]:
    """The entries of such a script, whose pages have other names now.

    Args:
        script: What `search_index` made.
        renamed: Gives the new path of a page.
    """
    for path, *rest in json.loads(script.removeprefix(_BEGINS).removesuffix(_ENDS)):
        yield json.dumps([renamed(path), *rest], ensure_ascii=False, separators=(",", ":"))
