"""The public documents of a fund: of enough people, and looked through before they are there."""

import dataclasses
import json
from pathlib import Path

import pytest

from aidkit.disclosure.settings import read_settings
from aidkit.errors import LeakError
from aidkit.fund.entry import Batch
from aidkit.fund.ledger import journal
from aidkit.fund.period import Period
from aidkit.gate import People
from aidkit.pipeline import fund_public
from aidkit.pipeline.fund import Made, make_statements
from aidkit.project import Project
from tests.documents.fund_county import FUND, LAST, NAMED, PUPIL, SHY, UNSAID, day, make_fund_county
from tests.fund.vouchers import gift

YEAR = Period.year(2026)


@pytest.fixture
def county(tmp_path: Path) -> tuple[Project, Path]:
    return make_fund_county(tmp_path / "project")


def public(made: Made) -> set[str]:
    return {path.name for path in made.files if path.parent.name == "public"}


def test_few_in_all_are_published_with_a_longer_period_only(county: tuple[Project, Path]) -> None:
    november = Period(day(11, 1), day(11, 30))
    made = make_statements(*county, FUND, november, unreconciled=True)
    assert not public(made)
    assert any("受助的不足 5 人" in one for one in made.remarks)
    nobody = Period(day(1, 1), day(1, 31))
    assert public(make_statements(*county, FUND, nobody, unreconciled=True))
    assert public(make_statements(*county, FUND, YEAR, unreconciled=True))


def test_what_lies_between_published_periods_is_of_enough_people(
    county: tuple[Project, Path],
) -> None:
    """Of the year only November has few: the rest of the year would tell of them by subtraction."""
    made = make_statements(*county, FUND, YEAR, unreconciled=True)
    assert public(made)
    assert public(make_statements(*county, FUND, YEAR, unreconciled=True))
    ten = make_statements(*county, FUND, Period(day(1, 1), day(10, 31)), unreconciled=True)
    assert not public(ten)
    (said,) = [one for one in ten.remarks if "相减" in one]
    assert "2026-01-01 至 2026-12-31" in said
    assert "2026-11-01 至 2026-12-31 受助的不足 5 人" in said
    assert "整季、整学期或整年" in said
    assert any(path.parent.name == "internal" for path in ten.files)


def test_a_published_month_keeps_its_quarter_from_telling_of_the_others(
    county: tuple[Project, Path],
) -> None:
    assert public(
        make_statements(*county, FUND, Period(day(10, 1), day(10, 31)), unreconciled=True)
    )
    quarter = make_statements(*county, FUND, Period(day(10, 1), day(12, 31)), unreconciled=True)
    assert not public(quarter)
    # The end of October and the beginning of December tell November, too.
    december = make_statements(*county, FUND, Period(day(12, 1), day(12, 31)), unreconciled=True)
    assert not public(december)


def test_the_public_page_of_a_run_counts_as_published(county: tuple[Project, Path]) -> None:
    term = county[0].root / "reports" / county[1].name / "2026-autumn"
    term.mkdir(parents=True)
    said = {"head": "ab" * 32, "line": 1, "date": "2026-11-20"}
    record = {"statements": [said | {"statement": f"{FUND} 2026-09-01 2026-10-31"}]}
    (term / "run.json").write_text(json.dumps(record), encoding="utf-8")
    made = make_statements(*county, FUND, YEAR, unreconciled=True)
    assert not public(made)
    assert any("2026-09-01 至 2026-10-31 的相减" in one for one in made.remarks)


def test_a_leak_leaves_the_last_good_documents(
    county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_statements(*county, FUND, YEAR, unreconciled=True)
    before = {path: path.read_bytes() for path in made.files}
    named = gift(day(12, 30), 5_00, party="某人 13812345678", consent="named")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "check", lambda *_: [])
        journal.post(county[1], [named], Batch("post", LAST, "录入员"))
    with pytest.raises(LeakError, match=r"捐赠明细\.pdf") as refused:
        make_statements(*county, FUND, YEAR, unreconciled=True)
    assert "13812345678" not in str(refused.value)
    assert {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()} == before


def test_the_gate_knows_donors_and_who_was_paid(
    county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[People] = []

    def noted(_folder: Path, people: People) -> list[object]:
        asked.append(people)
        return []

    monkeypatch.setattr(fund_public, "scan", noted)
    make_statements(*county, FUND, YEAR, unreconciled=True)
    (people,) = asked
    assert people.named == {NAMED}
    assert {NAMED, SHY, UNSAID, PUPIL} <= people.names
    assert "图书角" in people.ignored


def test_no_name_stands_where_none_is_declared(
    county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read_settings(county[0].params / "disclosure.toml")
    bare = dataclasses.replace(found, named_tables={})
    monkeypatch.setattr(fund_public, "read_settings", lambda _path: bare)
    # So the gate lets no name through, whoever agreed.
    monkeypatch.setattr(fund_public, "NAMED_FILES", ())
    assert public(make_statements(*county, FUND, YEAR, unreconciled=True))
