"""Leaks in forms that people make without meaning to: wrapped, copied, rounded, encoded."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from aidkit.gate import People, scan
from tests.gate.planted import CARD, ID, NAME, PHONE, page, png

PEOPLE = People(
    names=frozenset({NAME, "买买提·试验名", "高一"}),
    numbers={ID: "id_number", CARD: "card", PHONE: "phone"},
    ignored=frozenset({"高一"}),
)
QUOTED = quote(base64.b64encode(f"受助{ID}".encode()).decode())
COPIED = str.maketrans("高山", "⾼⼭")

DISGUISES = {
    "one digit a cell": ("a.html", page("".join(f"<td>{c}</td>" for c in ID)), "id_number"),
    "one digit an entry": ("a.json", json.dumps(list(PHONE)), "phone"),
    "broken by a line": ("a.html", page(f"<td>{ID[:9]}<br>{ID[9:]}</td>"), "id_number"),
    "wrapped by hand": ("a.qmd", f"证号 {ID[:9]}\n{ID[9:]}\n", "id_number"),
    "with slashes": ("a.csv", f"号\n{ID[:6]}/{ID[6:14]}/{ID[14:]}\n", "id_number"),
    "with narrow spaces": ("a.html", page("\u2009".join([CARD[:4], CARD[4:8], CARD[8:]])), "card"),
    "as a number": ("a.csv", f"号\n{ID[0]}.{ID[1:15]}E+17\n", "id_number"),
    "with lost digits": ("a.csv", f"号\n{ID[:15]}000\n", "id_number"),
    "card as a number": ("a.csv", f"号\n{CARD[0]}.{CARD[1:15]}E+18\n", "card"),
    "name wrapped": ("a.qmd", f"感谢{NAME[:1]}\n{NAME[1:]}同学\n", "person_name"),
    "name with another dot": ("a.html", page("买买提•试验名"), "person_name"),
    "name with a third dot": ("a.html", page("买买提・试验名"), "person_name"),
    "name with a variant": ("a.html", page(f"{NAME[0]}\ufe00{NAME[1:]}"), "person_name"),
    "escape with braces": (
        "a.js",
        "x='" + "".join(f"\\u{{{ord(c):x}}}" for c in NAME) + "'",
        "person_name",
    ),
    "commented out": (
        "a.html",
        page(f"<!-- <td>{NAME[:1]}<b>{NAME[1:]}</b></td> -->"),
        "person_name",
    ),
    "in base64": (
        "a.js",
        f"atob('{base64.b64encode(f'[1,2,{NAME},3,4,5]'.encode()).decode()}')",
        "person_name",
    ),
    "quoted data address": (
        "a.html",
        page(f"<a href='data:text/plain;base64,{QUOTED}'>"),
        "id_number",
    ),
    "starts like a font": ("a.csv", f"true,{ID}\n", "id_number"),
    "attached to a note": (
        "a.ipynb",
        json.dumps(
            {
                "cells": [
                    {"attachments": {"a.png": {"image/png": base64.b64encode(png(NAME)).decode()}}}
                ]
            }
        ),
        "person_name",
    ),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_disguised_leak_is_found(tmp_path: Path, disguise: str) -> None:
    name, content, kind = DISGUISES[disguise]
    (tmp_path / name).write_text(content, encoding="utf-8")

    assert kind in {finding.kind for finding in scan(tmp_path, PEOPLE)}


def test_name_copied_from_a_pdf(tmp_path: Path) -> None:
    people = People(names=frozenset({"高小山"}))
    (tmp_path / "a.html").write_text(page("高小山".translate(COPIED)), encoding="utf-8")

    assert [finding.kind for finding in scan(tmp_path, people)] == ["person_name"]


def test_name_of_a_file_packed_on_chinese_windows(tmp_path: Path) -> None:
    native = NAME.encode("gb18030")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("A" * len(native) + ".txt", "好")
    (tmp_path / "a.zip").write_bytes(packed.getvalue().replace(b"A" * len(native), native))

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["person_name"]


@pytest.mark.parametrize("text", [NAME.encode("gb18030"), b"x" + NAME.encode("utf-16-le")])
def test_words_of_a_photo_in_another_encoding(tmp_path: Path, text: bytes) -> None:
    segment = b"Exif\x00" + text + b"\x00\x00"
    size = (len(segment) + 2).to_bytes(2, "big")
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe1" + size + segment + b"\xff\xda\xff\xd9")

    assert "person_name" in {finding.kind for finding in scan(tmp_path, PEOPLE)}


def test_words_behind_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png("好") + f"作者 {NAME}".encode())

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["person_name"]


def test_pdf_with_an_attachment_is_refused(tmp_path: Path) -> None:
    head = b"%PDF-1.7\n1 0 obj << /Type /EmbeddedFile /Length 3 >>\nstream\n"
    (tmp_path / "a.pdf").write_bytes(head + b"abc\nendstream\nendobj\n")

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["cannot_read"]


def test_pdf_of_a_scan_is_refused(tmp_path: Path) -> None:
    head = b"%PDF-1.7\n1 0 obj << /Subtype /Image /Width 9 /Length 3 >>\nstream\n"
    (tmp_path / "a.pdf").write_bytes(head + b"abc\nendstream\nendobj\n")

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["cannot_read"]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_words_packed_in_a_script(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    packed = base64.b64encode(pack(f"[1,2,{NAME},3,4,5]".encode())).decode()
    (tmp_path / "a.js").write_text(f"unpack('{packed}')", encoding="utf-8")

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["person_name"]


@pytest.mark.parametrize(("printer", "found"), [("HP 1020", []), (NAME, ["person_name"])])
def test_workbook_that_knows_its_printer(tmp_path: Path, printer: str, found: list[str]) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(
            "xl/printerSettings/printerSettings1.bin",
            printer.encode("utf-16-le") + bytes(range(256)),
        )

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == found


ORDINARY = {
    "grade that is also a name": "高一 高二",
    "numbers in a row": " ".join(str(n) for n in range(100, 400)),
    "admission by age": "2019年9月1日至2020年8月31日出生的儿童；2020年8月31日前出生 9月1日入学",
    "admission in cells": "2020年8月31日前出生\n2026年9月1日入学",
    "defects": "2026年9月12日出生缺陷预防日",
    "office": "办公地址：青山县教育局3号楼2单元201室",
    "long numbers": "1793500800000000000 123456789012345000 1.23456789012E+17",
    "counts in cells": "\n".join(str(n % 7) for n in range(60)),
    "hash in base64": base64.b64encode(bytes(range(200, 248))).decode(),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_text_is_clean(tmp_path: Path, kind: str) -> None:
    text = ORDINARY[kind]
    (tmp_path / "a.html").write_text(page(f"<p title='{text}'>{text}</p>"), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"列\n{text}\n", encoding="utf-8")

    assert scan(tmp_path, PEOPLE) == []
