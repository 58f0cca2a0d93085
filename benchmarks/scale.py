"""What a city, a province and the country would take, from counties of several sizes measured.

Usage, from the checkout: python -m benchmarks.scale --date 2026-11-22 [--write]

Every county runs its last term and builds its site, with nothing kept of earlier times. From the
sums follow a cost a run, a school and a thousand pupils; from those, printed as they are used,
follows the rest. `--write` puts the tables into site/scale.qmd.
"""

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.bench import COUNTY, TERM, Bench, machine
from benchmarks.block import write_block
from benchmarks.processes import CHECKOUT, aidkit
from benchmarks.scale_tables import Measured, tables

SIZES = ("tiny", "small", "county", "wide")
PAGE = CHECKOUT / "site" / "scale.qmd"
BEGIN, END = "::: {#figures}\n", "\n:::\n"


def main() -> int:
    """Measure, print the tables, and write them if asked."""
    words = argparse.ArgumentParser(description="what larger places would take")
    words.add_argument("--date", required=True, help="day of the run, printed above the tables")
    words.add_argument("--times", type=int, default=3, help="how often each county is measured")
    words.add_argument("--home", type=Path, help="scratch folder to keep; a temporary one else")
    words.add_argument("--write", action="store_true", help="put the tables into site/scale.qmd")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = (asked.home or Path(temporary)).resolve()
        bench = Bench(home, asked.times)
        measured = [measure(bench, size) for size in SIZES]
    text = f"{asked.date} 在一台普通电脑上测得：{machine()}。\n\n{tables(measured)}"
    print(text)
    if asked.write:
        write_block(PAGE, BEGIN, END, text)
    return 0


def measure(bench: Bench, size: str) -> Measured:
    """Run one county's term and build its site, several times; medians, and the highest memory."""
    root = bench.project(size)
    tables, reports, site, memory = [], [], [], []
    for _ in range(bench.pairs):
        _forget(root)
        first = aidkit(root, "run", TERM, "--tables", "--force", watched=True)
        _forget(root)
        whole = aidkit(root, "run", TERM, "--force", watched=True)
        _forget(root)
        shutil.rmtree(root / "site" / "_site", ignore_errors=True)
        built = bench.build(root, watched=True)
        tables.append(first.seconds)
        reports.append(max(0.01, whole.seconds - first.seconds))
        site.append(built.seconds)
        memory.append(max(first.peak_mib, whole.peak_mib, built.peak_mib))
    made = root / "reports" / Path(COUNTY).name / TERM
    return Measured(
        schools=len(list((made / "public" / "notebooks").glob("99*.ipynb"))),
        pupils=_pupils(made),
        pages=len(list((root / "site" / "_site").rglob("*.html"))),
        tables_seconds=statistics.median(tables),
        reports_seconds=statistics.median(reports),
        site_seconds=statistics.median(site),
        memory_mib=max(memory),
        results_mib=_size(made),
        site_mib=_size(root / "site" / "_site"),
    )


def _forget(root: Path) -> None:
    shutil.rmtree(root / "reports" / ".cache", ignore_errors=True)


def _pupils(made: Path) -> int:
    import polars as pl  # noqa: PLC0415 - only here

    facts = pl.scan_parquet(made / "internal" / "tables" / "facts.parquet")
    return int(facts.filter(subject="student").select(pl.len()).collect().item())


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


if __name__ == "__main__":
    raise SystemExit(main())
