"""The slices of a term: a school's changes with what its report shows, and with nothing else."""

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from aidkit.errors import MissingTablesError, UsageError
from aidkit.internal import InternalReport
from aidkit.internal.open import open_stored
from aidkit.public import PublicReport, open_public
from aidkit.show.parts import join
from aidkit.show.sliced import open_slice, view_of
from aidkit.show.stored import disclosed_view
from aidkit.tables import ALL
from tests.slices.conftest import AUTUMN, Made

DATES = {"published_on": "2026-11-20", "next_update": "2027-03-05"}
PUBLIC = ("page", "key_points", "programs", "tiers", "grades", "categories", "change", "quality")


@pytest.fixture(scope="module")
def before(made: Made) -> dict[str, Path]:
    return made.slices(made.folder, made.internal)


def changed(made: Made, folder: Path, row: int, **values: object) -> set[str]:
    """Slices that are not the same when one decision is another."""
    decisions = made.internal["decisions"].with_row_index("at")
    here = pl.col("at") == row
    other = decisions.with_columns(
        pl.when(here).then(pl.lit(value)).otherwise(name).alias(name)
        for name, value in values.items()
    )
    after = made.slices(folder, {**made.internal, "decisions": other.drop("at")}, made.folder)
    return {
        name
        for name, path in after.items()
        if not path.samefile(made.folder / "slices" / f"{name}.parquet")
    }


def awarded(made: Made) -> tuple[int, str]:
    """Row and school of a pupil who is awarded a tier."""
    rows = made.internal["decisions"].with_row_index("at").filter("awarded", subject="student")
    one = rows.filter(pl.col("tier") == "level_1").row(0, named=True)
    return one["at"], one["school_code"]


def test_every_school_and_the_county_have_a_slice_for_each_audience(
    made: Made, before: dict[str, Path]
) -> None:
    scopes = {"county", *made.public["schools"]["school_code"]}
    assert before.keys() == {
        f"{room}/{scope}" for room in ("internal", "public") for scope in scopes
    }


def test_the_same_tables_give_the_same_files(
    made: Made, before: dict[str, Path], tmp_path: Path
) -> None:
    again = made.slices(tmp_path, made.internal)
    assert {name: path.read_bytes() for name, path in again.items()} == {
        name: path.read_bytes() for name, path in before.items()
    }
    linked = made.slices(tmp_path / "linked", made.internal, tmp_path)
    assert all(linked[name].samefile(again[name]) for name in again)


def test_a_pupil_s_other_tier_changes_the_slices_of_that_school_and_the_county(
    made: Made, before: dict[str, Path], tmp_path: Path
) -> None:
    row, school = awarded(made)
    found = changed(made, tmp_path, row, tier="level_3", full_fen=50_000, amount_fen=50_000)
    assert f"internal/{school}" in found
    assert "internal/county" in found
    assert {name for name in found if not name.endswith(("/county", f"/{school}"))} == set()


def test_who_gets_nothing_any_more_changes_others_where_the_county_s_share_moves(
    made: Made, before: dict[str, Path], tmp_path: Path
) -> None:
    row, school = awarded(made)
    person = made.internal["decisions"]["person_no"][row]
    decisions = made.internal["decisions"].filter(pl.col("person_no") != person)
    after = made.slices(tmp_path, {**made.internal, "decisions": decisions}, made.folder)
    other = next(code for code in made.public["schools"]["school_code"] if code != school)
    shares = [
        pl.read_ipc_stream(dict(pl.read_parquet(path).iter_rows())["county"])["share"].to_list()
        for path in (before[f"internal/{other}"], after[f"internal/{other}"])
    ]
    assert shares[0][-1] != shares[1][-1], "of so few pupils one moves the share"
    assert before[f"internal/{other}"].read_bytes() != after[f"internal/{other}"].read_bytes()


def test_what_a_report_does_not_show_changes_no_slice(
    made: Made, before: dict[str, Path], tmp_path: Path
) -> None:
    row, _ = awarded(made)
    assert changed(made, tmp_path, row, explanation="换个说法", determination_id="0") == set()


def test_a_public_slice_names_nobody(made: Made, before: dict[str, Path]) -> None:
    names = {name.encode() for name in made.internal["facts"]["name"]}
    names |= {number.encode() for number in made.internal["facts"]["person_no"]}
    for name, path in before.items():
        held = dict(pl.read_parquet(path).iter_rows())
        held.pop("named_donors", None)  # who agreed to be named
        packed = b"".join(held.values())
        found = {one for one in names if one in packed}
        assert bool(found) == name.startswith("internal/"), name


def test_a_school_s_slice_names_nobody_of_another_school(
    made: Made, before: dict[str, Path]
) -> None:
    facts = made.internal["facts"]
    for school in made.public["schools"]["school_code"]:
        packed = dict(pl.read_parquet(before[f"internal/{school}"]).iter_rows())
        del packed["duplicates"]  # whole groups of persons who may be one
        content = b"".join(packed.values())
        others = facts.filter(pl.col("school_code") != school)["person_no"]
        own = facts.filter(school_code=school)["person_no"]
        assert not [no for no in set(others) - set(own) if no.encode() in content]


def test_a_report_of_the_slice_reads_like_one_of_all_disclosed_tables(
    made: Made, before: dict[str, Path]
) -> None:
    whole = disclosed_view(made.project, made.county, AUTUMN)
    for school in (None, *made.public["schools"]["school_code"]):
        frames = open_slice(made.project, made.county, AUTUMN, "public", school)
        one = PublicReport(view_of(frames), *DATES.values())
        other = PublicReport(replace(whole, school=school or ALL), *DATES.values())
        names = (*PUBLIC, "definitions") + (() if school else ("schools", "donors", "home_page"))
        for name in names:
            assert getattr(one, name)() == getattr(other, name)(), (school, name)


def test_sections_of_the_county_are_refused_in_a_school_s_report(
    made: Made, before: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made.project.root)
    school = made.public["schools"]["school_code"][0]
    inside = InternalReport(*open_stored("2026-autumn", "data/demo", school), *DATES.values())
    public = open_public("2026-autumn", "data/demo", school, **DATES)
    for section in (
        public.schools,
        public.donors,
        public.home_page,
        inside.schools,
        inside.targets,
    ):
        with pytest.raises(UsageError, match="全县"):
            section()
    own = (inside.funding, inside.recipients, inside.moved, inside.settled, inside.checks)
    assert join([section() for section in own]).markdown


@pytest.mark.parametrize("code", ["9900000000", "county", "../internal/county", "..", ""])
def test_an_unknown_school_is_refused_and_the_schools_are_listed(
    made: Made, before: dict[str, Path], code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        open_slice(made.project, made.county, AUTUMN, "public", code)
    if code:
        assert made.public["schools"]["school_code"][0] in caught.value.remedy


def test_a_folder_that_is_no_county_is_said_to_be_none(made: Made) -> None:
    with pytest.raises(UsageError, match=r"county\.toml"):
        open_slice(made.project, made.project.root / "data", AUTUMN, "public", None)


def test_a_lost_slice_of_a_school_that_is_there_is_missing(made: Made, tmp_path: Path) -> None:
    elsewhere = replace(made, folder=tmp_path / "reports" / "demo" / AUTUMN.code)
    school = made.public["schools"]["school_code"][0]
    elsewhere.slices(elsewhere.folder, made.internal)[f"public/{school}"].unlink()
    project = replace(made.project, root=tmp_path)
    with pytest.raises(MissingTablesError, match=school):
        open_slice(project, made.county, AUTUMN, "public", school)


@pytest.mark.parametrize("kept", ["aggregates", "tables"])
def test_the_term_before_is_shown_in_full_inside(
    made: Made, before: dict[str, Path], kept: str, tmp_path: Path
) -> None:
    spring = made.project.reports(made.county, "2026-spring") / "internal"
    (spring / "aggregates").rename(tmp_path / "aside")
    if kept == "aggregates":  # else it was made before there were any
        shutil.copytree(tmp_path / "aside", spring / "aggregates")
    try:
        after = made.slices(tmp_path, made.internal)
    finally:
        shutil.rmtree(spring / "aggregates", ignore_errors=True)
        (tmp_path / "aside").rename(spring / "aggregates")
    held = dict(pl.read_parquet(after["internal/county"]).iter_rows())
    then = pl.read_ipc_stream(held["aid"]).filter(term="2026-spring").drop("term")
    assert then.equals(pl.read_parquet(spring / "aggregates" / "aid.parquet"))
    assert not then["suppressed"].any()
    assert after["internal/county"].read_bytes() == before["internal/county"].read_bytes()
