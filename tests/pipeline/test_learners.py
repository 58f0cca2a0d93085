"""Learners' tables and slices: made once, taken over, same bytes, nobody on the wrong sheet."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from aidkit.errors import MissingTablesError, UsageError
from aidkit.intake.files import earlier_inputs_of
from aidkit.internal.learners import open_learners
from aidkit.pipeline import learner_rooms
from aidkit.pipeline.learner_ground import EARLIER, day_of
from aidkit.pipeline.learners import of_learners
from aidkit.tables.learner_slices import learner_slice_columns
from tests.conftest import COUNTY
from tests.pipeline.learner_county import AUTUMN, Made


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which rooms are made and not taken over."""
    found: list[str] = []
    for room in ("progress", "helping"):
        make = getattr(learner_rooms.LearnerRooms, room)

        def noted(self: Any, make: Any = make, room: str = room) -> Any:
            found.append(room)
            return make(self)

        monkeypatch.setattr(learner_rooms.LearnerRooms, room, noted)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and of_learners(path.relative_to(folder).as_posix())
    }


def test_slices_hold_what_is_declared(made: Made) -> None:
    assert len(made.scopes("progress")) > 2
    assert "county" in made.scopes("helping")
    assert "county" not in made.scopes("progress")
    for room in ("progress", "helping"):
        for scope in made.scopes(room):
            held = made.slice(room, scope)
            declared = learner_slice_columns(room, of_county=scope == "county")
            assert {name: tuple(frame.columns) for name, frame in held.items()} == declared


def test_a_school_sees_its_own_learners_alone(made: Made) -> None:
    everybody = pl.read_parquet(made.folder / "internal" / "tables" / "students.parquet")
    for room in ("progress", "helping"):
        for scope in made.scopes(room):
            if scope == "county":
                continue
            held = made.slice(room, scope)
            own = set(everybody.filter(school_code=scope)["student_no"])
            assert set(held["pupils"]["student_no"]) == own
            placed = [frame for name, frame in held.items() if "school_code" in frame.columns
                      and name not in {"schools", "school_names", "peer_checks"}]  # fmt: skip
            assert placed
            for frame in placed:
                assert set(frame["school_code"]) <= {scope}
    whole = made.table("progress")
    parts = pl.concat(made.slice("progress", code)["progress"] for code in made.scopes("progress"))
    assert parts.sort("student_no").equals(whole.sort("student_no"))


def test_conduct_stands_beside_nobody_looked_after_for_results(made: Made) -> None:
    group = set(made.table("group")["student_no"])
    conduct = set(made.table("conduct_pairs")["student_no"])
    assert group
    assert conduct
    for scope in made.scopes("helping"):
        held = made.slice("helping", scope)
        assert any(name.startswith("conduct") for name in held) == (scope == "county")
        assert ("tutor_pairs" in held) == (scope != "county")
    listed = made.slice("helping", "county")
    assert set(listed["conduct_pairs"]["student_no"]) == conduct
    roles = {role for code in made.scopes("helping") if code != "county"
             for role in made.slice("helping", code)["loads"]["role"]}  # fmt: skip
    assert "conduct" not in roles


def test_made_again_it_is_the_same_byte_for_byte(made: Made, tmp_path: Path) -> None:
    again = made.learners(tmp_path / "again")
    assert files(again) == files(made.folder)


def test_what_stands_is_taken_over(made: Made, tmp_path: Path, rooms: list[str]) -> None:
    again = made.learners(tmp_path / "again", last=made.folder)
    assert rooms == []
    assert files(again) == files(made.folder)
    assert {*made.names} == {*files(again)}


def test_another_day_changes_helping_alone(made: Made, tmp_path: Path, rooms: list[str]) -> None:
    again = made.learners(tmp_path / "again", last=made.folder, published_on="2026-10-20")
    assert rooms == ["helping"]
    now, before = files(again), files(made.folder)
    assert {name for name in now if now[name] != before[name] and "progress" in name} == set()
    due = pl.read_parquet(again / "internal" / "learners" / "visits_due.parquet")
    assert due["month"].max() == dt.date(2026, 10, 1)
    assert made.table("visits_due")["month"].max() == dt.date(2026, 11, 1)


def test_an_earlier_workbook_counts(other: Made, tmp_path: Path, rooms: list[str]) -> None:
    inputs = earlier_inputs_of(other.county, AUTUMN.code, EARLIER)
    (scores, *_) = (each.path for each in inputs if "成绩" in each.path.as_posix())
    assert other.ground()["learners"].keys() > {each.source.file for each in inputs}
    book = openpyxl.load_workbook(scores)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if any(c.value == "学籍号" for c in row))
    sheet.delete_rows(int(header[0].row or 0) + 1)
    book.save(scores)
    before = other.table("progress")
    again = other.learners(tmp_path / "again", last=other.folder)
    assert rooms == ["progress", "helping"]
    now = pl.read_parquet(again / "internal" / "learners" / "progress.parquet")
    assert not now.equals(before)


def test_a_county_without_registers_has_no_reports_and_no_failure(other: Made) -> None:
    titles = ("成绩", "帮扶", "走访", "互助", "包扶", "包保", "排查", "结对")
    for path in sorted(other.county.rglob("*.xlsx")):
        if any(title in path.as_posix() for title in titles):
            path.unlink()
    shutil.rmtree(other.folder)
    other.tables()
    other.learners()
    assert other.table("progress").is_empty()
    assert other.table("tutor_pairs").is_empty()
    assert other.scopes("progress") == []
    assert other.scopes("helping") == []
    assert other.scopes("public_progress") == ["county"]
    assert other.slice("public_progress", "county")["progress"].is_empty()


def test_a_slice_opens_for_its_school_alone(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.project.root)
    code = made.scopes("progress")[0]
    opened = open_learners(AUTUMN.code, COUNTY, code, about="progress")
    assert (opened.code, opened.school_name) == (code, opened.school(code))
    assert opened.figure("entry_share") == "0.2"
    assert open_learners(AUTUMN.code, COUNTY).is_county
    with pytest.raises(UsageError, match="只有各校的"):
        open_learners(AUTUMN.code, COUNTY, about="progress")
    for wrong in ("county", "../internal/county", ""):
        with pytest.raises(UsageError):
            open_learners(AUTUMN.code, COUNTY, wrong)
    with pytest.raises(MissingTablesError):
        open_learners(AUTUMN.code, COUNTY, "9999999999")


def test_the_day_is_never_beyond_the_term() -> None:
    assert day_of(AUTUMN, {"published_on": "2026-11-20"}) == dt.date(2026, 11, 20)
    assert day_of(AUTUMN, {"published_on": "2027-05-01"}) == AUTUMN.ends
