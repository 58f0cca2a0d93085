"""A table in a Word file: its header is repeated on each page, no row is torn."""

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

from aidkit.documents.fund_table import Column, Table, printed_row, spanned, spans

_HEAD, _SUM = "E6E6E6", "F3F3F3"
_FEW = 24
"""Rows that a page holds in the usual look; more stand closer."""

_KEPT = 2
"""Rows that stand on one page with what follows the table."""

_SIDES = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}


def fill_table(word: Word, table: Table, width: float) -> None:
    """Add a table to a document.

    Args:
        word: The document.
        table: What it tells.
        width: How wide it is to be, in centimetres.
    """
    grouped = any(column.group for column in table.columns)
    heads = 2 if grouped else 1
    made = word.add_table(rows=heads + len(table.rows), cols=len(table.columns))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    share = width / sum(column.width for column in table.columns)
    for at, column in enumerate(table.columns):
        made.columns[at].width = Cm(column.width * share)
    # Reading rows from the table anew for each cell takes time squared.
    rows = list(made.rows)
    grid = [list(row.cells) for row in rows]
    for at, column in enumerate(table.columns):
        for cells in grid:
            cells[at].width = Cm(column.width * share)
    _header(grid, table.columns, grouped)
    for row in rows[:heads]:
        _mark(row, "w:tblHeader")
    look = _look(word, dense=len(rows) > _FEW)
    for number, row in enumerate(rows, 1):
        for paragraph in (one for cell in row._tr.tc_lst for one in cell.p_lst):
            paragraph.style = look
            if number > len(rows) - _KEPT:
                paragraph.get_or_add_pPr().get_or_add_keepNext()
    for place, (row, tall) in enumerate(zip(table.rows, spans(table), strict=True), heads):
        _mark(rows[place], "w:cantSplit")
        cells = grid[place]
        wide = spanned(row)
        if wide > 1:
            cells[0].merge(cells[wide - 1])
        if tall > 1:
            cells[0].merge(grid[place + tall - 1][0])
        bold = row.mark != "line"
        for at, text in enumerate(printed_row(row, table.columns)):
            if (at == 0 and tall == 0) or 0 < at < wide:
                continue
            side = ALIGN.CENTER if at == 0 and wide > 1 else _SIDES[table.columns[at].side]
            _fill(cells[at], text, side, bold=bold, shade=_SUM if bold else "")


def _header(grid: list[list[_Cell]], columns: tuple[Column, ...], grouped: bool) -> None:
    at = 0
    while at < len(columns):
        group = columns[at].group
        end = at + 1
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        if group:
            head = grid[0][at].merge(grid[0][end - 1]) if end - at > 1 else grid[0][at]
            _fill(head, group, ALIGN.CENTER, bold=True, shade=_HEAD)
            for under in range(at, end):
                title = columns[under].title
                _fill(grid[1][under], title, ALIGN.CENTER, bold=True, shade=_HEAD)
        else:
            head = grid[0][at].merge(grid[1][at]) if grouped else grid[0][at]
            _fill(head, columns[at].title, ALIGN.CENTER, bold=True, shade=_HEAD)
        at = end


def _fill(cell: _Cell, text: str, side: ALIGN, *, bold: bool, shade: str) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    # Merging leaves the empty paragraphs of all cells.
    for other in cell.paragraphs[1:]:
        other._p.getparent().remove(other._p)
    paragraph.alignment = side
    # Saying that it is not bold takes as long as the text itself.
    paragraph.add_run(text).bold = bold or None
    if shade:
        look = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(look))


def _look(word: Word, *, dense: bool) -> str:
    """The style of what stands in cells: its id, made where the document has none."""
    name, size, room = ("Dense cell", 9, 0.5) if dense else ("Cell", 10, 1.5)
    if name not in word.styles:
        made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = word.styles["Normal"]
        made.font.size = Pt(size)
        # Chinese fonts ask for lines of very different heights.
        made.paragraph_format.line_spacing = Pt(size + 2.5)
        made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(room)
    return str(word.styles[name].style_id)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<{name} {nsdecls('w')}/>"))
