"""What the sample county asks for can be decided: titles, programs, figures, planted doubts."""

from pathlib import Path

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.cli.titles import unmatched_titles
from aidkit.county import read_county_settings
from aidkit.intake import read_county
from aidkit.labels import folded
from aidkit.programs import load_programs, spellings
from aidkit.project import Project, find_project
from aidkit.runs import open_run
from aidkit.sample import make_county, planted_doubts
from aidkit.sample.programs import BY_AMOUNT, BY_TIER, TITLES
from aidkit.sample.rolls import TERMS

NOW = TERMS[-1]


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("county") / "small"
    make_county(made, size="small")
    return made


@pytest.mark.parametrize("program", sorted(TITLES))
def test_forms_name_programs_as_their_files_do(project: Project, program: str) -> None:
    known = {
        title: version.program.id
        for version in load_programs(project.params / "programs")
        for title in spellings(version.program)
    }
    assert {known[folded(title)] for title in TITLES[program]} == {program}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_a_term_of_the_clean_county_can_be_decided(
    project: Project, folder: Path, term: Term
) -> None:
    run = open_run(project, folder, term, read_county(folder, term.code).tables)
    assert run.problems.rows() == []
    assert run.subsistence_line_fen == 12 * 600_00
    for table in ("applications", "panel_decisions", "award_changes", "teacher_applications"):
        assert run.tables[table].height, table
        assert run.tables[table]["program_id"].null_count() == 0
    known = run.tables["aid_received"].filter(pl.col("program_id").is_not_null())
    assert 0 < known.height <= run.tables["aid_received"].height


def test_what_the_county_adopts_is_in_force_in_autumn(project: Project, folder: Path) -> None:
    county = read_county_settings(folder)
    run = open_run(project, folder, NOW, read_county(folder, NOW.code).tables)
    in_force = {version.program.id: version for version in run.versions}
    paid_in_spring = {"teacher_hardship_city"}
    assert set(county.adopts) - in_force.keys() == paid_in_spring
    assert in_force["village_teacher_allowance"].region == county.region
    assert in_force["senior_grant"].quota is not None


def test_every_way_of_deciding_is_exercised(project: Project, folder: Path) -> None:
    run = open_run(project, folder, NOW, read_county(folder, NOW.code).tables)
    decided = run.tables["panel_decisions"]
    by_tier = decided.filter(pl.col("tier").is_not_null())
    by_amount = decided.filter(pl.col("amount_fen").is_not_null())
    assert by_tier.height + by_amount.height == decided.height
    assert set(by_tier["program_id"]) <= BY_TIER
    assert {"emergency_aid", "festive_gift"} <= set(by_amount["program_id"]) <= BY_AMOUNT
    assert {v.program.subject for v in run.versions} == {"student", "freshman", "teacher"}
    assert set(run.tables["award_changes"]["award_change"]) == {"waived", "revoked"}


def test_doubts_are_found_where_they_are_planted(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dirty = tmp_path_factory.mktemp("doubts") / "dirty"
    make_county(dirty, size="small", dirty=True)
    found = unmatched_titles(project, dirty, read_county(dirty))
    marked = found.with_columns(pl.col("column").str.split(" ").list.last())
    seen = set(marked.select("code", "file", "row", "column").iter_rows())
    planted = planted_doubts(size="small")
    assert {(f.code, f.file, f.row, f.column) for f in planted} - seen == set()
    others = {(code, file) for code, file, *_ in seen} - {(f.code, f.file) for f in planted}
    assert others == set()
