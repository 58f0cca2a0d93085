"""What-if, asked three times of the small sample county; each answer is worked out by hand too."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.errors import MissingTablesError, UsageError
from aidkit.pipeline.execute import JobResult
from aidkit.pipeline.jobs import NotebookJob
from aidkit.pipeline.simulate import Simulation, simulate
from aidkit.pipeline.tables import make_tables
from aidkit.project import Project
from tests.conftest import COUNTY, make_project

TERM = Term.parse("2026-autumn")
NATIONAL = {"registered_poor", "allowance", "destitute", "disabled"}
HENAN = NATIONAL | {"unattended", "orphan", "disabled_parent", "martyr", "brave", "epidemic"}
LISTED = {"registered_poor", "allowance", "destitute", "orphan", "unattended", "disabled"}
TERM_FEN = {"primary": 625_00, "junior": 750_00, "special": 625_00}
BOARDERS = "boarder_allowance"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(make_project(tmp_path_factory.mktemp("project")))
    settings = made.root / COUNTY / "county.toml"
    text = settings.read_text(encoding="utf-8")
    for old, new in (
        # Not in Henan, so that moving to the Henan form is a question.
        ('region = "cn/henan/qingshan"', 'region = "cn/hubei"'),
        ("[quota.candle_action]\nplaces = 2", "[quota.candle_action]\nplaces = 0"),
    ):
        assert old in text
        text = text.replace(old, new)
    settings.write_text(text, encoding="utf-8")
    folder = made.root / COUNTY
    make_tables(made, folder, TERM, made.reports(folder, TERM.code))
    return made


@pytest.fixture
def no_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables alone: one test looks at the notebook, and running one takes seconds."""

    def left_out(jobs: list[NotebookJob], **_: Any) -> list[JobResult]:
        return [JobResult(job.name, job.output, "") for job in jobs]

    monkeypatch.setattr("aidkit.pipeline.simulate.execute_notebooks", left_out)


def asked(project: Project, *changes: str, **more: Any) -> Simulation:
    return simulate(project, project.root / COUNTY, TERM, changes, say=lambda _: None, **more)


def facts(project: Project) -> list[dict[str, Any]]:
    folder = project.reports(project.root / COUNTY, TERM.code)
    return pl.read_parquet(folder / "internal" / "tables" / "facts.parquet").to_dicts()


def sums(aid: pl.DataFrame, program: str) -> tuple[int, int, int, int]:
    own = aid.filter(program_id=program).select(pl.exclude("school_code", "program_id", "tier"))
    persons_today, fen_today, persons_changed, fen_changed = own.sum().row(0)
    return persons_today, fen_today, persons_changed, fen_changed


def boarders(
    rows: Iterable[dict[str, Any]],
    groups: set[str],
    has_applied: Callable[[dict[str, Any]], bool],
) -> dict[str, int]:
    """Who gets a boarder's allowance and how much, told once more in plain Python."""
    found = {}
    for row in rows:
        tier = any(p["program_id"] == BOARDERS for p in row["panel_tiers"])
        poor = bool(groups & set(row["special_groups"] or ())) or tier
        if (
            row["subject"] == "student"
            and row["enrolled"]
            and row["boarder"]
            and row["stage"] in TERM_FEN
            and poor
            and has_applied(row)
            and row["present_months"]
        ):
            given_up = any(change["program_id"] == BOARDERS for change in row["award_changes"])
            assert not given_up, "the sample gives up no boarder's allowance"
            found[row["person_no"]] = TERM_FEN[row["stage"]] * row["present_months"] // 5
    return found


@pytest.mark.usefixtures("no_notebook")
def test_raising_the_first_tier(project: Project) -> None:
    found = asked(project, "tiered_aid.level_1.amount=2500", name="raise")
    first = found.aid.filter(pl.col("tier") == "level_1").sum()
    others = found.aid.filter(pl.col("tier") != "level_1")
    assert first["persons_today"].item() == first["persons_changed"].item() > 0
    assert first["fen_changed"].item() * 2000 == first["fen_today"].item() * 2500
    assert others["fen_today"].to_list() == others["fen_changed"].to_list()
    assert set(found.persons["kind"]) == {"more"}
    assert found.persons.height == first["persons_today"].item()
    extra = sum(found.persons["fen_changed"]) - sum(found.persons["fen_today"])
    assert extra == first["fen_changed"].item() - first["fen_today"].item()


@pytest.mark.usefixtures("no_notebook")
def test_widening_to_low_income(project: Project) -> None:
    found = asked(project, f"{BOARDERS}.any_special_group+=low_income", name="widen")
    rows = facts(project)
    for aid, has_applied in (
        (found.aid, lambda row: BOARDERS in row["applied_programs"]),
        (found.if_all_apply, lambda _: True),
    ):
        today = boarders(rows, NATIONAL, has_applied)
        wider = boarders(rows, NATIONAL | {"low_income"}, has_applied)
        assert sums(aid, BOARDERS) == (
            len(today), sum(today.values()), len(wider), sum(wider.values())
        )  # fmt: skip
    everybody = sums(found.if_all_apply, BOARDERS)
    assert everybody[2] > everybody[0] >= sums(found.aid, BOARDERS)[0]
    assert set(found.persons["kind"]) <= {"gains"}


@pytest.mark.usefixtures("no_notebook")
def test_moving_to_the_henan_form(project: Project) -> None:
    found = asked(project, f"{BOARDERS}.region=cn/henan", name="henan")
    rows = facts(project)
    applied = boarders(rows, NATIONAL, lambda row: BOARDERS in row["applied_programs"])
    henan = boarders(
        rows,
        HENAN,
        lambda row: (
            BOARDERS in row["applied_programs"] or bool(LISTED & set(row["listed_groups"] or ()))
        ),
    )
    assert henan != applied
    assert sums(found.aid, BOARDERS) == (
        len(applied), sum(applied.values()), len(henan), sum(henan.values())
    )  # fmt: skip
    of = {kind: set(found.persons.filter(kind=kind)["person_no"]) for kind in ("gains", "loses")}
    assert of == {"gains": henan.keys() - applied.keys(), "loses": applied.keys() - henan.keys()}
    assert found.said == ("寄宿生生活补助：改按 cn/henan 的规定",)


def test_the_report_shows_both_sides_and_says_that_it_is_internal(project: Project) -> None:
    found = asked(project, "tiered_aid.level_1.amount=2500", name="shown")
    assert found.notebook.relative_to(project.root).as_posix() == (
        "reports/demo/simulations/2026-autumn/shown/simulate.ipynb"
    )
    cells = json.loads(found.notebook.read_text(encoding="utf-8"))["cells"]
    data = [out["data"] for cell in cells for out in cell.get("outputs", [])]
    text = "\n".join("".join(bundle.get("text/markdown", "")) for bundle in data)
    for anchor in ("changes", "key-points", "programs", "tiers", "all-apply", "schools", "persons"):
        assert f"{{#{anchor}}}" in text
    assert "内部资料" in text
    assert "现行" in text
    assert any("application/vnd.vegalite.v5+json" in bundle for bundle in data)
    assert str(project.root) not in found.notebook.read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_notebook")
def test_the_same_question_gets_the_same_bytes_under_the_same_name(project: Project) -> None:
    change = "tiered_aid.level_1.amount=2500"
    first = asked(project, change)
    before = {p.name: p.read_bytes() for p in first.folder.rglob("*") if p.is_file()}
    again = asked(project, change)
    assert again.folder == first.folder
    assert {p.name: p.read_bytes() for p in again.folder.rglob("*") if p.is_file()} == before
    assert asked(project, "tiered_aid.level_1.amount=2600").folder != first.folder


@pytest.mark.usefixtures("no_notebook")
def test_the_terms_own_results_stay(project: Project) -> None:
    folder = project.reports(project.root / COUNTY, TERM.code)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    asked(project, "tiered_aid.level_1.amount=2500")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert not (project.root / "reports" / ".work").exists()
    assert project.terms(project.root / COUNTY) == [TERM]


@pytest.mark.usefixtures("no_notebook")
def test_an_edited_file_answers_as_the_change_does(project: Project, tmp_path: Path) -> None:
    source = project.params / "programs" / "tiered_aid.toml"
    copy = tmp_path / "tiered_aid.toml"
    text = source.read_text(encoding="utf-8")
    copy.write_text(text.replace("stated = 2000", "stated = 2500"), encoding="utf-8")
    by_file = asked(project, edited=[copy], name="file")
    by_change = asked(project, "tiered_aid.level_1.amount=2500", name="change")
    assert by_file.aid.equals(by_change.aid)
    assert by_file.persons.equals(by_change.persons)
    assert by_file.said == ("项目文件改用 tiered_aid.toml",)


@pytest.mark.usefixtures("no_notebook")
def test_a_smaller_share_leaves_more_people_waiting(project: Project) -> None:
    moved = "senior_grant.region=cn/henan/qingshan"
    wide = asked(project, moved, "senior_grant.quota.percent=14")
    narrow = asked(project, moved, "senior_grant.quota.percent=5")
    students = sum(row["stage"] == "senior" and bool(row["enrolled"]) for row in facts(project))
    assert students == 40
    assert sums(wide.aid, "senior_grant")[2] == 40 * 14 // 100
    assert sums(narrow.aid, "senior_grant")[2] == 40 * 5 // 100


@pytest.mark.usefixtures("no_notebook")
def test_places_that_are_asked_for_overrule_the_countys_own(project: Project) -> None:
    found = asked(project, "candle_action.quota.places=5")
    assert sums(found.aid, "candle_action") == (0, 0, 1, 2000_00)
    assert found.persons["kind"].to_list() == ["gains"]


@pytest.mark.usefixtures("no_notebook")
def test_a_share_without_a_base_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="没有写是谁的比例"):
        asked(project, "candle_action.quota.percent=5")


def test_nothing_changed_and_nothing_run_are_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="没有写要改什么"):
        asked(project)
    with pytest.raises(UsageError, match="不能作文件夹名"):
        asked(project, "tiered_aid.level_1.amount=2500", name="../out")
    with pytest.raises(MissingTablesError) as refused:
        simulate(
            project,
            project.root / COUNTY,
            Term.parse("2027-spring"),
            ["tiered_aid.level_1.amount=2500"],
        )
    assert "aidkit run 2027-spring --tables" in refused.value.remedy
