"""Dated, regional figures that conditions are measured by, e.g. the 低保 line."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from aidkit.programs.choose import UNSTATED, depth, lies_in
from aidkit.programs.reading import read_region, read_source
from aidkit.programs.version import Source, Status
from aidkit.programs.vocabulary import STATUSES
from aidkit.toml import TomlTable, read_toml

SUBSISTENCE_LINE = "subsistence_line"
"""The figure that `income_after_illness_at_most` is a multiple of: per head of a household."""

_PER_YEAR = {"yuan_per_month": 12, "yuan_per_year": 1}


@dataclass(frozen=True)
class Figure:
    """One value of a figure: for one region, from one day on.

    Attributes:
        region: Path such as `cn/henan`.
        effective_from: First day.
        effective_to: Last day; None while no end is known.
        stated_fen: What the source says, in fen per its unit.
        unit: `yuan_per_month` or `yuan_per_year`.
        status: Whether it stands in the named source.
        sources: First the one that rules.
    """

    region: str
    effective_from: dt.date
    effective_to: dt.date | None
    stated_fen: int
    unit: Literal["yuan_per_month", "yuan_per_year"]
    status: Status
    sources: tuple[Source, ...]

    @property
    def fen_per_year(self) -> int:
        """The figure in fen for a whole year."""
        return self.stated_fen * _PER_YEAR[self.unit]

    def in_force(self, on: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


def load_figures(name: str, *folders: Path) -> tuple[Figure, ...]:
    """Read all values of a figure from `<folder>/<name>.toml`; an absent file holds none.

    Raises:
        ParamsError: A file breaks a rule, or two values of one region hold on one day.
    """
    found: list[tuple[TomlTable, Figure]] = []
    for path in (folder / f"{name}.toml" for folder in folders):
        if path.is_file():
            file = read_toml(path)
            found += [(table, _figure(table)) for table in file.tables("value")]
            file.done()
    found.sort(key=lambda pair: (pair[1].region, pair[1].effective_from))
    for (_, before), (table, after) in pairwise(found):
        ended = before.effective_to is not None and before.effective_to < after.effective_from
        if before.region == after.region and not ended:
            raise table.fault(
                "effective_from",
                f"与 {before.region} 自 {before.effective_from} 起的标准同时有效。",
                "请给前一个标准写上 effective_to（新标准生效的前一天）。",
            )
    return tuple(figure for _, figure in found)


def figure_in_force(figures: Iterable[Figure], *, region: str, on: dt.date) -> Figure | None:
    """The value that holds for a county on a day: that of the narrowest region around it."""
    holding = [f for f in figures if f.in_force(on) and lies_in(region, f.region)]
    return max(holding, key=lambda figure: depth(figure.region), default=None)


def _figure(table: TomlTable) -> Figure:
    figure = Figure(
        region=read_region(table),
        effective_from=table.date("effective_from"),
        effective_to=table.optional_date("effective_to"),
        stated_fen=table.fen("stated"),
        unit=cast(Literal["yuan_per_month", "yuan_per_year"], table.choice("unit", _PER_YEAR)),
        status=cast(Status, table.choice("status", STATUSES)),
        sources=tuple(read_source(source) for source in table.tables("source")),
    )
    table.done()
    if figure.region == UNSTATED:
        raise table.fault("region", "标准没有写地区，对哪里都不起作用。", "请写成 cn/henan。")
    if figure.effective_to is not None and figure.effective_to < figure.effective_from:
        raise table.fault("effective_to", "废止日期早于生效日期。", "请核对两个日期。")
    if not figure.stated_fen:
        raise table.fault("stated", "标准不能是 0。", "请写上来源载明的金额（元）。")
    return figure
