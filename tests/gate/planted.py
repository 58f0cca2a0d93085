"""Leaks to plant and the files to plant them in; all persons are made up."""

import base64
import datetime as dt
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from aidkit.gate import People
from aidkit.identity import id_check_character


def id_number(first17: str = "99010120150308123") -> str:
    return first17 + id_check_character(first17)


ID = id_number()
OTHER_ID = id_number("99010120140911456")
STUDENT_NO = "G" + OTHER_ID
TEMPORARY_NO = "L20260901123456AB7C"
PHONE = "13900001234"
CARD = "6222999900001111224"
NAME = "蒋梓涵"
SHORT_NAME = "龚鑫"
ADDRESS = "青山县柳林镇试验村3组15号"

PEOPLE = People(
    names=frozenset({NAME, SHORT_NAME, "欧阳若琳", "买买提·试验名"}),
    numbers={CARD: "card", "03991234567": "phone"},
    addresses=frozenset({ADDRESS}),
    birth_dates=frozenset({dt.date(2015, 3, 8)}),
    ignored=frozenset({"青山县蒋梓涵希望小学"}),
)

LEAKS: dict[str, tuple[str, str]] = {
    "id_number": (ID, "id_number"),
    "id_full_width": ("".join(chr(ord(c) + 0xFEE0) for c in ID), "id_number"),
    "id_spaced": (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "id_number"),
    "id_hyphenated": (f"{ID[:6]}-{ID[6:10]}-{ID[10:14]}-{ID[14:]}", "id_number"),
    "id_letter_by_letter": (" ".join(ID), "id_number"),
    "id_masked": (f"{ID[:6]}********{ID[14:]}", "id_number"),
    "id_lower_x": (id_number("99010120150308118").lower(), "id_number"),
    "student_no": (STUDENT_NO, "student_no"),
    "student_no_temporary": (TEMPORARY_NO, "student_no"),
    "phone": (PHONE, "phone"),
    "phone_split": ("139-0000-1234", "phone"),
    "phone_country": ("+8613900001234", "phone"),
    "phone_masked": ("139****1234", "phone"),
    "landline_known": ("0399-1234567", "phone"),
    "card": (CARD, "card"),
    "card_split": ("6222 9999 0000 1111 224", "card"),
    "name": (NAME, "person_name"),
    "name_in_sentence": (f"感谢{NAME}同学的家长", "person_name"),
    "name_spaced": ("龚　鑫", "person_name"),
    "name_short": (f"{SHORT_NAME}同学", "person_name"),
    "name_four": ("获奖的是欧阳若琳等人", "person_name"),
    "name_long": ("受助人买买提·试验名", "person_name"),
    "address": (ADDRESS, "address"),
    "address_unknown": ("家庭住址：某县某镇某村2组8号", "address"),
    "birth_date": ("出生日期：2015-03-08", "birth_date"),
    "birth_date_chinese": ("生于2015年3月8日出生", "birth_date"),
}
"""What is planted: (text, kind that must be found)."""

Plant = Callable[[Path, str], str]
"""Writes a file holding the text below a folder; returns its path there."""


def page(body: str, *, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>页</title></head><body>{body}</body></html>"


def _put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return name


def notebook_output(folder: Path, text: str) -> str:
    output = {"output_type": "stream", "name": "stdout", "text": [f"结果：{text}\n"]}
    cell = {"cell_type": "code", "source": [], "metadata": {}, "outputs": [output]}
    return _put(folder, "a.ipynb", json.dumps({"cells": [cell], "nbformat": 4}))


def notebook_image(folder: Path, text: str) -> str:
    data = {"image/png": base64.b64encode(png(text)).decode()}
    cell = {"cell_type": "code", "outputs": [{"output_type": "display_data", "data": data}]}
    return _put(folder, "b.ipynb", json.dumps({"cells": [cell]}))


def chart_spec(folder: Path, text: str) -> str:
    spec = json.dumps({"data": {"values": [{"名": text, "值": 3.25}]}}).replace("<", "\\u003c")
    html = f'<div class="aid-chart"><script type="application/json">{spec}</script></div>'
    return _put(folder, "chart.html", page(html))


def front_matter(folder: Path, text: str) -> str:
    return _put(folder, "page.qmd", f'---\ntitle: 学校\nproducer: "{text}"\n---\n\n正文\n')


def front_matter_in_head(folder: Path, text: str) -> str:
    return _put(folder, "meta.html", page("", head=f'<meta name="author" content="{text}">'))


def comment(folder: Path, text: str) -> str:
    return _put(folder, "comment.html", page(f"<p>好</p><!-- 待删 {text} -->"))


def data_attribute(folder: Path, text: str) -> str:
    return _put(folder, "attribute.html", page(f'<span data-who="{text}">一人</span>'))


def entities(folder: Path, text: str) -> str:
    coded = "".join(f"&#{ord(char)};" for char in text)
    return _put(folder, "entities.html", page(f"<td>{coded}</td>"))


def split_by_tags(folder: Path, text: str) -> str:
    return _put(folder, "split.html", page(f"<td>{text[:2]}<b>{text[2:4]}</b>{text[4:]}</td>"))


def search_index(folder: Path, text: str) -> str:
    index = json.dumps([{"title": "学校", "text": f"正文 {text} 正文"}], ensure_ascii=False)
    return _put(folder, "search.js", f"window.aidSearch={index};")


def escaped_search_index(folder: Path, text: str) -> str:
    return _put(folder, "search.json", json.dumps([{"text": text}]))


def csv(folder: Path, text: str) -> str:
    return _put(folder, "downloads/a.csv", f"学校,说明\n试验学校,{text}\n")


def csv_gb18030(folder: Path, text: str) -> str:
    return _put(folder, "downloads/b.csv", f"学校,说明\n学校,{text}\n".encode("gb18030"))


def hidden_sheet(folder: Path, text: str) -> str:
    with xlsxwriter.Workbook(folder / "hidden.xlsx") as book:
        book.add_worksheet("表").write(0, 0, "学校")
        sheet = book.add_worksheet("底稿")
        sheet.write_string(3, 2, text)
        sheet.hide()
    return "hidden.xlsx"


def document_properties(folder: Path, text: str) -> str:
    with xlsxwriter.Workbook(folder / "properties.xlsx") as book:
        book.add_worksheet("表")
        book.set_properties({"author": text})
    return "properties.xlsx"


def word_runs(folder: Path, text: str) -> str:
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (text[:1], text[1:]))
    body = f"<w:document><w:body><w:p>{runs}</w:p></w:body></w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", body)
    return _put(folder, "word.docx", packed.getvalue())


def sitemap(folder: Path, text: str) -> str:
    url = f"<url><loc>https://example.org/{text}/</loc></url>"
    return _put(folder, "sitemap.xml", f'<?xml version="1.0"?><urlset>{url}</urlset>')


def file_name(folder: Path, text: str) -> str:
    return _put(folder, f"downloads/{text}.txt", "好")


def png(text: str) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    words = b"Author\x00\x01\x00\x00\x00" + zlib.compress(text.encode("utf-8"))
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"iTXt", words),
            chunk(b"IDAT", zlib.compress(b"\x00\x00")),
            chunk(b"IEND", b""),
        ]
    )


def png_text(folder: Path, text: str) -> str:
    return _put(folder, "image.png", png(text))


def data_uri(folder: Path, text: str) -> str:
    coded = base64.b64encode(png(text)).decode()
    return _put(folder, "inline.html", page(f'<img src="data:image/png;base64,{coded}" alt="图">'))


def pdf_metadata(folder: Path, text: str) -> str:
    author = b"\xfe\xff" + text.encode("utf-16-be")
    info = b"<" + author.hex().encode() + b">"
    body = b"%PDF-1.7\n1 0 obj\n<< /Author " + info + b" >>\nendobj\ntrailer << /Info 1 0 R >>\n"
    return _put(folder, "meta.pdf", body)


def pdf_object_stream(folder: Path, text: str) -> str:
    title = b"\xfe\xff" + text.encode("utf-16-be")
    for char in (b"\\", b"(", b")"):
        title = title.replace(char, b"\\" + char)
    inner = b"5 0 << /Title (" + title + b") >>"
    packed = zlib.compress(inner)
    head = f"1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return _put(folder, "packed.pdf", b"%PDF-1.7\n" + head.encode() + packed + b"\nendstream\n")


CHANNELS: list[Plant] = [
    notebook_output,
    notebook_image,
    chart_spec,
    front_matter,
    front_matter_in_head,
    comment,
    data_attribute,
    entities,
    split_by_tags,
    search_index,
    escaped_search_index,
    csv,
    csv_gb18030,
    hidden_sheet,
    document_properties,
    word_runs,
    sitemap,
    file_name,
    png_text,
    data_uri,
    pdf_metadata,
    pdf_object_stream,
]
