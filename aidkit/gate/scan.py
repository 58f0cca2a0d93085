"""`scan`: every file of a folder, every text in it, every kind of leak."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from aidkit.gate.findings import Finding, blot, remedy
from aidkit.gate.folding import folded
from aidkit.gate.labelled import find_labelled, known_births
from aidkit.gate.layers import Layer
from aidkit.gate.lists import find_lists
from aidkit.gate.marks import find_marks
from aidkit.gate.names import NameFinder
from aidkit.gate.numbers import find_numbers
from aidkit.gate.papers import find_papers
from aidkit.gate.people import People, squeezed
from aidkit.gate.reading import Words, all_layers, is_bundle, touching
from aidkit.gate.reading_along import read_files
from aidkit.gate.readings import Readings, key_of
from aidkit.gate.remains import find_remains
from aidkit.gate.surroundings import Surroundings
from aidkit.gate.unreadable import Unreadable


def scan(
    folder: Path,
    people: People,
    *,
    passing_over: Collection[str] = (),
    reader: str = "",
    cache: Path | None = None,
) -> list[Finding]:
    """Look for personal data in every file below a folder.

    Args:
        folder: A built site, or any folder.
        people: The county's persons; `People()` looks for patterns only.
        passing_over: Names directly below the folder that are not looked into.
        reader: For whom the papers in it may be marked, where they are of those inside; no mark
            may stand in what is public.
        cache: A file that keeps what clean files say, so that a file which has not changed is
            not read again; the findings are the same with and without it.

    Returns:
        Findings by file; a value found often in a file is told once, where it comes first.
    """
    finder = NameFinder(people)
    readings = Readings(cache)
    files: dict[str, tuple[Path, str]] = {}
    words: dict[str, Words | None] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder)
        if inside.parts[0] not in passing_over:
            content = path.read_bytes()
            key = key_of(inside.as_posix(), content)
            files[key] = (path, inside.as_posix())
            words[key] = readings.get(key)
    new = [key for key, said in words.items() if said is None]
    words |= dict(zip(new, read_files([files[key] for key in new]), strict=True))
    clean = {key: said for key, said in words.items() if said is not None}
    suspects = touching(clean.values(), people, finder, reader)
    findings: list[Finding] = []
    for key, (path, name) in files.items():
        if key in clean and all(suspects[kind].isdisjoint(clean[key][kind]) for kind in suspects):
            continue
        if found := _in_file(path.read_bytes(), name, people, finder, reader):
            findings += found
            clean.pop(key, None)
    readings.save(clean)
    return findings


def _in_file(
    content: bytes, name: str, people: People, finder: NameFinder, reader: str
) -> list[Finding]:
    allowed, posted = people.allowed_in(name), people.posted_in(name)
    bundle = is_bundle(name)
    found: dict[tuple[str, str], str] = {}
    unreadable: list[Unreadable] = []
    try:
        for layer in all_layers(content, name):
            around = Surroundings(layer.text)
            for position, words, marked in find_marks(layer.text):
                if not marked or marked != reader:
                    found.setdefault(("for_readers_inside", words), _place(layer, position))
            for position, kind, value in _in_layer(layer, people, finder, bundle):
                if kind == "person_name" and value in allowed:
                    if value in posted:
                        for more in _beside(around, position, value, people):
                            found.setdefault(more, _place(layer, position))
                    continue
                found.setdefault((kind, value), _place(layer, position))
    except Unreadable as stop:
        unreadable.append(stop)
    leaks = [value for _, value in found]
    shown = _blotted(name, leaks)
    return [
        *(
            Finding(shown, _blotted(place, leaks), kind, blot(value), remedy(kind))
            for (kind, value), place in found.items()
        ),
        *(
            Finding(
                shown,
                _blotted(stop.place, leaks) or "整个文件",
                "cannot_read",
                stop.why,
                remedy("cannot_read"),
            )
            for stop in unreadable
        ),
    ]


def _in_layer(
    layer: Layer, people: People, finder: NameFinder, bundle: bool
) -> Iterator[tuple[int, str, str]]:
    yield from find_numbers(layer.text, people.numbers, patterns=not bundle)
    yield from finder.find(layer.text)
    if not bundle:
        yield from find_labelled(layer.text)
        yield from find_papers(layer.text)
        yield from find_remains(layer.text)
        yield from find_lists(layer.text)


def _beside(
    around: Surroundings, place: int, name: str, people: People
) -> Iterator[tuple[str, str]]:
    """What may not stand beside a name that itself may stand here."""
    if reason := around.reason(place, name):
        yield "hardship_reason", reason
    for words in around.beside(place, name):
        for day in known_births(words, people.birth_dates):
            yield "birth_date", day


def _place(layer: Layer, position: int) -> str:
    if layer.place:
        return layer.place
    line = layer.text.count("\n", 0, position) + 1
    return f"第 {line} 行"


def _blotted(name: str, leaks: Iterable[str]) -> str:
    """A path or place without the leaks in it."""
    plain = folded(name)
    for leak in leaks:
        if leak in plain:
            plain = plain.replace(leak, f"{leak[0]}…")
        elif squeezed(leak) in squeezed(plain):
            plain = f"{plain[0]}…"
    return plain
