"""What is entered into days that were stated is said at once; corrections stay out of them."""

import shutil
from pathlib import Path

import pytest

from aidkit.fund.ledger.heads import Said, keep_head, statement_name
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.project import find_project
from tests.cli.officer import said
from tests.fund.county import make_county

GIFT = "--kind 捐赠收入 --date 2025-03-10 --amount 500 --channel 银行转账 --party 甲公司"
WRONG = "--kind 更正 --corrects 2025-000001 --reason 录入有误 --approved-by 王主任"
REMINDER = "[提醒] love 的报表 2025-01-01 至 2025-12-31 已经做过"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(find_project().params, tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    return make_county(tmp_path / "data" / "demo")


def posted(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    code, told = said(f"post --fund love --by 李会计 --on 2026-11-20 {words}", capsys)
    assert code == 0, told
    return told


def stated(county: Path, fund: str = "love") -> None:
    book = read_book(county)
    name = statement_name(fund, Period.year(2025))
    keep_head(county, Said(book.head, book.lines, "2025-12-31", name))


def test_an_entry_of_stated_days_is_told_of(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "提醒" not in posted(GIFT, capsys)
    stated(county, "union")
    assert "提醒" not in posted(GIFT.replace("甲", "乙"), capsys)
    stated(county)
    assert REMINDER in posted(GIFT.replace("甲", "丙"), capsys)
    assert "提醒" not in posted(GIFT.replace("2025-03", "2026-03"), capsys)
    file = county.parent / "捐赠收入登记表.csv"
    file.write_text("捐赠日期,捐赠人,捐赠金额\n2025-04-01,乙,30\n", "utf-8")
    words = f"import {file} --fund love --on 2026-11-20 --channel 银行转账 --by 李会计"
    assert REMINDER in said(words, capsys)[1]
    assert "提醒" not in said(words, capsys)[1]


def test_a_correction_has_the_day_of_its_voucher_unless_that_was_stated(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for party in ("甲", "乙", "丙"):
        posted(GIFT.replace("甲", party), capsys)
    assert "2025-03-10 更正" in posted(WRONG, capsys)
    stated(county)
    told = posted(WRONG.replace("000001", "000002"), capsys)
    assert "2026-11-20 更正" in told
    assert "提醒" not in told
    told = posted(f"{WRONG.replace('000001', '000003')} --date 2025-12-30", capsys)
    assert "2025-12-30 更正" in told
    assert REMINDER in told
