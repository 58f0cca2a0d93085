"""What was read before, kept by the content of each file, so that only changed ones are opened.

A store is one file: a line with the digest of the rest, then what `found.packed` has packed. What
cannot be believed, because a byte is wrong or other code or labels wrote it, is passed over and
written anew. It holds plain frames and JSON, nothing that could run.
"""

import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from aidkit.digests import digest_of, environment, file_digest, package_digest
from aidkit.intake.files import Input, input_digest
from aidkit.intake.found import FILES, Found, only, packed, together, unpacked
from aidkit.intake.parallel import read_all
from aidkit.labels import project_labels
from aidkit.project import find_project, replacing


def read_changed(inputs: Sequence[Input], store: Path, workers: int) -> Found:
    """Everything that stands in some files; only those that changed are opened.

    Args:
        inputs: The files, sorted by name.
        store: The file in which what the last reading found is kept; it is renewed.
        workers: Most processes to read with.
    """
    maker = _maker()
    kept = _load(store, maker)
    digests = dict(kept[FILES].select("file", "digest").iter_rows()) if kept else {}
    changed = [each for each in inputs if digests.get(each.source.file) != input_digest(each)]
    same = {each.source.file for each in inputs} - {each.source.file for each in changed}
    parts = [only(kept, same)] if kept else []
    if not changed and len(same) == len(digests):
        return together(parts)
    found = together([*parts, read_all(changed, workers)])
    _save(store, found, maker)
    return found


def _maker() -> bytes:
    """All that reading rests on besides the files: code, libraries, labels."""
    labels = file_digest(find_project().params / "labels.toml")
    # Also those that this process has: the file may have changed since it read them.
    rests_on = (package_digest(), environment(), labels, project_labels())
    return digest_of(repr(rests_on).encode()).encode()


def _load(store: Path, maker: bytes) -> Found | None:
    try:
        content = io.BytesIO(store.read_bytes())
    except OSError:
        return None
    if content.readline().rstrip() != _seal(maker, [content.getbuffer()[content.tell() :]]):
        return None
    return unpacked(content)


def _save(store: Path, found: Found, maker: bytes) -> None:
    parts = list(packed(found))
    with replacing(store) as file:
        file.write(_seal(maker, parts) + b"\n")
        file.writelines(parts)


def _seal(maker: bytes, parts: Iterable[bytes | memoryview]) -> bytes:
    """The digest of a store's content and of what wrote it."""
    seal = hashlib.sha256(maker)
    for part in parts:
        seal.update(part)
    return seal.hexdigest().encode()
