"""The chain of the journal: every line holds the hash of the one before and its own.

`{"before":"<64 hex>",…,"hash":"<64 hex>"}`: the hash is the SHA-256 of all of the line before
`,"hash"`. So a changed byte is found in its own line, and a line taken out, put in or moved at
the line behind it. Nothing here knows what stands between.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

START = "0" * 64
"""What stands as `before` in the first line."""

BATCH = b'"type":"batch"'
"""What a line that closes a batch begins with, behind `before`."""

_PIECE = 8 << 20
_CONTENT = len('{"before":"') + 64 + len('",')
_ENDS = len(',"hash":"') + 64 + len('"}')
_LINE_END = _ENDS + len("\n")
_WHOLE = re.compile(rb',"hash":"[0-9a-f]{64}"\}.', re.DOTALL)
_VOUCHER = re.compile(rb'"type":"entry","no":"([0-9-]+)"')
_MOST = 100
"""Damaged lines that are told; a file saved by another program has them all."""

CHANGED = "这一行的内容与它自己的校验码不符：被改动过，或者文件损坏了"
UNLINKED = "这一行接不上前一行：中间有行被删除、插入、调换，或者前一行被改写过"
RESAVED = "整个文件被别的程序改存过（换行符或文件头变了）"


@dataclass(frozen=True)
class Damage:
    """A place where the journal is not what was written.

    Attributes:
        line: Line of the journal, from 1.
        what: What is wrong, Chinese.
        last_good: Number of the last voucher before it that is unharmed; empty where none is.
    """

    line: int
    what: str
    last_good: str


def linked(before: str, content: str) -> tuple[bytes, str]:
    """A line for the journal, and its hash.

    Args:
        before: Hash of the line before, or `START`.
        content: The fields between, as JSON without braces.
    """
    signed = f'{{"before":"{before}",{content}'.encode()
    digest = hashlib.sha256(signed).hexdigest()
    return b'%b,"hash":"%b"}\n' % (signed, digest.encode()), digest


def pieces(file: BinaryIO, size: int = _PIECE) -> Iterator[bytes]:
    """A file by some MiB, cut behind line ends; only the last piece may lack one."""
    start = 0
    while True:
        # Looked for before it is read: a piece is not copied only to add the end of its line.
        file.seek(start + size)
        file.readline()
        end = file.tell()
        file.seek(start)
        piece = file.read(end - start)
        if not piece:
            return
        yield piece if piece.endswith(b"\n") else piece + file.readline()
        start = file.tell()


class Chain:
    """Follows the lines of a journal and finds where they are not what was written.

    Attributes:
        lines: Lines so far that end with a line end (or, the last one, are whole).
        head: Hash of the last of them.
        closing: The lines that close batches, with their numbers.
        closed_at: Behind which byte the last batch ends; what follows was never acknowledged.
        ended: Whether a line end stands there; an editor may have taken the last one away.
        torn: Whether the file ends with the beginning of a line.
        damages: What was found, by line; the first 100.
    """

    def __init__(self) -> None:
        self.lines = 0
        self.head = START
        self.closing: list[tuple[int, bytes]] = []
        self.closed_at = 0
        self.ended = True
        self.torn = False
        self.damages: list[Damage] = []
        self._at = 0
        self._last_good = ""

    def follow(self, piece: bytes) -> None:
        """Check one piece of the file; the pieces come in their order."""
        sha256 = hashlib.sha256
        before = self.head.encode()
        whole = piece[: piece.rfind(b"\n") + 1]
        number, at = self.lines, 0
        # A line at a time and not all of them split at once: they stay in the processor's cache,
        # which makes the whole twice as fast.
        for number, line in enumerate(BytesIO(whole), self.lines + 1):
            end = b',"hash":"%b"}\n' % sha256(line[:-_LINE_END]).hexdigest().encode()
            if line[11:75] != before or line[-_LINE_END:] != end:
                self._damaged(number, line[:-1], end[:-1], whole, at)
                before = line[-67:-3]
            else:
                before = end[9:73]
            at += len(line)
            if line.startswith(BATCH, _CONTENT):
                self.closing.append((number, line[:-1]))
                self.closed_at = self._at + at
        self._last_good = _last_voucher(whole, at) or self._last_good
        self.lines = number
        self.head = before.decode(errors="replace")
        self._at += at
        if rest := piece[at:]:
            self._follow_rest(rest)

    def _follow_rest(self, rest: bytes) -> None:
        """What stands behind the last line end: a whole line, a torn one, or damage.

        A killed writer leaves the beginning of a line; a machine that lost its power may leave
        zero bytes. Anything else is no beginning of a line that follows.
        """
        end = b',"hash":"%b"}' % hashlib.sha256(rest[:-_ENDS]).hexdigest().encode()
        if rest.endswith(end) and rest[11:75] == self.head.encode():
            self.follow(rest + b"\n")
            if self.closed_at == self._at:
                self.ended, self.closed_at = False, self.closed_at - 1
            return
        torn = rest.rstrip(b"\0")
        begins = b'{"before":"%b",' % self.head.encode()
        if begins[: len(torn)] != torn[: len(begins)] or _WHOLE.search(rest):
            self._damaged(self.lines + 1, rest, end)
        else:
            self.torn = True

    def _damaged(
        self, number: int, line: bytes, end: bytes, piece: bytes = b"", at: int = 0
    ) -> None:
        if len(self.damages) >= _MOST:
            return
        what = CHANGED if line[-_ENDS:] != end else UNLINKED
        if line.endswith(b"\r") or line.startswith(b"\xef\xbb\xbf"):
            what = RESAVED
        self.damages.append(Damage(number, what, _last_voucher(piece, at) or self._last_good))


def _last_voucher(piece: bytes, end: int) -> str:
    """The number of the last voucher among the lines of a piece until there; empty where none."""
    while end > 0:
        start = piece.rfind(b"\n", 0, end - 1) + 1
        if found := _VOUCHER.match(piece, start + _CONTENT, end):
            return found[1].decode()
        end = start
    return ""
