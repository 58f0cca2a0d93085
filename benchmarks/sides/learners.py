"""Invented results of many grades, and their progress measured; each in a process of its own.

Usage: python -m benchmarks.sides.learners TASK …; prints what it found as JSON.
"""

import json
import sys
import time
from collections.abc import Callable

import polars as pl

from aidkit.calendar import Term
from aidkit.progress.coded import coded
from aidkit.progress.group import inside_entry
from aidkit.progress.luck_table import luck
from aidkit.progress.progress import PLACE, progress
from aidkit.progress.reliability import reliability
from aidkit.progress.roles import exam_roles
from aidkit.progress.settings import read_progress_settings
from aidkit.progress.simulation import TERM, Conditions, exam_results, truth
from aidkit.progress.sittings import sittings
from aidkit.project import find_project
from benchmarks.sides.peak import peak_mib


def make(target: str, grades: str, pupils: str, classes: str) -> dict[str, object]:
    """Write results; not timed."""
    one = Conditions(int(pupils), 0.8, 0.35, classes=int(classes), grades=int(grades))
    exam_results(truth(one, 1), one, 1).write_parquet(target, row_group_size=50_000)
    return {}


def measure(source: str) -> dict[str, object]:
    """From results to progress; then what luck alone would give."""
    settings = read_progress_settings(find_project().params)
    results = pl.read_parquet(source)
    started, worked = time.perf_counter(), time.process_time()
    results = coded(results)
    sat = sittings(results, exam_roles(results, Term.parse(TERM), settings), settings)
    group = inside_entry(sat.filter(role="choice"), PLACE, settings).filter("inside")
    shares = reliability(sat, results, settings)
    del results  # nothing more is asked of single marks
    found = progress(sat, shares, group, settings, TERM)
    measured, work = time.perf_counter(), time.process_time() - worked
    memory = peak_mib()
    groups = luck(found, sat, shares, settings)
    return {
        "pupils": found.height,
        "groups": groups.height,
        "seconds": measured - started,
        "cpu_seconds": work,
        "luck_seconds": time.perf_counter() - measured,
        "peak_mib": memory,
    }


TASKS: dict[str, Callable[..., object]] = {"make": make, "measure": measure}

if __name__ == "__main__":
    task, *words = sys.argv[1:]
    print(json.dumps(TASKS[task](*words)))
