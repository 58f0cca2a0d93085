"""Gathering the persons of a county from its internal tables."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import polars as pl

from aidkit.gate.people import LEAST_NAME, People, squeezed
from aidkit.gate.surnames import looks_like_name
from aidkit.identity import STUDENT_NO_PATTERN
from aidkit.tables import INPUTS
from aidkit.tables.columns import kind_of

_NUMBERS = {
    "id_number": "id_number",
    "student_no": "student_no",
    "phone": "phone",
    "card_no": "card",
    "disability_certificate": "id_number",  # an ID number and two digits more
    "certificate_no": "certificate",
}
"""Kind of column, or its name, to kind of finding."""

_PERSON_CODES = ("teacher_no", "person_no")
"""Columns with staff numbers, the latter also with 学籍号."""

_PANEL = ("panel",)
"""Columns with several names."""

_PARTIES: Mapping[str, tuple[str, ...]] = {
    "bank_statement": ("counterparty",),
    "goods_given": ("receiver",),
    "fund_movements": ("party", "consent_of"),
}
"""Columns with persons and with offices, of which only what looks like a name counts."""

_DONOR = ("donor", "donor_class", "consent")
_OWN_WAYS: Mapping[str, tuple[str, ...]] = {
    "donations": _DONOR,
    "goods_received": _DONOR,
    "fund_donors": _DONOR,
    "schools": ("school_name",),
    "set_aside": ("table", "column", "value"),
    "problems": ("column", "value"),
}
"""Columns that are not read by their kind."""

DONORS = ("donations", "goods_received", "fund_donors")
"""Tables of donors: of the workbooks, and of the funds' journal."""

_BY_HEADER = (
    (r"身份证|证件号", "id_number"),
    (r"残疾人?证|证号", "certificate_no"),
    (r"学籍|学号", "student_no"),
    (r"电话|手机|联系方式", "phone"),
    (r"卡号|[账帐]号|一卡通|存折", "card_no"),
    (r"工号|教师编号", "teacher_no"),
    (r"住址|地址", "address"),
    (r"姓名|监护人|家长|户主|教师|户名|对方|捐赠人", "party"),
)
"""Words of a header to what its column holds."""

ID_LENGTH, WITHOUT_END = 18, (17, 14)
"""Of an ID number; what is left of it without check digit, and without all that follows the birth
date."""

_LARGER = re.compile(r"(?:[县区市旗乡镇]|街道)(?=[\u4e00-\u9fff]{4,}\d+\D+\d)")
"""Ends what people leave out of an address: which house it is must still be told behind it."""

LEAST_DIGITS = 7
"""Numbers shorter than this are too common to look for."""


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
    allowed: Mapping[str, Collection[str]] = MappingProxyType({}),
    ignored: Collection[str] = (),
) -> People:
    """Gather the persons of internal tables.

    Args:
        tables: Input tables by the names of `tables.INPUTS`; other names are passed over.
        named_pages: Pages that `params/disclosure.toml` declares for the donors' table.
        allowed: Path of a page or folder to the names that may stand there (`People.allowed`).
        ignored: Public names and words besides those of the schools: the county, the publisher,
            what tables call a grade.
    """
    known = _Known()
    for table, frame in tables.items():
        for column in frame.columns:
            if kind := _personal(table, column):
                known.add(kind, frame[column].drop_nulls().unique())
    if "set_aside" in tables:
        for table, column, value in tables["set_aside"].iter_rows():
            known.add(_personal(table, column) or "name", [value])
    if "problems" in tables:
        for column, value in tables["problems"].select("column", "value").unique().iter_rows():
            known.add(_kind_by_header(column), [value])
    named, guarded = _donors(tables)
    schools = tables["schools"]["school_name"] if "schools" in tables else ()
    return People(
        names=frozenset(name for name in known.names | guarded if len(name) >= LEAST_NAME),
        numbers=known.numbers,
        addresses=frozenset(address for address in known.addresses if len(address) >= 6),
        birth_dates=frozenset(known.births),
        named=named,
        named_pages=tuple(named_pages),
        allowed={
            place: frozenset(name for name in map(squeezed, listed) if len(name) >= LEAST_NAME)
            for place, listed in allowed.items()
        },
        ignored=frozenset({*map(squeezed, schools), *map(squeezed, ignored)}),
    )


def set_aside_of(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """What rows that intake set aside say of persons: they stand in no other table.

    Args:
        tables: Rows set aside, by the names of `tables.INPUTS`.

    Returns:
        Columns `table`, `column`, `value`; the table `set_aside` that `people_of` reads.
    """
    told = [
        frame.select(
            pl.lit(table).alias("table"), pl.lit(column).alias("column"), value=pl.col(column)
        )
        for table, frame in tables.items()
        for column in frame.columns
        if column == "donor" or _personal(table, column) not in {"", "birth_date"}
    ]
    empty = pl.DataFrame(schema=dict.fromkeys(_OWN_WAYS["set_aside"], pl.String))
    return pl.concat([empty, *told]).drop_nulls().unique().sort(pl.all())


class _Known:
    """What was gathered so far."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.addresses: set[str] = set()
        self.births: set[dt.date] = set()
        self.numbers: dict[str, str] = {}

    def add(self, kind: str, values: Iterable[Any]) -> None:
        """Add values of one kind of column, as `_personal` calls it."""
        if kind == "name":
            self.names.update(map(squeezed, values))
        elif kind == "party":
            self.names.update(filter(looks_like_name, map(squeezed, values)))
        elif kind == "panel":
            for panel in values:
                self.names.update(map(squeezed, re.split(r"[、，,；;\s]+", panel)))
        elif kind == "address":
            for address in map(squeezed, values):
                self.addresses.add(address)
                self.addresses.update(address[end.end() :] for end in _LARGER.finditer(address))
        elif kind == "birth_date":
            self.births.update(values)
        elif kind:
            for value in values:
                if bare := _bare(value):
                    self.numbers[bare] = _NUMBERS.get(kind) or _kind_of_code(bare)
                    if kind == "id_number" and len(bare) == ID_LENGTH:
                        self.numbers |= {bare[:cut]: kind for cut in WITHOUT_END}


@cache
def _personal(table: str, column: str) -> str:
    """What a column says of persons: the kind of its values, or empty."""
    if table not in INPUTS or table == "donations":
        return ""
    if table in _PARTIES:
        return "party" if column in _PARTIES[table] else ""
    definition = INPUTS[table].columns().get(column)
    if definition is None:
        return ""
    if (kind := kind_of(definition)) in {"name", "address", *_NUMBERS}:
        return kind
    if column in _PANEL:
        return "panel"
    return column if column in {*_PERSON_CODES, *_NUMBERS, "birth_date"} else ""


def _kind_by_header(column: str) -> str:
    """What a faulty cell says of a person, by letter and header of its column (`C 身份证号`)."""
    header = column.partition(" ")[2]
    return next((kind for words, kind in _BY_HEADER if re.search(words, header)), "")


def _donors(tables: Mapping[str, pl.DataFrame]) -> tuple[frozenset[str], set[str]]:
    """Donors who agreed to be named, and those who did not, as the statement may name both."""
    told = [tables[name].select(_DONOR) for name in DONORS if name in tables]
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


def _kind_of_code(bare: str) -> str:
    return "student_no" if re.fullmatch(STUDENT_NO_PATTERN, bare) else "staff_no"


def _bare(number: str) -> str | None:
    """Digits and letters of a number; None where it is too short to look for."""
    kept = squeezed(number).upper()
    if not kept.isalnum():
        kept = "".join(char for char in kept if char.isalnum())
    return kept if len(kept) >= LEAST_DIGITS else None
