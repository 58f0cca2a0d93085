"""Names of persons in a list, also of those whom no table of the county knows."""

import re
from collections.abc import Iterator, Sequence

from aidkit.gate.reasons import PERSON_HEADER
from aidkit.gate.surnames import looks_like_name

_OF_AID = re.compile(
    r"班级|年级|学籍|学号|监护人|家长|[资补救]助|助学|补贴|奖学金|困难|身份证|性别|就读|受助|金额|[一二三]等奖"
)
"""What stands beside names of pupils and of teachers in need, and not beside those of offices."""

_OTHERS = re.compile(r"捐|赠|职务|科室|电话|主任|分工")

LEAST = 3
"""Persons from whom on it is a list: fewer may be an example."""


def names_in_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the names below 姓名 in a table of pupils or of who got aid."""
    for number, header in enumerate(rows):
        words = " ".join(header)
        if not _OF_AID.search(words) or _OTHERS.search(words):
            continue
        for place, cell in enumerate(header):
            if PERSON_HEADER.fullmatch("".join(cell.split())):
                below = [row[place] for row in rows[number + 1 :] if len(row) > place]
                names = [each for each in below if looks_like_name(each)]
                if len(names) >= LEAST:
                    yield from names
