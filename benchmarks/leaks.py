"""Whether a notebook sees what the one before it left behind: eight kinds of state.

Usage, from the checkout: python -m benchmarks.leaks --date 2026-11-22
"""

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.bench import Bench
from benchmarks.command import main
from benchmarks.processes import side
from benchmarks.row import Row, none_of

BEFORE = """
import builtins, json, os, sys, tempfile
from pathlib import Path
import altair as alt
import polars as pl
start = os.getcwd()
"""

LEAVE = {
    "env": 'os.environ["AIDKIT_LEFT"] = "1"',
    "sys.path": 'sys.path.insert(0, "left")',
    "pl.Config": 'pl.Config.set_fmt_float("full").set_tbl_rows(3)',
    "altair options": "alt.data_transformers.disable_max_rows()",
    "module attributes": "json.left = True",
    "globals": "left = True",
    "cwd": "os.chdir(tempfile.gettempdir())",
    "builtins": "builtins.left_too = True",
}
"""Kind of state to what the first notebook does to it."""

SEE = {
    "env": '"AIDKIT_LEFT" in os.environ',
    "sys.path": '"left" in sys.path',
    "pl.Config": 'pl.Config.state()["set_fmt_float"] == "full"',
    "altair options": '"max_rows" in alt.data_transformers.options',
    "module attributes": 'hasattr(json, "left")',
    "globals": '"left" in globals()',
    "cwd": 'os.path.samefile(".", tempfile.gettempdir())',
    "builtins": 'hasattr(builtins, "left_too")',
}
"""Kind of state to whether the second one sees it."""


def rows(bench: Bench) -> Iterator[Row]:
    """One notebook after the other in one worker, several times."""
    out = bench.scratch("leaks")
    write_notebooks(out)
    side("sides.in_turn", bench.workbooks("county"), out, *["leave", "see"] * bench.of(3, 1))
    leaked = {kind for path in sorted(out.glob("*-see.ipynb")) for kind in seen_in(path)}
    note = f"：{'、'.join(sorted(leaked))}" if leaked else ""
    yield none_of("前一份笔记本留给后一份的状态", len(leaked), len(LEAVE), note)


def write_notebooks(folder: Path) -> None:
    """Write both, `leave.ipynb` and `see.ipynb`."""
    seen = ", ".join(f"{kind!r}: {test}" for kind, test in SEE.items())
    for name, lines in (
        ("leave", [*LEAVE.values(), f"print(json.dumps({{{seen}}}))"]),
        ("see", [f"print(json.dumps({{{seen}}}))"]),
    ):
        cells = [new_code_cell(BEFORE.strip()), new_code_cell("\n".join(lines))]
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")


def seen_in(path: Path) -> list[str]:
    """The kinds of state that an executed notebook saw."""
    output = nbformat.read(path, as_version=4).cells[-1].outputs[0]
    return [kind for kind, there in json.loads(output["text"]).items() if there]


if __name__ == "__main__":
    raise SystemExit(main({"leaks": rows}))
