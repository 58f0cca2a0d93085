"""Lists of those who learn with difficulty, without a table: below a title, in a sentence."""

import re
from collections.abc import Iterator

from aidkit.gate.learner_words import CALLED, HINTS, LIST, WINNERS
from aidkit.gate.pupils import LEAST, MASKED
from aidkit.gate.surnames import looks_like_name

_WHO = re.compile(rf"{CALLED}|{WINNERS}")
_TITLE = re.compile(
    rf"[^\n。；，<>]{{0,30}}?(?:{CALLED}|{WINNERS})[^\n。；，<>]{{0,6}}{LIST}[^\n。；，<>]{{0,12}}(?=$|\n|<)"
)
_SCORES = re.compile(r"成绩|分数[表榜]")
_TITLE_OF_SCORES = re.compile(
    r"[^\n。；，<>]{0,20}?(?:成绩(?:单|表|榜|公布|公示|一览)?|分数[表榜])"
    r"(?:[(（][^\n<>]{1,10}[)）])?[:：]?(?=$|\n|<)"
)
_SAYS = re.compile(
    rf"(?:{CALLED}|{WINNERS})[^\n。；：:]{{0,10}}?(?:名单)?"
    r"(?:[:：]|[是有为](?![\u4e00-\u9fff]{0,2}的))\s*([^\n。；：:<>]{5,200})"
)
_TAG = re.compile(r"<[^<>]*>")
_APART = re.compile(r"[、，,/和及\s]+")
_NUMBERED = re.compile(r"^\W*(?:\d{1,3}\s*[.．、)）]\s*)?")
_PIECE = re.compile(r"[ \t:：,，、|(（]+")
_SCORED = re.compile(r"[^\n。；]{1,16}?\s*[:：]?\s*\d{1,3}(?:\.\d+)?\s*分")
_WORDS = re.compile(
    r"成绩|方法|时间|习惯|"
    r"安[排静全]|高[年中]|家[庭访长校]|谈[心话]|相[关应]|明确|平[时均等]|常[见规用]|"
    r"应[该当]|计划|全[县体校面]|单[元独]|温[习故]|左右|明[显确]|和谐|管理|满[分意]"
)
"""What begins like a name and is none."""

BELOW = 1000
"""Characters below a title that are looked at."""


LEAST_POINTS = 5
"""Lines with points from which on they are a list."""


def in_titled_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, title) of lists whose lines are names or points, below a title."""
    if any(word in text for word in HINTS):
        for title in _titles(text, _WHO, _TITLE):
            lines = _below(text, title.end())
            named = len(lines) >= LEAST and all(map(_has_name, lines[:LEAST]))
            if named or (lines and _names_in(lines[0]) >= LEAST):
                yield title.start(), title[0].strip()
    if "成绩" in text or "分数" in text:
        for title in _titles(text, _SCORES, _TITLE_OF_SCORES):
            lines = _below(text, title.end())[:LEAST_POINTS]
            if len(lines) == LEAST_POINTS and all(map(_SCORED.fullmatch, lines)):
                yield title.start(), title[0].strip()


def in_named_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, words) of sentences that say who they are."""
    if any(word in text for word in HINTS):
        for said in _SAYS.finditer(text):
            if _names_in(said[1]) >= LEAST:
                yield said.start(), said[0][: said.start(1) - said.start()].strip()


def _titles(text: str, word: re.Pattern[str], title: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Lines or elements that are a title as a whole, each once."""
    starts = {
        max(text.rfind("\n", 0, found.start()), text.rfind(">", 0, found.start())) + 1
        for found in word.finditer(text)
    }
    for start in sorted(starts):
        if found := title.match(text, start):
            yield found


def _below(text: str, end: int) -> list[str]:
    """Lines that are not empty below a title."""
    lines = _TAG.sub("\n", text[end : end + BELOW]).split("\n")
    return [line.strip() for line in lines if line.strip()]


def _names_in(words: str) -> int:
    return sum(1 for word in _APART.split(words) if _is_name(word))


def _has_name(line: str) -> bool:
    """Whether a line is a name, with a number before it, or a class or subject beside it."""
    parts = [part.rstrip(")）") for part in _PIECE.split(_NUMBERED.sub("", line))]
    return len(parts) <= 4 and any(_is_name(part, two=True) for part in parts)


def _is_name(word: str, *, two: bool = False) -> bool:
    """Whether a word is a name; of two letters only where others would hardly stand."""
    word = word.partition("等")[0].removesuffix("同学")
    if MASKED.fullmatch(word):
        return True
    known = len(word) >= (2 if two else 3) and looks_like_name(word)
    return known and not _WORDS.match(word)
