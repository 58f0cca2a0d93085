"""What a case says of its person → columns of `tables.Facts`; what it does not say is unknown."""

from typing import Any

from aidkit.labels import Labels, project_labels
from aidkit.toml import TomlTable

_CODES = {
    "stage": "stage",
    "grade": "grade",
    "ownership": "ownership",
    "locality": "locality",
    "school_type": "school_type",
    "place_tier": "tier",
    "residence": "residence",
    "household_place": "household_place",
    "major": "major",
    "college_place": "household_place",
    "post": "post",
    "employment": "employment",
}
_LISTS = {
    "special_groups": "special_group",
    "listed_groups": "special_group",
    "county_kinds": "county_kind",
}
_FLAGS = ("boarder", "enrolled", "in_union_file")
_YUAN = ("income_per_head", "income_after_illness", "subsistence_line")
_WHOLE = ("present_months", "present_days")
_APPLICATION = ("applied_on", "papers", "record", "hardship_causes", "debt", "nominated_by")
_OTHER = ("applied", "panel_tier", "panel_amount", "aid_received", "award_change")

FACTS = (
    "school",
    *_CODES,
    *_LISTS,
    *_FLAGS,
    *_YUAN,
    *_WHOLE,
    *_OTHER,
    *_APPLICATION,
    "award_changed_on",
)
"""Everything that a case may say of its person; sums are yuan."""


def school_code(name: str) -> str:
    """The code of a school that a case calls `1`, `2`, …: impossible, and of the right shape."""
    return f"99{name:0>8}"


def merged(own: TomlTable, typical: TomlTable, unknown: tuple[str, ...]) -> TomlTable:
    """What a case says of its person, over what the file says of everybody.

    Args:
        own: The case's own facts.
        typical: The facts that every case of the file starts from.
        unknown: Of these, the ones that the case does not know; without `applied` there is no
            application, and so none of its details.
    """
    dropped = {*unknown, *(_APPLICATION if "applied" in unknown else ())}
    # A key that is both said and unknown is left in, so that it is found and refused.
    kept = [key for key in typical.keys if key not in dropped and key not in own]
    return own.filled_from(typical, kept)


def read_facts(table: TomlTable, program_ids: tuple[str, ...]) -> dict[str, Any]:
    """Read one person.

    Args:
        table: Its facts by the names of `FACTS`.
        program_ids: The programs that are judged, the case's own first: applications and the
            panel's decisions are for all of them where the table does not say which.

    Returns:
        Values by column of `tables.Facts`.

    Raises:
        ParamsError: A fact is unknown or of the wrong kind.
    """
    labels = project_labels()
    facts: dict[str, Any] = {"school_code": school_code(table.text_or("school", "1"))}
    for key, vocabulary in _CODES.items():
        if key in table:
            facts[key] = table.choice(key, labels.names(vocabulary))
    for key, vocabulary in _LISTS.items():
        if key in table:
            facts[key] = _codes(table, key, labels.names(vocabulary))
    facts |= {key: table.flag(key) for key in _FLAGS if key in table}
    facts |= {f"{key}_fen": table.fen(key) for key in _YUAN if key in table}
    facts |= {key: table.whole(key) for key in _WHOLE if key in table}
    facts |= _applications(table, program_ids, labels)
    facts |= _panel(table, program_ids, labels)
    if "aid_received" in table:
        rows = table.tables_or_empty("aid_received")
        facts["aid_received"] = [_received(row, labels) for row in rows]
    if "award_change" in table:
        change = table.choice("award_change", labels.names("award_change"))
        changed = {"award_change": change, "changed_on": table.date("award_changed_on")}
        facts["award_changes"] = [{"program_id": program_ids[0], **changed}]
    table.done()
    return facts


def _codes(table: TomlTable, key: str, allowed: dict[str, str]) -> list[str]:
    return list(table.choices(key, allowed)) if table.texts(key) else []


def _applications(table: TomlTable, program_ids: tuple[str, ...], labels: Labels) -> dict[str, Any]:
    """Details alone also say that there is an application; `applied` may be a list of programs."""
    details = {
        "applied_on": table.optional_date("applied_on"),
        "papers": _codes_or_none(table, "papers", labels.names("paper")),
        "record": table.optional_choice("record", labels.names("record")),
        "hardship_causes": _codes_or_none(table, "hardship_causes", labels.names("hardship_cause")),
        "debt_fen": table.optional_fen("debt"),
        "nominated_by": table.optional_choice("nominated_by", labels.names("funder")),
    }
    told = any(key in table for key in _APPLICATION)
    if "applied" not in table:
        applied = program_ids if told else ()
    elif table.holds_list("applied"):
        applied = table.choices("applied", program_ids)
    else:
        applied = program_ids if table.flag("applied") else ()
    return {
        "applied_programs": sorted(applied),
        "applications": [{"program_id": program_id, **details} for program_id in sorted(applied)],
    }


def _codes_or_none(table: TomlTable, key: str, allowed: dict[str, str]) -> list[str] | None:
    return _codes(table, key, allowed) if key in table else None


def _panel(table: TomlTable, program_ids: tuple[str, ...], labels: Labels) -> dict[str, Any]:
    tiers = {
        program_id: row.choice(key, labels.names("tier"))
        for program_id, row, key in _per_program(table, "panel_tier", program_ids)
    }
    amounts = {
        program_id: row.fen(key)
        for program_id, row, key in _per_program(table, "panel_amount", program_ids)
    }
    return {
        "panel_tiers": [{"program_id": id_, "tier": tier} for id_, tier in sorted(tiers.items())],
        "panel_amounts": [
            {"program_id": id_, "amount_fen": fen} for id_, fen in sorted(amounts.items())
        ],
    }


def _per_program(
    table: TomlTable, key: str, program_ids: tuple[str, ...]
) -> list[tuple[str, TomlTable, str]]:
    """Each program with the table and key where its value stands: one for all, or one for each."""
    if key not in table:
        return []
    if not table.holds_table(key):
        return [(program_id, table, key) for program_id in program_ids]
    own = table.table(key)
    found = [(program_id, own, program_id) for program_id in program_ids if program_id in own]
    own.done()
    return found


def _received(row: TomlTable, labels: Labels) -> dict[str, Any]:
    received = {
        "program_id": row.optional_text("program"),
        "funder": row.choice("funder", labels.names("funder")),
        "year": row.whole("year"),
    }
    row.done()
    return received
