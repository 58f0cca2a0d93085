"""PDF files, pictures, texts and archives that hold a text where nobody looks."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import typst

from tests.gate.planted import Plant, page

FONT = '#set text(font: "Noto Sans CJK SC")\n'


def from_typst(source: str, name: str) -> Plant:
    """A channel: a PDF as typst makes it."""

    def plant(folder: Path, text: str) -> str:
        written = text.replace("*", "\\*")
        (folder / "a.pdf").write_bytes(typst.compile((FONT + source % written).encode()))
        return "a.pdf"

    plant.__name__ = f"pdf_{name}"
    return plant


def pdf_comment(folder: Path, text: str) -> str:
    words = (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()
    body = (
        b"%PDF-1.7\n1 0 obj << /Type /Annot /Subtype /Text /Contents <" + words + b"> >> endobj\n"
    )
    (folder / "b.pdf").write_bytes(body)
    return "b.pdf"


def pdf_packet(folder: Path, text: str) -> str:
    packet = f"<?xpacket?><x:xmpmeta><dc:creator>{text}</dc:creator></x:xmpmeta>".encode()
    body = b"%PDF-1.7\n1 0 obj << /Type /Metadata >>\nstream\n" + packet + b"\nendstream\nendobj\n"
    (folder / "c.pdf").write_bytes(body)
    return "c.pdf"


PDFS = [
    from_typst("#table(columns: 2, [甲], [%s])", "table"),
    from_typst("受助的有%s等人。", "text"),
    from_typst('#set document(author: "%s", date: none)\n好', "author"),
    from_typst("= %s\n好", "outline"),
    pdf_comment,
    pdf_packet,
]


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    whole = kind + body
    return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))


def picture(name: str, head: bytes, encode: Callable[[bytes], bytes]) -> Plant:
    """A channel: metadata of a picture, between its head and what `encode` makes of the text."""

    def plant(folder: Path, text: str) -> str:
        (folder / f"a.{name.partition('_')[0]}").write_bytes(head + encode(text.encode()))
        return f"a.{name.partition('_')[0]}"

    plant.__name__ = name
    return plant


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


PNG = b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
WEBP = b"RIFF\x00\x00\x00\x00WEBP"
PICTURES = [
    picture("png_tEXt", PNG, lambda text: _png_chunk(b"tEXt", b"Comment\x00" + text)),
    picture("png_zTXt", PNG, lambda text: _png_chunk(b"zTXt", b"c\x00\x00" + zlib.compress(text))),
    picture("png_eXIf", PNG, lambda text: _png_chunk(b"eXIf", b"MM\x00*\x00\x00" + text)),
    picture(
        "jpg_exif", b"\xff\xd8\xff\xe0\x00\x02", lambda text: _segment(0xE1, b"Exif\0\0" + text)
    ),
    picture("jpg_comment", b"\xff\xd8\xff\xe0\x00\x02", lambda text: _segment(0xFE, text)),
    picture("gif_comment", b"GIF89a\x01\x00\x01\x00\x00\x00\x00", lambda text: b"!\xfe" + text),
    picture("webp_exif", WEBP, lambda t: b"EXIF" + len(t).to_bytes(4, "little") + t + b"\0"),
]


def written(path: str, content: str) -> Plant:
    """A channel: a file of text with `%s` for what is planted."""

    def plant(folder: Path, text: str) -> str:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content.replace("%s", text), encoding="utf-8")
        return path

    plant.__name__ = f"in_{path}"
    return plant


TEXTS = [
    written("a.svg", "<svg><text x='1'>%s</text></svg>"),
    written("b.svg", "<svg><title>图</title><metadata>%s</metadata></svg>"),
    written("c.svg", "<svg><g aria-label='%s'/></svg>"),
    written("a.css", ".who::after{content:'%s'}"),
    written("data.json", '{"rows": [["甲", "%s"]]}'),
    written("feed.xml", "<rss><item><title>%s</title></item></rss>"),
    written("robots.txt", "Disallow: /学生/%s/"),
    written("manifest.webmanifest", '{"name": "%s"}'),
    written("json.html", page("<script>var d=JSON.parse('[\"%s\"]')</script>")),
    written("frame.html", page('<iframe srcdoc="&lt;p&gt;%s&lt;/p&gt;"></iframe>')),
    written("hidden.html", page('<p hidden style="display:none">%s</p>')),
    written("noscript.html", page("<noscript>%s</noscript><template>好</template>")),
    written("title.html", page('<img alt="%s" src="a.png"><a title="好">好</a>')),
    written("form.html", page('<input type="hidden" value="%s">')),
    written("a.md", "| 学校 | 说明 |\n|---|---|\n| 甲 | %s |\n"),
    written("a.bib", "@misc{a, author={%s}}"),
]


def zipped(folder: Path, text: str) -> str:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", f"列\n{text}\n")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return "a.zip"


def zip_note(folder: Path, text: str) -> str:
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("a.txt", "好")
        archive.comment = text.encode()
    return "b.zip"


def gzipped(folder: Path, text: str) -> str:
    (folder / "a.json.gz").write_bytes(gzip.compress(f'["{text}"]'.encode(), mtime=0))
    return "a.json.gz"


FILES: list[Plant] = [*PDFS, *PICTURES, *TEXTS, zipped, zip_note, gzipped]
