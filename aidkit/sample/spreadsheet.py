"""The least of an .xlsx file: text, numbers, dates, formulas, merged headers.

XlsxWriter needs 9 µs a cell, which is 12 s for the county's 1.3 million; this needs 1 µs. Nothing
in the file depends on the time of writing, so the same cells give the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

PLAIN, TITLE, NOTE, HEADER, TEXT, DATE = range(6)
"""Looks of a cell: places in the list of formats below."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>\
<fonts count="3"><font><sz val="11"/><name val="宋体"/></font>\
<font><b/><sz val="16"/><name val="宋体"/></font>\
<font><b/><sz val="11"/><name val="宋体"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>\
<bottom style="thin"/></border></borders>\
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6">\
<xf/>\
<xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="center"/></xf>\
<xf/>\
<xf fontId="2" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">\
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
<xf numFmtId="49" applyNumberFormat="1"/>\
<xf numFmtId="164" applyNumberFormat="1"/>\
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""


class Spreadsheet:
    """A workbook under way; `bytes` ends it."""

    def __init__(self) -> None:
        self._strings: dict[str, int] = {}
        self._pages: list[Page] = []

    def page(self, name: str) -> "Page":
        """Add a sheet."""
        self._pages.append(Page(name, self._strings))
        return self._pages[-1]

    def to_bytes(self) -> bytes:
        """The whole file."""
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w") as file:
            for path, text in self._parts():
                part = zipfile.ZipInfo(path)  # dated 1980-01-01
                part.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(part, text, compresslevel=3)
        return memory.getvalue()

    def _parts(self) -> Iterable[tuple[str, str]]:
        numbers = range(1, len(self._pages) + 1)
        sheets = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            f'ContentType="{_TYPE}.worksheet+xml"/>'
            for n in numbers
        )
        yield (
            "[Content_Types].xml",
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
            '<Override PartName="/xl/sharedStrings.xml" '
            f'ContentType="{_TYPE}.sharedStrings+xml"/>{sheets}</Types>',
        )
        yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
        pages = "".join(
            f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, page in zip(numbers, self._pages, strict=True)
        )
        yield (
            "xl/workbook.xml",
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f"<sheets>{pages}</sheets></workbook>",
        )
        yield (
            "xl/_rels/workbook.xml.rels",
            _relations(
                [
                    *(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                    ("styles", "styles.xml"),
                    ("sharedStrings", "sharedStrings.xml"),
                ]
            ),
        )
        yield "xl/styles.xml", _STYLES
        for n, page in zip(numbers, self._pages, strict=True):
            yield f"xl/worksheets/sheet{n}.xml", page.to_xml()
        strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in self._strings)
        yield "xl/sharedStrings.xml", f'{_XML}<sst xmlns="{_MAIN}">{strings}</sst>'


class Page:
    """One sheet; rows are written from top to bottom, cells from left to right."""

    def __init__(self, name: str, strings: dict[str, int]) -> None:
        self.name = name
        self._strings = strings
        self._xml: list[str] = []
        self._merged: list[str] = []
        self._columns: list[str] = []
        self._frozen = 0

    def row(self, number: int, cells: Iterable[str]) -> None:
        """Add a row of cells made by `text`, `number` and `formula`; rows count from 1."""
        self._xml.append(f'<row r="{number}">{"".join(cells)}</row>')

    def text(self, place: str, text: str, look: int = PLAIN) -> str:
        """A text cell at a place such as `C4`."""
        index = self._strings.setdefault(text, len(self._strings))
        return f'<c r="{place}" s="{look}" t="s"><v>{index}</v></c>'

    @staticmethod
    def number(place: str, number: float, look: int = PLAIN) -> str:
        """A number cell."""
        return f'<c r="{place}" s="{look}"><v>{number!r}</v></c>'

    @staticmethod
    def formula(place: str, formula: str, value: str) -> str:
        """A formula with the value it last had: an error such as `#N/A`, a number, or nothing."""
        cached = f"<v>{escape(value)}</v>" if value else ""
        kind = ' t="e"' if value.startswith("#") else ""
        return f'<c r="{place}"{kind}><f>{escape(formula)}</f>{cached}</c>'

    def merge(self, first: str, last: str) -> None:
        """Merge the cells between two corners."""
        self._merged.append(f'<mergeCell ref="{first}:{last}"/>')

    def column(self, number: int, look: int, width: int) -> None:
        """Set the look of a column's empty cells and its width; columns count from 1."""
        self._columns.append(
            f'<col min="{number}" max="{number}" width="{width}" style="{look}" customWidth="1"/>'
        )

    def freeze(self, rows: int) -> None:
        """Keep the rows at the top in sight."""
        self._frozen = rows

    def to_xml(self) -> str:
        """The sheet's part of the file."""
        pane = (
            f'<pane ySplit="{self._frozen}" topLeftCell="A{self._frozen + 1}" '
            'activePane="bottomLeft" state="frozen"/>'
        )
        merged = f"<mergeCells>{''.join(self._merged)}</mergeCells>" if self._merged else ""
        return (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
            f"</sheetView></sheetViews><cols>{''.join(self._columns)}</cols>"
            f"<sheetData>{''.join(self._xml)}</sheetData>{merged}</worksheet>"
        )


def _relations(targets: list[tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
