"""Conditions, their alternatives and the rules for tiers, as a program file writes them."""

import datetime as dt
import re

from aidkit.labels import Labels
from aidkit.programs.version import AnyOf, Argument, Condition, TierRule
from aidkit.programs.vocabulary import VOCABULARY
from aidkit.toml import TomlTable

_NOT_A_LEAP_YEAR = 2023
_MONTH_DAY = re.compile(r"\d{2}-\d{2}")


def read_clauses(version: TomlTable, labels: Labels) -> tuple[Condition | AnyOf, ...]:
    """Read `[version.conditions]` and `[[version.any_of]]`.

    Raises:
        ParamsError: A condition is unknown or its argument wrong, or there is none.
    """
    clauses: list[Condition | AnyOf] = list(_conditions(version.table("conditions"), labels))
    if ways := version.tables_or_empty("any_of"):
        if len(ways) < 2:
            raise version.fault("any_of", "“any_of”只有一种情形。", "请写两种以上，或移入条件。")
        clauses.append(AnyOf(tuple(_conditions(way, labels) for way in ways)))
    return tuple(clauses)


def read_tier_rules(version: TomlTable, labels: Labels) -> tuple[TierRule, ...]:
    """Read `[[version.tier_rule]]`; several rules may lead to the same tier.

    Raises:
        ParamsError: A tier or condition is unknown.
    """
    tiers = [*labels.names("tier"), *labels.names("case")]
    rules = []
    for rule in version.tables_or_empty("tier_rule"):
        conditions = _conditions(rule.table("conditions"), labels)
        rules.append(TierRule(rule.choice("tier", tiers), conditions))
        rule.done()
    return tuple(rules)


def _conditions(table: TomlTable, labels: Labels) -> tuple[Condition, ...]:
    found = tuple(
        Condition(name, _argument(table, name, labels)) for name in VOCABULARY if name in table
    )
    table.done()
    if not found:
        raise table.fault("", "这里没有任何条件。", "请写上至少一个条件。")
    return found


def _argument(table: TomlTable, name: str, labels: Labels) -> Argument:
    entry = VOCABULARY[name]
    match entry.kind:
        case "codes":
            return table.choices(name, labels.names(entry.vocabulary))
        case "yuan":
            return table.fen(name)
        case "percent" | "years":
            return table.natural(name)
        case "day":
            return _month_day(table, name)
        case "programs":
            return table.ids(name)
        case "true" if not table.flag(name):
            raise table.fault(name, f"“{name}”只能是 true。", "不需要这个条件时请删去这一行。")
        case _:
            return table.flag(name)


def _month_day(table: TomlTable, name: str) -> str:
    text = table.text(name)
    if not _is_day_of_every_year(text):
        raise table.fault(name, f"“{text}”不是每年都有的日子。", '请写成 "08-10"。')
    return text


def _is_day_of_every_year(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"{_NOT_A_LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return _MONTH_DAY.fullmatch(text) is not None
