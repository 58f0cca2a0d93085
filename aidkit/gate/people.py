"""The persons of a county as the gate must know them: names, numbers, addresses, birth dates."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from aidkit.identity import STUDENT_NO_PATTERN
from aidkit.tables import INPUTS
from aidkit.tables.columns import kind_of

_NUMBERS = {
    "id_number": "id_number",
    "student_no": "student_no",
    "phone": "phone",
    "card_no": "card",
}
"""Kind of column to kind of finding."""

_PERSON_CODES = ("teacher_no", "person_no")
"""Columns with staff numbers, the latter also with 学籍号."""

_OWN_WAYS: Mapping[str, tuple[str, ...]] = {
    "donations": ("donor", "donor_class", "consent"),
    "goods_received": ("donor", "donor_class", "consent"),
    "fund_donors": ("donor", "donor_class", "consent"),
    "disabled_persons_list": ("disability_certificate",),
    "panel_decisions": ("panel",),
    "teacher_panel_decisions": ("panel",),
    "schools": ("school_name",),
}
"""Columns that are not read by their kind."""

DONORS = ("donations", "goods_received", "fund_donors")
"""Tables of donors: of the workbooks, and of the funds' journal."""

_DOTS = str.maketrans("・‧∙⋅•", "·····")
"""Dots within a name, of which every keyboard has another."""

LEAST_DIGITS = 7
"""Numbers shorter than this are too common to look for."""


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
        ignored: Public names (schools) inside which a person's name means nothing, and public
            words (高一), whoever is called so.
    """

    names: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()
    birth_dates: frozenset[dt.date] = frozenset()
    named: frozenset[str] = frozenset()
    named_pages: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()


def columns_of_people(table: str, stored: Iterable[str]) -> list[str]:
    """Which stored columns of a table `people_of` looks at: of most tables none.

    Args:
        table: Its name, as in `tables.INPUTS`; others have none.
        stored: The columns that there are.
    """
    own = _OWN_WAYS.get(table, ())
    return [column for column in stored if column in own or _personal(table, column)]


def people_of(
    tables: Mapping[str, pl.DataFrame],
    *,
    named_pages: Collection[str] = (),
    ignored: Collection[str] = (),
) -> People:
    """Gather the persons of internal tables.

    Args:
        tables: Input tables by the names of `tables.INPUTS`; other names are passed over.
        named_pages: Pages that `params/disclosure.toml` declares for the donors' table.
        ignored: Public names and words besides those of the schools: the county, the publisher,
            what tables call a grade.
    """
    names: set[str] = set()
    addresses: set[str] = set()
    births: set[dt.date] = set()
    numbers: dict[str, str] = {}
    for table, frame in tables.items():
        for column in frame.columns:
            if not (kind := _personal(table, column)):
                continue
            values = frame[column].drop_nulls().unique()
            if kind == "name":
                names.update(map(squeezed, values))
            elif kind == "address":
                addresses.update(map(squeezed, values))
            elif kind == "birth_date":
                births.update(values)
            else:
                numbers |= {
                    bare: _NUMBERS.get(kind) or _kind_of_code(bare)
                    for v in values
                    if (bare := _bare(v))
                }
    if "disabled_persons_list" in tables:
        certificates = tables["disabled_persons_list"]["disability_certificate"].drop_nulls()
        numbers |= {bare: "id_number" for v in certificates if (bare := _bare(v))}
    for panels in {"panel_decisions", "teacher_panel_decisions"} & tables.keys():
        for panel in tables[panels]["panel"].drop_nulls().unique():
            names.update(map(squeezed, re.split(r"[、，,；;\s]+", panel)))
    named, guarded = _donors(tables)
    schools = tables["schools"]["school_name"] if "schools" in tables else ()
    return People(
        names=frozenset(name for name in names | guarded if len(name) >= 2),
        numbers=numbers,
        addresses=frozenset(address for address in addresses if len(address) >= 6),
        birth_dates=frozenset(births),
        named=named,
        named_pages=tuple(named_pages),
        ignored=frozenset({*map(squeezed, schools), *map(squeezed, ignored)}),
    )


@cache
def _personal(table: str, column: str) -> str:
    """What a column says of persons: the kind of its values, or empty."""
    if table not in INPUTS or table in {"donations", "bank_statement"}:
        return ""
    definition = INPUTS[table].columns().get(column)
    if definition is None:
        return ""
    if (kind := kind_of(definition)) in {"name", "address", *_NUMBERS}:
        return kind
    return column if column in {*_PERSON_CODES, "birth_date"} else ""


def _donors(tables: Mapping[str, pl.DataFrame]) -> tuple[frozenset[str], set[str]]:
    """Donors who agreed to be named, and those who did not, as the statement may name both."""
    columns = _OWN_WAYS["donations"]
    told = [tables[name].select(columns) for name in DONORS if name in tables]
    if not told:
        return frozenset(), set()
    gifts = pl.concat(told).drop_nulls("donor")
    donations = gifts.filter(pl.col("donor_class").ne_missing("government"))
    # A child cannot agree to it alone.
    child = pl.col("donor_class").eq_missing("student")
    agreed = pl.col("consent").eq_missing("named") & ~child
    named = {squeezed(name) for name in donations.filter(agreed)["donor"].unique()}
    others = {squeezed(name) for name in donations.filter(~agreed)["donor"].unique()}
    # A donor's gifts may differ in consent: the name then stands for what was agreed to.
    return frozenset(named), {name for name in others | named if not _nobody(name)}


def _nobody(name: str) -> bool:
    return name in {"匿名", "无名氏", "爱心人士", "不具名", "佚名"}


def squeezed(text: str) -> str:
    """Text without spaces and with half-width letters and digits."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DOTS)


def _kind_of_code(bare: str) -> str:
    return "student_no" if re.fullmatch(STUDENT_NO_PATTERN, bare) else "staff_no"


def _bare(number: str) -> str | None:
    """Digits and letters of a number; None where it is too short to look for."""
    kept = squeezed(number).upper()
    if not kept.isalnum():
        kept = "".join(char for char in kept if char.isalnum())
    return kept if len(kept) >= LEAST_DIGITS else None
