"""What the pages of a PDF show: codes drawn in a font, read with that font's table of letters."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aidkit.gate.unreadable import Unreadable

LITERAL = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"
HEX = rb"<[0-9A-Fa-f\s]{2,}>"
PIECE = re.compile(LITERAL + rb"|" + HEX, re.DOTALL)
"""A string object, `(…)` or `<…>`."""

_TOKEN = re.compile(
    rb"/(?P<font>[^\s/<>\[\]()]+)\s+[\d.+-]+\s+Tf\b|(?P<shown>\[(?:[^\[\]()<>]|"
    + PIECE.pattern
    + rb"|<>)*\]|"
    + PIECE.pattern
    + rb")\s*(?:T[Jj]|'|\")",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BLOCKS = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_BFCHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>")
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\]]*\])")


@dataclass(frozen=True)
class _Font:
    """How to read the codes of one font.

    Attributes:
        letters: Code to letters; None where the font has no such table.
        width: Bytes of a code.
        encoding: Python codec of a font with one of Adobe's Chinese encodings.
        mute: Nobody can tell which letters its codes are.
    """

    letters: Mapping[int, str] | None = None
    width: int = 1
    encoding: str = ""
    mute: bool = False

    def read(self, codes: bytes) -> str | None:
        if self.letters is not None:
            steps = range(0, len(codes), self.width)
            parts = [
                self.letters.get(int.from_bytes(codes[i : i + self.width], "big")) for i in steps
            ]
            return None if None in parts else "".join(part or "" for part in parts)
        if self.encoding:
            return codes.decode(self.encoding, "replace")
        return words(codes)


def page_texts(objects: Mapping[int, bytes], streams: Mapping[int, bytes]) -> Iterator[str]:
    """Yield what every content stream shows, once in one piece and once piece by piece.

    Raises:
        Unreadable: A stream shows text in a font without a table of letters.
    """
    fonts = _fonts(objects, streams)
    for body in streams.values():
        if b"BT" not in body:
            continue
        shown: list[str] = []
        current: list[_Font] = []
        for token in _TOKEN.finditer(body):
            if token["font"] is not None:
                current = fonts.get(token["font"], [])
                continue
            codes = b"".join(string_bytes(p[0]) for p in PIECE.finditer(token["shown"]))
            if codes and any(font.mute for font in current):
                raise Unreadable("PDF", "PDF 的字体没有文字对照表，读不了文字")
            readings = (font.read(codes) for font in current or [_Font()])
            # A font name may stand for other fonts on other pages: the one that knows all codes.
            shown.append(next((text for text in readings if text is not None), ""))
        for joint in ("", "\n"):
            yield unicodedata.normalize("NFKC", joint.join(filter(None, shown)))


def string_bytes(piece: bytes) -> bytes:
    """The bytes of a string object."""
    if piece.startswith(b"("):
        return _ESCAPED.sub(_unescaped, piece[1:-1])
    digits = b"".join(piece[1:-1].split()).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def words(string: bytes) -> str:
    """A string of metadata as text: UTF-16 where it says so, else UTF-8."""
    if string.startswith((b"\xfe\xff", b"\xff\xfe")):
        return string.decode("utf-16", "replace")
    return string.decode("utf-8", "ignore")


def _fonts(objects: Mapping[int, bytes], streams: Mapping[int, bytes]) -> dict[bytes, list[_Font]]:
    """Font name, as pages call it, to the fonts that it may stand for."""
    by_number = {
        number: _font(body, streams)
        for number, body in objects.items()
        if (b"/Subtype" in body and b"/Font" in body and b"/DescendantFonts" in body)
        or b"/ToUnicode" in body
    }
    fonts: dict[bytes, list[_Font]] = {}
    for body in objects.values():
        for name, number in _REFERENCE.findall(body):
            if (font := by_number.get(int(number))) and font not in fonts.setdefault(name, []):
                fonts[name].append(font)
    return fonts


def _font(body: bytes, streams: Mapping[int, bytes]) -> _Font:
    table = _TO_UNICODE.search(body)
    if table and int(table[1]) in streams:
        composite = b"/Type0" in body or b"/DescendantFonts" in body
        return _Font(letters=_letters(streams[int(table[1])]), width=2 if composite else 1)
    if b"/UniGB" in body or b"/UniCNS" in body:
        return _Font(encoding="utf-16-be")
    if b"/GB" in body and b"-EUC-" in body:
        return _Font(encoding="gb18030")
    return _Font(mute=b"/DescendantFonts" in body)


def _letters(body: bytes) -> dict[int, str]:
    letters: dict[int, str] = {}
    for kind, block in _BLOCKS.findall(body):
        if kind == b"bfchar":
            letters |= {int(code, 16): _utf16(text) for code, text in _BFCHAR.findall(block)}
            continue
        for low, high, target in _BFRANGE.findall(block):
            codes = range(int(low, 16), min(int(high, 16), 0xFFFF) + 1)
            if target.startswith(b"["):
                texts = [_utf16(text[1:-1]) for text in re.findall(HEX, target)]
            else:
                texts = [chr(int(target[1:-1], 16) + step) for step in range(len(codes))]
            letters |= dict(zip(codes, texts, strict=False))
    return letters


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 255])
    return b"" if code in (b"\n", b"\r\n") else _CONTROL.get(code, code)


def _utf16(digits: bytes) -> str:
    bare = b"".join(digits.split())
    return bytes.fromhex(bare[: len(bare) // 2 * 2].decode()).decode("utf-16-be", "replace")
