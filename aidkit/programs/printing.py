"""What `aidkit program list` and `show` print: rows and lines, Chinese."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from aidkit.calendar import date_of_text
from aidkit.errors import UsageError
from aidkit.labels import Labels, project_labels
from aidkit.money import yuan
from aidkit.programs.choose import UNSTATED, applies_in, choose
from aidkit.programs.version import Amount, AnyOf, Version
from aidkit.programs.vocabulary import (
    CHANNELS,
    DATE_STATUSES,
    LEVELS,
    STATUSES,
    UNITS,
    required,
)


def list_lines(versions: Iterable[Version]) -> list[str]:
    """One line for each program, then one for each of its versions."""
    lines: list[str] = []
    for program, own in groupby(versions, key=lambda version: version.program):
        lines.append(f"{program.id}　{program.title}")
        lines += [f"  {_when(version)}" for version in own]
    return lines


def show_lines(
    versions: Iterable[Version], program_id: str, *, on: str | None, region: str | None
) -> list[str]:
    """What a program is, and what its versions say.

    Args:
        versions: All versions.
        program_id: Which program.
        on: Only what is in force on this day; None: every version.
        region: Only what can decide in this region; None: every region.

    Returns:
        Lines of all versions, or of the one that decides when both day and region are given.

    Raises:
        UsageError: No program has this id, or `on` is no day.
    """
    own = [version for version in versions if version.program.id == program_id]
    if not own:
        raise UsageError(
            f"没有项目“{program_id}”。", remedy="请用 aidkit program list 查看全部项目。"
        )
    shown, day = own, _day(on) if on else None
    if region:
        shown = [version for version in shown if applies_in(version, region, (program_id,))]
    if day:
        shown = [version for version in shown if version.in_force(day)]
    if day and region:
        shown = list(choose(shown, region=region, adopts=(program_id,), on=day))
    lines = [f"{own[0].program.title}（{program_id}）"]
    for version in shown:
        lines += ["", *_version_lines(version, project_labels())]
    return lines if shown else [*lines, "没有这一天、这个地区的版本。"]


def _day(text: str) -> dt.date:
    try:
        return date_of_text(text)
    except ValueError:
        raise UsageError(f"“{text}”不是日期。", remedy="请写成 2026-09-01。") from None


def amount_words(version: Version, amount: Amount, labels: Labels) -> str:
    """A figure as the source puts it: `小学每学年 1,000.00 元，每学期一半`."""
    tier = labels.label("tier", amount.tier) if amount.tier else ""
    who = labels.label("stage", amount.stage) + tier
    halves = "，每学期一半" if version.unit == "yuan_per_year" else ""
    derived = f"，按“{version.derivation}”推算" if amount.stated_fen is None else ""
    return f"{who}每{UNITS[version.unit]} {yuan(amount.fen)} 元{derived}{halves}"


def _when(version: Version) -> str:
    end = f"至 {version.effective_to.isoformat()}" if version.effective_to else "起"
    sure = f"日期{DATE_STATUSES[version.date_status]}，标准{STATUSES[version.status]}"
    return f"{version.region}　{version.effective_from.isoformat()} {end}（{sure}）"


def _version_lines(version: Version, labels: Labels) -> list[str]:
    level = f"由 {version.region} 规定"
    if version.region == UNSTATED:
        level = "来源没有写，县在 county.toml 的 adopts 里列出才适用"
    lines = [f"版本：{_when(version)}", f"编号：{version.id}", f"地区：{level}"]
    for source in version.sources:
        seen = "" if source.is_excerpt else f"；见 {source.found_in}"
        lines.append(f"依据：{source}{seen}")
    for clause in version.conditions:
        some = "满足其一：" if isinstance(clause, AnyOf) else ""
        lines.append(f"条件：{some}{required(clause, labels)}")
    if version.tier_from == "panel":
        lines.append("档次：以评审小组的认定结果为准")
    for rule in version.tier_rules:
        needs = "，且".join(required(condition, labels) for condition in rule.conditions)
        lines.append(f"档次：{labels.label('tier', rule.tier)}，{needs}")
    lines += [f"金额：{amount_words(version, amount, labels)}" for amount in version.amounts]
    lines.append(f"发放：{CHANNELS[version.channel]}")
    if version.funding:
        shares = "、".join(f"{LEVELS[level]} {share}%" for level, share in version.funding)
        lines.append(f"资金分担：{shares}")
    if version.difference:
        lines.append(f"推算与文件不同：{version.difference}")
    checked = version.checked_until.isoformat() if version.checked_until else "尚未核对"
    lines.append(f"核对至：{checked}")
    return [*lines, *([f"说明：{version.note}"] if version.note else [])]
