"""What was read before, kept by the content of each file, so that only changed ones are opened.

A store is one file: a line with the digest of the rest, then what `found.packed` has packed. What
cannot be believed, because a byte is wrong or other code or labels wrote it, is passed over and
written anew. It holds plain frames and JSON, nothing that could run.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from aidkit.digests import digest_of, environment, file_digest, package_digest
from aidkit.intake.files import Input, input_digest
from aidkit.intake.found import FILES, Found, only, packed, parted, together
from aidkit.intake.parallel import read_all
from aidkit.labels import project_labels
from aidkit.project import find_project, replacing

Later = Callable[[Callable[[], None]], None]
"""Does some work, at once or while the rest goes on."""


def at_once(work: Callable[[], None]) -> None:
    """The plainest `Later`."""
    work()


def read_changed(
    inputs: Sequence[Input],
    store: Path,
    workers: int,
    *,
    digests: Mapping[str, str] | None = None,
    later: Later = at_once,
) -> Found:
    """Everything that stands in some files; only those that changed are opened.

    Args:
        inputs: The files, sorted by name.
        store: The file in which what the last reading found is kept; it is renewed.
        workers: Most processes to read with.
        digests: Of the files, by name, as `input_digest` gave them; None to look now.
        later: Renews the store.
    """
    maker = _maker()
    parts = _load(store, maker)
    kept = {name: pl.read_ipc_stream(part) for name, part in parts.items()}
    known = dict(kept[FILES].select("file", "digest").iter_rows()) if kept else {}
    now = digests or {each.source.file: input_digest(each) for each in inputs}
    changed = [
        each for each in inputs if known.get(each.source.file, "") != now.get(each.source.file)
    ]
    same = {each.source.file for each in inputs} - {each.source.file for each in changed}
    if kept and not changed and len(same) == len(known):
        return kept
    still = only(kept, same) if kept else {}
    fresh = read_all(changed, workers)
    found = together([still, fresh])
    # Frames of which no file changed are packed already.
    as_before = {
        name: parts[name]
        for name, rows in still.items()
        if name not in fresh and rows.height == kept[name].height
    }
    later(partial(_save, store, found, maker, as_before))
    return found


def _maker() -> bytes:
    """All that reading rests on besides the files: code, libraries, labels."""
    labels = file_digest(find_project().params / "labels.toml")
    # Also those that this process has: the file may have changed since it read them.
    rests_on = (package_digest(), environment(), labels, project_labels())
    return digest_of(repr(rests_on).encode()).encode()


def _load(store: Path, maker: bytes) -> dict[str, bytes]:
    """The packed frames of a store; none where it cannot be believed."""
    try:
        content = io.BytesIO(store.read_bytes())
    except OSError:
        return {}
    if content.readline().rstrip() != _seal(maker, [content.getbuffer()[content.tell() :]]):
        return {}
    return parted(content)


def _save(store: Path, found: Found, maker: bytes, as_before: Mapping[str, bytes]) -> None:
    parts = list(packed(found, as_before))
    with replacing(store) as file:
        file.write(_seal(maker, parts) + b"\n")
        file.writelines(parts)


def _seal(maker: bytes, parts: Iterable[bytes | memoryview]) -> bytes:
    """The digest of a store's content and of what wrote it."""
    seal = hashlib.sha256(maker)
    for part in parts:
        seal.update(part)
    return seal.hexdigest().encode()
