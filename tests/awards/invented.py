"""Invented versions for what no shipped program can show alone: places, relations, layers, time."""

import datetime as dt
from typing import Any

from aidkit.programs import Amount, Condition, Program, Source, Version
from aidkit.programs.version import Quota, Relation

ENROLLED = Condition("enrolled", True)


def version(program_id: str = "milk", yuan: int = 100, **other: Any) -> Version:
    """A version that gives everyone on the roll so many yuan a term, unless told otherwise."""
    stage = other.pop("stage", None)
    subject = other.pop("subject", "student")
    title = f"{program_id}补助"
    whole: dict[str, Any] = {
        "program": Program(program_id, title, title, (), False, False, subject, "county"),
        "region": "cn/henan/demo",
        "effective_from": dt.date(2020, 9, 1),
        "effective_to": None,
        "date_status": "stated",
        "status": "verified",
        "checked_until": dt.date(2030, 8, 31),
        "sources": (Source("办法", "示教〔2026〕1号", "第三条", "测试"),),
        "set_by": (),
        "floor": False,
        "unit": "yuan_per_term",
        "paid": "each_term",
        "leavers": "term",
        "rounding": "down",
        "follows": "school",
        "amount_from": "figures",
        "basis": "exact",
        "conditions": (ENROLLED,),
        "tier_from": None,
        "tier_rules": (),
        "amounts": (Amount(None, stage, yuan * 100, None),),
        "derivation": "",
        "difference": "",
        "evidence": (),
        "waives": (),
        "quota": None,
        "relations": (),
        "targets": (),
        "conflicts": (),
        "channel": "bank_card",
        "funding": (),
        "note": "",
    }
    return Version(**(whole | other))


def quota(places: int | None = None, **other: Any) -> Quota:
    """Places on one list of the county, the poorest first, unless told otherwise."""
    whole: dict[str, Any] = {
        "permille": None,
        "base": None,
        "places": places,
        "from_above": False,
        "by_school": False,
        "split_by": "candidates",
        "per_school": None,
        "order": ("income_per_head",),
        "ties": "lot",
        "limits": (),
        "reserved": (),
    }
    return Quota(**(whole | other))


def higher_of(group: str) -> tuple[Relation, ...]:
    """The one relation of a member of a group of which everybody keeps the highest."""
    return (Relation("higher_of", group, (), "第五条"),)


def yields_to(*others: str) -> tuple[Relation, ...]:
    """The one relation of a program that is not for those who get one of these."""
    return (Relation("exclusive", None, others, "第六条"),)
