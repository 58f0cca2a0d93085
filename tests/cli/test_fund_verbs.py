"""`aidkit fund …` as an officer calls it."""

import shutil
from pathlib import Path

import pytest

from aidkit.cli import main
from aidkit.cli.periods import period_of
from aidkit.errors import UsageError
from aidkit.fund.ledger.journal import read_book
from aidkit.project import find_project
from tests.cli.officer import GIFT, PAID, posted, said


def test_a_voucher_is_posted_in_the_words_of_the_fund(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = read_book(book)
    assert made.entries["kind"].to_list() == ["opening", "gift", "payout"]
    assert made.entries["program"].to_list() == ["", "", "hardship"]
    pool = "--purpose 寄宿生补助"
    code, told = posted(f"{GIFT} {pool} --distinct", capsys)
    assert "已入账：2026-03-10 捐赠收入，500.50 元" in told
    code, told = posted(PAID.replace("临时困难补助", "寄宿生生活补助"), capsys)
    assert "已入账：2026-03-20 资助发放，200.00 元" in told
    wrong = "--kind 更正 --corrects 2026-000001 --reason 金额录错"
    code, told = posted(wrong, capsys)
    assert code == 3 and "没有写批准人" in told
    code, told = posted(f"{wrong} --approved-by 王主任", capsys)
    assert code == 0
    assert "凭证 2026-000005 已入账：2026-03-10 更正，500.50 元" in told


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("--kind 捐献", "不认识“捐献”"),
        ("--kind 捐赠收入 --date 2026-02-30 --amount 5", "“2026-02-30”不是日期"),
        ("--kind 捐赠收入 --date 2026-03-01 --amount 1.234", "金额“1.234”不能用"),
        ("--kind 捐赠收入 --date 2026-03-01 --amount -5", "金额“-5”不能用"),
        ("--kind 捐赠收入 --date 2026-03-01", "缺少 --amount"),
        ("--kind 资助发放 --date 2026-03-01 --amount 5 --program 修路", "没有“修路”这个"),
        ("--kind 更正 --corrects 2026-000099 --reason 错", "没有凭证 2026-000099"),
    ],
)
def test_what_cannot_be_posted_is_named(
    county: Path, capsys: pytest.CaptureFixture[str], words: str, what: str
) -> None:
    code, told = posted(words, capsys)
    assert code == 2
    assert what in told
    assert read_book(county).entries.is_empty()


def test_which_fund_must_be_said_where_there_are_two(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(f"post --by 李会计 {GIFT}", capsys)
    assert code == 2
    assert "love（示例县教育爱心基金）" in told
    code, told = said(f"post --fund 别的 --by 李会计 {GIFT}", capsys)
    assert code == 2
    assert "没有叫“别的”的基金" in told
    assert said(f"post --fund 示例县教育爱心基金 --by 李会计 {GIFT}", capsys)[0] == 0


def test_check_tells_balances_ratios_and_what_is_due(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said("check --on 2026-05-10", capsys)
    assert code == 0
    assert "资产：银行存款 1,300.50" in told
    assert "银行对账：还没有对过账" in told
    assert "年度慈善活动支出（2026 年）：截至目前未达到" not in told
    assert (
        "2026-05-31 前（2025 年度）：公开上一年度的年度工作报告和财务会计报告，还有 21 天" in told
    )
    assert "年度管理费用（2026 年）：不适用（工会基金" in told
    assert "没有写日期：定期公布基金收支情况" in told
    assert "30 天内没有到期的事" in said("check --on 2026-06-10 --fund love", capsys)[1]


def test_check_judges_the_year_that_ended_until_its_report_is_due(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posted(GIFT.replace("2026-03-10", "2025-03-10"), capsys)
    for on, code in (("2026-12-31", 0), ("2027-01-15", 1), ("2027-05-31", 1), ("2027-06-01", 0)):
        found, told = said(f"check --on {on} --fund love", capsys)
        assert found == code, told
        assert ("年度慈善活动支出（2026 年）：不符合" in told) == bool(code)
        year = on[:4]
        assert f"年度慈善活动支出（{year} 年）：" in told


def test_an_import_can_be_seen_before_and_changes_nothing_twice(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = book.parent / "捐赠收入登记表.csv"
    file.write_text("捐赠日期,捐赠人,捐赠金额\n2026-04-01,乙,30\n2026-04-02,丙,20.5\n", "utf-8")
    words = f"import {file} --fund love --on 2026-12-31 --channel 银行转账"
    code, told = said(f"{words} --dry-run", capsys)
    assert code == 0, told
    assert "新的 2 行，50.50 元" in told
    assert "什么都没有写" in told
    assert read_book(book).entries.height == 3
    assert "没有写谁登记" in said(words, capsys)[1]
    code, told = said(f"{words} --by 李会计", capsys)
    assert code == 0, told
    assert "已入账 2 张凭证（2026-000003 至 2026-000004）：2 行，50.50 元。" in told
    head = read_book(book).head
    code, told = said(f"{words} --by 李会计", capsys)
    assert code == 0, told
    assert "每一行都已经在账簿里" in told
    assert read_book(book).head == head


def test_a_file_can_be_seen_without_any_county(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(find_project().params, tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    Path("捐款.csv").write_text("捐赠人,捐赠金额\n乙,30\n", "utf-8")
    code, told = said("import 捐款.csv --dry-run", capsys)
    assert code == 0, told
    assert "新的 1 行，30.00 元" in told


def test_audit_and_export(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said("audit", capsys)
    assert code == 0
    assert "3 张凭证，3 批，6 行" in told
    assert "账簿完好" in told
    assert said("export --to 总账.beancount", capsys)[0] == 0
    assert "Assets:Love:Bank" in Path("总账.beancount").read_text(encoding="utf-8")
    journal = book / "fund" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace("甲公司".encode(), "乙公司".encode()))
    code, told = said("audit", capsys)
    assert code == 1
    assert "[错误] 第 3 行" in told
    assert said("check", capsys)[0] == 3


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026q1", "2026-01-01", "2026-03-31"),
        ("2026-autumn", "2026-09-01", "2027-02-28"),
        ("2026-01-05..2026-01-06", "2026-01-05", "2026-01-06"),
    ],
)
def test_a_period_as_people_type_it(text: str, first: str, last: str) -> None:
    period = period_of(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-Q5", "昨天", "2026-02-30..2026-03-01"])
def test_a_period_that_is_none(text: str) -> None:
    with pytest.raises(UsageError, match="时段"):
        period_of(text)


@pytest.mark.parametrize(
    "verb", ["import", "post", "check", "reconcile", "statement", "receipts", "audit", "export"]
)
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as gone:
        main(["fund", verb, "--help"])
    assert gone.value.code == 0
    told = capsys.readouterr().out
    assert f"  aidkit fund {verb}" in told
    assert "例如" in told
