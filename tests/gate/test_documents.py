"""Leaks in documents that other programs made."""

from pathlib import Path

import pytest

from aidkit.gate import scan
from tests.gate.planted import ID, NAME, PEOPLE, PHONE


def test_typst_page(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    source = tmp_path / "a.typ"
    source.write_text(f"受助学生 {NAME}，{ID}，电话 {PHONE}", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    typst.compile(str(source), output=str(site / "a.pdf"))

    found = {finding.kind for finding in scan(site, PEOPLE)}

    assert {"id_number", "phone"} <= found
