r"""One form for what can be written in many: entities, \u escapes, percent codes, full width."""

import html
import re
import unicodedata
from urllib.parse import unquote

_ESCAPE = re.compile(
    r"\\+u([0-9a-fA-F]{4})|\\+x([0-9a-fA-F]{2})|\\+u\{(0*(?:10|[0-9a-fA-F])?[0-9a-fA-F]{1,4})\}"
)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_WIDE: dict[int, int | str | None] = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()
}
_WIDE |= {ord("＊"): "*", ord("－"): "-", ord("＋"): "+", ord("．"): ".", ord("＿"): "_"}
_INVISIBLE = dict.fromkeys(
    [
        *(0xAD, 0x34F, 0x61C, 0x2060, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xFE00, 0xFE10),  # variants of a letter's form
        *range(0xE0100, 0xE01F0),
    ]
)
_SPACES = dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2212], "-")
_DOTS = dict.fromkeys(map(ord, "・‧∙⋅･"), "·")
_DIGITS = {start + digit: str(digit) for start in (0x660, 0x6F0) for digit in range(10)}
"""Of Arabic and Uyghur writing."""

_COPIED = {  # what copying from a PDF gives: radicals and doubles of letters, digits of formulas
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA), *range(0x1D7CE, 0x1D800))
}
_FOLD: dict[int, int | str | None] = {
    **_WIDE,
    **_INVISIBLE,
    **_SPACES,
    **_DASHES,
    **_DOTS,
    **_DIGITS,
    **_COPIED,
}
_FOLDED = str.maketrans(_FOLD)
_REPLACED = {char: plain for char in map(chr, _FOLD) if (plain := char.translate(_FOLDED)) != char}
_FOLDABLE = frozenset(_REPLACED)

_PATHS = re.compile(r"\b(?:d|points|transform)=\"[MLHVCSQTAZmlhvcsqtaz0-9eE ,.+\-\n]*\"")
_SILENT = re.compile(r"(?s)<(script|style)\b.*?</\1\s*>|<!--|-->")
_WRAPPED = re.compile(r"(?<=[\u3400-\u9fff])[ \t]*\r?\n[ \t]*(?=[\u3400-\u9fff])")
_NAME_DOT = re.compile(r"(?<=[\u3400-\u9fff])•(?=[\u3400-\u9fff])")
_SPOKEN = re.compile(r"[〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11,20}")
"""A number written as it is said, or as on a cheque."""

_SPOKEN_DIGITS = str.maketrans(
    "〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789"
)
_BLOCK = re.compile(
    r"(?i)</?(?:w:)?(?:p|div|t[dhr]|li|[uod]l|h[1-6]|table|[bh]r|section|article|main|nav|header|"
    r"footer|figure|figcaption|d[td]|details|summary|option|button|label|text|title|desc|c|row|si|"
    r"is|v|url|loc|item|tc|tab)\b[^<>]*>"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")

APART = "\x1f"
"""Stands between cells while lines that the writing has wrapped are put together."""


def folded(text: str) -> str:
    """Undo escapes and full width, drop invisible characters."""
    if "\\u" in text or "\\x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text)
        if re.search("[\ud800-\udfff]", text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&" in text:
        text = html.unescape(text)
        if "&#" in text:
            text = html.unescape(text)
    for _ in range(2):  # a link inside a link is coded twice
        plain = text if "%" not in text else _PERCENT.sub(_unquoted, text)
        if plain == text:
            break
        text = plain
    if "•" in text:
        text = _NAME_DOT.sub("·", text)
    if not text.isascii():
        text = _SPOKEN.sub(lambda match: match[0].translate(_SPOKEN_DIGITS), text)
        # A page has one or two of these thousands; no replacement is itself one of them.
        for char in sorted(_FOLDABLE.intersection(text)):
            text = text.replace(char, _REPLACED[char])
    return text


def _unquoted(match: re.Match[str]) -> str:
    try:
        return unquote(match[0], errors="strict")
    except UnicodeDecodeError:  # old Chinese programs
        return unquote(match[0], encoding="gb18030", errors="replace")


def without_drawing(markup: str) -> str:
    """Markup without the coordinates of its drawings: long rows of numbers that mean nothing."""
    return _PATHS.sub("", markup)


def visible(markup: str) -> str:
    """What markup shows, also in comments: split words come together, cells stay apart."""
    text = _BLOCK.sub(APART, _SILENT.sub(APART, markup))
    return _WRAPPED.sub("", _TAG.sub("", text)).replace(APART, "\n")
