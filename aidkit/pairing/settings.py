"""What `params/pairing.toml` asks of pairs, visits and schools that help schools."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from aidkit.labels import project_labels
from aidkit.toml import TomlTable, read_toml

ROLES = ("tutor", "conduct", "party")
PERIODS = ("month", "term", "year")
MEASURES = ("good", "qualified")


@dataclass(frozen=True)
class LoadRule:
    """How many pupils one person looks after.

    Attributes:
        least: Fewer are too few.
        most: More are too many; None where there is no limit.
        posts: Codes of vocabulary `post` whom it binds; empty: whatever the post.
        source: Document and sentence, Chinese.
    """

    least: int
    most: int | None
    posts: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class VisitRule:
    """How often a pupil is visited: by the helper a month, in a village school, by all a year."""

    month: int
    village_month: int
    year: int
    source: str


@dataclass(frozen=True)
class SchoolTarget:
    """What a school does for the school it helps.

    Attributes:
        item: Code of vocabulary `help_item`.
        per: One of `PERIODS`.
        least: Lessons, times or persons in each of them.
        school_types: Types of the helped school that it is asked for; empty: all.
        source: Document and sentence, Chinese.
    """

    item: str
    per: str
    least: int
    school_types: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class SchoolRate:
    """Share of the lessons observed at a helped school that are good, or passable, in percent."""

    measure: str
    percent: int
    school_types: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class PairingRules:
    """All figures.

    Attributes:
        loads: One for each of `ROLES`.
        years: How long a pair lasts before it may change.
        years_source: Document and sentence, Chinese.
        visits: How often pupils are visited.
        dropout_percent: Highest dropout rate of compulsory education.
        dropout_source: Document and sentence, Chinese.
        targets: What schools do for schools.
        rates: What is reached there.
    """

    loads: Mapping[str, LoadRule]
    years: int
    years_source: str
    visits: VisitRule
    dropout_percent: int
    dropout_source: str
    targets: tuple[SchoolTarget, ...]
    rates: tuple[SchoolRate, ...]


def read_rules(path: Path, own: Path | None = None) -> PairingRules:
    """Read the figures; sections of a county's own file stand in place of the project's.

    Args:
        path: `params/pairing.toml` of the project.
        own: The same of a county; it may be absent.

    Raises:
        ParamsError: A key is missing, wrong or unknown.
    """
    file = read_toml(path)
    if own is not None and own.is_file():
        local = read_toml(own)
        # Of the two only the county's file can be wrong here, so faults name it.
        file = local.filled_from(file, [key for key in file.keys if key not in local.keys])
    continuity, dropout = file.table("continuity"), file.table("dropout")
    rules = PairingRules(
        loads=_loads(file.table("load")),
        years=continuity.natural("years"),
        years_source=continuity.text("source"),
        visits=_visits(file.table("visit")),
        dropout_percent=_percent(dropout, "most_percent"),
        dropout_source=dropout.text("source"),
        targets=tuple(_target(table) for table in file.tables_or_empty("school_target")),
        rates=tuple(_rate(table) for table in file.tables_or_empty("school_rate")),
    )
    for table in (continuity, dropout, file):
        table.done()
    _refuse_twice(file, "school_target", [(t.item, t.per) for t in rules.targets])
    _refuse_twice(file, "school_rate", [(r.measure, "") for r in rules.rates])
    return rules


def _loads(tables: TomlTable) -> Mapping[str, LoadRule]:
    loads = {}
    for role in ROLES:
        table = tables.table(role)
        rule = LoadRule(
            least=table.natural("least"),
            most=table.optional_natural("most"),
            posts=table.choices_or_empty("posts", project_labels().names("post")),
            source=table.text("source"),
        )
        table.done()
        if rule.most is not None and rule.most < rule.least:
            raise table.fault("most", "上限小于下限。", "请核对 least 和 most。")
        loads[role] = rule
    tables.done()
    return MappingProxyType(loads)


def _visits(table: TomlTable) -> VisitRule:
    rule = VisitRule(
        month=table.natural("month"),
        village_month=table.natural("village_month"),
        year=table.natural("year"),
        source=table.text("source"),
    )
    table.done()
    return rule


def _target(table: TomlTable) -> SchoolTarget:
    labels = project_labels()
    target = SchoolTarget(
        item=table.choice("item", labels.names("help_item")),
        per=table.choice("per", PERIODS),
        least=table.natural("least"),
        school_types=table.choices_or_empty("school_types", labels.names("school_type")),
        source=table.text("source"),
    )
    table.done()
    return target


def _rate(table: TomlTable) -> SchoolRate:
    rate = SchoolRate(
        measure=table.choice("measure", MEASURES),
        percent=_percent(table, "percent"),
        school_types=table.choices_or_empty("school_types", project_labels().names("school_type")),
        source=table.text("source"),
    )
    table.done()
    return rate


def _percent(table: TomlTable, key: str) -> int:
    percent = table.whole(key)
    if not 0 <= percent <= 100:
        raise table.fault(key, f"“{key}”应在 0 到 100 之间。", "单位是百分之一，不写 %。")
    return percent


def _refuse_twice(file: TomlTable, key: str, named: list[tuple[str, str]]) -> None:
    if len(set(named)) < len(named):
        raise file.fault(key, "同一项写了两次。", "请只留一项。")
