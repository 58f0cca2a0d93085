"""Thousands of notebooks in a row: whether the engine loses memory, files or processes.

Usage, from the checkout: python -m benchmarks.steady --date 2026-11-22

Each notebook makes a table and a chart. Now and then, between two of them, this counts what the
engine and its template hold; the straight line through the counts after the first tenth gives
what is lost for every thousand notebooks.
"""

from collections.abc import Iterator, Sequence

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row

NOTEBOOKS = 5000

KINDS = (
    # what is counted, how it is called, its unit, how much may be lost a thousand notebooks
    ("memory", "内存", " MiB", 1.0),
    ("files", "打开的文件", " 个", 0.0),
    ("processes", "进程", " 个", 0.0),
)


def rows(bench: Bench) -> Iterator[Row]:
    """The slopes."""
    number = bench.of(NOTEBOOKS, 12)
    ran = side("sides.many", bench.workbooks("county"), bench.scratch("many"), number)
    found = ran.figures
    for kind, label, unit, most in KINDS:
        values: list[float] = found[kind]
        lost = 1000 * slope(found["after"], values)
        first, last = values[_warm(values)], values[-1]
        each = 1000 * ran.seconds / number
        yield Row(
            f"连续 {number:,} 份笔记本，每 1,000 份多占{label}",
            f"{lost:.2f}{unit}（{first:,.4g} 到 {last:,.4g}，每份 {each:.0f} 毫秒）",
            round(lost, 2),
            most,
            unit=unit,
            at_most=True,
        )


def slope(places: Sequence[float], values: Sequence[float]) -> float:
    """Steepness of the straight line nearest to the values after the first tenth of them."""
    start = _warm(values)
    x, y = places[start:], values[start:]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((place - mean_x) ** 2 for place in x)
    if not spread:
        return 0.0
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread


def _warm(values: Sequence[float]) -> int:
    return min(len(values) // 10, len(values) - 1)


if __name__ == "__main__":
    raise SystemExit(main({"steady": rows}))
