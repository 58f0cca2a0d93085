"""The command line that all parts share: measure, print the table, tell by the exit code."""

import argparse
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bench import Bench, machine
from benchmarks.block import write_block
from benchmarks.processes import CHECKOUT
from benchmarks.row import Row, broken, table

README = CHECKOUT / "README.md"
BEGIN, END = "<!-- python -m benchmarks -->\n", "\n<!-- end -->\n"

Part = Callable[[Bench], Iterator[Row]]
"""Measures something; yields a row as soon as it is known."""


def main(parts: Mapping[str, Part]) -> int:
    """Run some parts: 1 if a target is missed, outputs differ or a part cannot be measured."""
    words = argparse.ArgumentParser(description="measure, and print a table of the results")
    words.add_argument("--date", required=True, help="day of the run, printed above the table")
    words.add_argument("--pairs", type=int, default=3, help="how often two ways run in turn")
    words.add_argument("--home", type=Path, help="scratch folder to keep; a temporary one else")
    words.add_argument("--smallest", action="store_true", help="only see whether everything runs")
    if len(parts) > 1:
        words.add_argument("--write", action="store_true", help="put the table into README.md")
        words.add_argument("--only", nargs="+", choices=parts, default=list(parts))
        words.add_argument("--without", nargs="+", choices=parts, default=[])
    asked = words.parse_args()
    chosen = {
        name: part
        for name, part in parts.items()
        if len(parts) == 1 or (name in asked.only and name not in asked.without)
    }
    if find_spec("jupyterlab"):
        print("这个环境装了 jupyterlab，papermill 会因此慢一倍：请换一个没有它的环境。")
        return 2
    head = f"{asked.date}，{machine()}"
    print(f"{head}\n", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = (asked.home or Path(temporary)).resolve()
        home.mkdir(parents=True, exist_ok=True)
        rows = measure(chosen, Bench(home, asked.pairs, asked.smallest))
    print(table(rows))
    if len(parts) > 1 and asked.write:
        write_block(README, BEGIN, END, f"{head}：\n\n{table(rows)}")
    return 1 if any(row.met is False for row in rows) else 0


def measure(parts: Mapping[str, Part], bench: Bench) -> list[Row]:
    """The rows of all parts; a part that breaks gives a row that says so, and the rest go on."""
    rows = []
    for name, part in parts.items():
        try:
            for row in part(bench):
                print(f"[{name}] {row.what}：{row.measured}", file=sys.stderr, flush=True)
                rows.append(row)
        except Exception as fault:  # the other parts go on
            traceback.print_exc()
            first = str(fault).splitlines()[0] if str(fault) else ""
            rows.append(broken(name, f"{type(fault).__name__} {first}"))
    return rows
