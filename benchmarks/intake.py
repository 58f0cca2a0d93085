"""Workbooks read, checked and accounted for, beside openpyxl that only looks at every cell.

Usage, from the checkout: python -m benchmarks.intake --date 2026-11-22

Both read the same workbooks of one term of a county, nothing kept of earlier times; aidkit
checks every cell and every person against every other table on top.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import COUNTY, Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row, times_faster


def rows(bench: Bench) -> Iterator[Row]:
    """Many small workbooks and a few larger ones, with one process each and with two each."""
    for size, title in (("wide", "300 所学校的县"), ("county", "示例县")):
        county = bench.workbooks(size) / COUNTY
        for workers in (1, 2):
            yield _row(bench, county, title, workers)


def _row(bench: Bench, county: Path, title: str, workers: int) -> Row:
    ratios, seconds, figures = [], [], {}
    for _ in range(bench.pairs):
        ours = side("sides.intake", "aidkit", county, workers)
        theirs = side("sides.intake", "openpyxl", county, workers)
        if ours.figures["workbooks"] != theirs.figures["workbooks"]:
            raise RuntimeError("not the same workbooks")
        ratios.append(theirs.seconds / ours.seconds)
        seconds.append(ours.seconds)
        figures = ours.figures
    note = f"，{min(seconds):.1f} 至 {max(seconds):.1f} 秒"
    what = (
        f"{title}：读入并核对 {figures['workbooks']:,} 个工作簿（{figures['rows']:,} 行），"
        f"各 {workers} 个进程，与 openpyxl 只读取比"
    )
    return times_faster(what, ratios, target=5, stretch=10, note=note)


if __name__ == "__main__":
    raise SystemExit(main({"intake": rows}))
