"""Results of a large city's pupils, ranked and measured: time and memory.

Usage, from the checkout: python -m benchmarks.learners --date 2026-11-22
"""

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row

CLASS, CLASSES = 40, 5
GRADES = 1000
"""Of schools with one grade each: 200,000 pupils."""


def rows(bench: Bench) -> Iterator[Row]:
    """Seconds and memory from results to places, growth and prizes."""
    results = bench.scratch("learners") / "results.parquet"
    grades = bench.of(GRADES, 3)
    side("sides.learners", "make", results, grades, CLASS, CLASSES)
    found = side("sides.learners", "measure", results).figures
    pupils = f"{found['pupils']:,} 名学生，3 科，4 次考试，"
    luck = f"；另算 {found['groups']:,} 个学困生组靠运气能进多少名，{found['luck_seconds']:.1f} 秒"
    seconds = round(found["seconds"], 1)
    yield Row(
        f"{pupils}排序、前测、增值、评奖",
        f"{seconds:.1f} 秒（处理器 {found['cpu_seconds']:.1f} 秒）{luck}",
        *(seconds, 10, 5),
        unit=" 秒",
        at_most=True,
    )
    yield Row(
        f"{pupils}内存峰值",
        f"{found['peak_mib']:,.0f} MiB",
        *(found["peak_mib"], 1024, 512),
        unit=" MiB",
        at_most=True,
    )


if __name__ == "__main__":
    raise SystemExit(main({"learners": rows}))
