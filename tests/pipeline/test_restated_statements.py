"""A statement that is made again says which one it replaces, where that one said otherwise."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aidkit.documents import typesetting
from aidkit.fund.book import entries_of
from aidkit.fund.entry import Batch, Entry
from aidkit.fund.ledger.heads import said_before
from aidkit.fund.ledger.journal import post, read_book
from aidkit.fund.period import Period
from aidkit.pipeline.fund import Made, make_receipts, make_statements
from aidkit.pipeline.fund_audit import audit_county
from aidkit.project import Project
from tests.documents.fund_county import FUND, LAST, day, make_fund_county
from tests.fund.vouchers import correction, gift

YEAR = Period.year(2026)


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Project, Path]:
    """Without PDFs, which take long."""
    monkeypatch.setattr(typesetting, "_fonts", lambda: (None, frozenset()))
    return make_fund_county(tmp_path / "project")


def entered(county: Path, *made: Entry) -> None:
    post(county, made, Batch("post", LAST, "录入员"))


def stated(county: tuple[Project, Path], period: Period = YEAR) -> tuple[Made, dict[str, Any]]:
    made = make_statements(*county, FUND, period, unreconciled=True)
    return made, json.loads((made.folder / "record.json").read_text(encoding="utf-8"))


def codes(county: tuple[Project, Path]) -> list[str]:
    found = audit_county(*county)
    assert found.sound
    return [one.code for one in found.findings if one.code != "duplicate"]


def test_it_says_so_as_long_as_it_is_made_again(county: tuple[Project, Path]) -> None:
    first = read_book(county[1]).head
    assert stated(county)[1]["replaces"] == ""
    assert stated(county)[1]["replaces"] == ""
    # Nothing of the year: nothing is replaced.
    late = gift(day(5, 1, 2026), 1_000, party="迟到")
    assert stated(county, Period(day(1, 1), day(3, 31)))[1]["replaces"] == ""
    entered(county[1], late)
    assert codes(county) == ["stated_since_changed"]
    second = read_book(county[1]).head
    for _ in range(2):
        made, record = stated(county)
        assert record["replaces"] == first
        assert any(first[:16] in remark and "更正版" in remark for remark in made.remarks)
        assert codes(county) == []
    assert stated(county, Period(day(1, 1), day(3, 31)))[1]["replaces"] == ""
    number = read_book(county[1]).entries.filter(party="迟到")["voucher_no"].item()
    entered(county[1], correction(day(12, 30), number, late))
    assert stated(county)[1]["replaces"] == second


def test_a_register_of_receipts_is_no_statement(county: tuple[Project, Path]) -> None:
    make_receipts(*county, FUND, YEAR)
    entered(county[1], gift(day(5, 1), 1_000, party="迟到"))
    assert codes(county) == []
    assert stated(county)[1]["replaces"] == ""
    assert [one.told for one in said_before(county[1])] == [None, (FUND, YEAR)]


def test_an_audit_works_out_again_what_was_made(county: tuple[Project, Path]) -> None:
    made, record = stated(county)
    receipts = make_receipts(*county, FUND, YEAR)
    assert codes(county) == []
    assert record["tables"]
    record["tables"]["payouts"] = "0" * 64
    (made.folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    assert "项目支出与按当时的账簿重算的不同" in audit_county(*county).findings[-1].message
    assert receipts.folder.parent.name == "receipts"


def text_of(folder: Path) -> str:
    """All that a folder's Word files and workbooks say."""
    papers = [path for path in folder.rglob("*") if path.suffix in {".docx", ".xlsx"}]
    assert papers
    said = []
    for path in papers:
        with zipfile.ZipFile(path) as paper:
            said += [paper.read(one).decode() for one in paper.namelist() if one.endswith(".xml")]
    return " ".join(said)


def test_a_period_that_opens_otherwise_than_the_last_closed_says_why(
    county: tuple[Project, Path],
) -> None:
    first, second, third = (Period(day(m, 1), day(m, 28 if m == 2 else 31)) for m in (1, 2, 3))
    stated(county, first)
    made, _ = stated(county, second)
    assert not any("期末" in remark for remark in made.remarks)
    late = gift(day(2, 20), 10_000, channel="cash", party="迟到")
    entered(county[1], late)
    number = read_book(county[1]).entries.filter(party="迟到")["voucher_no"].item()
    entered(county[1], correction(day(1, 31), "2026-000001", _first(county[1])))
    made, _ = stated(county, third)
    (why,) = [remark for remark in made.remarks if "期末" in remark]
    assert why.startswith("期初与 2026-02-01 至 2026-02-28 报表的期末相差 ")
    assert "又登记了 2 张那以前的凭证" in why and number in why
    assert why in text_of(made.folder / "internal")
    public = text_of(made.folder / "public")
    assert "2026-02-01 至 2026-02-28 的报表做好以后又登记了 2 张那以前的凭证" in public
    assert number not in public
    # Made again, it closes with what the next one opens with.
    stated(county, second)
    made, _ = stated(county, third)
    assert not any("期末" in remark for remark in made.remarks)


def _first(county: Path) -> Entry:
    ((_, entry),) = entries_of(read_book(county), ["2026-000001"])
    return entry


def test_the_board_is_told_of_corrections_entered_into_days_before(
    county: tuple[Project, Path],
) -> None:
    """The sample's entries were all made on the last day of the year."""
    made, _ = stated(county, Period(day(12, 1), day(12, 31)))
    entered(county[1], correction(day(1, 31), "2026-000001", _first(county[1])))
    again, _ = stated(county, Period(day(12, 1), day(12, 31)))
    assert again.folder == made.folder
    told = text_of(again.folder / "internal")
    assert "本期更正凭证 1 张，另有本期登记、日期在本期以外的 1 张，见下表" in told
