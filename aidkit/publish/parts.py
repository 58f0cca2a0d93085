"""A stretch of a page's Markdown that remembers where it stands in its source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A stretch of Markdown.

    Attributes:
        text: The Markdown.
        where: Its place; `{line}` stands for the line.
        first_line: Line of the source on which it begins.
    """

    text: str
    where: str
    first_line: int = 1

    def place(self, offset: int) -> str:
        """The place of a character of the text."""
        return self.where.format(line=self.first_line + self.text.count("\n", 0, offset))
