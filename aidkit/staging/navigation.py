"""Entries of the navigation bar that not every county has: staged for `_quarto.yml` to take in."""

from collections.abc import Iterable

BAR = "_bar.yml"
"""Settings that `_quarto.yml` takes in, where there is an entry."""

FUNDS = ("基金", "funds/index.qmd")
NOTICES = ("公示", "notices/index.qmd")

_HEAD = """\
# 由 aidkit build 写出：有公示、有基金时导航栏才有这几项。
website:
  navbar:
    right:
"""


def bar_of(pages: Iterable[str]) -> dict[str, bytes]:
    """The file with an entry for each of these pages that is staged; none where none is.

    Args:
        pages: Paths of staged files below `site/`.
    """
    staged = set(pages)
    entries = [
        f"      - text: {text}\n        href: {page}\n"
        for text, page in (NOTICES, FUNDS)
        if page in staged
    ]
    return {BAR: (_HEAD + "".join(entries)).encode()} if entries else {}
