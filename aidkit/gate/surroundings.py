"""What stands around a name: in its sentence, row or record, beside it, and as the title above."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from aidkit.gate.reasons import REASON, tells_reason

_ROW = re.compile(r"(?i)<(?:w:)?tr\b|</(?:w:)?tr\b|</(?:w:)?t(?:able|bl)\b|<row\b|</row\b")
_BLOCK = re.compile(r"(?i)\n|</?(?:w:)?(?:p|li|h[1-6]|d[dt]|div|br|td|th|tr|table)\b[^<>]*>")
_END = re.compile(rf"{_BLOCK.pattern}|[。；！？]")
_HEADING = re.compile(r"(?is)<(h[1-6]|caption|summary|dt)\b[^<>]*>(.{1,200}?)</\1")
_TAG = re.compile(r"<[^<>]*>")
_ALONE = re.compile(
    rf"\W*(?:[一二三四五六七八九十\d]+[、.．)）]\s*)?(?:本人|家庭|父母|父亲|母亲|家人|学生|属于|类别|原因)?[:：]?"
    rf"(?:城乡|农村|城市|事实|防返贫|一般|重度)*(?:{REASON.pattern})(?:的|儿童|人|户|家庭|学生|子女|供养|人员|证|不稳定户|户?和监测对象)*"
    r"(?:名单|一览表?|名册|\d+人|[(（].{0,8}[)）])?[:：]?\W*"
)
"""A cell or title that is a reason and nothing else."""

AROUND = 120
"""Characters of a line on each side of a name."""

NEAR, FAR, IN_RECORD = 200, 2000, 600
"""Characters in which its neighbours, the beginning of its row and its record are looked for."""

LONGEST_FIELD = 40
"""Characters of a field of its record that are looked at."""

NEIGHBOURS, LONGEST_CELL = 3, 16
"""Cells before and after a name that are looked at, and how long they may be."""


class Surroundings:
    """A text in which many names stand, each of which is looked around.

    The text is markup, what markup shows (a line a cell), a table of lines, or records.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def reason(self, place: int, name: str) -> str:
        """A reason for hardship beside a name; empty where there is none.

        Args:
            place: Where the name stands.
            name: It.
        """
        for words in self.beside(place, name):
            if found := tells_reason(words):
                return found
        return _neighbour(*self._sides(place, name)) or self._title(place)

    def beside(self, place: int, name: str) -> Iterator[str]:
        """What stands in the same sentence or line, row or record as a name, without the name."""
        before, after = self._sides(place, name)
        yield _line(before, after)
        yield _row(before, after)
        yield _record(before, after)

    def _sides(self, place: int, name: str) -> tuple[str, str]:
        end = place + len(name)
        return self._text[max(0, place - FAR) : place], self._text[end : end + FAR]

    def _title(self, place: int) -> str:
        """The heading above, where it is a reason and nothing else (一、孤儿)."""
        above = bisect_left(self._headings, (place, "")) - 1
        return self._headings[above][1] if above >= 0 else ""

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        """Where headings stand, and the reasons that they are."""
        titles = (
            (found.start(), _TAG.sub("", found[2])) for found in _HEADING.finditer(self._text)
        )
        return [(at, _alone(title.strip())) for at, title in titles]


def _line(before: str, after: str) -> str:
    left = _END.split(before[-AROUND:])[-1]
    right = _END.split(after[:AROUND])[0]
    return f"{_TAG.sub('', left)} {_TAG.sub('', right)}"


def _row(before: str, after: str) -> str:
    edges = list(_ROW.finditer(before))
    if not edges or edges[-1][0].startswith("</"):
        return ""
    end = _ROW.search(after)
    return _TAG.sub(" ", before[edges[-1].end() :] + " " + after[: end.start() if end else 0])


def _record(before: str, after: str) -> str:
    """The other fields of its record: all but long ones, which are texts that tell of much."""
    for opening, closing in ("{}", "[]"):
        start, end = before.rfind(opening, -IN_RECORD), after.find(closing, 0, IN_RECORD)
        if start >= 0 and end >= 0:
            left, right = before[start + 1 :], after[:end]
            if not any(mark in left + right for mark in (*"{}[]<>", "\n")):
                fields = [*left.split('"')[:-1], *right.split('"')[1:]]
                return " ".join(field for field in fields if len(field) <= LONGEST_FIELD)
    return ""


def _neighbour(before: str, after: str) -> str:
    """A cell near it that is a reason and nothing else."""
    cells = [*_cells(before[-NEAR:])[-NEIGHBOURS:], *_cells(after[:NEAR])[:NEIGHBOURS]]
    return next(filter(None, map(_alone, cells)), "")


def _cells(text: str) -> list[str]:
    return [cell for line in _BLOCK.split(text) if line and (cell := _TAG.sub("", line).strip())]


def _alone(cell: str) -> str:
    """The reason that a cell or title is; empty where it is something else."""
    return tells_reason(cell) if len(cell) <= LONGEST_CELL and _ALONE.fullmatch(cell) else ""
