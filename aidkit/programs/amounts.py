"""The figures of a version: one for each tier and stage, none left out."""

from collections.abc import Iterator

from aidkit.labels import Labels
from aidkit.programs.version import Amount, Subject, TierFrom
from aidkit.toml import TomlTable


def read_amounts(
    version: TomlTable, paid: str, *, subject: Subject, tier_from: TierFrom | None, labels: Labels
) -> tuple[Amount, ...]:
    """Read `amounts` of a version.

    Raises:
        ParamsError: A figure is missing, twice there, not whole fen when halved, or stated and
            derived figures differ without a word about it.
    """
    amounts: dict[tuple[str | None, str | None], Amount] = {}
    for row in version.tables("amounts"):
        for amount in _row(row, subject, _tiers(tier_from, labels), labels):
            if amounts.setdefault((amount.tier, amount.stage), amount) is not amount:
                raise row.fault("stages", "同一档次和学段有两个金额。", "请删去其中一个。")
            _refuse_half_fen(row, amount, paid)
            _refuse_unexplained(version, row, amount)
    tiers = {tier for tier, _ in amounts}
    stages = {stage for _, stage in amounts}
    if len(amounts) != len(tiers) * len(stages) or (None in stages and len(stages) > 1):
        raise version.fault("amounts", "有的档次缺某个学段的金额。", "每个档次请列同样的学段。")
    return tuple(amounts.values())


def _tiers(tier_from: TierFrom | None, labels: Labels) -> list[str]:
    """Tiers that figures may name: a rule may also name cases, which no panel decides."""
    if tier_from is None:
        return []
    return [*labels.names("tier"), *(labels.names("case") if tier_from == "rule" else ())]


def _row(row: TomlTable, subject: Subject, tiers: list[str], labels: Labels) -> Iterator[Amount]:
    if "tier" in row and not tiers:
        raise row.fault("tier", "没有说明档次从哪里来。", '请写 tier_from = "panel" 或 "rule"。')
    if "stages" in row and subject == "teacher":
        raise row.fault("stages", "教师项目没有学段。", "请删去 stages。")
    tier = row.choice("tier", tiers) if tiers else None
    stages = row.choices_or_empty("stages", labels.names("stage"))
    stated, derived = row.optional_fen("stated"), row.optional_fen("derived")
    row.done()
    if stated is None and derived is None:
        raise row.fault("stated", "没有金额。", "请写 stated（文件写明）或 derived（推算）。")
    for stage in stages or (None,):
        yield Amount(tier, stage, stated, derived)


def _refuse_half_fen(row: TomlTable, amount: Amount, paid: str) -> None:
    if paid == "half_each_term" and amount.fen % 2:
        raise row.fault(
            "stated", "每学年的金额不能分成两个整分。", "请改用 yuan_per_term 写明每学期金额。"
        )


def _refuse_unexplained(version: TomlTable, row: TomlTable, amount: Amount) -> None:
    if amount.derived_fen is None:
        return
    if "derivation" not in version:
        raise row.fault("derived", "没有说明怎样推算。", "请在版本里写 derivation。")
    differs = amount.stated_fen is not None and amount.stated_fen != amount.derived_fen
    if differs and "difference" not in version:
        raise row.fault("derived", "推算金额与文件写明的不同。", "请在版本里用 difference 说明。")
