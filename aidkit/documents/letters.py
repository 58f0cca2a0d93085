"""Who gets a 告知单 and what it says: one letter is one person's own case, nobody else's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from aidkit.documents.sayings import Saying, say
from aidkit.labels import Labels
from aidkit.money import yuan
from aidkit.programs import Version

GRANTED, WAITING, REFUSED = "granted", "waiting", "refused"
"""How an item is shown: it is given, it may still come, it is not given."""


@dataclass(frozen=True)
class Item:
    """One program in a letter.

    Attributes:
        title: Short title of the program.
        mark: `granted`, `waiting` or `refused`.
        saying: Result, amount, reasons and papers in the family's words.
        determination_id: What to quote when asking back.
    """

    title: str
    mark: str
    saying: Saying
    determination_id: str


@dataclass(frozen=True)
class Letter:
    """What one family is told about one term.

    Attributes:
        person_no: 学籍号; not printed.
        name: The student's name.
        class_name: Grade and class; empty for who has left for a university.
        items: First what is granted, then what may still come, then the rest.
        total_fen: Money of this term; fees not charged, meals and loans are not in it.
        for_all: Short titles of what every student of the school gets.
    """

    person_no: str
    name: str
    class_name: str
    items: tuple[Item, ...]
    total_fen: int
    for_all: tuple[str, ...]


def letters_of(
    facts: pl.DataFrame,
    decisions: pl.DataFrame,
    versions: Mapping[str, Version],
    labels: Labels,
) -> list[Letter]:
    """Letters to all who applied, were assessed, or get something that not everybody gets.

    Args:
        facts: `tables.Facts` of one school.
        decisions: `tables.Decisions` of the same persons.
        versions: Program versions by id, at least those of the decisions.
        labels: Codes and their Chinese.

    Returns:
        By grade, class, name and 学籍号.
    """
    universal = [v.id for v in versions.values() if v.program.universal]
    for_all = pl.col("version_id").is_in(universal)
    asked = (
        facts.filter(pl.col("subject") != "teacher")
        .select(
            "person_no",
            asked=pl.concat_list(
                "applied_programs",
                pl.col("panel_tiers").list.eval(pl.element().struct.field("program_id")),
                pl.col("panel_amounts").list.eval(pl.element().struct.field("program_id")),
            ),
        )
        .join(decisions, on="person_no")
        .with_columns(told=pl.col("program_id").is_in(pl.col("asked")), for_all=for_all)
    )
    told = asked.filter(pl.col("told") | ((pl.col("outcome") != "not_eligible") & ~for_all))
    general = asked.filter(for_all & pl.col("awarded") & ~pl.col("told"))
    titles = {v.program.id: v.program.short_title for v in versions.values()}
    for_everyone = {
        person: tuple(titles[row["program_id"]] for row in rows)
        for person, rows in _by_person(general)
    }
    letters = [
        _letter(rows, for_everyone.get(person, ()), versions, titles, labels)
        for person, rows in _by_person(told)
    ]
    grades = {code: place for place, code in enumerate(labels.names("grade"))}
    places = dict(told.select("person_no", "grade").iter_rows())
    return sorted(
        letters,
        key=lambda one: (
            grades.get(places[one.person_no], len(grades)),
            one.class_name,
            one.name,
            one.person_no,
        ),
    )


def _by_person(rows: pl.DataFrame) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    ordered = rows.sort("person_no", "program_id")
    for (person,), group in ordered.group_by("person_no", maintain_order=True):
        yield str(person), group.to_dicts()


def _letter(
    rows: list[dict[str, Any]],
    for_all: tuple[str, ...],
    versions: Mapping[str, Version],
    titles: Mapping[str, str],
    labels: Labels,
) -> Letter:
    items = [_item(row, versions[row["version_id"]], titles, labels) for row in rows]
    order = (GRANTED, WAITING, REFUSED)
    first = rows[0]
    grade = labels.label("grade", first["grade"]) if first["grade"] else ""
    paid = (
        row["amount_fen"]
        for row in rows
        if row["awarded"] and not versions[row["version_id"]].program.in_kind
    )
    return Letter(
        person_no=first["person_no"],
        name=first["name"],
        class_name=f"{grade} {first['class_name']}".strip(),
        items=tuple(sorted(items, key=lambda item: order.index(item.mark))),
        total_fen=sum(paid),
        for_all=for_all,
    )


def _item(row: dict[str, Any], version: Version, titles: Mapping[str, str], labels: Labels) -> Item:
    mark = GRANTED if row["awarded"] else WAITING if row["outcome"] == "reserve" else REFUSED
    return Item(
        title=version.program.short_title,
        mark=mark,
        saying=say(row, version, titles, labels),
        determination_id=row["determination_id"],
    )


def total_words(letter: Letter) -> str:
    """The money of the term as a letter prints it; empty where there is none."""
    return f"{yuan(letter.total_fen)} 元" if letter.total_fen else ""
