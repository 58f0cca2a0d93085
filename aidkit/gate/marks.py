"""The mark that our own papers for readers inside bear: whatever bears it is not for the public."""

import re
from collections.abc import Iterator

_MARK = re.compile(
    r"内部资料\s*(?:·\s*只?(?:供|交|给)\s*([^\s，。；、<>\"]{2,30}?)\s*(?:使用|(?=[\s，。；、<>\"]|\Z))|[:：]\s*含)"
)
_WORD = "内部资料"


def find_marks(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (position, mark, reader) of marks; the reader is empty where the mark names none.

    Args:
        text: Folded text.
    """
    if _WORD in text:
        for match in _MARK.finditer(text):
            yield match.start(), match[0].strip(), match[1] or ""
