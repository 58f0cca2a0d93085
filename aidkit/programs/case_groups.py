"""Cases of several people at once: a quota, its order, its limits, and relations of programs."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from aidkit.calendar import Term
from aidkit.programs.case_facts import FACTS, merged, read_facts, school_code
from aidkit.programs.expected import Expected, read_expected
from aidkit.programs.vocabulary import QUOTA_BASES
from aidkit.toml import TomlTable

_ON_THE_ROLL = ("school", "stage", "grade", "boarder", "enrolled", "ownership", "locality")
"""What is known of those who only count for a share: not one fact that could make them eligible."""

ALL = "all"
"""The county's own list, as `tables.Quotas` calls it."""


@dataclass(frozen=True)
class Member:
    """One person of a group.

    Attributes:
        name: Short name, e.g. 甲.
        facts: By column of `tables.Facts`; what is absent is unknown.
        expected: For each program of which the case says something; empty for those who are only
            on the roll.
    """

    name: str
    facts: dict[str, Any]
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class ExpectedList:
    """What must come out for one list of the quota; None where the case says nothing about it.

    Attributes:
        school_code: The school, or `all`.
        base: Persons that the share is of.
        places: Places of the list.
        awarded: How many got one.
        reserve: How many wait.
    """

    school_code: str
    base: int | None
    places: int | None
    awarded: int | None
    reserve: int | None

    @property
    def told(self) -> dict[str, int]:
        """What the case says, by column of `tables.Quotas`."""
        values = {n: getattr(self, n) for n in ("base", "places", "awarded", "reserve")}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class GroupCase:
    """One example of several people who are judged together.

    Attributes:
        program_id: The program beside which the case stands.
        file: File, as messages name it.
        say: One Chinese sentence.
        term: Term of the decision.
        region: The county's region.
        adopts: Programs that the county adopted.
        others: Further programs that are judged with it.
        quota_places: What county.toml says of the program's places; None: nothing.
        quota_of: What county.toml says the program's share is of; None: nothing.
        people: In the order of the file; whoever only fills the roll comes last.
        lists: Lists of the quota with what is expected of them.
    """

    program_id: str
    file: str
    say: str
    term: Term
    region: str
    adopts: tuple[str, ...]
    others: tuple[str, ...]
    quota_places: int | None
    quota_of: str | None
    people: tuple[Member, ...]
    lists: tuple[ExpectedList, ...]

    @property
    def program_ids(self) -> tuple[str, ...]:
        """All programs that are judged, its own first."""
        return (self.program_id, *self.others)


def read_group(
    table: TomlTable, program_id: str, region: str, adopted: bool, typical: TomlTable
) -> GroupCase:
    """Read one `[[group]]`.

    Args:
        table: The group.
        program_id: The program of the file.
        region: Region of the file, unless the group names its own.
        adopted: Whether the county adopted the programs, unless the group says otherwise.
        typical: Facts that every person starts from.

    Raises:
        ParamsError: A key is unknown or wrong, or a school has fewer on its roll than are named.
    """
    others = table.texts_or_empty("others")
    program_ids = (program_id, *others)
    everybody = merged(table.table_or_empty("student"), typical, ())
    people = [m for row in table.tables("people") for m in _members(row, everybody, program_ids)]
    quota = table.table_or_empty("quota")
    group = GroupCase(
        program_id=program_id,
        file=table.file,
        say=table.text("say"),
        term=table.term("term"),
        region=table.text_or("region", region),
        adopts=program_ids if table.flag_or("adopted", adopted) else (),
        others=others,
        quota_places=quota.optional_natural("places"),
        quota_of=quota.optional_choice("of", QUOTA_BASES),
        people=(*people, *_roll(table, everybody, people, program_ids)),
        lists=_lists(table),
    )
    quota.done()
    table.done()
    return group


def _members(row: TomlTable, everybody: TomlTable, program_ids: tuple[str, ...]) -> list[Member]:
    name, times = row.text("name"), row.optional_natural("times")
    unknown = row.choices_or_empty("unknown", FACTS)
    expected = read_expected(row.table("expect"), program_ids)
    person = merged(row.without("name", "times", "unknown", "expect"), everybody, unknown)
    facts = read_facts(person, program_ids)
    if times is None:
        return [Member(name, facts, expected)]
    return [Member(f"{name}{n}", facts, expected) for n in range(1, times + 1)]


def _roll(
    table: TomlTable, everybody: TomlTable, people: list[Member], program_ids: tuple[str, ...]
) -> list[Member]:
    roll = table.table_or_empty("roll")
    named = Counter(member.facts["school_code"] for member in people)
    facts = read_facts(everybody.only(*_ON_THE_ROLL), program_ids)
    fillers: list[Member] = []
    for school in roll.keys:
        code, total = school_code(school), roll.natural(school)
        if total < named[code]:
            raise roll.fault(school, "在册人数少于点名的人数。", "请写学校在册的总人数。")
        own = facts | {"school_code": code}
        fillers += [Member("在册", own, ())] * (total - named[code])
    return fillers


def _lists(table: TomlTable) -> tuple[ExpectedList, ...]:
    lists = table.table_or_empty("lists")
    found = []
    for name in lists.keys:
        row = lists.table(name)
        found.append(
            ExpectedList(
                school_code=name if name == ALL else school_code(name),
                base=row.whole("base") if "base" in row else None,
                places=row.whole("places") if "places" in row else None,
                awarded=row.whole("awarded") if "awarded" in row else None,
                reserve=row.whole("reserve") if "reserve" in row else None,
            )
        )
        row.done()
    return tuple(found)
