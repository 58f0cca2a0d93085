"""The sample county's funds from gift to statement, by the commands that an officer types."""

import csv
import datetime as dt
import json
import shutil
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from aidkit.cli import fund_words, main
from aidkit.cli.sample_fund import PERIOD, keep_books
from aidkit.fund.accounts import ASSETS
from aidkit.fund.ledger.heads import statements_of
from aidkit.fund.ledger.journal import journal_of, read_book
from aidkit.fund.period import Period
from aidkit.fund.statements import summary
from aidkit.money import fen_of_number
from aidkit.sample.fund_books import IMPORTED, STATEMENTS
from aidkit.sample.rolls import LAST_DAY
from tests.conftest import COUNTY, make_project

ON = ("--on", "2026-11-20")
NOT_RECONCILED = 5


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever the tests run, it is the day on which the sample is entered."""
    monkeypatch.setattr(fund_words, "clock", lambda: dt.date.fromisoformat(ON[1]))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("fund") / "started")


@pytest.fixture(scope="module")
def kept(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project when every register is imported and both accounts are reconciled."""
    root = Path(shutil.copytree(started, tmp_path_factory.mktemp("fund") / "kept"))
    lines = [*keep_books(root / COUNTY)]
    assert len(lines) == 1 + len(STATEMENTS)
    return root


@pytest.fixture
def project(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that a test may change, and where the commands are typed."""
    root = Path(shutil.copytree(kept, tmp_path / "project"))
    monkeypatch.chdir(root)
    return root


def fund(*words: str) -> int:
    return main(["fund", *words])


def imported(file: str) -> int:
    return fund("import", f"{COUNTY}/{file}", "--by", "资助中心会计", *ON)


def test_the_commands_keep_the_same_journal_and_a_second_import_adds_nothing(
    started: Path, kept: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    root = Path(shutil.copytree(started, tmp_path / "project"))
    monkeypatch.chdir(root)
    assert [imported(file) for file in IMPORTED] == [0] * len(IMPORTED)
    once = journal_of(root / COUNTY).read_bytes()
    assert once == journal_of(kept / COUNTY).read_bytes()
    capsys.readouterr()
    for file in IMPORTED:
        assert imported(file) == 0
        assert "没有要入账的" in capsys.readouterr().out
    assert journal_of(root / COUNTY).read_bytes() == once
    for one, file in STATEMENTS.items():
        words = ("--fund", one, "--by", "资助中心会计", "--to", LAST_DAY.isoformat())
        assert fund("reconcile", f"{COUNTY}/{file}", *words) == 0


def test_a_preview_needs_no_county(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(kept / "params", tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    assert fund("import", str(kept / COUNTY / IMPORTED[0]), "--dry-run") == 0
    assert "什么都没有写" in capsys.readouterr().out
    assert not (tmp_path / "data").exists()


def test_what_came_and_went_is_what_lies_there_and_what_the_bank_says(kept: Path) -> None:
    book = read_book(kept / COUNTY)
    for one, file in STATEMENTS.items():
        own = book.postings.filter(fund=one)
        assets = own.filter(pl.col("account").is_in(ASSETS))
        came, went = (int(assets.filter(pl.col("fen") * way > 0)["fen"].sum()) for way in (1, -1))
        held = dict(assets.group_by("account").agg(pl.col("fen").sum()).iter_rows())
        assert came + went == sum(held.values())
        assert own["fen"].sum() == 0
        with (kept / COUNTY / file).open(encoding="gb18030", newline="") as statement:
            last = list(csv.reader(statement))[-1]
        assert fen_of_number(float(last[4])) == held["bank"]
        pools = own.filter(~pl.col("account").is_in(ASSETS)).group_by("purpose")
        assert all(fen <= 0 for _, fen in pools.agg(pl.col("fen").sum()).iter_rows())


def test_every_kind_of_voucher_but_a_correction_occurs(kept: Path) -> None:
    kinds = {*read_book(kept / COUNTY).entries["kind"]}
    assert {
        "opening", "gift", "goods_in", "government", "allocation", "interest", "payout",
        "payout_returned", "goods_out", "management", "fundraising", "bank_fee", "gift_returned",
        "move", "transfer", "release", "redesignate", "goods_returned", "goods_written_off",
    } == kinds  # fmt: skip


def test_a_payout_to_a_group_says_how_many_and_of_which_school(kept: Path) -> None:
    groups = read_book(kept / COUNTY).entries.filter(kind="payout", program="progress_prizes")
    assert groups.height
    assert (groups["persons"] >= 5).all()
    assert groups["school_code"].str.contains(r"^\d{10}$").all()
    assert (groups["person_no"] == "").all()


def test_statements_of_adjoining_periods_chain(kept: Path) -> None:
    book = read_book(kept / COUNTY)
    days = (
        ("2025-09-01", "2025-12-31"),
        ("2026-01-01", "2026-08-31"),
        ("2026-09-01", "2026-10-31"),
    )
    for one in STATEMENTS:
        told = [summary(book, one, Period(*map(_day, pair))) for pair in days]
        for before, after in pairwise(told):
            assert _lines(before, "closing") == _lines(after, "opening")
        whole = summary(book, one, Period(_day(days[0][0]), _day(days[-1][1])))
        for section in ("carried_in", "income", "expense"):
            parts = [_lines(part, section).get(("total", ""), 0) for part in told]
            assert _lines(whole, section).get(("total", ""), 0) == sum(parts)


def test_statements_are_made_audited_and_exported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = f"{PERIOD.first}..{PERIOD.last}"
    for one in STATEMENTS:
        assert fund("statement", days, "--fund", one) == 0
        folder = project / "reports/demo/fund" / one / f"{PERIOD.first}_{PERIOD.last}"
        for place in ("internal", "public"):
            assert {".pdf", ".docx", ".xlsx"} <= {p.suffix for p in (folder / place).iterdir()}
    assert fund("receipts", "2026-03", "--fund", "love") == 0
    capsys.readouterr()
    assert fund("check", *ON) == 0
    told = capsys.readouterr().out
    assert "年度慈善活动支出（2026 年）：不适用（学校自有基金" in told
    assert "年度慈善活动支出（2026 年）：符合" in told
    assert "写明 40.00 元，按每天 0.10 元 × 300 天是 30.00 元" in told
    assert fund("audit") == 0
    assert "账簿完好" in capsys.readouterr().out
    assert fund("export") == 0


def test_a_period_that_the_bank_does_not_cover_is_refused(project: Path) -> None:
    assert fund("statement", "2026", "--fund", "love") == NOT_RECONCILED
    assert not (project / "reports" / "demo" / "fund" / "love").exists()
    assert fund("statement", "2026", "--fund", "love", "--unreconciled") == 0


def test_history_cut_off_after_a_statement_is_found(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fund("statement", "2025", "--fund", "love") == 0
    journal = journal_of(project / COUNTY)
    lines = journal.read_bytes().splitlines(keepends=True)
    closing = [n for n, line in enumerate(lines) if b'"type":"batch"' in line]
    journal.write_bytes(b"".join(lines[: closing[-2] + 1]))
    capsys.readouterr()
    assert fund("audit") == 1
    assert "love 2025-01-01 2025-12-31" in capsys.readouterr().out


def test_who_takes_the_kept_heads_away_too_is_found_by_the_statement_on_record(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fund("statement", "2025", "--fund", "love") == 0
    journal = journal_of(project / COUNTY)
    lines = journal.read_bytes().splitlines(keepends=True)
    closing = [n for n, line in enumerate(lines) if b'"type":"batch"' in line]
    journal.write_bytes(b"".join(lines[: closing[-2] + 1]))
    statements_of(project / COUNTY).unlink()
    capsys.readouterr()
    assert fund("audit") == 1
    assert "love 2025-01-01 2025-12-31" in capsys.readouterr().out


def test_a_statement_on_record_that_the_journal_does_not_give_is_found(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fund("statement", "2025", "--fund", "love") == 0
    (path,) = (project / "reports/demo/fund/love").glob("*/record.json")
    record = json.loads(path.read_text(encoding="utf-8"))
    record["totals"]["income"] += 1
    path.write_text(json.dumps(record), encoding="utf-8")
    capsys.readouterr()
    assert fund("audit") == 1
    assert "按当时的账簿重算" in capsys.readouterr().out


def _lines(told: pl.DataFrame, section: str) -> dict[tuple[str, str], int]:
    rows = told.filter(section=section).select("line", "group", "fen")
    return {(line, group): fen for line, group, fen in rows.iter_rows() if fen}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
