"""All parts, one table: python -m benchmarks --date 2026-11-22."""

from benchmarks import (
    cluster,
    equal,
    gate,
    intake,
    leaks,
    learners,
    ledger,
    notebooks,
    pages,
    programs,
    reruns,
    steady,
)
from benchmarks.command import Part, main

PARTS: dict[str, Part] = {
    "notebooks": notebooks.rows,
    "equal": equal.rows,
    "leaks": leaks.rows,
    "reruns": reruns.rows,
    "pages": pages.rows,
    "gate": gate.rows,
    "intake": intake.rows,
    "programs": programs.rows,
    "ledger": ledger.rows,
    "learners": learners.rows,
    "steady": steady.rows,
    "cluster": cluster.rows,
}
"""Later issues add theirs here; the order is that of the table."""

if __name__ == "__main__":
    raise SystemExit(main(PARTS))
