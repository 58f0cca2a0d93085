"""A spot check of a small county, from the draw to the log, as people type it."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.cli import main
from aidkit.pipeline.record import read_record, strays
from aidkit.pipeline.run import run_term
from aidkit.project import Project
from aidkit.review.spot_check import HEADERS
from tests.conftest import COUNTY, TERM, make_project

Typed = Callable[..., str]
TODAY = "2026-11-20"
FINDING, NOTE, CHECKER, DAY = range(len(HEADERS) + 1, len(HEADERS) + 5)
FIRST_ROW = 5


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("project"))
    run_term(Project(root), Term.parse(TERM), {}, tables_only=True, say=lambda _: None)
    return root


@pytest.fixture
def root(run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run, tmp_path / "project"))


@pytest.fixture
def typed(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command of `aidkit audit` and reads what it says."""
    monkeypatch.chdir(root)
    monkeypatch.setattr("aidkit.cli.fund_words.clock", lambda: dt.date(2026, 11, 25))

    def typed(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        done = main(["audit", *words])
        said = "".join(capsys.readouterr())
        assert done == code, said
        return said

    return typed


def drawn(root: Path) -> Path:
    (file,) = (root / "reports" / "demo" / "spot_checks").glob("*.xlsx")
    return file


def fill(file: Path, to: Path, unlike: int = 0) -> Path:
    """Fill in a sheet as whoever checks does; the first `unlike` are not as they should be."""
    book = openpyxl.load_workbook(file)
    sheet = book["抽查表"]
    for place in range(FIRST_ROW, sheet.max_row + 1):
        wrong = place - FIRST_ROW < unlike
        sheet.cell(place, FINDING).value = "不符" if wrong else "相符"
        sheet.cell(place, NOTE).value = "已转走" if wrong else None
        sheet.cell(place, CHECKER).value = "王老师"
        sheet.cell(place, DAY).value = dt.date(2026, 11, 21)
    book.save(to)
    return to


def sample(typed: Typed, n: int = 20, seed: int = 7, *more: str, code: int = 0) -> str:
    words = ("sample", TERM, "--n", str(n), "--seed", str(seed), "--on", TODAY, *more)
    return typed(*words, code=code)


def records(root: Path) -> list[dict[str, object]]:
    log = (root / COUNTY / "review" / "spot_checks.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in log.splitlines()]


def test_the_same_draw_gives_the_same_bytes_and_is_noted_once(root: Path, typed: Typed) -> None:
    said = sample(typed, 20, 7, "--by", "王老师")
    file = drawn(root)
    before = file.read_bytes()
    file.unlink()
    assert sample(typed) == said
    assert drawn(root).read_bytes() == before
    assert [record["did"] for record in records(root)] == ["draw"]
    assert records(root)[0]["by"] == "王老师"


def test_the_sheet_has_the_awards_and_rules_for_typing(root: Path, typed: Typed) -> None:
    sample(typed)
    book = openpyxl.load_workbook(drawn(root))
    sheet = book["抽查表"]
    assert "内部资料" in str(sheet["A1"].value)
    assert book.properties.created == dt.datetime(2026, 9, 1)
    tables = root / "reports" / "demo" / TERM / "internal" / "tables"
    decisions = pl.read_parquet(tables / "decisions.parquet").filter("awarded")
    of = {row["determination_id"]: row for row in decisions.iter_rows(named=True)}
    rows = [*sheet.iter_rows(min_row=FIRST_ROW, values_only=True)]
    assert [row[0] for row in rows] == [str(n) for n in range(1, 21)]
    places = [(of[row[9]]["school_code"], of[row[9]]["grade"], row[2], row[4]) for row in rows]
    assert places == sorted(places)
    assert len({place[0] for place in places}) > 1
    for row in rows:
        award = of[row[9]]
        assert (row[3], row[4]) == (award["name"], award["person_no"])
        amount = 0 if row[7] == "不计金额" else round(float(str(row[7])) * 100)
        assert amount == award["amount_fen"]
        assert row[8]
        assert award["program_id"] not in {"textbooks", "fee_waiver"}
        assert row[10:] == (None,) * 4
    choices = {
        str(rule.formula1): str(rule.sqref) for rule in sheet.data_validations.dataValidation
    }
    assert choices['"相符,不符"'] == "K5:K24"
    assert sheet.protection.sheet
    assert sheet["A5"].protection.locked
    assert not sheet["K5"].protection.locked
    told = "\n".join(str(row[0]) for row in book.worksheets[1].iter_rows(values_only=True))
    assert "20/156" in told
    assert "免费教科书" in told


def test_programs_for_everyone_only_when_asked(root: Path, typed: Typed) -> None:
    assert "482 人次" in sample(typed, 20, 7, "--universal")
    book = openpyxl.load_workbook(drawn(root))
    programs = {row[5] for row in book["抽查表"].iter_rows(min_row=FIRST_ROW, values_only=True)}
    assert "免费教科书" in programs


def test_what_was_found_is_summed_and_kept_without_names(
    root: Path, typed: Typed, tmp_path: Path
) -> None:
    sample(typed)
    back = fill(drawn(root), tmp_path / "填好.xlsx", unlike=2)
    said = typed("findings", str(back), "--by", "李主任", "--on", "2026-11-25")
    assert "查了 20 人次，相符 18，不符 2。" in said
    assert "10.0%" in said
    assert "1.2% 到 31.7%" in said
    sheet = openpyxl.load_workbook(back)["抽查表"]
    for place in (FIRST_ROW, FIRST_ROW + 1):
        assert str(sheet.cell(place, 4).value) in said
        assert f"aidkit why {sheet.cell(place, 5).value} --term {TERM}" in said
    (_, found) = records(root)
    ids = [sheet.cell(place, 10).value for place in (FIRST_ROW, FIRST_ROW + 1)]
    assert (found["alike"], found["unlike"], found["unlike_ids"]) == (18, 2, ids)
    log = (root / COUNTY / "review" / "spot_checks.jsonl").read_text(encoding="utf-8")
    for place in range(FIRST_ROW, sheet.max_row + 1):
        assert str(sheet.cell(place, 4).value) not in log
        assert str(sheet.cell(place, 5).value) not in log
    assert "没有重记" in typed("findings", str(back), "--by", "李主任", "--on", "2026-11-25")
    assert len(records(root)) == 2
    other = fill(drawn(root), tmp_path / "又填.xlsx", unlike=1)
    said = typed("findings", str(other), "--by", "李主任", "--on", "2026-11-25")
    assert "以前交过：2026-11-25 李主任，相符 18，不符 2；都留着。" in said
    assert len(records(root)) == 3


def test_an_unfilled_sheet_is_told_with_its_rows_and_not_noted(root: Path, typed: Typed) -> None:
    sample(typed, 3)
    said = typed("findings", str(drawn(root)), "--by", "李主任", "--on", "2026-11-25", code=1)
    assert "第 5 至 7 行，K 相符/不符 列：没有填相符还是不符。" in said
    assert "第 5 至 7 行，M 核查人 列：没有写核查人。" in said
    assert len(records(root)) == 1


def test_all_checked_leaves_no_error_of_sampling(root: Path, typed: Typed, tmp_path: Path) -> None:
    sample(typed, 156)
    back = fill(drawn(root), tmp_path / "填好.xlsx", unlike=1)
    said = typed("findings", str(back), "--by", "李主任", "--on", "2026-11-25")
    assert "没有抽样误差" in said
    assert "Clopper" not in said


def test_every_seed_that_was_tried_is_told(root: Path, typed: Typed, tmp_path: Path) -> None:
    sample(typed)
    back = fill(drawn(root), tmp_path / "填好.xlsx")
    assert "一共抽过 2 次" in sample(typed, 20, 8)
    assert "一共抽过 2 次" in typed("findings", str(back), "--by", "李某", "--on", "2026-11-25")


def test_a_sheet_that_was_filled_in_is_not_written_over(root: Path, typed: Typed) -> None:
    sample(typed)
    fill(drawn(root), drawn(root))
    filled = drawn(root).read_bytes()
    assert "没有覆盖" in sample(typed, code=2)
    assert drawn(root).read_bytes() == filled


def test_a_run_after_the_draw_still_reads_the_sheet(
    root: Path, typed: Typed, tmp_path: Path
) -> None:
    sample(typed)
    back = fill(drawn(root), tmp_path / "填好.xlsx")
    shutil.rmtree(root / "reports")
    typed("findings", str(back), "--by", "李主任", "--on", "2026-11-25")


def test_the_sheet_is_no_stray_of_the_run(root: Path, typed: Typed) -> None:
    sample(typed)
    folder = root / "reports" / "demo" / TERM
    assert strays(folder, read_record(folder).outputs) == []
    assert Project(root).terms(root / COUNTY) == [Term.parse(TERM)]


def test_what_is_refused(root: Path, typed: Typed, tmp_path: Path) -> None:
    assert "一共只有 156 人次" in sample(typed, 157, code=2)
    assert "没有写交表人" in typed("findings", "x.xlsx", code=2)
    typed("findings", "x.xlsx", "--by", "李主任", code=3)
    sample(typed)
    back = fill(drawn(root), tmp_path / "填好.xlsx")
    early = ("findings", str(back), "--by", "李主任", "--on", "2026-11-19")
    assert "早于抽样的日子" in typed(*early, code=2)
    kept = next((root / COUNTY / "review" / "spot_checks").iterdir())
    kept.write_text("x", encoding="utf-8")
    assert "找不到，或者被改过" in typed(
        "findings", str(back), "--by", "李主任", "--on", "2026-11-25", code=3
    )
    (root / COUNTY / "review" / "spot_checks.jsonl").unlink()
    assert "没有抽过编号" in typed(
        "findings", str(back), "--by", "李主任", "--on", "2026-11-25", code=3
    )
