"""An xlsx file's sheets unpacked once, and the file again as calamine reads it in one go.

calamine goes through a sheet twice: for its cells, and for its merged ranges, which stand behind
them. Where they stand before them the second time ends at once. So calamine is given the file with
its sheets added once more, the ranges in front and nothing packed, for they are unpacked here
anyway to be searched.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from aidkit.errors import InputError

_MOST_RELAID = 64_000_000
"""Bytes of unpacked sheets: copies of more would cost more memory than the time is worth."""
_DAY = 33
"""The first of 1980, the first day that a zip file can name."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
"""The heads of a part in a zip file and in its directory, and what ends the file."""


def sheet_parts(archive: zipfile.ZipFile, largest: int) -> Iterator[tuple[str, bytes]]:
    """The XML of every sheet, by its name in the archive.

    Args:
        archive: An xlsx file.
        largest: Most bytes that it may unpack to.

    Raises:
        InputError: It unpacks to more.
    """
    if sum(part.file_size for part in archive.infolist()) > largest:
        raise InputError("文件解压后太大")
    for part in archive.namelist():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            yield part, archive.read(part)


def ranges_first(content: bytes, archive: zipfile.ZipFile, sheets: Mapping[str, bytes]) -> bytes:
    """An xlsx file that reads the same, with the merged ranges of its sheets before their cells.

    Args:
        content: The file.
        archive: The file, opened.
        sheets: Its `sheet_parts`.
    """
    relaid = {part: added for part, xml in sheets.items() if (added := _relaid(xml))}
    parts = archive.infolist()
    plain = len(parts) == len(archive.NameToInfo) and all(p.filename.isascii() for p in parts)
    if not plain or not relaid or sum(map(len, relaid.values())) > _MOST_RELAID:
        return content
    pieces, directory, end = [content], b"", len(content)
    for part in parts:
        name, xml = part.orig_filename.encode(), relaid.get(part.filename)
        if xml is None:
            start = part.header_offset
            told = (part.flag_bits, part.compress_type, 0, _DAY, part.CRC)
            sizes = (part.compress_size, part.file_size, len(name))
        else:
            start = end
            told = (0, zipfile.ZIP_STORED, 0, _DAY, zlib.crc32(xml))
            sizes = (len(xml), len(xml), len(name))
            head = _LOCAL.pack(b"PK\3\4", 20, *told, *sizes, 0) + name
            pieces += (head, xml)
            end += len(head) + len(xml)
        directory += _CENTRAL.pack(b"PK\1\2", 20, 20, *told, *sizes, 0, 0, 0, 0, 0, start) + name
    tail = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), end, 0)
    return b"".join((*pieces, directory, tail))


def _relaid(xml: bytes) -> bytes:
    """A sheet with its merged ranges also before its cells; nothing where that is not plain."""
    first, last = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    # A comment or the like could hold anything. One letter is found faster than two.
    if first < 0 or last < first or (b"!" in xml and b"<!" in xml):
        return b""
    head, tail = xml[:first], xml[last:]
    ranges = b"<mergeCells></mergeCells>"
    if b"mergeCells" in tail:
        start, end = tail.find(b"<mergeCells"), tail.find(b"</mergeCells>")
        if start < 0 or end < start:
            return b""
        ranges = tail[start:end] + b"</mergeCells>"
    return b"" if b"mergeCells" in head else b"".join((head, ranges, xml[first:]))
