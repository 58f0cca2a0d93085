"""What the fair measure of progress keeps of its promises, on simulated grades; writes the page.

Usage, from the checkout: python -m benchmarks.fairness [--write]

The seed is fixed: the same tables come out every time. `--write` puts them into site/progress.qmd;
tests/progress/test_simulation.py holds the page to them.
"""

import argparse
import math
from collections.abc import Mapping, Sequence

from aidkit.progress.luck import by_luck
from aidkit.progress.settings import ProgressSettings, read_progress_settings
from aidkit.progress.simulation import Conditions
from aidkit.progress.simulation_figures import Figures, figures
from aidkit.project import find_project
from benchmarks.block import write_block
from benchmarks.processes import CHECKOUT

PAGE = CHECKOUT / "site" / "progress.qmd"
BEGIN, END = "::: {#figures}\n", "\n:::\n"

SIZES, SHARES, GROWTHS = (20, 40, 60), (0.8, 0.9), (0.0, 0.35)
ASKED = tuple(Conditions(n, r, g) for n in SIZES for r in SHARES for g in GROWTHS)
"""Class sizes, reliabilities, with and without growth."""

BASELINES = tuple(Conditions(40, 0.8, 0.35, exams) for exams in (1, 2, 4))
ALONE = tuple(Conditions(n, 0.8, 0.35, classes=1, grades=240) for n in SIZES)
"""Grades of one class."""

CLASSES = ((30, 6), (45, 9), (60, 12))
"""Pupils and how many of them are in the group, for what luck gives in places."""

Found = Mapping[Conditions, Figures]


def simulate(conditions: Sequence[Conditions], settings: ProgressSettings) -> Found:
    """The figures of each."""
    return {one: figures(one, settings) for one in conditions}


def tables(asked: Found, baselines: Found, alone: Found) -> str:
    """All tables of the page."""
    return "\n\n".join(
        (
            "**两种量法**：每个年级四个班，前测两次。相关在 −1 和 1 之间，0 是没有关系。",
            _table(
                ("每班人数", "信度", "真实进步", "增值与前测", "增值与真实起点",
                 "增值与真实进步", "名次变化与真实进步", "区间包含真值"),
                [(*_where(c), _r(f.with_baseline), _r(f.with_start), _r(f.with_growth),
                  _r(f.rank_with_growth), _p(f.coverage)) for c, f in asked.items()],
            ),
            "**谁得奖**：同样这些年级的学困生组，按上学期期末选出年级最后的五分之一。",
            _table(
                ("每班人数", "信度", "真实进步", "按名次得奖", "按增值得奖",
                 "按增值得奖的人中真有进步", "增值平均偏差"),
                [(*_where(c), _p(f.rank_prizes), _p(f.fair_prizes),
                  _p(f.fair_right if c.growth else math.nan), _r(f.group_bias))
                 for c, f in asked.items()],
            ),
            "**前测多考几次**：每班 40 人，信度 0.8，有真实进步。",
            _table(
                ("前测次数", "增值与前测", "增值与真实起点", "增值与真实进步", "区间包含真值"),
                [(str(c.baseline_exams), _r(f.with_baseline), _r(f.with_start),
                  _r(f.with_growth), _p(f.coverage)) for c, f in baselines.items()],
            ),
            "**全年级只有一个班**：信度 0.8，有真实进步。",
            _table(
                ("每班人数", "增值与前测", "增值与真实进步", "名次变化与真实进步", "区间包含真值"),
                [(str(c.pupils), _r(f.with_baseline), _r(f.with_growth),
                  _r(f.rank_with_growth), _p(f.coverage)) for c, f in alone.items()],
            ),
            "**只靠运气**：谁也没有进步，名次仍会这样变。组里的人按上一次考试选出。",
            _table(
                ("全班", "组里", "信度", "名次上升的人", "平均上升", "上升 3 名以上的人",
                 "组里最多上升"),
                [_lucky(pupils, group, share) for pupils, group in CLASSES for share in SHARES],
            ),
        )
    )  # fmt: skip


def _where(conditions: Conditions) -> tuple[str, str, str]:
    grown = "有" if conditions.growth else "没有"
    return str(conditions.pupils), f"{conditions.reliability:g}", grown


def _lucky(pupils: int, group: int, share: float) -> tuple[str, ...]:
    luck = by_luck(pupils, group, share, "all")
    return (
        *(str(pupils), str(group), f"{share:g}", _p(luck.share_rise)),
        *(f"{luck.mean_places:.1f} 名", _p(luck.share_three), f"{luck.best_places:.1f} 名"),
    )


def _r(correlation: float) -> str:
    if math.isnan(correlation):
        return ""
    return f"{correlation:+.2f}".replace("-", "−").replace("+0.00", "0.00").replace("−0.00", "0.00")


def _p(share: float) -> str:
    return "" if math.isnan(share) else f"{100 * share:.0f}%"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---:"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Simulate, print the tables, and write them if asked."""
    words = argparse.ArgumentParser(description="whether the fair measure of progress is fair")
    words.add_argument("--write", action="store_true", help="put the tables into the page")
    asked = words.parse_args()
    settings = read_progress_settings(find_project().params)
    text = tables(*(simulate(group, settings) for group in (ASKED, BASELINES, ALONE)))
    print(text)
    if asked.write:
        write_block(PAGE, BEGIN, END, text)


if __name__ == "__main__":
    main()
