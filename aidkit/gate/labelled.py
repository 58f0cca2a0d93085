"""Finding birth dates and addresses by the words that stand before them."""

import datetime as dt
import re
from collections.abc import Collection, Iterator

_DAY = (
    r"(?:19|20)\d{2}(?:[-./年 ]{1,3}\d{1,2}(?:[-./月 ]{1,3}\d{1,2}日?|月)|"
    r"(?:0\d|1[0-2])[0-3]\d)"
)
_GAP = (
    r"[^0-9A-Za-z\u4e00-\u9fff，。；、（(]{0,12}[是为于]?[^0-9A-Za-z\u4e00-\u9fff，。；、（(]{0,3}"
)
_BIRTH = re.compile(
    rf"(?:(?<![前后])出生(?:日期|年月日?|时间)?|生日|(?<![产发诞])生于(?=19[4-9]|20)|"
    rf"(?i:birth[_\- ]?(?:date|day)?|dob)){_GAP}({_DAY}|\d{{2}}([-./])\d{{1,2}}\2\d{{1,2}})(?!\d)"
)
_BORN = re.compile(rf"(?<![至到—~～-])({_DAY})\s?(?:出生(?!缺陷|人口|率)|生于)")
_ADDRESS = re.compile(
    r"(?:(?:家庭|现|居)住?(?:地址|住址|址)|住址|户籍(?:地址|所在地|地))[^0-9A-Za-z\u4e00-\u9fff，。；、]{1,12}"
    r"([\u4e00-\u9fff]{2,}[\u4e00-\u9fff0-9A-Za-z\-]*\d+(?:号|组|栋|幢|室|户|单元)?)"
)
_LIVES = re.compile(
    r"(?:家住|现住|住在|居住[在于]|家在)在?([\u4e00-\u9fff]{1,16}\d{1,4}[组社队号弄栋幢室][\u4e00-\u9fff0-9]{0,8})"
)
_ROOM = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})\d{1,4}(?:号|弄|区|组)?[\u4e00-\u9fff]{0,8}\d{1,3}(?:号楼|栋|幢|单元)"
    r"[\u4e00-\u9fff0-9]{0,6}\d{2,4}[室户号]"
)
_OFFICE = re.compile(r"(?:办公|单位|学校|办事|报名|受理)(?:地址|地点|处)\W{0,3}[\u4e00-\u9fff]*$")
_BIRTH_WORD = re.compile(r"出生|生[日于]|[Bb]irth|BIRTH|dob|DOB")
DAY_LENGTH = 20
"""Characters that a day may take before the word."""

OFFICE_LENGTH = 40
"""Characters before a room that may say that it is an office."""

_BUILDING_WORDS = ("号楼", "单元", "栋", "幢")
_ANY_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-./年]?\s?(\d{1,2})[-./月]?\s?(\d{1,2})日?(?!\d)")


def find_labelled(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (position, kind, value) of birth dates and addresses with a word that says so."""
    for word in _BIRTH_WORD.finditer(text):
        if match := _BIRTH.match(text, word.start()):
            yield match.start(1), "birth_date", match[1]
        if match := _BORN.search(text, max(0, word.start() - DAY_LENGTH), word.end() + 2):
            yield match.start(1), "birth_date", match[1]
    if "址" in text or "户籍" in text:
        for match in _ADDRESS.finditer(text):
            yield match.start(1), "address", match[1]
    if "住" in text or "家在" in text:
        for match in _LIVES.finditer(text):
            yield match.start(1), "address", match[1]
    if any(word in text for word in _BUILDING_WORDS):
        for match in _ROOM.finditer(text):
            if not _OFFICE.search(text, max(0, match.start() - OFFICE_LENGTH), match.start()):
                yield match.start(), "address", match[0]


def known_births(text: str, birth_dates: Collection[dt.date]) -> Iterator[str]:
    """Yield days of a text, however they are written, on which somebody was born."""
    for match in _ANY_DAY.finditer(text):
        try:
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        if day in birth_dates:
            yield match[0]
