r"""One form for what can be written in many: entities, \u escapes, percent codes, full width."""

import html
import re
from urllib.parse import unquote

_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})|\\+x([0-9a-fA-F]{2})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_WIDE: dict[int, int | str | None] = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()
}
_WIDE |= {ord("＊"): "*", ord("－"): "-", ord("＋"): "+", ord("．"): ".", ord("＿"): "_"}
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD])
_FOLD: dict[int, int | str | None] = {**_WIDE, **_INVISIBLE}
_FOLDABLE = re.compile("[" + "".join(map(chr, _FOLD)) + "]")

_PATHS = re.compile(r"\b(?:d|points|transform)=\"[MLHVCSQTAZmlhvcsqtaz0-9eE ,.+\-\n]*\"")
_SILENT = re.compile(r"(?s)<(script|style)\b.*?</\1\s*>|<!--.*?-->")
_BLOCK = re.compile(
    r"(?i)</?(?:w:)?(?:p|div|t[dhr]|li|[uod]l|h[1-6]|table|[bh]r|section|article|main|nav|header|"
    r"footer|figure|figcaption|d[td]|details|summary|option|button|label|text|title|desc|c|row|si|"
    r"is|v|url|loc|item|tc|tab)\b[^<>]*>"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")


def folded(text: str) -> str:
    """Undo escapes and full width, drop invisible characters."""
    if "\\u" in text or "\\x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
        if re.search("[\ud800-\udfff]", text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&" in text:
        text = html.unescape(text)
        if "&#" in text:
            text = html.unescape(text)
    if "%" in text:
        text = _PERCENT.sub(lambda match: unquote(match[0], errors="replace"), text)
    return _FOLDABLE.sub(lambda match: match[0].translate(_FOLD), text)


def without_drawing(markup: str) -> str:
    """Markup without the coordinates of its drawings: long rows of numbers that mean nothing."""
    return _PATHS.sub("", markup)


def visible(markup: str) -> str:
    """What markup shows: words split by inline tags come together, cells stay apart."""
    text = _SILENT.sub("\n", markup)
    text = _BLOCK.sub("\n", text)
    return _TAG.sub("", text)
