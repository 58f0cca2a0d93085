"""The persons of a county as the gate must know them: names, numbers, addresses, birth dates."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

_DOTS = str.maketrans("・‧∙⋅•", "·····")
"""Dots within a name, of which every keyboard has another."""


_BARE = re.compile(r"[\u3400-\u9fff·]{2,}(?=[(（0-9A-Za-z])")
"""The name in 王芳(大), 王芳2: what follows tells two of one name apart."""

LEAST_NAME = 2
"""Characters of a name that can be looked for."""


@dataclass(frozen=True)
class People:
    """Everything personal that is known; empty where only patterns can be looked for.

    Attributes:
        names: Names of persons, and of donors who did not agree to be named.
        numbers: Digits and letters of an ID number, 学籍号, staff number, card or phone, to the
            kind of finding.
        addresses: Home addresses without spaces.
        birth_dates: Birth dates.
        named: Donors who agreed to be named.
        named_pages: Paths, with `*`, of pages where `named` may stand.
        allowed: Where other names may stand, such as those of a notice that is posted now: a path
            below the site with `*`, or a folder with / at its end, to the names that may stand
            in exactly those files. They are looked for in all other files, also where no table
            knows them. All else that the gate looks for stays forbidden there: a number, a
            birth date or a reason for hardship beside an allowed name.
        ignored: Public names (schools) inside which a person's name means nothing, and public
            words (高一), whoever is called so.
    """

    names: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()
    birth_dates: frozenset[dt.date] = frozenset()
    named: frozenset[str] = frozenset()
    named_pages: tuple[str, ...] = ()
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()

    def guarded(self) -> frozenset[str]:
        """Every name that is looked for: those of persons, and those allowed somewhere."""
        return _spellings(self.names.union(*self.allowed.values()))

    def allowed_in(self, file: str) -> frozenset[str]:
        """Names that may stand in a file, by its path below the site."""
        on_page = any(_matches(file, page) for page in self.named_pages)
        return self.posted_in(file) | (_spellings(self.named) if on_page else frozenset())

    def posted_in(self, file: str) -> frozenset[str]:
        """Of these the names of `allowed`, beside which no reason for aid may stand."""
        lists = (names for place, names in self.allowed.items() if _matches(file, place))
        return _spellings(frozenset().union(*lists))


def squeezed(text: str) -> str:
    """Text without spaces and with half-width letters and digits."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DOTS)


def _spellings(names: frozenset[str]) -> frozenset[str]:
    """Names, also without the dot of those of several parts, and without what tells two apart."""
    undotted = {name.replace("·", "") for name in names if "·" in name}
    bare = {found[0] for name in names if (found := _BARE.match(name))}
    return names | undotted | bare


def _matches(file: str, place: str) -> bool:
    return file.startswith(place) if place.endswith("/") else fnmatchcase(file, place)
