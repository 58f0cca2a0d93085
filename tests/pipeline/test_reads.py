"""Whatever a notebook's process reads is in its record, even if the process dies."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from aidkit.pipeline.report_reads import CHANGED, Places, differing
from aidkit.reads import note, recorded

BEFORE = """
import sys
from pathlib import Path
from aidkit import reads
sys.path.insert(0, str(Path.cwd()))
reads.record_to(Path("record"))
import os
import polars as pl
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("x\n2\n", encoding="utf-8")
    (tmp_path / "helper.py").write_text("X = 1\n", encoding="utf-8")
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "c.csv").write_text("x\n3\n", encoding="utf-8")
    return tmp_path


def reads(folder: Path, code: str, **environment: str) -> set[str]:
    """What a process records, paths relative to its folder."""
    subprocess.run(
        [sys.executable, "-c", BEFORE + textwrap.dedent(code)],
        cwd=folder,
        check=False,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return found(folder, "record")


def found(folder: Path, name: str) -> set[str]:
    """A record, paths relative to its folder."""
    return {line.replace(f"{folder.resolve()}{os.sep}", "") for line in recorded(folder / name)}


CASES: dict[str, set[str]] = {
    "open('a.csv')": {"file:a.csv"},
    "Path('a.csv').read_bytes()": {"file:a.csv"},
    "os.open(b'a.csv', os.O_RDONLY)": {"file:a.csv"},
    "open(os.open('a.csv', os.O_RDONLY))": {"file:a.csv"},
    "pl.read_csv('a.csv')": {"file:a.csv"},
    "pl.scan_csv(source='a.csv').collect()": {"file:a.csv"},
    "pl.scan_csv([Path('a.csv'), Path('b.csv')])": {"file:a.csv", "file:b.csv"},
    "pl.read_csv('[ab].csv')": {"file:a.csv", "file:b.csv"},
    "pl.read_csv('room/*.csv')": {"file:room/c.csv", "folder:room"},
    "pl.scan_csv('room')": {"file:room/c.csv", "folder:room"},
    "pl.scan_parquet('http://127.0.0.1:9/x')": {"url:http://127.0.0.1:9/x"},
    "pl.scan_parquet('s3://a/x.parquet')": {"url:s3://a/x.parquet"},
    "reads.note(Path('a.csv'))": {"file:a.csv"},
    "reads.note('http://host/x')": {"url:http://host/x"},
    "os.listdir('room')": {"folder:room"},
    "list(Path('room').glob('*.csv'))": {"folder:room"},
    "Path('none.csv').is_file()": {"stat:none.csv"},
    "os.path.exists('none.csv')": {"stat:none.csv"},
    "open('none.csv')": {"file:none.csv"},
    "import helper": {"file:helper.py"},
    "import nowhere": {"stat:nowhere.py", "stat:nowhere"},
    "import subprocess; subprocess.run(['true'])": {"unseen:subprocess.Popen"},
    "os.system('true')": {"unseen:os.system"},
    "import socket; socket.socket().connect(('127.0.0.1', 9))": {"unseen:socket.connect"},
    "import sqlite3; sqlite3.connect('some.db')": {"file:some.db"},
    "open('made.csv', 'w')": {"written:made.csv"},
    "os.chdir('room'); open('c.csv')": {"file:room/c.csv"},
}

EACH = """
import contextlib, json
home = Path.cwd()
for number, code in enumerate(json.loads(sys.argv[1])):
    reads.record_to(home / f"record{number}")
    with contextlib.suppress(Exception):
        exec(code)
    reads.stop()
    os.chdir(home)
"""


def test_it_is_recorded(folder: Path) -> None:
    command = [sys.executable, "-c", BEFORE + EACH, json.dumps(list(CASES))]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    for number, (code, read) in enumerate(CASES.items()):
        assert read <= found(folder, f"record{number}"), code


@pytest.mark.parametrize(
    "code",
    [
        "open('a.csv'); os._exit(1)",
        pytest.param(
            "if os.fork() == 0: open('a.csv'); os._exit(0)\nos.wait()",
            marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here"),
        ),
    ],
)
def test_a_process_that_dies_keeps_its_record(folder: Path, code: str) -> None:
    assert "file:a.csv" in reads(folder, code)


def test_a_module_compiled_before_is_recorded_by_its_source(folder: Path) -> None:
    reads(folder, "import helper", PYTHONDONTWRITEBYTECODE="")
    assert (folder / "__pycache__").is_dir()
    (folder / "record").unlink()
    again = reads(folder, "import helper")
    assert "file:helper.py" in again
    assert not [line for line in again if "__pycache__" in line]


def test_modules_imported_before_are_recorded(folder: Path) -> None:
    code = "reads.stop(); import helper; reads.record_to(Path('record'))"
    assert "file:helper.py" in reads(folder, code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import json, altair, aidkit.public, aidkit.internal",
        "from importlib.metadata import version; version('polars')",
        "reads.stop(); open('a.csv'); pl.read_csv('a.csv'); os.listdir(); os.stat('a.csv')",
        "open('/dev/null') if os.name == 'posix' else None",
    ],
)
def test_what_is_nobodys_input_is_left_out(folder: Path, code: str) -> None:
    # altair looks for a cache of its own in the user's folder.
    assert [line for line in reads(folder, code) if "cache" not in line] == []


def test_a_stock_kernel_records_from_the_environment(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "import aidkit; open('a.csv')"],
        cwd=folder,
        env={**os.environ, "AIDKIT_READS": str(folder / "record")},
        check=True,
    )
    assert f"file:{folder.resolve() / 'a.csv'}" in recorded(folder / "record")


def test_without_a_record_nobody_knows(tmp_path: Path) -> None:
    (line,) = recorded(tmp_path / "record")
    assert line.startswith("unseen:")


def test_notes_of_one_that_does_not_record_go_nowhere(tmp_path: Path) -> None:
    note(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def places(folder: Path) -> Places:
    term = folder / "reports" / ".work" / "demo" / "2026-autumn"
    (term / "slices").mkdir(parents=True)
    (term / "slices" / "a.parquet").write_bytes(b"a")
    return Places(folder, folder / "reports" / ".work", term)


def test_keys_name_places_of_the_project(folder: Path, places: Places) -> None:
    lines = (
        f"file:{folder / 'a.csv'}",
        f"stat:{folder / 'a.csv'}",
        f"stat:{folder / 'b.csv'}",
        f"file:{places.term / 'slices' / 'a.parquet'}",
        f"folder:{places.work / 'demo'}",
        f"file:{folder.parent / 'beside.csv'}",
        "unseen:os.system",
    )
    assert places.keys(lines) == (
        "file:else:../beside.csv",
        "file:project:a.csv",
        "file:term:slices/a.parquet",
        "stat:project:b.csv",
        "unseen:os.system",
    )


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("file:project:a.csv", lambda f: (f / "a.csv").write_text("y", encoding="utf-8")),
        ("file:project:a.csv", lambda f: (f / "a.csv").unlink()),
        ("file:project:none.csv", lambda f: (f / "none.csv").touch()),
        ("folder:project:room", lambda f: (f / "room" / "d.csv").touch()),
        ("folder:project:room", lambda f: (f / "room" / "c.csv").rename(f / "room" / "e.csv")),
        ("stat:project:none.csv", lambda f: (f / "none.csv").touch()),
        ("stat:project:a.csv", lambda f: (f / "a.csv").unlink()),
        ("written:project:a.csv", lambda f: (f / "a.csv").unlink()),
    ],
)
def test_a_change_is_noticed(folder: Path, places: Places, line: str, change: object) -> None:
    record = places.digests([line], since_ns=2**63)
    assert set(record) == {line}
    assert differing(record, places, {}) == set()
    change(folder)  # type: ignore[operator]
    assert differing(record, places, {}) == {line}


@pytest.mark.parametrize("key", ["unseen:os.system", "url:http://host/x"])
def test_what_cannot_be_looked_up_never_stands(places: Places, key: str) -> None:
    assert differing(places.digests([key], since_ns=2**63), places, {}) == {key}


def test_what_changed_while_reports_ran_never_stands(folder: Path, places: Places) -> None:
    """Nobody knows whether the report read the old or the new content."""
    key = "file:project:a.csv"
    changed = (folder / "a.csv").stat().st_mtime_ns
    assert places.digests([key], since_ns=changed) == {key: CHANGED}
    assert differing({key: CHANGED}, places, {}) == {key}


def test_what_a_report_wrote_and_removed_is_forgotten(places: Places) -> None:
    assert places.digests(["written:project:draft.tmp"], since_ns=0) == {}


def test_of_the_terms_own_files_digests_that_are_known_count(places: Places) -> None:
    key = "file:term:slices/a.parquet"
    record = places.digests([key], since_ns=0)
    assert differing(record, places, {"slices/a.parquet": record[key]}) == set()
    assert differing(record, places, {"slices/a.parquet": "other"}) == {key}
