"""A fund's documents: complete, the same every time, tied to the book, and discreet in public."""

import io
import json
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from aidkit.digests import file_digest
from aidkit.documents import fund_files, typesetting
from aidkit.errors import MissingTablesError
from aidkit.fund.accounts import ASSETS
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.heads import said_before
from aidkit.fund.ledger.journal import journal_of, read_book
from aidkit.fund.period import Period
from aidkit.fund.statements.gifts import GIVEN
from aidkit.gate.pdf import pdf_texts
from aidkit.money import fen_of_number
from aidkit.pipeline import fund as making
from aidkit.pipeline.fund import Made, make_receipts, make_statements
from aidkit.pipeline.workspace import restore
from aidkit.project import Project
from tests.documents.fund_county import (
    FUND,
    NAMED,
    PUPIL,
    SHY,
    UNSAID,
    day,
    make_fund_county,
    vouchers,
)

YEAR = Period.year(2026)
ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import sys
from pathlib import Path
from aidkit.fund.period import Period
from aidkit.pipeline.fund import make_statements
from aidkit.project import Project
print("ready", flush=True)
root, county = map(Path, sys.argv[1:])
make_statements(Project(root), county, "love", Period.year(2026), unreconciled=True)
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    return make_fund_county(tmp_path_factory.mktemp("fund") / "project")


@pytest.fixture(scope="module")
def made(county: tuple[Project, Path]) -> Made:
    return make_statements(*county, FUND, YEAR, unreconciled=True)


@pytest.fixture(scope="module")
def receipts(county: tuple[Project, Path]) -> Made:
    return make_receipts(*county, FUND, YEAR)


def names(made: Made) -> set[str]:
    return {path.relative_to(made.folder).as_posix() for path in made.files}


def pdf_text(path: Path) -> str:
    return re.sub(r"\s", "", "".join(text for _, text in pdf_texts(path.read_bytes())))


def texts_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return pdf_text(path)
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode("utf-8") for name in packed.namelist())


def sheet(path: Path, name: str) -> Iterator[tuple[object, ...]]:
    return load_workbook(io.BytesIO(path.read_bytes()))[name].iter_rows(values_only=True)


def test_every_document_is_there(made: Made) -> None:
    public = {"收支公示表", "捐赠明细", "项目支出", "业务活动表"}
    more = {"资产负债表", "定向捐赠使用反馈", "定向捐赠使用反馈表", "票据登记", "实物登记"}
    told = {f"public/{name}.pdf" for name in public}
    told |= {f"internal/{name}.pdf" for name in public | more | {"理事会报告"}}
    both = ("收支公示表.docx", "基金报表.xlsx")
    told |= {f"{room}/{name}" for room in ("internal", "public") for name in both}
    assert names(made) == told | {"record.json"}
    assert made.remarks == ()


def test_every_statement_says_which_book_it_is_from(
    made: Made, county: tuple[Project, Path]
) -> None:
    book = read_book(county[1])
    for path in made.files:
        if path.suffix in {".pdf", ".docx", ".xlsx"}:
            text = texts_of(path)
            assert book.head in text, path.name
            assert "未与银行核对" in text, path.name
    said = said_before(county[1])
    assert (book.head, book.lines, f"{FUND} 2026-01-01 2026-12-31") in {
        (one.head, one.line, one.statement) for one in said
    }
    record = json.loads((made.folder / "record.json").read_text(encoding="utf-8"))
    assert record["head"] == book.head
    assert record["files"] == {
        name: file_digest(made.folder / name) for name in names(made) - {"record.json"}
    }


def test_a_cut_journal_contradicts_the_statement(
    tmp_path: Path, made: Made, county: tuple[Project, Path]
) -> None:
    copy = tmp_path / "county"
    shutil.copytree(county[1], copy)
    assert audit(copy).sound
    journal = journal_of(copy)
    journal.write_bytes(b"")
    assert "head_missing" in {one.code for one in audit(copy).findings}


def test_a_long_table_repeats_its_header(made: Made) -> None:
    data = (made.folder / "internal" / "捐赠明细.pdf").read_bytes()
    texts = [re.sub(r"\s", "", text) for part, text in pdf_texts(data)]
    # Every page is shown twice: in one piece, and piece by piece.
    pages = [text for text in texts if re.search(r"第\d+页,?，?共\d+页", text)]
    rows = [text for text in pages if re.search(r"2026-0000\d\d", text)]
    assert len(rows) >= 4
    assert all("捐赠人" in text and "公开意愿" in text for text in rows)


def test_fonts_are_embedded(made: Made) -> None:
    for path in made.files:
        if path.suffix == ".pdf":
            data = path.read_bytes()
            assert data.count(b"CIDFontType0C") + data.count(b"/OpenType") >= 1, path.name


def test_the_same_book_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    again = make_statements(*make_fund_county(tmp_path / "again"), FUND, YEAR, unreconciled=True)
    assert names(again) == names(made)
    for name in sorted(names(made)):
        assert (again.folder / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_public_documents_name_only_who_agreed(made: Made) -> None:
    files = [path for path in made.files if path.parent.name == "public"]
    texts = {path.name: texts_of(path) for path in files}
    assert NAMED in texts["捐赠明细.pdf"]
    assert NAMED in texts["基金报表.xlsx"]
    for name, text in texts.items():
        for hidden in (SHY, UNSAID, PUPIL, "录入员", "批准人", "2026-0000"):
            assert hidden not in text, (name, hidden)
    # One pupil got 临时困难补助: it is told of by itself nowhere.
    assert not any("临时困难补助" in text for text in texts.values())


@pytest.mark.parametrize(
    ("name", "header", "accounts", "sign"),
    [
        ("收支公示表", "金　额", ASSETS, 1),
        ("捐赠明细", "金　额", GIVEN, -1),
        ("项目支出", "支出金额", ("program_expense",), 1),
    ],
)
def test_public_and_internal_totals_are_those_of_the_book(
    made: Made, name: str, header: str, accounts: tuple[str, ...], sign: int
) -> None:
    # Balances are of all days, the rest is of the year.
    lines = [
        line
        for entry in vouchers()
        for line in entry.postings
        if line.account in accounts and (accounts == ASSETS or entry.date.year == 2026)
    ]
    fen = sign * sum(line.fen for line in lines)
    for room in ("internal", "public"):
        rows = list(sheet(made.folder / room / "基金报表.xlsx", name))
        place = next((row.index(header) for row in rows if header in row), None)
        if place is None:
            place = next(row.index("金　额") for row in rows if "金　额" in row)
        elif header == "支出金额":
            place += 2  # 合计 is the last of its group
        total = next(row for row in rows if str(row[0]).replace("　", "").endswith("合计"))
        assert fen_of_number(float(str(total[place]))) == fen, room


def test_the_word_file_is_the_statement(made: Made) -> None:
    word = docx.Document(str(made.folder / "public" / "收支公示表.docx"))
    said = "".join(paragraph.text for paragraph in word.paragraphs)
    assert "2026 年度收支公示表" in said
    assert "单位负责人：" in said
    assert "制表人：" in said
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    *_, total = sheet(made.folder / "public" / "基金报表.xlsx", "收支公示表")
    assert f"{total[4]:,.2f}" in cells
    assert word.core_properties.author == "青山县教育基金会"
    assert word.core_properties.created.date() == YEAR.last
    header = word.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert header


def test_letters_to_donors_name_no_pupil(made: Made) -> None:
    text = pdf_text(made.folder / "internal" / "定向捐赠使用反馈.pdf")
    assert NAMED in text
    assert "寄宿生生活补助" in text
    assert PUPIL not in text
    assert "G9901" not in text


def test_only_whole_months_are_published(county: tuple[Project, Path]) -> None:
    made = make_statements(*county, FUND, Period(day(10, 5), day(12, 31)), unreconciled=True)
    assert not any(name.startswith("public") for name in names(made))
    assert any("公开" in remark for remark in made.remarks)
    quarter = make_statements(*county, FUND, Period(day(10, 1), day(12, 31)), unreconciled=True)
    assert "public/收支公示表.pdf" in names(quarter)
    assert "public/业务活动表.pdf" not in names(quarter)


def test_nothing_is_stated_before_the_bank_agrees(tmp_path: Path) -> None:
    project, county = make_fund_county(tmp_path / "project")
    with pytest.raises(MissingTablesError, match="银行"):
        make_statements(project, county, FUND, YEAR, unreconciled=False)
    assert not (project.root / "reports").exists()
    assert said_before(county) == []


def test_a_machine_without_chinese_fonts(
    tmp_path: Path, county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_fonts", lambda: (None, frozenset()))
    project = Project(tmp_path)
    (tmp_path / "params").symlink_to(county[0].params)
    made = make_statements(project, county[1], FUND, YEAR, unreconciled=True)
    assert not any(name.endswith(".pdf") for name in names(made))
    assert {"public/收支公示表.docx", "internal/基金报表.xlsx"} <= names(made)
    assert [remark for remark in made.remarks if "fonts-noto-cjk" in remark]
    receipts = make_receipts(project, county[1], FUND, YEAR)
    assert names(receipts) == {"基金报表.xlsx", "record.json"}
    assert [remark for remark in receipts.remarks if "fonts-noto-cjk" in remark]


def test_a_failure_leaves_the_last_good_documents(
    made: Made, county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in made.files}

    def broken(*_: object) -> Iterator[str]:
        raise OSError("disk full")

    monkeypatch.setattr(making, "write_feedback", broken)
    with pytest.raises(OSError, match="disk full"):
        make_statements(*county, FUND, YEAR, unreconciled=True)
    assert {path: path.read_bytes() for path in made.files} == before


def test_a_kill_leaves_whole_documents(made: Made, county: tuple[Project, Path]) -> None:
    project, folder = county
    before = {path: path.read_bytes() for path in made.files}
    for seconds in (0.05, 0.6, 1.2):
        words = [sys.executable, "-c", MAKE, str(project.root), str(folder)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        restore(made.folder)
        assert {path: path.read_bytes() for path in made.files} == before


def test_certificates_are_named_by_voucher(receipts: Made) -> None:
    entries = [one for one in vouchers() if one.date.year == 2026]
    given = [one for one in entries if one.kind in {"gift", "goods_in"} and one.party]
    single = sorted(path for path in receipts.files if path.parent.name == "捐赠证书")
    assert all(re.fullmatch(r"2026-\d{6}\.pdf", path.name) for path in single)
    # The corrected gift gets none, nor one of which a part was given back.
    assert len(single) == len(given) - 2
    whole = pdf_text(receipts.folder / "捐赠证书.pdf")
    one = pdf_text(single[0])
    assert one.replace("\u200b", "")[:200]
    for said in ("捐赠证书", "承蒙惠赠"):
        assert said in one
        assert said in whole


def test_many_certificates_are_several_files(
    county: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch, receipts: Made
) -> None:
    monkeypatch.setattr(fund_files, "MOST_PAGES", 20)
    whole = pdf_text(receipts.folder / "捐赠证书.pdf")
    made = make_receipts(*county, FUND, Period(day(1, 1), day(12, 30)))
    parts = sorted(path for path in made.files if path.name.startswith("捐赠证书 "))
    single = [path.stem for path in made.files if path.parent.name == "捐赠证书"]
    assert [path.name for path in parts] == [f"捐赠证书 {n}.pdf" for n in (1, 2, 3)]
    text = "".join(map(pdf_text, parts))
    assert all(number in text and number in whole for number in single)


def test_certificates_tell_what_was_given(receipts: Made) -> None:
    whole = pdf_text(receipts.folder / "捐赠证书.pdf")
    assert "壹佰元整" in whole
    assert "旧书355.5本" in whole
    assert "定向用于“图书角”" in whole
    rows = list(sheet(receipts.folder / "基金报表.xlsx", "证书登记"))
    said = {str(row[4]) for row in rows if row[0] and str(row[0]).startswith("2026-")}
    assert said == {
        "有",
        "没有：没有署名",
        "没有：已更正作废",
        "没有：已退回一部分，请与捐赠人商定",
    }


def test_metadata_of_a_certificate_names_nobody(receipts: Made) -> None:
    for path in receipts.files:
        if path.suffix == ".pdf":
            parts = [text for part, text in pdf_texts(path.read_bytes()) if part == "PDF 信息"]
            assert not any(name in text for text in parts for name in (NAMED, SHY, UNSAID))
