"""What `aidkit program list` and `show` print: rows and lines, Chinese."""

import datetime as dt
from collections.abc import Collection, Iterable

from aidkit.errors import UsageError
from aidkit.labels import Labels, project_labels
from aidkit.money import yuan
from aidkit.programs.choose import choose
from aidkit.programs.version import Amount, AnyOf, Version
from aidkit.programs.vocabulary import (
    CHANNELS,
    DATE_STATUSES,
    LEVELS,
    STATUSES,
    UNITS,
    required,
)

LIST_HEADER = ("项目", "名称", "地区", "生效", "废止", "核实", "日期")


def program_rows(versions: Iterable[Version]) -> list[tuple[str, ...]]:
    """One row for each version, under `LIST_HEADER`."""
    return [
        (
            version.program.id,
            version.program.short_title,
            version.region,
            version.effective_from.isoformat(),
            version.effective_to.isoformat() if version.effective_to else "",
            STATUSES[version.status],
            DATE_STATUSES[version.date_status],
        )
        for version in versions
    ]


def show_program(
    versions: Iterable[Version],
    program_id: str,
    *,
    on: dt.date,
    region: str,
    adopts: Collection[str] = (),
) -> list[str]:
    """Lines that print the version of a program in force, and what else the program has.

    Raises:
        UsageError: No program has this id.
    """
    own = [version for version in versions if version.program.id == program_id]
    if not own:
        raise UsageError(
            f"没有项目“{program_id}”。", remedy="用 aidkit program list 查看全部项目。"
        )
    program = own[0].program
    lines = [f"{program.title}（{program.id}）"]
    chosen = choose(own, region=region, adopts=adopts, on=on)
    if chosen:
        lines += _version_lines(chosen[0], project_labels())
    else:
        lines.append(f"{on.isoformat()} 在 {region} 没有有效的版本。")
        if any(v.region == "unstated" and v.in_force(on) for v in own):
            lines.append("来源没有写地区：在 county.toml 的 adopts 里写上项目 id 才会适用。")
    others = [version.id for version in own if version not in chosen]
    return [*lines, *(f"其他版本：{other}" for other in others)]


def amount_words(version: Version, amount: Amount, labels: Labels) -> str:
    """A figure as the source puts it: `小学每学年 1,000.00 元，每学期发一半`."""
    tier = labels.label("tier", amount.tier) if amount.tier else ""
    who = labels.label("stage", amount.stage) + tier
    halves = "，每学期一半" if version.unit == "yuan_per_year" else ""
    derived = f"，{version.derivation}" if amount.stated_fen is None else ""
    return f"{who}每{UNITS[version.unit]} {yuan(amount.fen)} 元{halves}{derived}"


def _version_lines(version: Version, labels: Labels) -> list[str]:
    end = f"，至 {version.effective_to.isoformat()}" if version.effective_to else ""
    lines = [
        f"版本：{version.id}（由 {version.region} 一级规定）",
        f"有效期：自 {version.effective_from.isoformat()}{end}"
        f"（日期{DATE_STATUSES[version.date_status]}）；标准{STATUSES[version.status]}",
    ]
    lines += [f"依据：{source}；见 {source.found_in}" for source in version.sources]
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
