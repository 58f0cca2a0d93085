"""Slices of funds: of whom they may tell, for whom they are, equal bytes."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from aidkit.county import read_county_settings
from aidkit.errors import MissingTablesError, UsageError
from aidkit.fund.ledger.journal import post
from aidkit.internal import open_fund
from aidkit.pipeline.fund_reports import fund_reports
from aidkit.pipeline.fund_slices import write_fund_slices
from aidkit.project import Project
from aidkit.public import open_fund as open_public_fund
from aidkit.show.fund import fund_view, read_fund_slice
from aidkit.show.fund_page import fund_page
from aidkit.tables.slices import Audience, read_slice, slice_columns
from tests.conftest import make_project
from tests.fund import county as funds
from tests.fund.funds import BATCH
from tests.fund.vouchers import gift, payout
from tests.slices.conftest import AUTUMN

DATES = {"published_on": "2026-11-20", "next_update": "2027-03-05"}
DAYS = {"fund": "love", "first": "2026-09-01", "last": "2026-10-31"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = make_project(tmp_path_factory.mktemp("sliced"))
    county = funds.make_county(root / "data" / "own")
    settings = (root / "data" / "demo" / "county.toml").read_text(encoding="utf-8")
    (county / "county.toml").write_text(settings, encoding="utf-8")
    made = [
        gift(dt.date(2026, 9, 5), 500_00, party="某位捐赠人", consent="anonymous"),
        payout(dt.date(2026, 9, 9), 100_00, party="某孩子", person_no="G1", program="hardship"),
    ]
    post(county, made, BATCH)
    write(Project(root), Project(root).reports(county, AUTUMN.code))
    return Project(root)


def write(project: Project, folder: Path) -> None:
    county = project.root / "data" / "own"
    (folder / "internal" / "tables").mkdir(parents=True, exist_ok=True)
    reports = fund_reports(county, AUTUMN, DATES)
    write_fund_slices(
        *(project, county, AUTUMN, folder), reports=reports, published_on=DATES["published_on"]
    )


def test_both_audiences_have_one_for_each_fund(project: Project) -> None:
    county = project.root / "data" / "own"
    for audience in ("internal", "public"):
        for fund in ("love", "union"):
            held = read_slice(project, county, AUTUMN, audience, f"fund-{fund}")
            columns = {name: tuple(table.columns) for name, table in held.items()}
            assert columns == slice_columns(audience, f"fund-{fund}")


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_fund_of_its_own_unit_publishes_by_itself(project: Project, audience: Audience) -> None:
    """As its papers do; a fund that names nobody is the county's."""
    county = project.root / "data" / "own"
    files = county / "params" / "funds"
    before = (files / "union.toml").read_text(encoding="utf-8")
    own = 'unit = "某县工会"\ncontact = "工会，电话 0000-1"\n'
    (files / "union.toml").write_text(own + before, encoding="utf-8")
    folder = project.reports(county, AUTUMN.code)
    try:
        write(project, folder)
        told = read_slice(project, county, AUTUMN, audience, "fund-union")
        assert told["settings"].select("publisher", "contact").row(0) == (
            "某县工会",
            "工会，电话 0000-1",
        )
        page = fund_page(
            fund_view(told), published_on="", next_update="", kind="", shows_figures=False
        ).page
        assert page
        assert (page["producer"], page["author"]) == ("某县工会", "某县工会")
        county_s = read_slice(project, county, AUTUMN, audience, "fund-love")["settings"]
        assert county_s["publisher"].item() == read_county_settings(county).publisher
    finally:
        (files / "union.toml").write_text(before, encoding="utf-8")
        write(project, folder)


def test_equal_books_give_equal_bytes(project: Project, tmp_path: Path) -> None:
    write(project, tmp_path)
    stored = project.reports(project.root / "data" / "own", AUTUMN.code)
    for path in sorted((tmp_path / "slices").rglob("*.parquet")):
        assert path.read_bytes() == (stored / path.relative_to(tmp_path)).read_bytes()


def test_one_of_another_fund_or_audience_is_refused(project: Project) -> None:
    county = project.root / "data" / "own"
    room = project.reports(county, AUTUMN.code) / "slices"
    for wrong in ("public/fund-union", "internal/fund-love"):
        (room / "public" / "fund-other.parquet").write_bytes(
            (room / f"{wrong}.parquet").read_bytes()
        )
        with pytest.raises(MissingTablesError, match="另一个版本"):
            read_slice(project, county, AUTUMN, "public", "fund-other")
    (room / "public" / "fund-other.parquet").unlink()


def test_other_days_are_refused_in_public_and_worked_out_inside(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    other = {**DAYS, "first": "2026-10-01"}
    place = {"term": "2026-autumn", "county": "data/own", **DATES}
    with pytest.raises(UsageError, match="2026-09-01 至 2026-10-31"):
        open_public_fund(**place, **other)
    inside = open_fund(**place, **other)
    assert (inside.view.fen("opening"), inside.view.fen("income")) == (400_00, 0)
    stored = open_fund(**place, **DAYS)
    assert stored.view.fen("income") == 500_00


def test_a_number_where_text_belongs_is_refused(project: Project) -> None:
    days = {**DAYS, "first": 20260901}
    with pytest.raises(UsageError, match="first"):
        read_fund_slice(project, project.root / "data" / "own", AUTUMN, "public", days)


def test_the_gate_learns_who_gave_and_which_children_were_paid(project: Project) -> None:
    folder = project.reports(project.root / "data" / "own", AUTUMN.code)
    donors = pl.read_parquet(folder / "internal" / "tables" / "fund_donors.parquet")
    assert donors.rows() == [("某位捐赠人", "", "anonymous"), ("某孩子", "person", "anonymous")]
