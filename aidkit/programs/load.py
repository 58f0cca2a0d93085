"""Program files → versions, with every rule that one file must keep."""

import re
from itertools import pairwise
from pathlib import Path
from typing import cast

from aidkit.labels import Labels, folded, project_labels
from aidkit.programs.amounts import read_amounts
from aidkit.programs.version import (
    AnyOf,
    Argument,
    Condition,
    DateStatus,
    Program,
    Source,
    Status,
    TierFrom,
    TierRule,
    Unit,
    Version,
)
from aidkit.programs.vocabulary import (
    CHANNELS,
    DATE_STATUSES,
    LEVELS,
    PAID,
    STATUSES,
    UNITS,
    VOCABULARY,
)
from aidkit.toml import TomlTable, read_toml

CASES = ".cases.toml"
_REGION = re.compile(r"unstated|cn(/[a-z0-9_]+)*")


def load_programs(*folders: Path) -> tuple[Version, ...]:
    """Read every program file of the folders; absent folders hold none.

    A county's file may add versions to a program of ours by the same id; it must then say the same
    of the program itself.

    Returns:
        All versions, by program, region and date.

    Raises:
        ParamsError: A file breaks a rule; names file, key and remedy.
    """
    found: list[tuple[TomlTable, Version]] = []
    programs: dict[str, Program] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name.endswith(CASES):
                continue
            file = read_toml(path)
            program = _program(file, path.stem)
            if programs.setdefault(program.id, program) != program:
                raise file.fault(
                    "id",
                    f"项目“{program.id}”在两个文件里的名称或性质不一致。",
                    "补充地方版本时，文件开头各项要与原文件相同；另立项目请换一个 id。",
                )
            found += [(table, _version(table, program)) for table in file.tables("version")]
            file.done()
            _refuse_shared_titles(file, program, programs)
    found.sort(key=lambda pair: _order(pair[1]))
    for (_, before), (table, after) in pairwise(found):
        _refuse_overlap(before, after, table)
    return tuple(version for _, version in found)


def _order(version: Version) -> tuple[str, str, str]:
    return version.program.id, version.region, version.effective_from.isoformat()


def _program(file: TomlTable, stem: str) -> Program:
    if file.text("id") != stem:
        raise file.fault("id", "id 与文件名不一致。", f"请把 id 写成“{stem}”，或改文件名。")
    return Program(
        id=stem,
        title=file.text("title"),
        short_title=file.text("short_title"),
        aliases=file.texts_or_empty("aliases"),
        in_kind=file.flag("in_kind"),
        universal=file.flag("universal"),
    )


def _version(table: TomlTable, program: Program) -> Version:
    labels = project_labels()
    region = table.text("region")
    if not _REGION.fullmatch(region):
        raise table.fault("region", f"地区“{region}”写法不对。", "请写成 cn/henan 或 unstated。")
    unit = table.choice("unit", UNITS)
    if table.choice("paid", PAID.values()) != PAID[unit]:
        raise table.fault("paid", f"“paid”与单位 {unit} 不配。", f"请写“{PAID[unit]}”。")
    tier_from = table.choice("tier_from", ("panel", "rule")) if "tier_from" in table else None
    amounts = read_amounts(table, unit, tiered=tier_from is not None, labels=labels)
    version = Version(
        program=program,
        region=region,
        effective_from=table.date("effective_from"),
        effective_to=table.optional_date("effective_to"),
        date_status=cast(DateStatus, table.choice("date_status", DATE_STATUSES)),
        status=cast(Status, table.choice("status", STATUSES)),
        checked_until=table.optional_date("checked_until"),
        sources=tuple(_source(source) for source in table.tables("source")),
        unit=cast(Unit, unit),
        conditions=_all_conditions(table, labels),
        tier_from=cast(TierFrom | None, tier_from),
        tier_rules=tuple(
            TierRule(rule.choice("tier", labels.names("tier")), _rule_conditions(rule, labels))
            for rule in table.tables_or_empty("tier_rule")
        ),
        amounts=amounts,
        derivation=table.text_or("derivation", ""),
        difference=table.text_or("difference", ""),
        channel=table.choice("channel", CHANNELS),
        funding=_funding(table),
        note=table.text_or("note", ""),
    )
    table.done()
    _refuse_gaps(table, version)
    return version


def _source(table: TomlTable) -> Source:
    source = Source(
        title=table.text("title"),
        doc_no=table.optional_text("doc_no"),
        clause=table.optional_text("clause"),
        found_in=table.text("found_in"),
    )
    table.done()
    return source


def _all_conditions(table: TomlTable, labels: Labels) -> tuple[Condition | AnyOf, ...]:
    conditions = table.table("conditions")
    clauses: list[Condition | AnyOf] = list(_conditions(conditions, labels))
    if ways := table.tables_or_empty("any_of"):
        if len(ways) < 2:
            raise table.fault("any_of", "“any_of”只有一种情形。", "请写两种以上，或移入条件。")
        clauses.append(AnyOf(tuple(_conditions(way, labels) for way in ways)))
    return tuple(clauses)


def _rule_conditions(rule: TomlTable, labels: Labels) -> tuple[Condition, ...]:
    conditions = _conditions(rule.table("conditions"), labels)
    rule.done()
    return conditions


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
    if entry.kind == "codes":
        return table.choices(name, labels.names(entry.vocabulary))
    if entry.kind == "yuan":
        return table.fen(name)
    if not table.flag(name) and entry.kind == "true":
        raise table.fault(name, f"“{name}”只能是 true。", "不需要这个条件时请删去这一行。")
    return table.flag(name)


def _funding(table: TomlTable) -> tuple[tuple[str, int], ...]:
    shares = table.table_or_empty("funding")
    funding = tuple((level, shares.whole(level)) for level in LEVELS if level in shares)
    shares.done()
    if funding and sum(share for _, share in funding) != 100:
        raise table.fault("funding", "各级分担比例合计不是 100。", "请核对比例（百分数）。")
    return funding


def _refuse_gaps(table: TomlTable, version: Version) -> None:
    end = version.effective_to
    if end is not None and end < version.effective_from:
        raise table.fault("effective_to", "废止日期早于生效日期。", "请核对两个日期。")
    if version.status == "verified" and version.source.clause is None:
        raise table.fault("source.clause", "已核实的版本没有条款。", "请写明条款。")
    covered = [
        c.argument
        for c in version.conditions
        if isinstance(c, Condition) and c.name == "stage_in" and isinstance(c.argument, tuple)
    ]
    if not covered or set(covered[0]) != set(version.stages):
        raise table.fault(
            "conditions.stage_in", "条件里的学段与金额里的学段不一致。", "两处请写同样的学段。"
        )
    if (version.tier_from == "rule") != bool(version.tier_rules):
        raise table.fault(
            "tier_rule",
            "“tier_from”与档次规则不配。",
            '写 tier_from = "rule" 才有 [[version.tier_rule]]。',
        )
    figures = {(amount.tier, amount.stage): amount.fen for amount in version.amounts}
    for stage in version.stages:
        ladder = [figures.get((rule.tier, stage)) for rule in version.tier_rules]
        if None in ladder:
            raise table.fault("tier_rule", "有的档次没有金额。", "请在 amounts 里补上。")
        if ladder != sorted((f for f in ladder if f is not None), reverse=True):
            # Otherwise a fact that is not known could lift a student into a higher amount.
            raise table.fault(
                "tier_rule", "档次规则没有从高到低排列。", "请把金额高的档次写在前面。"
            )


def _refuse_overlap(before: Version, after: Version, table: TomlTable) -> None:
    if (before.program.id, before.region) != (after.program.id, after.region):
        return
    if before.effective_to is None or before.effective_to >= after.effective_from:
        raise table.fault(
            "effective_from",
            f"与版本 {before.id} 的有效期重叠。",
            "请给前一个版本写上 effective_to（本版本生效的前一天）。",
        )


def _refuse_shared_titles(file: TomlTable, program: Program, programs: dict[str, Program]) -> None:
    own = spellings(program)
    for other in programs.values():
        if other.id != program.id and (shared := own & spellings(other)):
            raise file.fault(
                "aliases",
                f"名称“{min(shared)}”也是项目“{other.id}”的名称。",
                "申请表上的名称只能对应一个项目，请改其中一个。",
            )


def spellings(program: Program) -> set[str]:
    """Every way to write the program, folded by `labels.folded`."""
    return {folded(text) for text in (program.title, program.short_title, *program.aliases)}
