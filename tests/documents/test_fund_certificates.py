"""Certificates for donors: one for each gift that stands, and none for others."""

import re
from pathlib import Path

import pytest

from aidkit.documents import fund_files
from aidkit.documents.fund_certificates import Certificate, certificates_pdf
from aidkit.fund.period import Period
from aidkit.gate.pdf import pdf_texts
from aidkit.pipeline.fund import Made, make_receipts
from aidkit.project import Project
from tests.documents.fund_county import FUND, NAMED, SHY, UNSAID, day, vouchers
from tests.documents.fund_papers import pdf_text, sheet
from tests.documents.test_fund_tables import stamp


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


def test_a_certificate_is_one_page_however_much_was_given() -> None:
    goods = "、".join(f"儿童棉衣（{size}码） 12件" for size in range(100, 140))
    sums = ("1,234,567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "图书角", "2026 年 1 月 1 日")
    one = Certificate("love-2026-000001", "2026-000001", "甲公司", goods, *sums, "QS2026001")
    data = certificates_pdf([one, one], stamp())
    assert re.findall(rb"/Type/Pages/Count (\d+)", data) == [b"2"]
