"""The search index: a script, because pages opened by double-click may not fetch anything."""

import json
from collections.abc import Iterable

from aidkit.publish.markup import Markup
from aidkit.publish.page import Page


def search_index(pages: Iterable[tuple[Page, Markup]]) -> str:
    """A script that sets `aidSearchIndex`: for each page its path, title and sections.

    A section is a list of id, heading and text.
    """
    entries = []
    for page, markup in pages:
        if page.front.search:
            sections = [
                [section.identifier, section.title, section.text]
                for section in markup.sections
                if section.title or section.text
            ]
            entries.append([page.target, page.front.title, page.front.subtitle, sections])
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"window.aidSearchIndex={text};\n"
