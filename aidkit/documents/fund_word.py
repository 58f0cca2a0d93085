"""A document of a fund as a Word file, to be filled in, signed and sealed."""

import datetime as dt
import io
import zipfile

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT as _TAB
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from aidkit.documents.fund_pdf import notes_of, title_of
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_word_table import fill_table

RED = RGBColor(0xC0, 0x00, 0x00)

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""Stands for the time of packing: equal documents have equal bytes."""

_ABOUT = {
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>aidkit</Application></Properties>"
}
"""What says of itself which program made it: the library's template counts its own pages there."""

_RULE = '<w:pBdr {ns}><w:bottom w:val="single" w:sz="18" w:space="1" w:color="C00000"/></w:pBdr>'

_SEAL = """<w:pict {ns} xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office">
<v:oval style="position:absolute;margin-left:{left}pt;margin-top:-46pt;width:88pt;height:88pt"
 filled="f" strokecolor="#e08080" strokeweight="1pt"><v:stroke dashstyle="dash"/>
<v:textbox inset="0,0,0,0"><w:txbxContent><w:p><w:pPr><w:spacing w:before="440"/><w:jc
 w:val="center"/></w:pPr>
<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:color w:val="E08080"/><w:sz w:val="16"/></w:rPr>
<w:t>（盖章处）</w:t><w:br/><w:t>单位公章</w:t></w:r></w:p></w:txbxContent></v:textbox>
</v:oval></w:pict>"""


def document_docx(document: Document, stamp: Stamp) -> bytes:
    """One document as a Word file; equal documents have equal bytes."""
    word = docx.Document()
    _settings(word, document, stamp)
    width = _paper(word, landscape=document.landscape)
    _letterhead(word, document, stamp, width)
    for lead in document.lead:
        _said(word.add_paragraph(), lead, 11)
    for table in document.tables:
        if len(document.tables) > 1:
            _said(_kept(word), table.title, 12, bold=True)
        fill_table(word, table, width)
        for note in table.notes:
            _said(_kept(word), f"注：{note}", 9)
    notes = " ".join(f"{n}. {note}" for n, note in enumerate(notes_of(document, stamp), 1))
    remarks = _kept(word)
    remarks.paragraph_format.space_before = Pt(6)
    _said(remarks, f"说明：{notes}", 9)
    _signatures(word, width)
    memory = io.BytesIO()
    word.save(memory)
    return _repacked(memory.getvalue())


def _settings(word: Word, document: Document, stamp: Stamp) -> None:
    normal = word.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    # Which country's shapes of punctuation: the template says English.
    normal.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:eastAsia="zh-CN"/>'))
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.0
    word.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    about = word.core_properties
    made_on = dt.datetime.combine(stamp.period.last, dt.time())
    about.title, about.author = title_of(document, stamp), stamp.publisher
    about.created = about.modified = made_on
    about.last_modified_by, about.comments, about.revision = stamp.publisher, "", 1
    # The library's template carries a picture of its own first page.
    of_package = word.part.package.rels
    for name in [name for name, rel in of_package.items() if rel.reltype == RT.THUMBNAIL]:
        del of_package[name]


def _paper(word: Word, *, landscape: bool) -> float:
    """Set the page to A4; how wide its text is, in centimetres."""
    page = word.sections[0]
    wide, high = (29.7, 21.0) if landscape else (21.0, 29.7)
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(wide), Cm(high)
    page.left_margin = page.right_margin = Cm(1.9)
    page.top_margin, page.bottom_margin = Cm(1.6), Cm(1.6)
    return wide - 3.8


def _letterhead(word: Word, document: Document, stamp: Stamp, width: float) -> None:
    head = word.add_paragraph()
    _said(head, stamp.fund.name, 26, bold=True, red=True, align=ALIGN.CENTER)
    head.paragraph_format.space_after = Pt(8)
    number = word.add_paragraph()
    _said(number, f"编号：{stamp.number}", 10, align=ALIGN.CENTER)
    number._p.get_or_add_pPr().append(parse_xml(_RULE.format(ns=nsdecls("w"))))
    title = word.add_paragraph()
    _said(title, title_of(document, stamp), 18, bold=True, align=ALIGN.CENTER)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(10)
    if stamp.edition:
        _said(word.add_paragraph(), stamp.edition, 12, bold=True, align=ALIGN.CENTER)
    if stamp.warning:
        warning = word.add_paragraph()
        _said(warning, f"（{stamp.warning}）", 14, bold=True, red=True, align=ALIGN.CENTER)
    line = word.add_paragraph()
    line.paragraph_format.space_after = Pt(6)
    # Right of the middle: who states is longer than the unit.
    line.paragraph_format.tab_stops.add_tab_stop(Cm(width * 0.57), _TAB.CENTER)
    line.paragraph_format.tab_stops.add_tab_stop(Cm(width), _TAB.RIGHT)
    _said(line, f"填报单位：{stamp.publisher}\t统计期间：{stamp.when}\t单位：元", 10)
    _footer(word, stamp, width)


def _footer(word: Word, stamp: Stamp, width: float) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    foot.style = word.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(width), _TAB.RIGHT)
    _said(foot, f"编号：{stamp.number}\t第 ", 8)
    _field(foot, "PAGE")
    _run(foot, " 页，共 ", 8)
    _field(foot, "NUMPAGES")
    _run(foot, " 页", 8)


def _signatures(word: Word, width: float) -> None:
    blank = "_" * 12
    _kept(word).paragraph_format.line_spacing = Pt(46)
    people = _kept(word)
    said = "　　".join(f"{who}：{blank}" for who in ("单位负责人", "财务负责人", "制表人"))
    run = _said(people, said, 10)
    left = width / 2.54 * 72 - 96
    run._r.append(parse_xml(_SEAL.format(ns=nsdecls("w"), left=round(left))))
    _said(word.add_paragraph(), "　　年　　月　　日", 10, align=ALIGN.RIGHT)


def _kept(word: Word) -> Paragraph:
    """A paragraph on the page of what follows it."""
    made = word.add_paragraph()
    made.paragraph_format.keep_with_next = made.paragraph_format.keep_together = True
    return made


def _said(
    paragraph: Paragraph,
    text: str,
    size: float,
    *,
    bold: bool = False,
    red: bool = False,
    align: ALIGN | None = None,
) -> Run:
    if align is not None:
        paragraph.alignment = align
    run = _run(paragraph, text, size)
    run.bold = bold
    if red:
        run.font.color.rgb = RED
    return run


def _run(paragraph: Paragraph, text: str, size: float) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    return run


def _field(paragraph: Paragraph, name: str) -> None:
    field = f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
    paragraph._p.append(parse_xml(f"{field}<w:t>1</w:t></w:r></w:fldSimple>"))


def _repacked(packed: bytes) -> bytes:
    """The same file without the time of packing, and with nothing of the library's template."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, _ABOUT.get(name) or old.read(name))
    return memory.getvalue()
