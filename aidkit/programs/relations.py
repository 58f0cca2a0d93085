"""What holds between programs: read from one version, and checked over all of them."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from aidkit.programs.choose import UNSTATED, lies_in
from aidkit.programs.version import SEASONS, Relation, Version
from aidkit.programs.vocabulary import RELATIONS
from aidkit.toml import TomlTable


def read_relations(version: TomlTable, program_id: str) -> tuple[Relation, ...]:
    """Read `[[version.relation]]`.

    Raises:
        ParamsError: A relation names itself, one program twice, or a second group.
    """
    relations: list[Relation] = []
    named: set[str] = set()
    for row in version.tables_or_empty("relation"):
        kind = row.choice("kind", RELATIONS)
        relation = Relation(
            kind=kind,
            group=row.text("group") if kind == "higher_of" else None,
            others=() if kind == "higher_of" else row.ids("with"),
            clause=row.optional_text("clause"),
        )
        row.done()
        if relation.group and any(other.group for other in relations):
            raise row.fault("group", "一个项目只能在一个就高组里。", "请删去其中一条。")
        if twice := {*relation.others} & {program_id, *named}:
            raise row.fault(
                "with", f"与“{min(twice)}”的关系重复或是项目自己。", "每个项目请只写一次。"
            )
        named |= {*relation.others}
        relations.append(relation)
    return tuple(relations)


def check_relations(found: Iterable[tuple[TomlTable, Version]]) -> None:
    """Check what only all versions together can break.

    Raises:
        ParamsError: A program stands in two groups, or programs yield to each other in a circle.
    """
    found = tuple(found)
    groups: dict[str, str] = {}
    for table, version in found:
        own = version.program.id
        for relation in version.relations:
            if relation.group and groups.setdefault(own, relation.group) != relation.group:
                raise table.fault(
                    "relation.group",
                    f"项目“{own}”在两个就高组里：“{groups[own]}”和“{relation.group}”。",
                    "请在各个版本里写同一个组。",
                )
    yields: dict[str, set[str]] = {}
    for table, version in found:
        for relation in version.relations:
            if relation.kind == "exclusive":
                # A group is settled as one, so that it must not come both before and after.
                own, *others = (
                    f"就高组 {groups[program_id]}" if program_id in groups else program_id
                    for program_id in (version.program.id, *relation.others)
                )
                yields.setdefault(own, set()).update(other for other in others if other != own)
                _refuse_circle(table, yields)


def partners(version: Version, relation: Relation, versions: Iterable[Version]) -> set[str]:
    """Ids of the programs of a relation that somebody can have in the same term."""
    return {
        other.program.id
        for other in versions
        if other.program != version.program
        and (
            other.program.id in relation.others
            or any(relation.group and relation.group == own.group for own in other.relations)
        )
        and _can_meet(version, other)
    }


def _can_meet(one: Version, other: Version) -> bool:
    places = UNSTATED in (one.region, other.region) or (
        lies_in(one.region, other.region) or lies_in(other.region, one.region)
    )
    starts = max(one.effective_from, other.effective_from)
    times = all(v.effective_to is None or starts <= v.effective_to for v in (one, other))
    stages = not (one.stages and other.stages) or bool({*one.stages} & {*other.stages})
    seasons = any(one.pays_in(season) and other.pays_in(season) for season in SEASONS)
    return places and times and stages and seasons and one.program.subject == other.program.subject


def _refuse_circle(table: TomlTable, yields: Mapping[str, set[str]]) -> None:
    try:
        TopologicalSorter(yields).prepare()
    except CycleError as fault:
        round_trip = " → ".join(reversed(fault.args[1]))
        raise table.fault(
            "relation.with",
            f"几个项目互相让位：{round_trip}。",
            "请删去其中一个 exclusive：写了的一方让位，另一方不写。",
        ) from None
