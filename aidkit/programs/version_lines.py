"""Everything that one version says, in Chinese lines, each with the level that set it."""

from collections.abc import Iterator, Mapping

from aidkit.labels import Labels
from aidkit.money import yuan
from aidkit.programs.choose import UNSTATED
from aidkit.programs.version import Amount, AnyOf, Condition, Quota, Relation, Source, Version
from aidkit.programs.vocabulary import (
    BASES,
    CHANNELS,
    DATE_STATUSES,
    FOLLOWS,
    LEAVERS,
    LEVELS,
    ORDERS,
    PAID_WORDS,
    QUOTA_BASES,
    RELATIONS,
    ROUNDING,
    SHARE_KINDS,
    SPLITS,
    STATUSES,
    TARGETS,
    TIES,
    UNITS,
    required,
)


def amount_words(version: Version, amount: Amount, labels: Labels) -> str:
    """A figure as the source puts it: `小学每学年 1,000.00 元，每学期一半`."""
    tier = labels.tier(amount.tier) if amount.tier else ""
    who = (labels.label("stage", amount.stage) if amount.stage else "") + tier
    once = "，一次性" if who else "一次性"
    per = once if version.unit == "yuan_once" else f"每{UNITS[version.unit]}"
    basis = {"exact": "", "average": "平均", "at_least": "不低于"}[version.basis]
    derived = f"，按“{version.derivation}”推算" if amount.stated_fen is None else ""
    paid = PAID_WORDS[version.paid]
    return f"{who}{per}{basis} {yuan(amount.fen)} 元{derived}{'，' if paid else ''}{paid}"


def when(version: Version) -> str:
    """Region, period and how sure both are, on one line."""
    end = f"至 {version.effective_to.isoformat()}" if version.effective_to else "起"
    sure = f"日期{DATE_STATUSES[version.date_status]}，标准{STATUSES[version.status]}"
    return f"{version.region}　{version.effective_from.isoformat()} {end}（{sure}）"


def source_line(source: Source) -> str:
    """The document with number and clause, and where we saw it."""
    return f"依据：{source}{'' if source.is_excerpt else f'；见 {source.found_in}'}"


def version_lines(version: Version, labels: Labels, titles: Mapping[str, str]) -> list[str]:
    """What a version says.

    Args:
        version: The version.
        labels: Codes and their Chinese.
        titles: Short titles by program id.

    Returns:
        One line a value; where the version takes values over from a higher level, each ends with
        the level that set it.
    """
    set_by = dict(version.set_by)
    lines = [f"版本：{when(version)}", f"编号：{version.id}", f"地区：{_level(version)}"]
    if version.floor:
        lines.append("下限：下级可以多发，不能少发")
    for key, line in _values(version, labels, titles):
        level = set_by.get(key) if set_by else None
        lines.append(f"{line}（由 {level} 规定）" if level else line)
    checked = version.checked_until.isoformat() if version.checked_until else "尚未核对"
    return [*lines, f"核对至：{checked}"]


def _level(version: Version) -> str:
    if version.region == UNSTATED:
        return "来源没有写，县在 county.toml 的 adopts 里列出才适用，列出后先于省、市和全国的"
    own = f"由 {version.region} 规定"
    if version.school_code:
        own += f"，只适用于学校 {version.school_code}"
    return own if version.set_by else f"{own}，以下各项都是"


def _values(
    version: Version, labels: Labels, titles: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each value after the key of the file that sets it."""
    yield from _who(version, labels, titles)
    yield from _amounts(version, labels)
    if version.quota:
        yield from (("quota", line) for line in quota_lines(version.quota, labels))
    for relation in version.relations:
        yield "relation", f"{RELATIONS[relation.kind]}：{_relation(relation, titles)}"
    yield from _how(version, labels)
    if version.difference:
        yield "difference", f"推算与文件不同：{version.difference}"
    for conflict in version.conflicts:
        yield "conflicts", f"疑问：{conflict}"
    if version.note:
        yield "note", f"说明：{version.note}"


def _who(version: Version, labels: Labels, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    def words(clause: Condition | AnyOf) -> str:
        subject = version.program.subject
        return required(clause, labels, titles, subject=subject, named=True)

    for source in version.sources:
        yield "source", source_line(source)
    for clause in version.conditions:
        some = isinstance(clause, AnyOf)
        line = f"条件：{'满足其一：' if some else ''}{words(clause)}"
        yield "any_of" if some else "conditions", line
    if version.tier_from == "panel":
        yield "tier_from", "档次：以评审小组的认定结果为准"
    for rule in version.tier_rules:
        needs = "，且".join(words(condition) for condition in rule.conditions)
        yield "tier_rule", f"档次：{labels.tier(rule.tier)}，{needs}"


def _how(version: Version, labels: Labels) -> Iterator[tuple[str, str]]:
    rounding = "" if version.leavers == "term" else f"，{ROUNDING[version.rounding]}"
    yield "leavers", f"中途离校或转入：{LEAVERS[version.leavers]}{rounding}"
    yield "follows", f"资格：{FOLLOWS[version.follows]}"
    if version.evidence:
        papers = "、".join(labels.label("paper", code) for code in version.evidence)
        yield "evidence", f"材料：{papers}"
    if version.waives:
        fees = "、".join(labels.label("fee_kind", code) for code in version.waives)
        yield "waives", f"免收：{fees}；已收的全额退还"
    yield "channel", f"发放：{CHANNELS[version.channel]}"
    if version.funding:
        shares = "、".join(f"{LEVELS[level]} {share}%" for level, share in version.funding)
        yield "funding", f"资金分担：{shares}"
    for name, target in version.targets:
        yield "targets", f"目标：{TARGETS[name]} {target:,}"


def _amounts(version: Version, labels: Labels) -> Iterator[tuple[str, str]]:
    if version.amount_from == "panel":
        yield "amount_from", f"金额：由评审逐例决定{_comma(PAID_WORDS[version.paid])}"
    if version.amount_from == "none":
        yield "waives", "金额：来源没有写，不计金额"
    for amount in version.amounts:
        yield "amounts", f"金额：{amount_words(version, amount, labels)}"
    if version.basis != "exact":
        yield "basis", f"标准：{BASES[version.basis]}"


def quota_lines(quota: Quota, labels: Labels) -> list[str]:
    """How many may get it and who comes first."""
    if quota.places is not None:
        many = f"{quota.places} 个"
    elif quota.permille is not None:
        base = QUOTA_BASES[quota.base] if quota.base else "县在 county.toml 写明的基数"
        many = f"{base}的 {quota.permille / 10:g}%"
    else:
        many = "由上级下达，来源没有写数"
    above = "；这是上级的数，本县的写在 county.toml" if quota.from_above else ""
    lists = f"按{SPLITS[quota.split_by]}分到各校，各校分别排" if quota.by_school else "全县统一排"
    lines = [f"名额：{many}{above}；{lists}"]
    if quota.per_school is not None:
        lines.append(f"名额：每校最多 {quota.per_school} 个")
    lines += [
        f"名额：{SHARE_KINDS[limit.kind]}不超过 {limit.percent}%，不足一个的舍去"
        for limit in quota.limits
    ]
    lines += [
        f"名额：其中 {kept.places} 个先给{labels.label('funder', kept.nominated_by)}推荐的，"
        "用不完的给其他人"
        for kept in quota.reserved
    ]
    order = "；".join(ORDERS[code] for code in quota.order)
    return [*lines, f"排序：{order}；相同的{TIES[quota.ties]}"]


def _relation(relation: Relation, titles: Mapping[str, str]) -> str:
    others = "、".join(f"“{titles.get(other, other)}”" for other in relation.others)
    says = {
        "stack": f"与{others}同时享受",
        "higher_of": f"组“{relation.group}”里的项目，每人只取金额最高的一项",
        "exclusive": f"享受了{others}的，不再享受本项目",
    }[relation.kind]
    return f"{says}（{relation.clause or '来源没有写，是我们的假定'}）"


def _comma(words: str) -> str:
    return f"，{words}" if words else ""
