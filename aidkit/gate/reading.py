"""What a file says that could be held against anybody, read once however the persons change.

A file is read without knowing a single person. It is clean for a county if it is clean whoever
lives there (nothing has the shape of an ID number, …) and none of its words is a name or
number of the county's persons.
"""

from collections.abc import Iterable, Iterator, Mapping

from aidkit.gate.folding import folded
from aidkit.gate.labelled import find_labelled
from aidkit.gate.layers import Layer, layers
from aidkit.gate.lists import find_lists
from aidkit.gate.marks import find_marks
from aidkit.gate.names import NameFinder, runs, spaced_words
from aidkit.gate.numbers import find_numbers
from aidkit.gate.papers import find_papers
from aidkit.gate.people import People
from aidkit.gate.remains import find_remains
from aidkit.gate.unreadable import Unreadable

FILE_NAME = "文件名"

RUN, SPACED, NUMBER, READER = "runs", "spaced", "numbers", "readers"
"""Kinds of words: stretches of Chinese, words with spaces in them, what may be a number; for whom
a paper is marked."""

Words = Mapping[str, frozenset[str]]
"""Words of a file by kind."""


def words_of(content: bytes, name: str) -> Words | None:
    """Everything in a file that persons can be found by; None where it is not clean for anybody.

    Args:
        content: The file.
        name: Its path below the site, which is looked at too.
    """
    bundle = is_bundle(name)
    found: dict[str, set[str]] = {RUN: set(), SPACED: set(), READER: set()}
    numbers = _Questions()
    try:
        for layer in all_layers(content, name):
            leaks = [*find_numbers(layer.text, numbers, patterns=not bundle)]
            if not bundle:
                leaks += find_labelled(layer.text)
                leaks += find_papers(layer.text)
                leaks += find_remains(layer.text)
                leaks += find_lists(layer.text)
            if leaks:
                return None
            found[RUN] |= runs(layer.text)
            found[SPACED] |= spaced_words(layer.text)
            found[READER] |= {reader for _, _, reader in find_marks(layer.text)}
    except Unreadable:
        return None
    found[NUMBER] = numbers.asked
    return {kind: frozenset(words) for kind, words in found.items()}


def touching(files: Iterable[Words], people: People, finder: NameFinder, reader: str = "") -> Words:
    """Those words of files with which a leak may be found: never too few.

    Args:
        files: What they say.
        people: The county's persons.
        finder: Finds their names.
        reader: For whom papers may be marked.
    """
    tests = {
        RUN: finder.may_touch,
        SPACED: finder.is_name,
        NUMBER: people.numbers.__contains__,
        READER: lambda marked: not marked or marked != reader,
    }
    words = {kind: set[str]() for kind in tests}
    for file in files:
        for kind, found in file.items():
            words[kind] |= found
    return {kind: frozenset(filter(test, words[kind])) for kind, test in tests.items()}


def all_layers(content: bytes, name: str) -> Iterator[Layer]:
    """Every text of a file, its path first.

    Raises:
        Unreadable: Something in it cannot be read.
    """
    yield Layer(FILE_NAME, folded(name))
    yield from layers(content, name.rpartition("/")[2])


def is_bundle(name: str) -> bool:
    """Whether a script is a third-party bundle, whose constants look like numbers of ours."""
    if not name.endswith(".js"):
        return False
    last = name.rpartition("/")[2]
    return last == "vega.js" or last.endswith(".min.js") or "site_libs/" in name


class _Questions(Mapping[str, str]):
    """Knows nobody, and notes whom it is asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        raise KeyError

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1
