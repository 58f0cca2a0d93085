"""What `aidkit fund post` and `import` ask of whoever enters."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from aidkit.cli import fund_words, main
from aidkit.fund.ledger.journal import read_book
from aidkit.labels import project_labels
from aidkit.project import find_project
from tests.fund.county import make_county

GIFT = "post --fund love --by 李会计 --kind 捐赠收入 --date 2026-03-10 --amount 5 --channel 现金"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county folder with two funds, on 1 April 2026."""
    shutil.copytree(find_project().params, tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fund_words, "clock", lambda: dt.date(2026, 4, 1))
    return make_county(tmp_path / "data" / "demo")


def said(words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["fund", *words.split()])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_nobody_enters_on_a_day_that_has_not_come(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise a voucher of next year would be dated this year and nobody could tell."""
    file = county / "捐赠收入登记表.csv"
    file.write_text("捐赠日期,捐赠人,捐赠金额,捐赠方式\n2026-03-01,乙,30,现金\n", "utf-8")
    for words in (GIFT, f"import {file} --fund love --by 李会计", f"import {file} --dry-run"):
        code, told = said(f"{words} --on 2026-04-02", capsys)
        assert code == 2
        assert "登记日 2026-04-02 还没有到：电脑上今天是 2026-04-01" in told
    assert read_book(county).entries.is_empty()
    assert said(f"{GIFT} --on 2026-04-01", capsys)[0] == 0
    assert said(f"{GIFT} --party 乙 --on 2026-03-31", capsys)[0] == 0
    # What is asked, not entered, may be of any day.
    assert said("check --on 2026-05-10", capsys)[0] == 0


def test_what_can_be_typed_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["fund", "post", "--help"])
    told = capsys.readouterr().out.replace("\n  ", "")
    for option, vocabulary in {
        "--kind": "entry_kind",
        "--channel、--to-channel": "channel",
        "--donor-class": "donor_class",
        "--consent": "consent",
    }.items():
        names = "、".join(project_labels().names(vocabulary).values())
        assert f"\n{option}：{names}\n" in told


def test_refusals_speak_the_words_that_are_typed(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = "--fund love --by 李会计 --date 2026-03-10 --amount 5"
    code, told = said(f"post --kind 管理费用 --channel 现金 {rest} --approved-by 王", capsys)
    assert code != 0
    assert "示例县教育爱心基金的“库存现金”到 2026-03-10 会少 5.00 元" in told
    assert "--kind 账户调拨" in told and "--kind 变更用途" in told
    for code_word in ("cash", "move", "redesignate", "release", "management"):
        assert code_word not in told


def test_the_same_voucher_twice_must_be_decided(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(f"{GIFT} --party 李四 --reference R1", capsys)[0] == 0
    again = f"{GIFT.replace('现金', '银行转账')} --party 李四"
    code, told = said(again, capsys)
    assert code == 3
    like = "与 手工登记的 2026-000001 日期、对方和金额都相同，只是流水号、收付方式不一样。"
    assert f"没有入账：可能已经入过账，{like}" in told
    assert "--distinct" in told
    assert said(f"{again} --distinct", capsys)[0] == 0
    made = read_book(county)
    assert made.batches["distinct"].to_list() == [0, 1]
    code, told = said("audit", capsys)
    assert "凭证 2026-000001、2026-000002 日期、对方和金额" in told
    file = county / "捐赠收入登记表.csv"
    file.write_text("捐赠日期,捐赠人,捐赠金额,捐赠方式\n2026-03-10,李四,5,现金\n", "utf-8")
    code, told = said(f"import {file} --fund love --by 李会计", capsys)
    assert code == 3
    assert "与 手工登记的 2026-000001 日期、对方和金额都相同，只是流水号不一样。" in told
