"""Finding any of thousands of names and addresses in running Chinese text."""

import re
from collections import defaultdict
from collections.abc import Iterator

from aidkit.gate.people import People, squeezed
from aidkit.gate.surnames import is_surname

_RUN = re.compile(r"[\u3400-\u9fff〇·]{2,}")
_RARE = re.compile(r"[\ue000-\uf8ff\U00020000-\U000323af]")
"""Characters that only names have: of later versions of Unicode, and those that systems made up."""

_RARE_RUN = re.compile(r"[\u3400-\u9fff〇·\ue000-\uf8ff\U00020000-\U000323af]{2,}")
_SPACED = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?:[ \u3000\u00a0]{1,4}[\u3400-\u9fff]){1,3}"
    r"(?![\u3400-\u9fff])"
)
_PIECES = re.compile(r"([\u3400-\u9fff·]+)")
_GAP = re.compile(r"[^0-9A-Za-z]{1,8}")
"""What may stand between characters of a name in cells, lines or entries of their own."""

_BETWEEN = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]{1,3}")
_AFTER = re.compile(
    r" |同学|老师|先生|女士|小朋友|家长|校长|园长|主任|"
    r"等同学|等[一二三四五六七八九十]{1,3}[名位人]|"
    r"的?(?:父亲|母亲|爸爸|妈妈|爷爷|奶奶|外婆|外公|家里|家中|家境|家庭|监护人|班主任|成绩)|"
    r"获得|就读|领取|受助|一家|今年|表示|因病|因家|患|"
    r"被(?:评|选|认定|确定|取消)|已(?:转|获|领|享受|休学|退学|毕业)|在.{0,10}(?:就读|读书|上学)"
)
"""What follows the name of a person."""

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
    "年级",
    "号",
    "等奖",
    "致",
)

LEAST, LONGEST = 3, 4
"""Characters of a name whose surname stands apart: those of two make up too many other words."""

REMEMBERED = 50_000
"""Runs of text whose names are kept, since pages of a site share most of their words."""


def runs(text: str) -> frozenset[str]:
    """Stretches of Chinese in a text: all that `NameFinder` looks at, but for spaced names."""
    found = frozenset(_RUN.findall(text))
    return found.union(_RARE_RUN.findall(text)) if _RARE.search(text) else found


def spaced_words(text: str) -> frozenset[str]:
    """Words of a text whose characters stand apart, put together."""
    return frozenset(word for _, word in _apart(text))


def _apart(text: str) -> Iterator[tuple[int, str]]:
    for match in _SPACED.finditer(text):
        yield match.start(), squeezed(match[0])
    begun: list[tuple[int, str]] = []
    place = 0
    parts = _PIECES.split(text)
    for gap, word in zip(parts[::2], parts[1::2], strict=False):
        place += len(gap)
        if begun and (len(word) > LONGEST - 1 or not _GAP.fullmatch(gap)):
            begun = []
        if begun:
            begun = [(at, said + word) for at, said in begun if len(said + word) <= LONGEST]
            yield from (each for each in begun if len(each[1]) >= LEAST)
        if is_surname(word):
            begun.append((place, word))
        place += len(word)


class NameFinder:
    """Looks for names of two characters where they stand alone, for longer ones anywhere.

    Two characters are too often part of other words: they count when nothing Chinese touches
    them, or beside an honorific or a label. Names inside a school's name mean nothing, nor
    do public words of two characters (高一).
    """

    def __init__(self, people: People) -> None:
        guarded = people.guarded()
        words = frozenset(word for word in people.ignored if len(word) == 2)
        self._names = guarded - words
        self._pairs = frozenset(name for name in self._names if len(name) == 2)
        self._short = frozenset(name for name in guarded if len(name) in (3, 4))
        self._long: dict[str, list[int]] = defaultdict(list)
        for text in {*people.addresses, *(name for name in guarded if len(name) > 4)}:
            lengths = self._long[text[:4]]
            if len(text) not in lengths:
                lengths.append(len(text))
        self._addresses = people.addresses
        self._heads: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        for text in {*people.addresses, *(name for name in guarded if len(name) > 4)}:
            head = _RUN.match(text)
            if head:
                self._heads[text[:4]].add((head[0], head[0] != text))
        self._rare = sorted(filter(_RARE.search, self._names))
        self._parts: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            if "·" in name:
                self._parts[name.partition("·")[0]].append(name)
        self._part_lengths = sorted({len(part) for part in self._parts}, reverse=True)
        public = sorted(people.ignored - guarded, key=lambda name: (-len(name), name))
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
            yield from self._with_another_dot(text, run)
        if self._rare and _RARE.search(text):
            for name in self._rare:
                found = re.finditer(re.escape(name), text)
                yield from ((at.start(), "person_name", name) for at in found)
        for place, value in _apart(text):
            if value in self._names:
                yield place, "person_name", value

    def may_touch(self, run: str) -> bool:
        """Whether `find` may find something in a text that has this run; never wrongly no."""
        names, beginnings = self._in_run(run)
        if self._first_part(run) or any(name in run for name in self._rare):
            return True
        return bool(names) or any(
            run.startswith(head, place) and (not goes_on or place + len(head) == len(run))
            for place in beginnings
            for head, goes_on in self._heads[run[place : place + 4]]
        )

    def is_name(self, spaced: str) -> bool:
        """Whether `find` finds these characters, once spaces between them are gone."""
        return spaced in self._names

    def _first_part(self, run: str) -> str:
        """With what part of a name of several a run ends; empty where with none."""
        return next((run[-n:] for n in self._part_lengths if run[-n:] in self._parts), "")

    def _with_another_dot(self, text: str, run: re.Match[str]) -> Iterator[tuple[int, str, str]]:
        """Names of several parts with a space or full stop for the dot."""
        first = self._first_part(run[0])
        between = _BETWEEN.match(text, run.end()) if first else None
        for name in self._parts.get(first, ()) if between else ():
            if between and text.startswith(name[len(first) + 1 :], between.end()):
                yield run.end() - len(first), "person_name", name

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
    """Whether two characters between these are a name: each side is an end, or says that it is."""
    starts = not before or before.endswith((" ", *_LABEL))
    ends = not after or bool(_AFTER.match(after))
    # 学生某某等12名: digits are no part of these stretches.
    return starts and (ends or (after == "等" and before.endswith(_LABEL)))
