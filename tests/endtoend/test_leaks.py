"""A planted ID number, phone, name or student number stops the build, wherever it is planted."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from aidkit.digests import file_digest
from aidkit.errors import LeakError
from aidkit.pipeline.build import build_site
from aidkit.pipeline.record import RECORD
from aidkit.project import Project
from tests.conftest import COUNTY, TERM

KINDS = ("id_number", "guardian_phone", "name", "student_no")


def report(project: Path) -> Path:
    return project / "reports" / "demo" / TERM / "public" / "pages" / "county.ipynb"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def in_output(project: Path, secret: str) -> None:
    notebook = json.loads(report(project).read_text(encoding="utf-8"))
    shown = [cell for cell in notebook["cells"] if cell.get("outputs")]
    data = shown[-1]["outputs"][0]["data"]
    data["text/markdown"] = [*data["text/markdown"], f"\n\n联系人 {secret} 。\n"]
    report(project).write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def in_chart(project: Path, secret: str) -> None:
    edit(report(project), '\\"$schema\\"', f'\\"description\\":\\"{secret}\\",\\"$schema\\"')


def in_front_matter(project: Path, secret: str) -> None:
    edit(project / "site" / "methods.qmd", "---\n", f'---\ndescription: "{secret}"\n')


def in_comment(project: Path, secret: str) -> None:
    page = project / "site" / "methods.qmd"
    page.write_text(page.read_text(encoding="utf-8") + f"\n<!-- {secret} -->\n", encoding="utf-8")


CHANNELS: dict[str, Callable[[Path, str], None]] = {
    "notebook output": in_output,
    "chart spec": in_chart,
    "front matter": in_front_matter,
    "HTML comment": in_comment,
}


def sign(project: Path) -> None:
    """Make the record fit, so that only the gate stands between the leak and the site."""
    path = project / "reports" / "demo" / TERM / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    record["outputs"] = {name: file_digest(path.parent / name) for name in record["outputs"]}
    path.write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_leak_stops_the_build(project: Path, kind: str, channel: str) -> None:
    students = pl.read_parquet(
        project / "reports" / "demo" / TERM / "internal" / "tables" / "students.parquet"
    )
    secret = students.filter(pl.col(kind).str.len_chars() >= 3)[kind][0]
    CHANNELS[channel](project, secret)
    sign(project)
    site = project / "site" / "_site"
    before = (site / "index.html").read_bytes()
    with pytest.raises(LeakError) as found:
        build_site(Project(project), project / COUNTY, publisher="offline", say=lambda _: None)
    assert secret not in str(found.value), "the message must not leak either"
    assert (site / "index.html").read_bytes() == before


def test_without_a_leak_it_builds(project: Path) -> None:
    sign(project)
    built = build_site(Project(project), project / COUNTY, publisher="offline", say=lambda _: None)
    assert built.home.is_file()
