"""A register that is only ever added to: one JSON object a line, each line bound to the one before.

`{"before":"<64 hex>","no":1,…,"hash":"<64 hex>"}`: the hash is the SHA-256 of all of the line
before `,"hash"`, and `before` is the hash of the line before. So a changed byte is found in its
own line, and a line taken out, put in or moved at the line behind it; lines taken off the end are
found by whoever kept the head. A line counts from its line end on: what a killed writer left of
one was never acknowledged; readers pass it over, the next writer cuts it off. Any editor opens
it, and one file alone is always complete.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from aidkit.disks import keep_folder
from aidkit.errors import InputError
from aidkit.locking import one_at_a_time

Record = Mapping[str, Any]
"""What one line says, without `before`; it has its number `no` (from 1) and its `hash`."""

START = "0" * 64
"""What stands as `before` in the first line, and the head of a log without lines."""

LONGEST_WAIT = 60.0
"""Seconds that a writer waits for another one."""

_OWN = ("before", "no", "hash")
_ENDS = len(',"hash":"') + 64 + len('"}')
_WHOLE = re.compile(rb',"hash":"[0-9a-f]{64}"\}')

_CHANGED = "这一行的内容与它自己的校验码不符：被改动过，或者文件损坏了"
_UNLINKED = "这一行接不上前一行：中间有行被删除、插入、调换，或者前一行被改写过"
_RESAVED = "整个文件被别的程序改存过（换行符或文件头变了）"


@dataclass(frozen=True)
class _Log:
    records: tuple[Record, ...]
    end: int
    """Behind which byte the last line that counts ends."""
    ended: bool
    """Whether a line end stands there; an editor may have taken the last one away."""


def read_log(path: Path) -> tuple[Record, ...]:
    """All records of a log, oldest first; none where there is no such file.

    Args:
        path: The log.

    Raises:
        InputError: It is not what was written: file, line and remedy.
    """
    return _read(path).records


def head(records: Sequence[Record]) -> str:
    """The hash of the last record: whoever keeps it can tell later that nothing was taken off."""
    return str(records[-1]["hash"]) if records else START


def append(path: Path, say: Callable[[tuple[Record, ...]], Mapping[str, Any]]) -> Record:
    """Add one record; it is on the disk when this returns.

    Args:
        path: The log; its folder is made where it is missing.
        say: Gets all records so far, under the lock, and gives the fields of the new one (all but
            `before`, `no` and `hash`: texts, whole numbers, yes or no, None, lists and tables of
            these). What it raises leaves the log as it was.

    Returns:
        The new record.

    Raises:
        InputError: The log is not what was written.
        UsageError: Another writer held it for too long.
    """
    with one_at_a_time(path.with_suffix(".lock"), LONGEST_WAIT):
        log = _read(path)
        fields = say(log.records)
        if clash := sorted(set(_OWN) & fields.keys()):
            raise ValueError(f"fields of the log itself: {clash}")
        number, before = len(log.records) + 1, head(log.records)
        line = _line(before, {"no": number, **fields})
        _write(path, log, line)
        return _record(line)


def _write(path: Path, log: _Log, line: bytes) -> None:
    new = not path.exists()
    with path.open("wb" if new else "r+b") as file:
        try:
            file.truncate(log.end)
            file.seek(log.end)
            file.write((b"" if log.ended else b"\n") + line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(log.end)
            raise
    if new:
        keep_folder(path.parent)


def _line(before: str, fields: Mapping[str, Any]) -> bytes:
    said = {"before": before, **fields}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    signed = text[:-1].encode()
    return b'%b,"hash":"%b"}' % (signed, hashlib.sha256(signed).hexdigest().encode())


def _record(line: bytes) -> Record:
    said: dict[str, Any] = json.loads(line)
    del said["before"]
    return said


def _read(path: Path) -> _Log:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return _Log((), 0, ended=True)
    *lines, rest = content.split(b"\n")
    ended = True
    if _whole(rest):  # an editor has taken the last line end away
        lines, rest, ended = [*lines, rest], b"", False
    records: list[Record] = []
    before = START
    for number, line in enumerate(lines, 1):
        if not _whole(line):
            _refuse(path, number, _RESAVED if _resaved(line) else _CHANGED)
        try:
            record, linked = _record(line), line[11:75].decode()
        except (ValueError, KeyError):
            _refuse(path, number, _CHANGED)
        if linked != before or record.get("no") != number:
            _refuse(path, number, _UNLINKED)
        records.append(record)
        before = str(record["hash"])
    if not _torn(rest, before):
        _refuse(path, len(lines) + 1, _CHANGED)
    return _Log(tuple(records), len(content) - len(rest), ended)


def _whole(line: bytes) -> bool:
    """Whether a line carries the hash of what stands in it."""
    own = hashlib.sha256(line[:-_ENDS]).hexdigest().encode()
    return line.endswith(b',"hash":"%b"}' % own)


def _torn(rest: bytes, before: str) -> bool:
    """Whether what stands behind the last line end may be what a killed writer left of a line.

    A machine that lost its power may leave zero bytes.
    """
    begun = rest.rstrip(b"\0")
    begins = b'{"before":"%b",' % before.encode()
    return begins[: len(begun)] == begun[: len(begins)] and not _WHOLE.search(begun)


def _resaved(line: bytes) -> bool:
    return line.endswith(b"\r") or line.startswith(b"\xef\xbb\xbf")


def _refuse(path: Path, number: int, what: str) -> NoReturn:
    good = f"第 {number - 1} 行以前（含）没有问题" if number > 1 else "前面没有完好的行"
    raise InputError(
        f"登记簿第 {number} 行：{what}。",
        where=f"{path}，第 {number} 行",
        remedy=f"{good}。请用备份换回这个文件，再补录以后的；不要用编辑器改它。",
    )
