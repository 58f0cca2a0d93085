"""Whether the words of a table say that its rows are pupils, and not schools or counts."""

import re
from collections import Counter

from aidkit.gate.column_kind import Table
from aidkit.gate.surnames import looks_like_name

LEAST = 3
"""Persons from whom on it is a list: fewer may be an example."""

MASKED = re.compile(r"[\u4e00-\u9fff]{1,2}[*＊×某○〇]{1,3}")
"""A name of which only the beginning is told."""

_SURE = re.compile(
    r"(?:学生|考生)?姓名(?:[和、及与/]?[(（]?学[籍]?号[)）]?)?|考生|学号|座号|座位号|准?考证?号"
)
_MAYBE = re.compile(r"学生|同学|孩子|(?i:student|pupil|name)")
_SOMEBODY = re.compile(
    r"(?:学?生|同学|考生)\s?[\dA-Za-z甲乙丙丁]{1,4}|[甲乙丙丁戊己庚辛壬癸]|[A-Z]\d{0,3}|\d{1,3}号"
)
_CLASS = re.compile(
    r"(?:[\u4e00-\u9fff\d]{0,6}[(（]?[\d一二三四五六七八九十]{1,3}[)）]?班?|[\u4e00-\u9fff\d]{1,8}班)"
)
_CLASS_HEADER = re.compile(r"(?:所在|行政)?班级?|(?i:class)")
_COUNTED = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:人数|比例|占比|[校班]数)[\u4e00-\u9fff]{0,2}(?:[(（].*)?"
)


def of_pupils(table: Table) -> bool:
    """Whether each row is one pupil: it has a name or number, or many are of one class."""
    said = _words(table)
    if any(_SURE.fullmatch(word) for word in said):
        return True
    if any(_COUNTED.fullmatch(word) for word in said):
        return False
    if any(_MAYBE.fullmatch(word) for word in said):
        return sum(said[word] for word in said if _is_somebody(word)) >= LEAST
    headed = any(_CLASS_HEADER.fullmatch(word) for word in said)
    return headed and any(said[word] >= LEAST for word in said if _CLASS.fullmatch(word))


def _is_somebody(word: str) -> bool:
    return bool(_SOMEBODY.fullmatch(word) or MASKED.fullmatch(word)) or looks_like_name(word)


_PLACE_OF_LEARNING = re.compile(r"(?:学校|校名|学校名称|班级?|任课教师|教师)")


def of_schools_or_classes(table: Table) -> bool:
    """Whether each row is a school, class or teacher, or one of their pupils."""
    return any(_PLACE_OF_LEARNING.fullmatch(word) for word in _words(table))


def _words(table: Table) -> Counter[str]:
    """How often each header or cell is said, without the spaces that spread it."""
    return Counter("".join(word.split()) for row in table for word in row)
