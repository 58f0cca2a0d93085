"""One `[[version]]` table → a version, with every rule that it must keep by itself."""

import re
from typing import cast, get_args

from aidkit.labels import Labels
from aidkit.programs.amounts import read_amounts
from aidkit.programs.clauses import read_clauses, read_tier_rules
from aidkit.programs.extending import Filled
from aidkit.programs.quota import read_quota
from aidkit.programs.relations import read_relations
from aidkit.programs.version import (
    AmountFrom,
    Basis,
    Condition,
    DateStatus,
    Follows,
    Leavers,
    Paid,
    Program,
    Rounding,
    Source,
    Status,
    TierFrom,
    Unit,
    Version,
)
from aidkit.programs.vocabulary import (
    BASES,
    CHANNELS,
    DATE_STATUSES,
    FOLLOWS,
    LEAVERS,
    LEVELS,
    PAID,
    ROUNDING,
    STATUSES,
    TARGETS,
    UNITS,
)
from aidkit.toml import TomlTable

_REGION = re.compile(r"unstated|cn(/[a-z0-9_]+)*")


def read_region(table: TomlTable) -> str:
    """The region of a version.

    Raises:
        ParamsError: It is no path from `cn` down.
    """
    region = table.text("region")
    if not _REGION.fullmatch(region):
        raise table.fault("region", f"地区“{region}”写法不对。", "请写成 cn/henan 或 unstated。")
    return region


def read_version(filled: Filled, program: Program, labels: Labels) -> Version:
    """Read one version.

    Args:
        filled: Its table, with what it takes over from the level above.
        program: The program.
        labels: Codes and their Chinese.

    Raises:
        ParamsError: A key is missing, wrong or unknown, or two keys do not go together.
    """
    table = filled.table
    region, unit = read_region(table), table.choice("unit", UNITS)
    paid = _paid(table, unit)
    tier_from = cast(TierFrom | None, table.optional_choice("tier_from", get_args(TierFrom)))
    amount_from = _amount_from(table)
    leavers, rounding = _leavers(table)
    version = Version(
        program=program,
        region=region,
        effective_from=table.date("effective_from"),
        effective_to=table.optional_date("effective_to"),
        date_status=cast(DateStatus, table.choice("date_status", DATE_STATUSES)),
        status=cast(Status, table.choice("status", STATUSES)),
        checked_until=table.optional_date("checked_until"),
        sources=tuple(read_source(source) for source in table.tables("source")),
        set_by=tuple(sorted(filled.set_by.items())) if table.flag_or("extends", False) else (),
        floor=table.flag_or("floor", False),
        unit=cast(Unit, unit),
        paid=paid,
        leavers=leavers,
        rounding=rounding,
        follows=cast(Follows, table.choice_or("follows", FOLLOWS, "school")),
        amount_from=amount_from,
        basis=cast(Basis, table.choice_or("basis", BASES, "exact")),
        conditions=read_clauses(table, labels),
        tier_from=tier_from,
        tier_rules=read_tier_rules(table, labels),
        amounts=read_amounts(
            table, paid, subject=program.subject, tier_from=tier_from, labels=labels
        )
        if amount_from == "figures"
        else (),
        derivation=table.text_or("derivation", ""),
        difference=table.text_or("difference", ""),
        evidence=table.choices_or_empty("evidence", labels.names("paper")),
        waives=table.choices_or_empty("waives", labels.names("fee_kind")),
        quota=read_quota(table, labels),
        relations=read_relations(table, program.id),
        targets=_targets(table),
        conflicts=table.texts_or_empty("conflicts"),
        channel=table.choice("channel", CHANNELS),
        funding=_funding(table),
        note=table.text_or("note", ""),
    )
    table.done()
    _refuse_dates_and_source(table, version)
    _refuse_stages(table, version)
    _refuse_tiers(table, version)
    return version


def _paid(table: TomlTable, unit: str) -> Paid:
    paid = table.choice("paid", sorted({way for ways in PAID.values() for way in ways}))
    if paid not in PAID[unit]:
        ways = "、".join(PAID[unit])
        raise table.fault("paid", f"“{paid}”与单位 {unit} 不配。", f"可以写：{ways}。")
    return cast(Paid, paid)


def _amount_from(table: TomlTable) -> AmountFrom:
    # A school's own fee differs from school to school: a waiver may leave its amount unsaid.
    unsaid = "waives" in table and "amounts" not in table
    default = "none" if unsaid else "figures"
    amount_from = cast(AmountFrom, table.choice_or("amount_from", get_args(AmountFrom), default))
    if amount_from == "none" and not unsaid:
        raise table.fault(
            "amount_from", "只有免收费用的项目可以没有金额。", "请写 waives，并删去 amounts。"
        )
    if amount_from != "figures" and ("amounts" in table or "tier_from" in table):
        raise table.fault(
            "amount_from", "金额不由标准决定，就没有标准和档次。", "请删去 amounts 和 tier_from。"
        )
    return amount_from


def _leavers(table: TomlTable) -> tuple[Leavers, Rounding]:
    leavers = cast(Leavers, table.choice("leavers", LEAVERS))
    if leavers == "term":
        if "rounding" in table:
            raise table.fault("rounding", "按整学期发的没有零头。", "请删去 rounding。")
        return leavers, "down"
    return leavers, cast(Rounding, table.choice("rounding", ROUNDING))


def read_source(table: TomlTable) -> Source:
    """Read one source.

    Raises:
        ParamsError: A key is missing, wrong or unknown.
    """
    source = Source(
        title=table.text("title"),
        doc_no=table.optional_text("doc_no"),
        clause=table.optional_text("clause"),
        found_in=table.text("found_in"),
    )
    table.done()
    return source


def _funding(table: TomlTable) -> tuple[tuple[str, int], ...]:
    shares = table.table_or_empty("funding")
    funding = tuple((level, shares.whole(level)) for level in LEVELS if level in shares)
    shares.done()
    if funding and (sum(s for _, s in funding) != 100 or min(s for _, s in funding) < 0):
        raise table.fault("funding", "各级分担比例合计不是 100。", "请核对比例（百分数）。")
    return funding


def _targets(table: TomlTable) -> tuple[tuple[str, int], ...]:
    targets = table.table_or_empty("targets")
    found = tuple((name, targets.natural(name)) for name in TARGETS if name in targets)
    targets.done()
    return found


def _refuse_dates_and_source(table: TomlTable, version: Version) -> None:
    end = version.effective_to
    if end is not None and end < version.effective_from:
        raise table.fault("effective_to", "废止日期早于生效日期。", "请核对两个日期。")
    if version.status == "verified" and version.source.clause is None:
        raise table.fault("source.clause", "已核实的版本没有条款。", "请写明条款。")
    if version.floor and version.amount_from != "figures":
        raise table.fault("floor", "没有标准，就没有下限。", "请删去 floor，或写明金额。")


def _refuse_stages(table: TomlTable, version: Version) -> None:
    covered = [
        c.argument
        for c in version.conditions
        if isinstance(c, Condition) and c.name == "stage_in" and isinstance(c.argument, tuple)
    ]
    if version.stages and (not covered or set(covered[0]) != set(version.stages)):
        raise table.fault(
            "conditions.stage_in", "条件里的学段与金额里的学段不一致。", "两处请写同样的学段。"
        )


def _refuse_tiers(table: TomlTable, version: Version) -> None:
    if (version.tier_from == "rule") != bool(version.tier_rules):
        raise table.fault(
            "tier_rule",
            "“tier_from”与档次规则不配。",
            '写 tier_from = "rule" 才有 [[version.tier_rule]]。',
        )
    if version.quota and "tier" in version.quota.order and version.tier_from is None:
        raise table.fault("quota.order", "没有档次，不能按档次排。", "请从 order 里删去 tier。")
    if version.tier_from != "rule":
        return
    figures = {(amount.tier, amount.stage): amount.fen for amount in version.amounts}
    for stage in version.stages or (None,):
        ladder = [figures.get((rule.tier, stage)) for rule in version.tier_rules]
        if None in ladder:
            raise table.fault("tier_rule", "有的档次没有金额。", "请在 amounts 里补上。")
        if ladder != sorted((f for f in ladder if f is not None), reverse=True):
            # Otherwise a fact that is not known could lift a student into a higher amount.
            raise table.fault(
                "tier_rule", "档次规则没有从高到低排列。", "请把金额高的档次写在前面。"
            )
    if idle := {amount.tier for amount in version.amounts} - {r.tier for r in version.tier_rules}:
        raise table.fault(
            "tier_rule", f"档次 {min(map(str, idle))} 没有规则。", "请补上规则，或删去它的金额。"
        )
