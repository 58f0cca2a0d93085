"""What official pages are full of is no leak."""

import gzip
import hashlib
import json
import random
import uuid
from pathlib import Path

import pytest

from aidkit.gate import People, scan
from tests.gate.planted import ADDRESS, ID, NAME, PEOPLE, SHORT_NAME, page, png

ORDINARY = {
    "document_number": "依据《关于认定的指导意见》（教财〔2018〕16号）第3条、财教〔2019〕19号",
    "dates": "2026年9月1日起，2026-09-01 至 2027-03-05，2026.11.20，20260901",
    "timestamps": "2026-11-20T08:30:00+08:00 1793500800000 1793500800 20261120083000",
    "years": " ".join(map(str, range(1990, 2031))),
    "numbers_in_a_row": " ".join(map(str, range(10, 99))),
    "money": "合计 1,234,567.50 元；12345678901.00；312.5 元/人；13,900,001,234 元",
    "school_codes": "3299000001 3299000002 3299000003",
    "hashes": " ".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(200)),
    "uuids": " ".join(str(uuid.UUID(int=n * 7919 << 64 | n * 104729)) for n in range(1, 200)),
    "fractions": "0.138123456789 0.62229999000011112 99.13800001234",
    "hotline": "监督电话：0399-6101234，12345 政务服务热线，12391",
    "school_address": "青山县柳林镇育才路12号；办公室在县政府3号楼",
    "rules": "公示中不得出现身份证号、家庭住址、电话、出生日期、银行卡号、学籍号。",
    "birth_rule": "出生日期须与身份证一致（2026年9月1日起施行）",
    "school_name": "青山县蒋梓涵希望小学受助 12 人",
    "words_around_a_short_name": f"该项{SHORT_NAME}项目",
    "colours": "#0072b2 #009e73 #10546b",
    "css": ".a{margin:0 0 12px 10px;transition:all .13812345678s}",
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_text_is_clean(tmp_path: Path, kind: str) -> None:
    text = ORDINARY[kind]
    (tmp_path / "a.html").write_text(page(f"<p data-x='{text}'>{text}</p>"), encoding="utf-8")
    (tmp_path / "search.js").write_text(f"let index={json.dumps([text])};", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"列\n{text}\n", encoding="utf-8")

    assert scan(tmp_path, PEOPLE) == []


def test_drawings_are_clean(tmp_path: Path) -> None:
    draw = random.Random(7)
    path = " ".join(f"L{draw.random() * 900:.12f},{draw.random() * 1e17:.0f}" for _ in range(2000))
    points = " ".join(str(draw.randrange(10**9, 10**17)) for _ in range(2000))
    svg = f'<svg><path d="M0,0 {path}"/><polyline points="{points}"/></svg>'
    (tmp_path / "a.html").write_text(page(svg), encoding="utf-8")

    assert scan(tmp_path, PEOPLE) == []


def test_shared_bundle_is_clean_but_not_blind(tmp_path: Path) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    bundle = tmp_path / "assets" / "vega.js"
    bundle.parent.mkdir()
    bundle.write_text(vl_convert.javascript_bundle() + "var t=13900001234;", encoding="utf-8")
    assert scan(tmp_path, PEOPLE) == []

    with bundle.open("a", encoding="utf-8") as file:
        file.write(f'var who="{NAME}",no="{ID}";')
    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["id_number", "person_name"]


def test_fonts_and_pictures_are_clean(tmp_path: Path) -> None:
    (tmp_path / "a.woff2").write_bytes(b"wOF2" + bytes(range(256)) * 40)
    (tmp_path / "a.png").write_bytes(png("aidkit"))
    (tmp_path / "a.ico").write_bytes(b"\x00\x00\x01\x00" + bytes(range(256)))

    assert scan(tmp_path, PEOPLE) == []


def test_named_donor_stands_on_declared_pages_only(tmp_path: Path) -> None:
    people = People(
        names=frozenset({NAME, SHORT_NAME}),
        named=frozenset({NAME}),
        named_pages=("reports/*/county.html",),
    )
    for name in ("reports/2026-autumn/county.html", "reports/2026-autumn/a.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(f"<td>{NAME}</td><td>{SHORT_NAME}</td>"), encoding="utf-8")

    found = {(finding.file, finding.excerpt[0]) for finding in scan(tmp_path, people)}

    assert found == {
        ("reports/2026-autumn/county.html", SHORT_NAME[0]),
        ("reports/2026-autumn/a.html", SHORT_NAME[0]),
        ("reports/2026-autumn/a.html", NAME[0]),
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bin", bytes(range(256)) * 3),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.parquet", b"PAR1\x00\x15\x04\xff\xfe PAR1"),
        ("a.zip", b"PK\x03\x04 broken"),
        ("a.html", page("x").encode("utf-16-le")),
        ("a.html", page("汉字").encode("gb18030")),
        ("a.rtf", rb"{\rtf1\ansi \u33931?\u26771?\u28085?}"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n=E8=92=8B"),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n<848B> show"),
        ("a.gz", gzip.compress(b"x" * 999, mtime=0)[:20]),
        ("a.pdf", b"%PDF-1.7\n1 0 obj << /Encrypt 2 0 R >>"),
        ("b.pdf", b"%PDF-1.7\n1 0 obj << /Filter /LZWDecode >>\nstream\nxx\nendstream"),
    ],
)
def test_what_cannot_be_read_is_a_finding(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    assert [finding.kind for finding in scan(tmp_path, PEOPLE)] == ["cannot_read"]


def test_patterns_are_found_without_knowing_anybody(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{ID} {NAME} {ADDRESS}", encoding="utf-8")

    assert [finding.kind for finding in scan(tmp_path, People())] == ["id_number"]


def test_a_notice_s_names_stand_on_its_own_files_only(tmp_path: Path) -> None:
    people = People(
        names=frozenset({NAME, SHORT_NAME}),
        allowed={
            "notices/7.html": frozenset({NAME, "某外地生"}),
            "downloads/notice-7*": frozenset({NAME}),
            "notices/8/": frozenset({SHORT_NAME}),
        },
    )
    for name in (
        *("notices/7.html", "notices/77.html", "notices/8/index.html", "notices/8/a/b.html"),
        *("downloads/notice-7.csv", "index.html"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<td>{NAME}</td><td>{SHORT_NAME}</td><td>某外地生</td>", encoding="utf-8")

    found = {(finding.file, finding.excerpt[0]) for finding in scan(tmp_path, people)}

    first, second, third = NAME[0], SHORT_NAME[0], "某"
    assert found == {
        ("notices/7.html", second),
        *(("notices/77.html", name) for name in (first, second, third)),
        *(("notices/8/index.html", name) for name in (first, third)),
        *(("notices/8/a/b.html", name) for name in (first, third)),
        *(("downloads/notice-7.csv", name) for name in (second, third)),
        *(("index.html", name) for name in (first, second, third)),
    }


def test_a_number_beside_an_allowed_name_is_found(tmp_path: Path) -> None:
    people = People(names=frozenset({NAME}), allowed={"a.html": frozenset({NAME})})
    (tmp_path / "a.html").write_text(page(f"<td>{NAME}</td><td>{ID}</td>"), encoding="utf-8")

    assert [finding.kind for finding in scan(tmp_path, people)] == ["id_number"]


def test_two_of_one_name_are_guarded_and_posted_by_it(tmp_path: Path) -> None:
    people = People(
        names=frozenset({"蒋秋(大)", "沈小秋2"}), allowed={"a.html": frozenset({"蒋秋(大)"})}
    )
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(
            "<td>蒋秋(大)</td><td>蒋秋</td><td>沈小秋</td>", encoding="utf-8"
        )

    found = [(finding.file, finding.excerpt[0]) for finding in scan(tmp_path, people)]

    assert found == [("a.html", "沈"), ("b.html", "蒋"), ("b.html", "沈")]
