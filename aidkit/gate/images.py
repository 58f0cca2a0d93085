"""Texts in the metadata of images; what is drawn in their pixels is not read."""

import re
import zlib
from collections.abc import Iterator

_UTF_16 = ("utf-16-le", "utf-16-be")
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{2,}")


def image_texts(data: bytes) -> Iterator[tuple[str, str]] | None:
    """(part, text) of an image's metadata, or None where the bytes are no image."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith((b"GIF87a", b"GIF89a", b"\x00\x00\x01\x00")):
        return words_in("图片", data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def _png(data: bytes) -> Iterator[tuple[str, str]]:
    place = 8
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8].decode("latin-1")
        body = data[place + 8 : place + 8 + size]
        place += 12 + size
        if kind not in {"IHDR", "IDAT", "PLTE", "tRNS"}:
            yield from words_in(f"图片 {kind}", body)
            if kind in {"zTXt", "iTXt", "iCCP"}:
                yield from words_in(f"图片 {kind}", _inflated(body))
        if kind == "IEND":
            break
    yield from words_in("图片末尾", data[place:])


def _jpeg(data: bytes) -> Iterator[tuple[str, str]]:
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        yield from words_in(f"图片段 {data[place + 1]:02X}", data[place + 4 : place + 2 + size])
        place += 2 + size
    end = data.rfind(b"\xff\xd9")
    if end >= 0:
        yield from words_in("图片末尾", data[end + 2 :])


def _webp(data: bytes) -> Iterator[tuple[str, str]]:
    place = 12
    while place + 8 <= len(data):
        kind = data[place : place + 4].decode("latin-1")
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        if kind not in {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"}:
            yield from words_in(f"图片 {kind}", data[place + 8 : place + 8 + size])
        place += 8 + size + size % 2


def words_in(part: str, body: bytes) -> Iterator[tuple[str, str]]:
    """The bytes read as UTF-8 and as UTF-16, whatever of it is text; GB18030 where all of it is."""
    readings = [body.decode("utf-8", "replace")]
    if b"\x00" in body:
        sides = (body, body[1:])  # text may begin at any byte
        readings += [side.decode(code, "replace") for side in sides for code in _UTF_16]
    readings += filter(None, map(_gb18030, body.split(b"\x00")))
    for reading in readings:
        if words := _PRINTABLE.findall(reading):
            yield part, "\n".join(words)


def _gb18030(piece: bytes) -> str:
    """A Chinese program's words; empty where the bytes are none, or plain ASCII."""
    try:
        return "" if piece.isascii() else piece.decode("gb18030")
    except UnicodeDecodeError:
        return ""


def _inflated(body: bytes) -> bytes:
    """The compressed tail of a PNG text chunk, wherever it begins."""
    for match in re.finditer(rb"x[\x01\x5e\x9c\xda]", body):
        try:
            return zlib.decompress(body[match.start() :])
        except zlib.error:
            continue
    return b""
