"""Finding what is left of a number where people have hidden a part of it, or said only its end.

A masked ID number is none the less one: with a school year its region and check digit leave a few
dozen birth dates, and its last four digits are what people log in with.
"""

import re
from collections.abc import Iterator

_MASK = "#_■□○◯█▇"
_BLOCKED = re.compile(rf"(?<![\d.])\d{{6,14}}[{_MASK}]{{3,12}}[\dXx]{{2,6}}(?!\d)")
_END_OPEN = re.compile(r"(?<![*/\w])\*{8,15}[\dXx]{3,6}(?!\d)")
_DOTTED = re.compile(
    r"(?:身份证|证件|证号|公民)[^0-9\n。；]{0,12}"
    r"(\d{6,14}(?:…{1,4}|\.{3,6}|⋯{1,3})\d{2,5}[\dXx])(?!\d)"
)
_PHONE = re.compile(
    r"(?<!\d)1[3-9]\d(?=[\d*●•×xX]{8}(?![\d*]))\d{0,5}[*●•×xX]{3,5}\d{0,5}(?![\d*●•×xX])"
)
_TAIL = re.compile(
    r"(身份证|证件|学籍|学号|手机|电话|银行卡|[卡账帐])(?:号码?|户)?的?"
    r"(?:尾号|(?:最后|末|后)[三四五六3-6]位(?:数字?)?)[是为:：\s]{0,4}"
    r"(\d{3,5}[\dXx])(?!\s?[\d年月日位个元人次名%.])"
)
_KINDS = {"身份证": "id_number", "证件": "id_number", "手机": "phone", "电话": "phone"}
_KINDS |= {"学籍": "student_no", "学号": "student_no"}

_SIGNS = (*(3 * sign for sign in _MASK), "***", "xxx", "XXX", "●●●", "•••", "×××", "…", "...", "⋯")
"""One of these is in every masked number, and quickly looked for."""

_ENDS = ("尾号", *(f"{count}位" for count in "三四五六3456"))
SHORTEST, LONGEST = 15, 19
"""Characters of an ID number or 学籍号, as loosely as people count the signs that hide it."""

PHONE_LENGTH = 11


def find_remains(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (position, kind, value) of numbers of which only a part is told.

    Args:
        text: Folded text.
    """
    if any(sign in text for sign in _SIGNS):
        for pattern in (_BLOCKED, _END_OPEN):
            for match in pattern.finditer(text):
                if SHORTEST <= len(match[0]) <= LONGEST:
                    yield match.start(), "id_number", match[0]
        for match in _DOTTED.finditer(text):
            yield match.start(1), "id_number", match[1]
        for match in _PHONE.finditer(text):
            if len(match[0]) == PHONE_LENGTH:
                yield match.start(), "phone", match[0]
    if any(word in text for word in _ENDS):
        for match in _TAIL.finditer(text):
            yield match.start(2), _KINDS.get(match[1], "card"), match[2]
