"""Finding any of thousands of names and addresses in running Chinese text."""

import re
from collections import defaultdict
from collections.abc import Iterator

from aidkit.gate.people import People, squeezed

_RUN = re.compile(r"[\u3400-\u9fff〇·]{2,}")
_SPACED = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?:[ \u3000\u00a0]{1,4}[\u3400-\u9fff]){1,3}"
    r"(?![\u3400-\u9fff])"
)
_HONORIFIC = ("同学", "老师", "先生", "女士", "小朋友", "家长", "校长", "园长", "主任", "等同学")
_LABEL = (
    "姓名",
    "学生",
    "教师",
    "老师",
    "同学",
    "家长",
    "监护人",
    "捐赠人",
    "受助人",
    "联系人",
    "户主",
    "户名",
    "校长",
    "园长",
    "班主任",
    "负责人",
    "帮扶人",
    "班",
)

REMEMBERED = 50_000
"""Runs of text whose names are kept, since pages of a site share most of their words."""


def runs(text: str) -> frozenset[str]:
    """Stretches of Chinese in a text: all that `NameFinder` looks at, but for spaced names."""
    return frozenset(_RUN.findall(text))


def spaced_words(text: str) -> frozenset[str]:
    """Words of a text whose characters stand apart, put together."""
    return frozenset(squeezed(match[0]) for match in _SPACED.finditer(text))


class NameFinder:
    """Looks for names of two characters where they stand alone, for longer ones anywhere.

    Two characters are too often part of other words: they count when nothing Chinese touches
    them, or beside an honorific or a label. Names inside a school's name mean nothing, nor
    do public words of two characters (高一).
    """

    def __init__(self, people: People) -> None:
        words = frozenset(word for word in people.ignored if len(word) == 2)
        self._names = people.names - words
        self._pairs = frozenset(name for name in self._names if len(name) == 2)
        self._short = frozenset(name for name in people.names if len(name) in (3, 4))
        self._long: dict[str, list[int]] = defaultdict(list)
        for text in {*people.addresses, *(name for name in people.names if len(name) > 4)}:
            lengths = self._long[text[:4]]
            if len(text) not in lengths:
                lengths.append(len(text))
        self._addresses = people.addresses
        self._heads: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        for text in {*people.addresses, *(name for name in people.names if len(name) > 4)}:
            head = _RUN.match(text)
            if head:
                self._heads[text[:4]].add((head[0], head[0] != text))
        public = sorted(people.ignored - people.names, key=lambda name: (-len(name), name))
        self._public = re.compile("|".join(map(re.escape, public))) if public else None
        self._seen: dict[str, tuple[tuple[tuple[int, str], ...], tuple[int, ...]]] = {}

    def find(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield (position, kind, value) of names and addresses."""
        if not self._names and not self._addresses:
            return
        for run in _RUN.finditer(text):
            names, beginnings = self._in_run(run[0])
            for place, value in names:
                yield run.start() + place, "person_name", value
            for place in beginnings:
                yield from self._long_ones(text, run.start() + place)
        for match in _SPACED.finditer(text):
            value = squeezed(match[0])
            if value in self._names:
                yield match.start(), "person_name", value

    def may_touch(self, run: str) -> bool:
        """Whether `find` may find something in a text that has this run; never wrongly no."""
        names, beginnings = self._in_run(run)
        return bool(names) or any(
            run.startswith(head, place) and (not goes_on or place + len(head) == len(run))
            for place in beginnings
            for head, goes_on in self._heads[run[place : place + 4]]
        )

    def is_name(self, spaced: str) -> bool:
        """Whether `find` finds these characters, once spaces between them are gone."""
        return spaced in self._names

    def _in_run(self, run: str) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
        """Short names in a run, and where a long one or an address may begin."""
        found = self._seen.get(run)
        if found is None:
            starts = range(len(run) - 3)
            beginnings = tuple(at for at in starts if run[at : at + 4] in self._long)
            found = (tuple(self._look(run)), beginnings)
            if len(self._seen) < REMEMBERED:
                self._seen[run] = found
        return found

    def _look(self, run: str) -> Iterator[tuple[int, str]]:
        if run in self._names:
            yield 0, run
            return
        if self._public is not None:
            run = self._public.sub(lambda match: " " * len(match[0]), run)
        for size, names in ((3, self._short), (4, self._short)):
            for place in range(len(run) - size + 1):
                if (value := run[place : place + size]) in names:
                    yield place, value
        if self._pairs:
            for place in range(len(run) - 1):
                value = run[place : place + 2]
                if value in self._pairs and _stands_alone(run[:place], run[place + 2 :]):
                    yield place, value

    def _long_ones(self, text: str, place: int) -> Iterator[tuple[int, str, str]]:
        for length in self._long[text[place : place + 4]]:
            value = text[place : place + length]
            if value in self._addresses:
                yield place, "address", value
            elif value in self._names:
                yield place, "person_name", value


def _stands_alone(before: str, after: str) -> bool:
    """Whether two characters between these are a name: each side is an end, label or honorific."""
    starts = not before or before.endswith((" ", *_LABEL))
    ends = not after or after.startswith((" ", *_HONORIFIC))
    return starts and ends
