"""Importing what notebooks import leaves a process that may be forked: nothing has run yet."""

import json
import subprocess
import sys
from typing import Any

import pytest

LOOK = """
import json, sys, threading
from pathlib import Path
import dataframely as dy
import polars as pl

def refuse(*_, **__):
    raise RuntimeError("something ran while importing")

def threads():
    return sorted(p.read_text().strip() for p in Path("/proc/self/task").glob("*/comm"))

before = threads()
pl.LazyFrame.collect = pl.DataFrame.__init__ = pl.Series.__init__ = refuse
for name in ("create_empty", "validate", "filter", "is_valid", "cast"):
    setattr(dy.Schema, name, refuse)
{statement}
made = {{name for name, module in sys.modules.items() if module is not None}}
print(json.dumps({{"before": before, "after": threads(), "python": threading.active_count(),
                   "modules": sorted(made)}}))
"""


def after(statement: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(statement=statement)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("facade", ["aidkit.internal", "aidkit.public"])
def test_importing_starts_no_thread_and_runs_nothing(facade: str) -> None:
    found = after(f"import {facade}")
    assert found["after"] == found["before"]
    assert found["python"] == 1
    assert not [name for name in found["after"] if name.startswith(("polars-0", "tokio", "async"))]


def test_a_query_while_importing_would_be_noticed() -> None:
    with pytest.raises(AssertionError, match="something ran while importing"):
        after("import polars as pl; pl.DataFrame({'a': [1]})")


def test_public_notebooks_load_nothing_that_knows_persons() -> None:
    rooms = ("intake", "facts", "awards", "fund", "runs", "internal", "pipeline", "disclosure")
    loaded = after("import aidkit.public")["modules"]
    assert "aidkit.public" in loaded
    assert not [name for name in loaded if name.startswith(tuple(f"aidkit.{r}" for r in rooms))]
