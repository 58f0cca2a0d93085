"""Every part of the benchmarks runs at its smallest; how long it takes is not looked at."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import leaks, reruns, steady
from benchmarks.__main__ import PARTS
from benchmarks.bench import COUNTY, Bench
from benchmarks.command import measure


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_part_runs(bench: Bench, name: str) -> None:
    rows = measure({name: PARTS[name]}, bench)
    assert rows
    assert not [row.measured for row in rows if row.what == name], "a part broke"
    for row in rows:
        assert row.measured
        assert "出错" not in row.measured
        assert row.value is not None or row.target is None or row.measured.startswith("未测")


def test_the_probes_see_all_eight_kinds_of_state(tmp_path: Path) -> None:
    """In one interpreter everything leaks; so a zero means something."""
    tests = ", ".join(f"{kind!r}: {test}" for kind, test in leaks.SEE.items())
    lines = [leaks.BEFORE, f"clean = {{{tests}}}", *leaks.LEAVE.values(), f"print({{{tests}}})"]
    lines.append("assert not any(clean.values()), clean")
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, check=True, text=True
    )
    assert done.stdout.count("True") == len(leaks.SEE) == len(leaks.LEAVE) == 8


def test_a_tier_changes_and_changes_back(bench: Bench) -> None:
    book = reruns.workbook_of_a_panel(bench.workbooks("wide") / COUNTY)
    changed = reruns.decided_otherwise(book)
    assert changed
    assert changed != book.read_bytes()


@pytest.mark.parametrize("lost", [0.0, 0.25])
def test_a_slope_is_found_behind_the_start(lost: float) -> None:
    places = [float(100 * n) for n in range(1, 51)]
    values = [500.0 if place < 600 else 200 + lost * place / 1000 for place in places]
    assert 1000 * steady.slope(places, values) == pytest.approx(lost, abs=1e-9)
