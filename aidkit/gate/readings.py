"""Words of clean files, kept by the digest of their content for the next scan."""

import json
from pathlib import Path

from aidkit.caches import load, store
from aidkit.digests import digest_of, environment, package_digest
from aidkit.gate.reading import Words


class Readings:
    """What files say, for those that have not changed since they were found clean.

    Only words of files that a scan has just found clean are written down: no person's name or
    number is among them.
    """

    def __init__(self, path: Path | None) -> None:
        """Read them; None keeps nothing."""
        self._path = path
        self._files: dict[str, Words] = {}
        content = load(path) if path else None
        if content is None:
            return
        kept = json.loads(content)
        if kept["readers"] == _readers():
            words: list[str] = kept["words"]
            for key, kinds in kept["files"].items():
                self._files[key] = {
                    kind: frozenset(map(words.__getitem__, places))
                    for kind, places in kinds.items()
                }

    def get(self, key: str) -> Words | None:
        """The words of a file; None where they are not known."""
        return self._files.get(key)

    def save(self, files: dict[str, Words]) -> None:
        """Keep the words of these files, and of no others."""
        if self._path is None or files.keys() == self._files.keys():
            return
        places: dict[str, int] = {}
        kept = {
            key: {
                kind: [places.setdefault(word, len(places)) for word in sorted(found)]
                for kind, found in words.items()
            }
            for key, words in sorted(files.items())
        }
        content = {"readers": _readers(), "words": list(places), "files": kept}
        store(self._path, json.dumps(content, ensure_ascii=False).encode())


def _readers() -> str:
    """What reads files: our code, and libraries that open documents and images."""
    return digest_of(repr((package_digest(), environment())).encode())


def key_of(name: str, content: bytes) -> str:
    """By what a file is known: its path, which is looked at too, and its content."""
    return digest_of(f"{name}\n".encode() + content)
