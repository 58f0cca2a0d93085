"""Finding ID numbers, 学籍号, phones and cards, also split, masked or joined to other things."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from aidkit.identity import birth_date_of, is_id_number, is_luhn

_GAP = r"[ \u00a0\u3000\-–—_·]"
_CLUSTER = re.compile(rf"\d(?:{_GAP}{{0,2}}[\dXx*●•×]){{9,}}")
_STUDENT = re.compile(
    r"(?<![0-9A-Za-z])(?:[GJgj]\d{17}[\dXx]|[Ll]\d{14}[0-9A-Za-z]{4})(?![0-9A-Za-z])"
)
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?(1[3-9]\d([- ]?)\d{4}\2\d{4})(?![0-9A-Za-z]|\.\d)"
)
_MASKED_ID = re.compile(r"(?<!\d)\d{2,14}[*●•×xX]{3,14}[\dXx]{0,6}(?![\d*])")
_MASKED_PHONE = re.compile(r"(?<!\d)1[3-9]\d[*●•×xX]{4}\d{4}(?!\d)")
_CARD = re.compile(r"(?<![\d.])(?:\d{12,19}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?)(?!\d)")
_CARD_WORD = re.compile(r"卡号|账号|帐号|账户|银行|一卡通|card|account", re.IGNORECASE)
_OLD_ID = re.compile(r"(?<![\d.])\d{15}(?![\dXx]|\.\d)")
"""An ID number of before 1999: no century, no check digit."""

_ID_WORD = re.compile(r"身份|证件|证号|公民")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
_ROUNDED = re.compile(
    r"(?<![\d.])(?:\d\.\d{10,16}[eE]\+?1[78](?!\d)|\d{15}000(?![\dXx]|\.\d*[1-9]))"
)
"""An ID number or card that a spreadsheet has taken for a number."""

_ZEROS = re.compile(r"000(?<=\d{18})")
_EXPONENTS = ("e1", "E1", "e+1", "E+1")
"""One of these is in every match of `_ROUNDED`, and quickly looked for."""

_PARTS = re.compile(
    r"(?<![0-9A-Za-z])[GJgj]?[\dXx]{1,17}([^0-9A-Za-z\u4e00-\u9fff]{1,4}|\s{5,40})[\dXx]{1,17}"
    r"(?![0-9A-Za-z])(?:\1[\dXx]{1,17}(?![0-9A-Za-z]))*"
)
"""Parts of a number with the same thing between each two: in cells, lines, a list."""

_TOKEN = re.compile(r"[A-Za-z]?\d[\d\-]{5,}[\dXx]")

_STAFF = re.compile(r"(?<![0-9A-Za-z.])(?:[A-Za-z]\d{7,8}|\d{8,9})(?![0-9A-Za-z]|\.\d)")
"""A staff number too short for a cluster; still shorter ones are too common to look for."""

_DIGITS = re.compile(r"\d{5,12}(?!\d|\.\d|[年月元%])")
_HEAD = re.compile(r"([A-Za-z\u4e00-\u9fff]{1,6})[ \-—#]{0,2}$")
"""What stands before the digits of a certificate's number, and its own first characters."""

_SHAPES = {
    *((18,), (20,), (6, 12), (14, 4), (6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (4, 4, 4, 4, 2)),
    *((3, 3, 4, 4, 4), (3, 3, 8, 4), (6, 8, 3, 1), (17, 1), (10, 8), (8, 10), (9, 9), (6, 6, 6)),
    (1,) * 18,
}
"""Lengths of the parts into which people split an ID number."""

_PHONE_SHAPES = {(3, 4, 4), (4, 4, 3), (3, 3, 5), (4, 7), (4, 8), (3, 8), (3, 4)}
"""Lengths of the parts of a phone; rows of small numbers make up a known phone too easily."""

LONG = 15
"""From so many digits on, numbers that happen to stand in a row do not make up a known one."""

HEAD_LENGTH = 8
"""Characters before digits that are looked at."""

ID_LENGTH = 18
FIRST_YEAR = 1900
BEFORE = 24
"""Characters before a number that may say what it is."""


def find_numbers(
    text: str, known: Mapping[str, str], *, patterns: bool = True
) -> Iterator[tuple[int, str, str]]:
    """Yield (position, kind, value) of personal numbers.

    Args:
        text: Folded text.
        known: The county's numbers, bare, to their kinds: found whatever their check digits.
        patterns: Look for phones and cards by shape; off for third-party bundles, whose
            constants look like them.
    """
    for cluster in _CLUSTER.finditer(text):
        start = max(0, cluster.start() - BEFORE)
        window = text[start : cluster.end() + 6]
        taken: list[tuple[int, int]] = []
        for place, end, kind, value in _in_window(window, known, patterns, BEFORE):
            # What ends before the cluster is the cut end of another one.
            apart = start + end > cluster.start()
            if apart and not any(low < end and place < high for low, high in taken):
                taken.append((place, end))
                yield start + place, kind, value
    if known:
        yield from _in_parts(text, known)
        for match in _STAFF.finditer(text):
            if known.get(match[0].upper()) == "staff_no":
                yield match.start(), "staff_no", match[0]
        yield from _lettered(text, known)
    if patterns:
        yield from _rounded(text)


def _in_window(
    window: str, known: Mapping[str, str], patterns: bool, before: int
) -> Iterator[tuple[int, int, str, str]]:
    for match in _STUDENT.finditer(window):
        yield match.start(), match.end(), "student_no", match[0]
    for match in _CLUSTER.finditer(window):
        yield from _id_numbers(match)
    for match in _MASKED_ID.finditer(window):
        if 15 <= len(match[0]) <= 19:
            yield match.start(), match.end(), "id_number", match[0]
    yield from _old_ids(window if patterns else "", before)
    for match in _TOKEN.finditer(window):
        bare = match[0].replace("-", "").upper()
        for value in (bare, bare[1:] if bare[0].isalpha() else bare, bare.removeprefix("86")):
            if value in known:
                yield match.start(), match.end(), known[value], match[0]
                break
    if not patterns:
        return
    for pattern in (_PHONE, _MASKED_PHONE):
        for match in pattern.finditer(window):
            yield match.start(), match.end(), "phone", match[0]
    for match in _CARD.finditer(window):
        digits = re.sub(r"\D", "", match[0])
        labelled = _CARD_WORD.search(window[max(0, match.start() - before) : match.start()])
        union_pay = digits.startswith("62") and len(digits) >= 16
        if digits in known or (is_luhn(digits) and (labelled or union_pay)):
            yield match.start(), match.end(), "card", match[0]


def _id_numbers(cluster: re.Match[str]) -> Iterator[tuple[int, int, str, str]]:
    groups = list(re.finditer(r"[\dXx]+", cluster[0]))
    for first in range(len(groups)):
        joined, shape = "", []
        for group in groups[first:]:
            joined += group[0].upper()
            shape.append(len(group[0]))
            if len(joined) >= 18:
                break
        # A disability certificate is an ID number and two digits more.
        if tuple(shape) in _SHAPES and is_id_number(joined[:18]) and _alive(joined):
            place = cluster.start() + groups[first].start()
            end = cluster.start() + groups[first + len(shape) - 1].end()
            yield place, end, "id_number", cluster.string[place:end]


def _old_ids(window: str, before: int) -> Iterator[tuple[int, int, str, str]]:
    for match in _OLD_ID.finditer(window):
        said = _ID_WORD.search(window, max(0, match.start() - before), match.start())
        born = _alive(f"{match[0][:6]}19{match[0][6:]}")
        if born and (said or _PROVINCE.match(match[0])):
            yield match.start(), match.end(), "id_number", match[0]


def _lettered(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Known numbers that begin with letters or characters, whatever stands before them."""
    for match in _DIGITS.finditer(text):
        before = _HEAD.search(text, max(0, match.start() - HEAD_LENGTH), match.start())
        if before:
            head = before[1].upper()
            for first in range(len(head)):
                if kind := known.get(head[first:] + match[0]):
                    place = before.start() + first
                    yield place, kind, text[place : match.end()]
                    break


def _in_parts(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Known numbers whose parts stand in cells, lines or a list of their own."""
    for match in _PARTS.finditer(text):
        parts = match[0].split(match[1])
        for first in range(len(parts) - 1):
            joined = parts[first].upper()
            shape: tuple[int, ...] = (len(parts[first]),)
            for last in range(first + 1, min(first + 20, len(parts))):
                joined += parts[last].upper()
                shape += (len(parts[last]),)
                alone = len(joined) >= LONG or shape in _PHONE_SHAPES or set(shape) == {1}
                if alone and joined in known:
                    before = match[1].join([*parts[:first], ""])
                    place = match.start() + len(before)
                    yield place, known[joined], match[1].join(parts[first : last + 1])


def _rounded(text: str) -> Iterator[tuple[int, str, str]]:
    """ID numbers and cards whose last digits a spreadsheet has made into zeros."""
    if not _ZEROS.search(text) and not any(mark in text for mark in _EXPONENTS):
        return
    for match in _ROUNDED.finditer(text):
        digits = match[0] if match[0].isdigit() else f"{int(Decimal(match[0]))}"
        if len(digits) == ID_LENGTH and _alive(digits):
            yield match.start(), "id_number", match[0]
        elif len(digits) > ID_LENGTH and digits.startswith("62"):
            yield match.start(), "card", match[0]


def _alive(number: str) -> bool:
    """Whether an ID number holds the birth date of somebody who may live."""
    born = birth_date_of(number)
    return born is not None and FIRST_YEAR <= born.year < FIRST_YEAR + 200
