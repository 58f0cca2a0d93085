"""A workbook with its merged ranges before its cells reads as it did."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from aidkit.intake.archive import ranges_first, sheet_parts

CELLS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2.5</v></c></row>'
DATA = f"<sheetData>{CELLS}</sheetData>"
MERGED = '<mergeCells count="1"><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _workbook(*sheets: str, named: str = "sheet") -> bytes:
    numbers = range(1, len(sheets) + 1)
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" '
            f'Target="worksheets/{named}{n}.xml"/>'
            for n in numbers
        )
        + "</Relationships>",
    }
    parts |= {f"xl/worksheets/{named}{n}.xml": sheets[n - 1] for n in numbers}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _plain(rest: str) -> str:
    return f'<worksheet xmlns="{MAIN}">{rest}</worksheet>'


def _relaid(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ranges_first(content, archive, dict(sheet_parts(archive, 10**8)))


def _read(content: bytes) -> list[object]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return [(each.to_python(skip_empty_area=False), each.merged_cell_ranges) for each in sheets]


@pytest.mark.parametrize("rest", [DATA, DATA + MERGED, f"<cols/>{DATA}<x/>{MERGED}<y/>"])
def test_a_plain_sheet_is_relaid_and_reads_the_same(rest: str) -> None:
    content = _workbook(_plain(rest), _plain(DATA + MERGED))
    relaid = _relaid(content)
    assert relaid != content
    assert zipfile.ZipFile(io.BytesIO(relaid)).testzip() is None
    assert _read(relaid) == _read(content)


@pytest.mark.parametrize(
    "sheet",
    [
        _plain("<sheetData/>" + MERGED),
        _plain(DATA + "<mergeCells/>"),
        _plain(DATA + MERGED + "<!-- </sheetData> -->"),
        _plain("<!-- <sheetData> -->" + DATA + MERGED),
        _plain(MERGED + DATA),
        _plain(DATA + MERGED)
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("xmlns", "xmlns:x"),
    ],
)
def test_a_sheet_that_is_not_plain_stays_as_it_is(sheet: str) -> None:
    content = _workbook(sheet)
    assert _relaid(content) == content
    beside = _workbook(sheet, _plain(DATA + MERGED))
    assert _relaid(beside) != beside
    assert _read(_relaid(beside)) == _read(beside)


def test_a_file_with_names_that_are_not_plain_stays_as_it_is() -> None:
    content = _workbook(_plain(DATA), named="表")
    assert _relaid(content) == content
