"""Texts of a PDF: metadata, and what its pages show where the fonts say which letters they draw."""

import re
import zlib
from collections.abc import Iterator

from aidkit.gate.pdf_pages import PIECE, page_texts, string_bytes, words
from aidkit.gate.unreadable import Unreadable

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_NUMBER = re.compile(rb"(\d+)\s+\d+\s+$")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b(.*?)(?=endobj|\d+\s+\d+\s+obj\b|\Z)", re.DOTALL)
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DRAWN = (b"/Length1", b"/FontFile", b"CIDFontType0C", b"/OpenType", b"/Type1C")
"""What marks the stream of an embedded font."""


def pdf_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (part, text) of a PDF.

    Raises:
        Unreadable: It is encrypted, a stream cannot be unpacked, or a page shows text in fonts
            that do not say which letters they draw; it is a scan; it carries other files.
    """
    if b"/Encrypt" in data:
        raise Unreadable("PDF", "PDF 有密码，读不了")
    outside, streams = _parts(data)
    objects = {int(number): body for number, body in _OBJECT.findall(outside)}
    for head, body in list(streams.values()):
        if b"/ObjStm" in head:
            objects |= _packed_objects(head, body)
    for part, bodies in (
        ("PDF 信息", [outside]),
        ("PDF 对象", [body for _, body in streams.values()]),
    ):
        for body in bodies:
            strings = (words(string_bytes(match[0])) for match in PIECE.finditer(body))
            yield part, "\n".join(filter(None, strings))
            if b"<x:xmpmeta" in body or b"<?xpacket" in body:
                yield part, body.decode("utf-8", "replace")
    shown = False
    for text in page_texts(objects, {number: body for number, (_, body) in streams.items()}):
        shown = shown or bool(text.strip())
        yield "PDF 页面", text
    if not shown and _PICTURE.search(data):
        raise Unreadable("PDF", "PDF 只有图片（扫描件），读不了上面的字")


def _parts(data: bytes) -> tuple[bytes, dict[int, tuple[bytes, bytes]]]:
    """What lies outside of streams; object number to dictionary and unpacked stream."""
    outside: list[bytes] = []
    streams: dict[int, tuple[bytes, bytes]] = {}
    place = 0
    for match in _STREAM.finditer(data):
        if match.start() < place:
            continue
        start = data.rfind(b"obj", place, match.start())
        head = data[max(place, start) : match.start()]
        named = _NUMBER.search(data[max(0, start - 20) : start]) if start >= 0 else None
        end = data.find(b"endstream", match.end())
        end = len(data) if end < 0 else end
        outside.append(data[place : match.start()])
        place = end
        if (body := _unpacked(head, data[match.end() : end])) is not None:
            number = int(named[1]) if named else -len(streams) - 1
            streams[number] = (head, body)
    outside.append(data[place:])
    return b"\n".join(outside), streams


def _unpacked(head: bytes, body: bytes) -> bytes | None:
    """A stream's content; None for pictures and fonts."""
    if b"/EmbeddedFile" in head:
        raise Unreadable("PDF", "PDF 带有附件，请去掉附件")
    if (b"/Image" in head and b"/Width" in head) or any(mark in head for mark in _DRAWN):
        return None
    if b"FlateDecode" in head:
        try:
            return zlib.decompressobj().decompress(body)
        except zlib.error:
            raise Unreadable("PDF", "PDF 里有解不开的内容") from None
    if b"/Filter" in head:
        raise Unreadable("PDF", "PDF 用了检查不了的压缩方式")
    return body


def _packed_objects(head: bytes, body: bytes) -> dict[int, bytes]:
    """Objects of an object stream: pairs of number and offset stand before the first of them."""
    first = re.search(rb"/First\s+(\d+)", head)
    if first is None:
        return {}
    start = int(first[1])
    pairs = [int(number) for number in body[:start].split()]
    numbers, offsets = pairs[::2], [start + offset for offset in pairs[1::2]]
    ends = [*offsets[1:], len(body)]
    return {n: body[low:high] for n, low, high in zip(numbers, offsets, ends, strict=False)}
