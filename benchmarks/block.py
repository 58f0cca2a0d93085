"""A marked block of a text file that a measurement writes, and nothing else does."""

from pathlib import Path


def with_block(page: str, begin: str, end: str, text: str) -> str:
    """The page with other text between two marks.

    Raises:
        ValueError: It has no such block.
    """
    before, opened, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError("the page has no such block")
    return f"{before}{begin}{text}{end}{after}"


def block_of(page: str, begin: str, end: str) -> str:
    """What stands between the marks."""
    return page.partition(begin)[2].partition(end)[0]


def write_block(path: Path, begin: str, end: str, text: str) -> None:
    """Put text between the marks of a file.

    Raises:
        ValueError: It has no such block.
    """
    page = with_block(path.read_text(encoding="utf-8"), begin, end, text)
    path.write_text(page, encoding="utf-8", newline="\n")
