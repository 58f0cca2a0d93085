"""What each level of government has to give."""

from collections.abc import Mapping

from aidkit.apportion import apportion
from aidkit.programs.vocabulary import LEVELS
from aidkit.show.aid import MONEY
from aidkit.show.numbers import money_words
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, escaped, numbered, prose, section
from aidkit.show.view import View

UNSTATED = "unstated"
UNSTATED_LABEL = "文件没有写明"

Demand = Mapping[str, Mapping[str, int]]
"""Program title to level to fen."""


def funding_section(demand: Demand, note: str, funders: Mapping[str, str] | None = None) -> Part:
    """Money by program and level of government; the levels of a program sum to it exactly.

    Args:
        demand: Program title to level (or `unstated`) to fen.
        note: Caption: what the sums are of.
        funders: Program title to who gives it; without it there is no such column.
    """
    if not demand:
        return section("各级财政应承担的资金", "funding", prose("没有可以分到各级财政的资金。"))
    levels = [*LEVELS, *([UNSTATED] if any(UNSTATED in parts for parts in demand.values()) else [])]
    rows = [
        Row(
            (
                title,
                *([funders.get(title)] if funders else []),
                *(parts.get(level) for level in levels),
                sum(parts.values()),
            )
        )
        for title, parts in demand.items()
        if any(parts.values())
    ]
    sums = {level: sum(parts.get(level, 0) for parts in demand.values()) for level in levels}
    rows.append(Row(("合计", *sums.values(), sum(sums.values())), "total"))
    names = {**LEVELS, UNSTATED: UNSTATED_LABEL}
    columns = [
        Column(("资助项目",)),
        *([Column(("资助方",))] if funders else []),
        *(Column(("应承担的资金", names[level]), "money") for level in levels),
        Column(("合计",), "money"),
    ]
    return section(
        _title(demand, sums),
        "funding",
        numbered("tbl-funding", official_table(columns, rows, unit=MONEY), note),
    )


def published_demand(view: View) -> dict[str, dict[str, int]]:
    """The demand of programs whose money is published: its shares are law, so it tells no more.

    A program whose versions differ in their shares is left out: which money came from which
    version is not published.
    """
    demand: dict[str, dict[str, int]] = {}
    for program, cell in view.cells.items():
        shares = {tuple(_shares(row)) for row in view.now.programs if row["program_id"] == program}
        if cell.amount_fen and len(shares) == 1 and (law := next(iter(shares))):
            parts = apportion(cell.amount_fen, [percent for _, percent in law])
            levels = (level for level, _ in law)
            demand[view.now.program_titles[program]] = dict(zip(levels, parts, strict=True))
    return demand


def _shares(row: Mapping[str, list[dict[str, object]]]) -> list[tuple[str, int]]:
    return [(str(part["level"]), int(str(part["percent"]))) for part in row["funding"]]


def _title(demand: Demand, sums: Mapping[str, int]) -> str:
    named = {level: fen for level, fen in sums.items() if level in LEVELS and fen}
    words = "、".join(f"{LEVELS[level]} {money_words(fen)}" for level, fen in named.items())
    if not words:
        return "文件没有写明各级财政的分担比例"
    rest = sums.get(UNSTATED)
    tail = f"；另有 {money_words(rest)}没有写明分担比例" if rest else ""
    whole = f"写明比例的 {len(demand)} 个项目" if len(demand) > 1 else next(iter(demand))
    whose = "" if rest else f"{whole}，"
    return escaped(f"{whose}各级财政应承担：{words}{tail}")
