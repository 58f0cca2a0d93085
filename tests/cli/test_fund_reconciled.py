"""`aidkit fund reconcile` as an officer calls it."""

import csv
from pathlib import Path

import pytest

from aidkit.fund.reconciling.record import read_record
from tests.cli.officer import GIFT, posted, said


def bank(path: Path, *rows: tuple[str, str, str, str, str]) -> Path:
    """A statement as a bank exports it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["银行流水"])
        lines.writerow(["交易日期", "对方户名", "收入金额", "支出金额", "余额"])
        lines.writerows(rows)
    return path


GOOD = (
    ("2026-03-10", "甲公司", "500.50", "", "1500.50"),
    ("2026-03-21", "某校", "", "200.00", "1300.50"),
)


def test_a_statement_that_agrees_is_kept(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank(book.parent / "流水.csv", *GOOD)
    words = "reconcile data/流水.csv --fund love --by 李会计 --to 2026-03-31"
    assert said(f"{words} --dry-run", capsys)[0] == 0
    assert read_record(book) == ()
    code, told = said(words, capsys)
    assert code == 0, told
    assert "期初 1,000.00 ＋ 收 500.50 － 付 200.00 ＝ 期末 1,300.50 元" in told
    assert "户名和金额相同，日期相近：1 行流水，1 张凭证" in told
    assert "相符" in told
    assert [record.end.isoformat() for record in read_record(book)] == ["2026-03-31"]
    assert "与银行相符，余额 1,300.50 元" in said("check --fund love --on 2026-03-31", capsys)[1]


def test_one_empty_day_is_no_reconciliation(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank(book.parent / "流水.csv", *GOOD)
    words = "reconcile data/流水.csv --fund love --by 李会计"
    code, told = said(f"{words} --from 2026-03-15 --to 2026-03-15", capsys)
    assert code == 2
    assert "至 2026-03-14 还没有与银行核对过" in told
    assert read_record(book) == ()
    code, told = said(f"{words} --to 2026-03-15", capsys)
    assert "从 2025-01-01 到 2026-03-15 与银行相符" in told, told
    assert said(f"{words} --from 2026-03-17", capsys)[0] == 2
    assert said(f"{words} --from 2026-03-16", capsys)[0] == 0


def test_a_match_of_one_side_needs_a_second_person(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, back = ("甲", "", "300.00", "1200.50"), ("甲", "300.00", "", "1500.50")
    wrong = (GOOD[0], ("2026-03-11", *out), ("2026-03-12", *back), GOOD[1])
    bank(book.parent / "流水.csv", *wrong)
    words = "reconcile data/流水.csv --fund love --by 李会计 --match 4,5= --reason 错汇"
    for approver in ("", " --approved-by 李会计"):
        code, told = said(words + approver, capsys)
        assert code == 2
        assert "人工指定只有一边" in told
    assert read_record(book) == ()
    assert said(f"{words} --approved-by 王主任", capsys)[0] == 0
    assert len(read_record(book)[0].by_hand) == 2
    assert "人工指定的：流水第 4 行 2026-03-11 -300.00 元" in said("audit", capsys)[1]


def test_a_purpose_corrected_after_its_month_can_be_reconciled(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*GOOD, ("2026-05-06", "丙", "1.00", "", "1301.50")]
    bank(book.parent / "流水.csv", *rows)
    assert posted(GIFT.replace("2026-03-10", "2026-05-06").replace("500.50", "1"), capsys)[0] == 0
    words = "reconcile data/流水.csv --fund love --by 李会计"
    assert said(f"{words} --to 2026-03-31", capsys)[0] == 0
    both = "--date 2026-05-04 --by 李会计"
    correct = f"--kind 更正 --corrects 2026-000001 --reason 用途录错 {both} --approved-by 王主任"
    code, told = posted(correct, capsys)
    assert code == 0, told
    again = GIFT.replace("2026-03-10", "2026-05-04")
    assert posted(f"{again} --purpose 寄宿生补助", capsys)[0] == 0
    for start in ("", " --from 2026-04-01", " --from 2025-01-01"):
        code, told = said(f"{words}{start}", capsys)
        assert code == 0, told
    assert "与银行相符，余额 1,301.50 元" in said("check --fund love --on 2026-05-06", capsys)[1]
    assert "与银行相符，余额" in said("check --fund love --on 2026-03-31", capsys)[1]


def test_one_that_does_not_is_refused_with_row_and_voucher(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (GOOD[0], ("2026-03-21", "银行", "", "1.00", "1499.50"))
    bank(book.parent / "流水.csv", *wrong)
    code, told = said("reconcile data/流水.csv --fund love --by 李会计", capsys)
    assert code == 1
    assert "流水第 4 行，2026-03-21，-1.00 元 银行" in told
    assert "2026-000002，2026-03-20，-200.00 元 某校 资助发放" in told
    assert "账簿比银行少 199.00 元" in told
    assert read_record(book) == ()


def test_a_statement_with_a_gap_is_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank(book.parent / "流水.csv", GOOD[0], ("2026-03-21", "某校", "", "200.00", "1310.50"))
    code, told = said("reconcile data/流水.csv --fund love --by 李会计", capsys)
    assert code == 3
    assert "余额接不上" in told
    assert "第 4 行" in told
    bank(book.parent / "流水.csv", GOOD[0], ("2026-02-30", "某校", "", "200.00", "1300.50"))
    code, told = said("reconcile data/流水.csv --fund love --by 李会计", capsys)
    assert code == 3
    assert "没有这一天" in told
