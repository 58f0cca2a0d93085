"""Files are replaced whole; the project is found from below; the run under way is read first."""

from pathlib import Path

import pytest

from aidkit.project import Project, find_project, replacing


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError, match="cut"), replacing(path) as file:
        file.write(b"ne")
        raise RuntimeError("cut")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_found_from_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "labels.toml").write_text("", encoding="utf-8")
    below = tmp_path / "notebooks" / "public"
    below.mkdir(parents=True)
    assert find_project(below).root == tmp_path.resolve()


def test_run_under_way_is_read_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    county = tmp_path / "data" / "demo"
    work = tmp_path / "reports" / ".work"
    monkeypatch.setenv("AIDKIT_WORK", str(work))
    stored = project.reports(county, "2026-autumn")
    assert project.term_folder(county, "2026-autumn") == stored
    (work / "demo" / "2026-autumn").mkdir(parents=True)
    assert project.term_folder(county, "2026-autumn") == work / "demo" / "2026-autumn"


def test_remembers_the_county(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.remembered_county() is None
    project.remember_county("data/我县")
    assert project.remembered_county() == "data/我县"


def test_terms_are_folders_named_by_a_term_and_nothing_else(tmp_path: Path) -> None:
    project, county = Project(tmp_path), tmp_path / "data" / "县[1]"
    assert project.terms(county) == []
    for name in ("2026-autumn", "2025-autumn", "2026-spring", ".2026-autumn.last", "2024年秋"):
        (tmp_path / "reports" / county.name / name).mkdir(parents=True)
    assert [term.code for term in project.terms(county)] == [
        "2025-autumn",
        "2026-spring",
        "2026-autumn",
    ]
