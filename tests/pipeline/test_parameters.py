"""A term's parameters: quoted text only, known names only, changes on top."""

from pathlib import Path

import pytest

from aidkit.calendar import Term
from aidkit.errors import AidkitError, ParamsError, UsageError
from aidkit.pipeline.parameters import NAMES, read_parameters, term_parameters
from aidkit.project import Project, find_project

GOOD = {
    "term": '"2026-autumn"',
    "county": '"data/demo"',
    "published_on": '"2026-11-20"',
    "next_update": '"2027-03-05"',
}


def write(folder: Path, **changes: str) -> Path:
    path = folder / "2026-autumn.yaml"
    lines = [f"{name}: {value}" for name, value in {**GOOD, **changes}.items() if value]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("term", ["2025-autumn", "2026-spring", "2026-autumn"])
def test_the_stored_terms_are_good(term: str) -> None:
    read = term_parameters(find_project(), Term.parse(term), {"county": "data/我县"})
    assert read["term"] == term
    assert read["county"] == "data/我县"
    assert tuple(read) == NAMES


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"published_on": "2026-11-20"}, "没有加引号"),
        ({"term": "2026"}, "没有加引号"),
        ({"county": "0012"}, "没有加引号"),
        ({"colour": '"red"'}, "不认识"),
        ({"next_update": ""}, "缺少"),
        ({"next_update": '"明年三月"'}, "不是日期"),
        ({"county": '"data'}, "读不懂"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(ParamsError, match=said) as fault:
        read_parameters(write(tmp_path, **changes))
    assert fault.value.where == "params/terms/2026-autumn.yaml"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"published_on": "明天"}, "不是日期"), ({"term": "2025-autumn"}, "要运行的是 2026-autumn")],
)
def test_wrong_changes_are_refused(changes: dict[str, str], said: str) -> None:
    with pytest.raises(ParamsError, match=said):
        term_parameters(find_project(), Term.parse("2026-autumn"), changes)


def test_a_copied_file_must_name_its_own_term(tmp_path: Path) -> None:
    (tmp_path / "params" / "terms").mkdir(parents=True)
    copied = write(tmp_path / "params" / "terms")
    copied.rename(copied.with_name("2027-spring.yaml"))
    with pytest.raises(ParamsError, match="要运行的是 2027-spring"):
        term_parameters(Project(tmp_path), Term.parse("2027-spring"), {})


def test_unknown_change_and_missing_term(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="colour"):
        term_parameters(find_project(), Term.parse("2026-autumn"), {"colour": "red"})
    with pytest.raises(AidkitError, match="没有") as fault:
        term_parameters(Project(tmp_path), Term.parse("2031-spring"), {})
    assert "复制" in fault.value.remedy
