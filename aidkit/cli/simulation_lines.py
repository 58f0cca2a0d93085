"""The lines that `aidkit simulate` prints."""

import polars as pl

from aidkit.money import yuan
from aidkit.pipeline.simulate import Simulation
from aidkit.show.simulation import KINDS


def simulation_lines(found: Simulation) -> list[str]:
    """What was changed, both sides with their difference, who gains and who loses."""
    counts = {kind: found.persons.filter(kind=kind).height for kind in KINDS}
    moved = "，".join(f"{KINDS[kind]} {n:,} 人次" for kind, n in counts.items() if n)
    return [
        *(f"改动：{said}" for said in found.said),
        *_both("按现有申请", found.aid),
        f"其中：{moved or '没有一个人的资助有变化'}。",
        *_both("如果人人都申请了改动的项目", found.if_all_apply),
    ]


def _both(title: str, aid: pl.DataFrame) -> list[str]:
    """The programs that are changed, and those that come out otherwise because of them."""
    sums = aid.select(pl.exclude("school_code", "program_id", "tier").sum()).row(0)
    persons_today, fen_today, persons_changed, fen_changed = sums
    return [
        f"{title}：现行 {persons_today:,} 人次、{yuan(fen_today)} 元；"
        f"改后 {persons_changed:,} 人次、{yuan(fen_changed)} 元；"
        f"相差 {persons_changed - persons_today:+,} 人次、{_signed(fen_changed - fen_today)} 元。"
    ]


def _signed(fen: int) -> str:
    return f"{'+' if fen >= 0 else ''}{yuan(fen)}"
