"""The proof sheet and the report upward: equal registers give equal bytes, days and digests."""

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from aidkit.county import County
from aidkit.documents.notice_sheets import proof_csv, proof_workbook, report_workbook
from aidkit.notices.notice import Notice
from aidkit.notices.register import list_of, read_notices, register_head
from aidkit.notices.steps import close
from tests.notices.sample_notices import END, NAMES, POSTED, built, draft_in, posted_in

COUNTY = County("青山县", "cn/henan", "青山县资助中心", "教育局二楼", ())
AFTER = END + dt.timedelta(1)


@pytest.fixture
def closed(tmp_path: Path) -> Notice:
    number = posted_in(tmp_path).number
    built(tmp_path, AFTER)
    return close(tmp_path, number, on=AFTER, by="李主任", board_down=END)


def test_the_proof_says_what_was_posted_when_and_taken_down_when(
    tmp_path: Path, closed: Notice
) -> None:
    head = register_head(tmp_path)
    notices = [*read_notices(tmp_path, AFTER).values()]
    content = proof_workbook(notices, AFTER, COUNTY, head)
    assert content == proof_workbook(notices, AFTER, COUNTY, head)

    book = load_workbook(io.BytesIO(content))
    assert book.properties.created == dt.datetime.combine(AFTER, dt.time())
    said, headers, row = book["登记表"].iter_rows(values_only=True)
    told = dict(zip(headers, row, strict=True))
    assert head in str(said[0])
    assert (told["张贴"], told["期满"]) == (str(POSTED), str(END))
    assert told["张贴名单校验码"] == closed.first_digest
    assert (told["公示栏撤下"], told["网站撤下"]) == (str(END), str(AFTER))
    (same,) = csv.DictReader(io.StringIO(proof_csv(notices, AFTER).decode("utf-8-sig")))
    assert same == {header: said or "" for header, said in told.items()}


def test_the_proof_has_a_page_for_each_notice_that_was_posted(
    tmp_path: Path, closed: Notice
) -> None:
    posted_in(tmp_path, AFTER)
    draft_in(tmp_path, AFTER)
    notices = [*read_notices(tmp_path, AFTER).values()]
    book = load_workbook(io.BytesIO(proof_workbook(notices, AFTER, COUNTY, "0" * 64)))
    sheet = book["公示登记证明"]
    told = {cell.value: sheet.cell(cell.row, 2).value for cell in sheet["A"]}
    titles = [cell.row for cell in sheet["A"] if cell.value == "公示登记证明"]
    assert [one.id for one in sheet.row_breaks.brk] == [titles[1] - 1]
    assert len(titles) == 2
    # Nothing is printed half: Excel leaves out what a column is too narrow for.
    assert told["张贴名单校验码"] == closed.first_digest
    assert told["公示栏撤下"] == "—"
    assert sheet.page_setup.paperSize == 9


def test_a_list_that_needs_no_class_has_no_empty_column(tmp_path: Path, closed: Notice) -> None:
    lines = [replace(line, class_name="") for line in list_of(tmp_path, closed)]
    book = load_workbook(io.BytesIO(report_workbook(closed, lines, AFTER, COUNTY, "0" * 64)))
    headers = next(book["名单"].iter_rows(min_row=2, values_only=True))
    assert headers == ("编号", "姓名", "学校", "年级")


def test_the_proof_names_nobody(tmp_path: Path, closed: Notice) -> None:
    text = proof_csv([closed], AFTER).decode("utf-8-sig")
    assert not [name for name in NAMES if name in text]


def test_the_report_upward_has_the_final_list(tmp_path: Path, closed: Notice) -> None:
    lines, head = list_of(tmp_path, closed), register_head(tmp_path)
    content = report_workbook(closed, lines, AFTER, COUNTY, head)
    assert content == report_workbook(closed, lines, AFTER, COUNTY, head)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["公示情况", "名单"]
    told = "".join(str(row[0]) for row in book["公示情况"].iter_rows(values_only=True))
    assert "收到异议 0 条" in told
    names = [row[1] for row in book["名单"].iter_rows(min_row=3, values_only=True)]
    assert names == list(NAMES)
