"""One version with a condition changed; what breaks a rule of files is refused."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from aidkit.errors import ParamsError
from aidkit.labels import Labels
from aidkit.programs.changed_figures import Change
from aidkit.programs.clauses import read_clauses
from aidkit.programs.version import AnyOf, Argument, Condition, Version
from aidkit.programs.vocabulary import VOCABULARY, required
from aidkit.toml import TomlTable


def condition_change(
    where: Sequence[str], name: str, sign: str, written: Any, labels: Labels
) -> Change:
    """Set what a condition asks for, or take codes in or out.

    Args:
        where: A tier whose rule is meant; empty for the conditions that all must meet.
        name: The condition.
        sign: `=`, `+=` or `-=`.
        written: The argument as read from TOML; codes may stand without quotes and brackets.
        labels: Codes and their Chinese.

    Returns:
        A change that refuses a version without the condition there, a code to take in that is in
        already or to take out that is not, and taking out the last one.

    Raises:
        ParamsError: The argument is not of the condition's kind, or codes are taken in or out
            where there is no list.
    """
    given = _argument(name, written, labels)
    if sign != "=" and not isinstance(given, tuple):
        raise ParamsError(f"“{name}”不是一组代码，不能用“{sign}”。", remedy="请用“=”。")

    def new(condition: Condition) -> Condition:
        if condition.name != name:
            return condition
        return replace(condition, argument=_combined(condition.argument, given, sign))

    def change(version: Version) -> tuple[Version, str]:
        old = list(dict.fromkeys(c for c in _places(version, where) if c.name == name))
        if not old:
            raise ParamsError(f"那里没有条件“{name}”。", remedy=_where_it_is(version, name))
        changed = _with(version, where, new)
        if sign != "=":
            taken = "增加" if sign == "+=" else "去掉"
            return changed, f"{VOCABULARY[name].label}{taken}“{_codes(name, given, labels)}”"
        said = (f"{required(c, labels)} → {required(new(c), labels)}" for c in old)
        return changed, f"{VOCABULARY[name].label}：{'，'.join(said)}"

    return change


def _argument(name: str, written: Any, labels: Labels) -> Argument:
    """Read it as a program file would, with the same checks."""
    if VOCABULARY[name].kind in {"codes", "programs"} and isinstance(written, str):
        written = [code.strip() for code in written.split(",")]
    (condition,) = read_clauses(TomlTable("--set", "", {"conditions": {name: written}}), labels)
    assert isinstance(condition, Condition), "there is no any_of in what was read"
    return condition.argument


def _codes(name: str, given: Argument, labels: Labels) -> str:
    assert isinstance(given, tuple), "only lists are added to"
    vocabulary = VOCABULARY[name].vocabulary
    return "、".join(labels.label(vocabulary, code) if vocabulary else code for code in given)


def _combined(old: Argument, given: Argument, sign: str) -> Argument:
    if sign == "=" or not (isinstance(old, tuple) and isinstance(given, tuple)):
        return given
    idle = [code for code in given if (code in old) == (sign == "+=")]
    if idle:
        there = "已经在里面" if sign == "+=" else "不在里面"
        raise ParamsError(f"“{'、'.join(idle)}”{there}。", remedy=f"现在是：{'、'.join(old)}。")
    if sign == "+=":
        return (*old, *given)
    if left := tuple(code for code in old if code not in given):
        return left
    raise ParamsError("这样就一个也不剩了。", remedy="不要这个条件时，请改项目文件并用 --program。")


def _places(version: Version, where: Sequence[str]) -> tuple[Condition, ...]:
    if not where:
        return version.required
    rules = (rule for rule in version.tier_rules if [rule.tier] == list(where))
    return tuple(condition for rule in rules for condition in rule.conditions)


def _with(version: Version, where: Sequence[str], new: Callable[[Condition], Condition]) -> Version:
    if where:
        rules = (
            replace(rule, conditions=tuple(map(new, rule.conditions)))
            if [rule.tier] == list(where)
            else rule
            for rule in version.tier_rules
        )
        return replace(version, tier_rules=tuple(rules))
    clauses = (
        AnyOf(tuple(tuple(map(new, way)) for way in clause.alternatives))
        if isinstance(clause, AnyOf)
        else new(clause)
        for clause in version.conditions
    )
    return replace(version, conditions=tuple(clauses))


def _where_it_is(version: Version, name: str) -> str:
    """Where the version has the condition, or what else it has."""
    tiers = [r.tier for r in version.tier_rules if any(c.name == name for c in r.conditions)]
    if tiers:
        return f"可以写：{'、'.join(f'{tier}.{name}' for tier in dict.fromkeys(tiers))}。"
    known = dict.fromkeys(condition.name for condition in version.required)
    if name in known:
        return f"请写 {version.program.id}.{name}。"
    return f"这个项目的条件有：{'、'.join(known)}；要加条件，请改项目文件并用 --program。"
