"""What of a file can be read: its texts, also those inside archives, notebooks and images."""

import base64
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from aidkit.gate.folding import folded, visible, without_drawing
from aidkit.gate.images import image_texts, words_in
from aidkit.gate.pdf import pdf_texts
from aidkit.gate.sheets import sheet_texts
from aidkit.gate.unreadable import Unreadable

FONTS = (b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""First bytes of fonts: they draw letters and hold no text of ours."""

UNREAD = (b"{\\rtf", b"%!PS", b"MIME-Version:", b"From: ", b"Return-Path:", b"Received:")
"""First bytes of RTF, PostScript, mails and pages saved as one: they are text and spell it anew."""

MARKUP = {"html", "htm", "xml", "svg", "xhtml", "rels", "vml", "md", "qmd", "ipynb", "rss"}
"""Name endings of files with tags."""

LEGACY = {"csv", "txt", "tsv"}
"""Name endings of files that may be in GB18030."""

DEPTH = 4
"""Archives within archives that are opened."""

_DATA_URI = re.compile(r"data:[\w.+/-]*(?:;[\w=.-]+)*;base64,([A-Za-z0-9+/=%\s]{16,})")
_BLOB = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=])")
"""Words in base64, as scripts carry their data."""

_PACKED = ("H4sI", "UEsDB", "JVBERi0")
"""How gzip, zip and PDF begin in base64."""

_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_SECTION = re.compile(r"&amp;[LCRKUEBIXYS](?=[^;]{0,200}</)")
"""What begins a part of a printed header in a workbook, without a space after it."""


@dataclass(frozen=True)
class Layer:
    """One text of a file.

    Attributes:
        place: Part of the file it comes from; empty for the file itself.
        text: Folded text.
    """

    place: str
    text: str


def layers(data: bytes, name: str, place: str = "", depth: int = DEPTH) -> Iterator[Layer]:
    """Yield every text of a file.

    Args:
        data: The bytes of the file.
        name: Its name; the ending says what the bytes do not.
        place: Part of the outer file that this one lies in.
        depth: Archives that may still be opened.

    Raises:
        Unreadable: Something in it cannot be read, so nobody knows what it holds.
    """
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        yield from _archive(data, place, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from _gzip(data, name, place, depth)
    elif data.startswith(UNREAD):
        raise Unreadable(place, "这种格式的字换了写法，读不了")
    elif data[:1024].lstrip().startswith(b"%PDF"):
        try:
            for part, text in pdf_texts(data):
                yield Layer(_join(place, part), folded(text))
        except (ValueError, IndexError):
            raise Unreadable(place, "PDF 损坏，读不了") from None
    elif (texts := image_texts(data)) is not None:
        for part, text in texts:
            yield Layer(_join(place, part), folded(text))
    elif not (data.startswith(FONTS) and b"\x00" in data[:8]):
        yield from _text(_decoded(data, name, place), name, place, depth)


def _text(text: str, name: str, place: str, depth: int) -> Iterator[Layer]:
    ending = name.rpartition(".")[2].lower()
    if ending == "ipynb":
        yield from _notebook_images(text, place, depth)
    if "base64," in text:
        for match in _DATA_URI.finditer(text):
            yield from _encoded(match[1], name, _join(place, "内嵌文件"), depth)
        text = _DATA_URI.sub("", text)
    if name.startswith("xl/"):
        text = _SECTION.sub(" ", text)
    for blob in _BLOB.finditer(text):
        inner = _join(place, "编码的内容")
        if words := _words(blob[0]):
            yield Layer(inner, folded(words))
        elif blob[0].startswith(_PACKED):
            yield from _encoded(blob[0], name, inner, depth)
    markup = ending in MARKUP or text.lstrip()[:1] == "<"
    if markup:
        yield Layer(place, folded(without_drawing(text)))
        yield Layer(place, folded(visible(text)))
    else:
        yield Layer(place, folded(text))


def _decoded(data: bytes, name: str, place: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"]
        if name.rpartition(".")[2].lower() in LEGACY:
            encodings.append("gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(place, "不认识的二进制文件")


def _archive(data: bytes, place: str, depth: int) -> Iterator[Layer]:
    if depth == 0:
        raise Unreadable(place, "压缩包里套的压缩包太多")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.comment:
                yield Layer(
                    _join(place, "压缩包说明"), folded(archive.comment.decode("utf-8", "replace"))
                )
            for member in archive.infolist():
                name = _member_name(member)
                part = _join(place, name)
                yield Layer(_join(place, "压缩包内文件名"), folded(name))
                if name.startswith("xl/printerSettings/"):
                    settings = words_in(part, archive.read(member))
                    yield from (Layer(part, folded(text)) for _, text in settings)
                elif not member.is_dir():
                    yield from layers(archive.read(member), name, part, depth - 1)
            if "xl/workbook.xml" in archive.namelist():
                for sheet, text in sheet_texts(data):
                    yield Layer(_join(place, sheet), folded(text))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError):
        raise Unreadable(place, "压缩包损坏或有密码") from None


def _gzip(data: bytes, name: str, place: str, depth: int) -> Iterator[Layer]:
    if depth == 0:
        raise Unreadable(place, "压缩包里套的压缩包太多")
    try:
        inner = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        raise Unreadable(place, "压缩文件损坏") from None
    yield from layers(inner, name.removesuffix(".gz"), place, depth - 1)


def _notebook_images(text: str, place: str, depth: int) -> Iterator[Layer]:
    try:
        cells = json.loads(text)["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        bundles = [output.get("data", {}) for output in outputs]
        bundles += [b for cell in cells for b in cell.get("attachments", {}).values()]
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    for bundle in bundles:
        for mime, content in bundle.items():
            if mime == "application/pdf" or (mime.startswith("image/") and "svg" not in mime):
                joined = "".join(content)
                yield from _encoded(joined, mime.replace("/", "."), _join(place, "图片"), depth)


def _encoded(content: str, name: str, place: str, depth: int) -> Iterator[Layer]:
    if depth == 0:
        raise Unreadable(place, "内嵌文件套得太多")
    try:
        data = base64.b64decode("".join(unquote(content).split()))
    except ValueError:
        raise Unreadable(place, "内嵌文件损坏") from None
    yield from layers(data, name, place, depth - 1)


def _words(blob: str) -> str:
    """The text that a word in base64 stands for, also a packed one; empty where it is none."""
    try:
        data = base64.b64decode(blob, validate=True)
        if data.startswith(_ZLIB):
            data = zlib.decompress(data)
        text = data.decode("utf-8")
    except (ValueError, zlib.error):
        return ""
    return text if all(char.isprintable() or char.isspace() for char in text) else ""


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name of a file in an archive; Chinese Windows writes GB18030 and does not say so."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _join(place: str, part: str) -> str:
    return f"{place}/{part}" if place and part else place or part
