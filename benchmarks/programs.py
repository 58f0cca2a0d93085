"""All programs over millions of invented students, and one of them beside OpenFisca-core.

Usage, from the checkout: python -m benchmarks.programs --date 2026-11-22
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
FASTER = 4
STREAMING_MIB = 1024
PART = 1_000_000


def main() -> int:
    """Run everything, print a table; 1 if a target is missed or the amounts differ."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--date", required=True, help="day of the run, printed with the figures")
    words.add_argument("--students", type=int, default=1_000_000)
    words.add_argument(
        "--many", type=int, default=10_000_000, help="for streaming; 0 leaves it out"
    )
    words.add_argument("--decide", type=int, default=100_000, help="persons decided in full")
    words.add_argument(
        "--pairs", type=int, default=5, help="runs beside OpenFisca; 0 leaves it out"
    )
    asked = words.parse_args()
    print(f"{asked.date}，{machine()}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        met = [in_one_go(home, asked.students, asked.decide)]
        if asked.pairs:
            met.append(beside_openfisca(home, asked.pairs))
        if asked.many:
            met.append(streaming(home, asked.many))
    return 0 if all(met) else 1


def machine() -> str:
    """Cores, memory, Python and polars."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} 核 {memory:.0f} GiB，CPython {python}，polars {pl.__version__}"


def in_one_go(home: Path, students: int, decided: int) -> bool:
    """All programs: counted for all, and decided in full for some."""
    _people(home / "one", students)
    counted = _aidkit("tally", home / "one")
    print(
        f"全部 {counted['programs']} 个项目，{counted['persons']:,} 人，汇总到学校："
        f"{counted['seconds']:.1f} 秒，峰值 {counted['peak_mib']:.0f} MiB"
    )
    full = _aidkit("award", home / "one", decided)
    print(
        f"全部项目，{full['persons']:,} 人，逐人认定和说明（{full['decisions']:,} 条）："
        f"{full['seconds']:.1f} 秒，峰值 {full['peak_mib']:.0f} MiB"
    )
    return True


def beside_openfisca(home: Path, pairs: int) -> bool:
    """One dated program, in turn; both start from the same table in memory."""
    people, ours, theirs = (home / f"{name}.parquet" for name in ("pupils", "ours", "theirs"))
    changes = pl.lit(
        [],
        pl.List(
            pl.Struct({"program_id": pl.String, "award_change": pl.String, "changed_on": pl.Date})
        ),
    )
    source = pl.scan_parquet(home / "one" / "*.parquet").filter(pl.col("subject") == "student")
    # OpenFisca's formula knows no awards given up; everything else is alike.
    source.with_columns(award_changes=changes).sink_parquet(people)
    python = _openfisca(home)
    side = ROOT / "benchmarks" / "openfisca_side.py"
    ratios, own_ratios = [], []
    for number in range(1, pairs + 1):
        mine = _aidkit("one", people, ours)
        other = _run(python, side, people, theirs)
        if not pl.read_parquet(ours).equals(pl.read_parquet(theirs)):
            print("两边的金额不一致。")
            return False
        ratios.append(other["seconds"] / mine["seconds"])
        own_ratios.append(other["own"] / mine["seconds"])
        print(
            f"  第 {number} 对：aidkit {mine['seconds']:.3f} 秒 {mine['peak_mib']:.0f} MiB，"
            f"OpenFisca {other['seconds']:.3f} 秒（其中拆成标志列以后 {other['own']:.3f} 秒）"
            f"{other['peak_mib']:.0f} MiB，{ratios[-1]:.1f} 倍"
        )
    ratio = statistics.median(ratios)
    print(
        f"寄宿生生活补助，{pl.read_parquet(ours).height:,} 名学生，金额逐人相同："
        f"快 {ratio:.1f} 倍（中位数；目标 {FASTER} 倍；"
        f"OpenFisca 不算拆列时 {statistics.median(own_ratios):.1f} 倍）"
    )
    return bool(ratio >= FASTER)


def streaming(home: Path, students: int) -> bool:
    """All programs from files into school aggregates, in bounded memory."""
    for seed, start in enumerate(range(0, students, PART), 1):
        _people(home / "many", min(PART, students - start), seed)
    counted = _aidkit("tally", home / "many")
    print(
        f"全部项目，{counted['persons']:,} 人，流式汇总到学校：{counted['seconds']:.0f} 秒，"
        f"峰值 {counted['peak_mib']:.0f} MiB（目标 {STREAMING_MIB} MiB）"
    )
    return bool(counted["peak_mib"] <= STREAMING_MIB)


def _people(folder: Path, students: int, seed: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    _aidkit("make", folder / f"{seed:03d}.parquet", students, seed)


def _openfisca(home: Path) -> Path:
    """The interpreter of a virtual environment outside the tree with OpenFisca-core."""
    venv.create(home / "openfisca", with_pip=True)
    python = home / "openfisca" / ("Scripts" if os.name == "nt" else "bin") / "python"
    packages = ["openfisca-core", f"polars=={pl.__version__}"]
    subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
    return python


def _aidkit(*words: object) -> dict[str, Any]:
    return _run(Path(sys.executable), "-m", "benchmarks.aidkit_side", *words)


def _run(python: Path, *words: object) -> dict[str, Any]:
    done = subprocess.run(
        [python, *map(str, words)], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    raise SystemExit(main())
