"""Nothing that one notebook changes is there in the next."""

import json
import subprocess
import sys
from pathlib import Path

from aidkit.engine import Task, open_engine
from tests.engine.making import shown, write

LEAVES = """
import builtins, os, sys
import altair, json, polars
os.environ["AIDKIT_LEAK"] = "1"
sys.path.append("/leak")
polars.Config.set_tbl_rows(3)
altair.data_transformers.enable("vegafusion" if False else "json")
json.leak = 1
leak = 1
os.chdir("/")
builtins.leak = 1
"""

FINDS = """
import builtins, os, sys
import altair, json, polars
found = {
    "env": "AIDKIT_LEAK" in os.environ,
    "sys.path": "/leak" in sys.path,
    "pl.Config": polars.Config.state()["POLARS_FMT_MAX_ROWS"] is not None,
    "altair": altair.data_transformers.active != "default",
    "module attributes": hasattr(json, "leak"),
    "globals": "leak" in globals(),
    "cwd": os.getcwd() == "/",
    "builtins": hasattr(builtins, "leak"),
}
print(json.dumps(found))
"""


def test_none_of_eight_leaks(tmp_path: Path) -> None:
    leaves, finds = write(tmp_path / "a.ipynb", [LEAVES]), write(tmp_path / "b.ipynb", [FINDS])
    tasks = [Task(f.stem, f, tmp_path / "out" / f.name, {}) for f in (leaves, finds)]
    with open_engine(root=tmp_path, environment={}, workers=1) as engine:
        outcomes = list(engine.run(tasks))
    assert [(o.task.name, o.error) for o in outcomes] == [("a", ""), ("b", "")]
    found = json.loads(shown(tmp_path / "out" / "b.ipynb")[0])
    assert found == dict.fromkeys(found, False)
    assert len(found) == 8


def test_all_eight_would_leak_in_a_shared_process() -> None:
    code = f"shared = {{}}\nexec({LEAVES!r}, shared)\nexec({FINDS!r}, shared)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert found == dict.fromkeys(found, True)


def test_the_runner_itself_is_not_touched(tmp_path: Path) -> None:
    before = (list(sys.path), Path.cwd())
    source = write(tmp_path / "a.ipynb", [LEAVES])
    with open_engine(root=tmp_path, environment={}) as engine:
        list(engine.run([Task("a", source, tmp_path / "out.ipynb", {})]))
    assert (list(sys.path), Path.cwd()) == before
