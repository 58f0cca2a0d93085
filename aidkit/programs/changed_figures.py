"""One version with an amount or its quota changed; what breaks a rule of files is refused."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from aidkit.errors import ParamsError
from aidkit.labels import Labels
from aidkit.money import yuan
from aidkit.programs.quota import read_permille
from aidkit.programs.version import Amount, Version
from aidkit.programs.vocabulary import QUOTA_BASES, UNITS
from aidkit.toml import TomlTable

QUOTA_KEYS = ("percent", "places", "of")

Change = Callable[[Version], tuple[Version, str]]
"""Gives the changed version and what changed in it, Chinese."""


def amount_change(where: Sequence[str], written: Any, labels: Labels) -> Change:
    """Set the amount of a tier and stage, or of all.

    Args:
        where: At most one tier and one stage, by code.
        written: Yuan, as read from TOML.
        labels: Codes and their Chinese.

    Returns:
        A change that refuses a version without such an amount, an amount that cannot be halved,
        and tiers that no longer fall from the first rule to the last.

    Raises:
        ParamsError: No whole fen.
    """
    fen = TomlTable("--set", "", {"amount": written}).fen("amount")

    def change(version: Version) -> tuple[Version, str]:
        chosen = [a for a in version.amounts if set(where) <= {a.tier, a.stage}]
        if not chosen:
            raise ParamsError(
                "没有这一项金额。" if version.amounts else "这个项目的金额由评审逐例决定。",
                remedy=_which_amounts(version),
            )
        amounts = tuple(
            replace(a, stated_fen=fen, derived_fen=None) if a in chosen else a
            for a in version.amounts
        )
        changed = replace(version, amounts=amounts)
        _refuse_amounts(changed, fen)
        per = f"每{UNITS[version.unit]} "
        said = (f"{_whose(a, labels)}{per}{yuan(a.fen)} → {yuan(fen)} 元" for a in chosen)
        return changed, "，".join(said)

    return change


def quota_change(key: str, written: Any) -> Change:
    """Set the share, the places or the base of a quota.

    Args:
        key: One of `QUOTA_KEYS`.
        written: Per cent, a whole number, or a code of `QUOTA_BASES`, as read from TOML.

    Returns:
        A change that refuses a version without a quota, and fewer places than are kept for some.

    Raises:
        ParamsError: The value is out of range.
    """
    new, said = _quota_value(TomlTable("--set", "", {key: written}), key)

    def change(version: Version) -> tuple[Version, str]:
        if version.quota is None:
            raise ParamsError("这个项目没有名额。", remedy="要试算有名额的办法，请用 --program。")
        if key == "of" and version.quota.permille is None:
            raise ParamsError("固定名额没有基数。", remedy="请先写 quota.percent。")
        quota = replace(version.quota, **new)
        kept = sum(reserved.places for reserved in quota.reserved)
        if quota.places is not None and kept > quota.places:
            raise ParamsError(
                f"预留 {kept} 个，多于全部 {quota.places} 个名额。", remedy="请写更大的数。"
            )
        return replace(version, quota=quota), said

    return change


def _quota_value(table: TomlTable, key: str) -> tuple[dict[str, Any], str]:
    if key == "of":
        base = table.choice("of", QUOTA_BASES)
        return {"base": base}, f"名额基数改为{QUOTA_BASES[base]}"
    if key == "places":
        places = table.natural("places")
        return {"places": places, "permille": None, "base": None}, f"名额改为 {places} 个"
    permille = read_permille(table)
    return {"places": None, "permille": permille}, f"名额比例改为 {table.decimal('percent')}%"


def _refuse_amounts(version: Version, fen: int) -> None:
    """What the loader refuses in a file."""
    if version.paid == "half_each_term" and fen % 2:
        raise ParamsError("每学年的金额不能分成两个整分。", remedy="请写能平分成两个整分的金额。")
    figures = {(amount.tier, amount.stage): amount.fen for amount in version.amounts}
    for stage in version.stages or (None,):
        ladder = [figures[rule.tier, stage] for rule in version.tier_rules]
        if any(later > earlier for earlier, later in pairwise(ladder)):
            raise ParamsError(
                "改了以后，档次规则不再从高到低。",
                remedy="先满足的一条算数，后面的档次不能更高；要换次序，请用 --program。",
            )


def _whose(amount: Amount, labels: Labels) -> str:
    stage = labels.label("stage", amount.stage) if amount.stage else ""
    return f"{stage}{labels.tier(amount.tier) if amount.tier else ''}"


def _which_amounts(version: Version) -> str:
    known = dict.fromkeys(
        ".".join(filter(None, (a.tier, a.stage, "amount"))) for a in version.amounts
    )
    return f"可以写：{'、'.join(known)}。" if known else "请改认定结果表里的认定金额。"
