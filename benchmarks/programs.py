"""All programs over millions of invented students, and one of them beside OpenFisca-core.

Usage, from the checkout: python -m benchmarks.programs --date 2026-11-22
"""

import os
import subprocess
import venv
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import CHECKOUT, Ran, run, side
from benchmarks.row import Row, broken, times_faster, unmeasured

PART = 1_000_000
"""Students in one file."""

OPENFISCA = "一个按日期的项目，1,000,000 名学生，与 OpenFisca-core 比，金额逐人相同"


def rows(bench: Bench) -> Iterator[Row]:
    """Counted for a million, decided in full for some, beside OpenFisca, and streamed."""
    yield from in_one_go(bench)
    yield from beside_openfisca(bench)
    yield streaming(bench)


def in_one_go(bench: Bench) -> Iterator[Row]:
    """All programs: counted for all, and decided in full for some."""
    people = _people(bench, "one", bench.of(PART, 2_000))
    counted = _figures(side("sides.programs", "tally", people))
    what = f"全部 {counted['programs']:g} 个项目，{counted['persons']:,} 人，汇总到学校"
    yield Row(what, _time_and_memory(counted))
    full = _figures(side("sides.programs", "award", people, bench.of(100_000, 500)))
    what = f"同上，{full['persons']:,} 人逐人认定和说明（{full['decisions']:,} 条）"
    yield Row(what, _time_and_memory(full))


def beside_openfisca(bench: Bench) -> Iterator[Row]:
    """One dated program, in turn; both start from the same table in memory."""
    if bench.smallest:
        yield unmeasured(OPENFISCA, "要装 OpenFisca-core，最小的一遍不装", target=4)
        return
    try:
        python = _openfisca(bench.home)
    except subprocess.CalledProcessError:
        yield unmeasured(OPENFISCA, "OpenFisca-core 装不上，可能没有联网", target=4)
        return
    home = bench.scratch("openfisca")
    people, ours, theirs = (home / f"{name}.parquet" for name in ("pupils", "ours", "theirs"))
    side("sides.programs", "pupils", bench.home / "one", people)
    script = CHECKOUT / "benchmarks" / "sides" / "openfisca.py"
    ratios, own_ratios, memory = [], [], ""
    for _ in range(bench.pairs):
        mine = _figures(side("sides.programs", "one", people, ours))
        other = _figures(run([python, script, str(people), str(theirs)], cwd=CHECKOUT))
        if not side("sides.programs", "same", ours, theirs).figures["same"]:
            yield broken(OPENFISCA, "两边的金额不一致")
            return
        ratios.append(other["seconds"] / mine["seconds"])
        own_ratios.append(other["own"] / mine["seconds"])
        memory = f"{mine['peak_mib']:.0f} 比 {other['peak_mib']:.0f} MiB"
    own = sorted(own_ratios)[len(own_ratios) // 2]
    note = f"；OpenFisca 不算拆列 {own:.1f} 倍；{memory}"
    yield times_faster(OPENFISCA, ratios, target=4, stretch=7, note=note)


def streaming(bench: Bench) -> Row:
    """All programs from files into school aggregates, in bounded memory."""
    students, part = bench.of(10 * PART, 4_000), bench.of(PART, 2_000)
    for seed, start in enumerate(range(0, students, part), 1):
        _people(bench, "many", min(part, students - start), seed)
    counted = _figures(side("sides.programs", "tally", bench.home / "many"))
    return Row(
        f"全部项目，{counted['persons']:,} 人，流式汇总到学校，内存峰值",
        f"{counted['peak_mib']:.0f} MiB，{counted['seconds']:.0f} 秒",
        counted["peak_mib"],
        1024,
        250,
        " MiB",
        at_most=True,
    )


def _people(bench: Bench, name: str, students: int, seed: int = 1) -> Path:
    folder = bench.home / name
    folder.mkdir(exist_ok=True)
    target = folder / f"{seed:03d}.parquet"
    if not target.is_file():
        side("sides.programs", "make", target, students, seed)
    return folder


def _openfisca(home: Path) -> Path:
    """The interpreter of a virtual environment outside the tree with OpenFisca-core."""
    folder = home / "openfisca-env"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.is_file():
        venv.create(folder, with_pip=True)
    packages = ["openfisca-core", f"polars=={version('polars')}"]
    subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
    return python


def _figures(ran: Ran) -> dict[str, float]:
    return ran.figures


def _time_and_memory(figures: dict[str, float]) -> str:
    return f"{figures['seconds']:.1f} 秒，{figures['peak_mib']:,.0f} MiB"


if __name__ == "__main__":
    raise SystemExit(main({"programs": rows}))
