"""A small site with planted words, locked: what may be seen of it only with the passphrase."""

import json
import shutil
from pathlib import Path

from aidkit.publish import publish_site
from aidkit.publish.locked import Secret, lock_site
from tests.publish.small_site import TERM, make_site

PASSPHRASE = "k7mp-x3qt-9abc-hjkm"
SECRET = Secret(PASSPHRASE, bytes(range(16)))
MARKER = "青源密语"
"""Stands in texts, titles, tables, chart data, search index, downloads and names of files."""


def make_plain(folder: Path, vega: Path) -> Path:
    """The small site with the marker in every kind of place, published."""
    project = make_site(folder / "site")
    shutil.copy(vega, project / "assets" / "vega.js")
    for path in (*project.rglob("*.qmd"), *project.rglob("*.ipynb")):
        text = path.read_text("utf-8").replace("青源", MARKER)
        path.write_text(text.replace(_in_json("青源"), _in_json(MARKER)), "utf-8")
    rows = f"学校,人数\n{MARKER}小学,41\n"
    (project / "downloads" / f"{TERM}-aid.csv").write_text(rows, "utf-8")
    (project / "downloads" / f"{MARKER}.csv").write_text(rows, "utf-8")
    return publish_site(project, folder / "plain", "offline").out


def _in_json(word: str) -> str:
    """As notebooks hold it."""
    return json.dumps(word)[1:-1]


def make_locked(folder: Path, vega: Path) -> Path:
    """The same, locked."""
    return lock_site(make_plain(folder, vega), folder / "locked", SECRET).home.parent
