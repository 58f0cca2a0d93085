"""Who lost what to which rule between programs: internal."""

from typing import Any

from aidkit.internal.open import StoredTerm
from aidkit.internal.people import person_cells, person_columns
from aidkit.programs.vocabulary import RELATIONS
from aidkit.show.numbers import count
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section


def relations_section(stored: StoredTerm) -> Part:
    """How many gave up which program for which, by what rule; then who."""
    lost = stored.everyone.filter(outcome="yielded").sort(
        "program_id", "yielded_to", "school_code", "name", "person_no"
    )
    if lost.is_empty():
        return section(
            "没有人因为项目之间的规定少享受一项",
            "relations",
            prose("符合条件的项目都可以同时享受，或没有人同时符合两项。"),
        )
    counted = lost.group_by("program_id", "version_id", "yielded_to", maintain_order=True).len()
    rows = []
    for program, version, other, persons in counted.iter_rows():
        rule, clause = _rule(stored, version, other)
        titles = (stored.title(program), stored.title(other))
        rows.append(Row((*titles, rule, clause, persons)))
    columns = [*(Column((t,)) for t in ("让出的项目", "享受的项目", "规定"))]
    columns += [Column(("依据",), "long"), Column(("人数",), "number")]
    names = [
        Row(
            (
                stored.title(row["program_id"]),
                stored.title(row["yielded_to"]),
                *person_cells(stored, row),
            )
        )
        for row in lost.iter_rows(named=True)
    ]
    heads = [Column((head,)) for head in ("让出的项目", "享受的项目")]
    listed = numbered(
        "tbl-yielded",
        official_table([*heads, *person_columns(stored)], names, keys=2),
        "让出一个项目的人；编号是学籍号或工号。",
    )
    return section(
        f"{count(lost['person_no'].n_unique())} 人让出一个项目，享受金额更高或优先的一个",
        "relations",
        numbered(
            "tbl-relations",
            official_table(columns, rows, keys=1),
            "因项目之间的规定让出一个项目的人数。",
        ),
        folded(f"名单，{count(len(names))} 人次", listed, len(names)),
    )


def _rule(stored: StoredTerm, version_id: str, other: str | None) -> tuple[str, str | None]:
    """What the version that was lost says of the one that was kept."""
    for version in stored.programs.filter(version_id=version_id).iter_rows(named=True):
        for relation in version["relations"]:
            if relation["relation"] != "stack" and other in relation["programs"]:
                return RELATIONS[relation["relation"]], _where(version, relation)
    return "不重复享受", None


def _where(version: dict[str, Any], relation: dict[str, Any]) -> str | None:
    clause: str | None = relation["clause"]
    return f"{version['source_title']} {clause}" if clause else "我们的推定，文件没有写明"
