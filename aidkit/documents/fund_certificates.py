"""捐赠证书: what the donor gets to keep. It goes to the donor alone, so the name stands on it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import polars as pl

from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import Column, Row, Table, chinese_day
from aidkit.documents.fund_titles import Titles
from aidkit.documents.typesetting import SERIF, typeset
from aidkit.fund.accounts import GIVEN
from aidkit.fund.book import Book
from aidkit.money import yuan

_HEAD_SHOWN = 16

_REASONS = {
    "void": "已更正作废",
    "returned": "已全部退回",
    "partly_returned": "已退回一部分，请与捐赠人商定",
}
"""Why a gift that did not stand gets no certificate; codes of vocabulary `receipt_status`."""

NAMELESS = "没有署名"


@dataclass(frozen=True)
class Certificate:
    """One certificate; sums and days as printed.

    Attributes:
        number: Its own number: fund and voucher.
        voucher: The voucher; names the file.
        name: The donor.
        goods: What was given, where it is no money.
        sum: Yuan; empty where nobody valued the goods.
        words: The same in words.
        purpose: What it was given for; empty: unrestricted.
        day: When it came.
        receipt: Number of the receipt; empty where none was registered.
    """

    number: str
    voucher: str
    name: str
    goods: str
    sum: str
    words: str
    purpose: str
    day: str
    receipt: str


def certificates_of(told: pl.DataFrame, book: Book, titles: Titles) -> list[Certificate]:
    """Certificates of all gifts that stand and have a name.

    Args:
        told: `FundReceipts`.
        book: The book, for what gifts are given for.
        titles: What codes are called.

    Returns:
        By voucher number.
    """
    fund = titles.fund.id
    purposes = dict(
        book.postings.filter(pl.col("fund") == fund, pl.col("account").is_in(GIVEN))
        .filter(pl.col("purpose") != "")
        .group_by("voucher_no")
        .agg(pl.col("purpose").unique().sort())
        .iter_rows()
    )
    return [
        Certificate(
            number=f"{fund}-{one['voucher_no']}",
            voucher=one["voucher_no"],
            name=one["donor"],
            goods=one["goods"],
            sum="" if one["fen"] is None else yuan(one["fen"]),
            words=one["in_words"],
            purpose="、".join(map(titles.purpose, purposes.get(one["voucher_no"], ()))),
            day=chinese_day(one["date"]),
            receipt=one["reference"],
        )
        for one in told.iter_rows(named=True)
        if not why_none(one["status"], one["donor"])
    ]


def why_none(status: str, donor: str) -> str:
    """Why a gift gets no certificate; empty where it gets one."""
    return _REASONS.get(status, "") or ("" if donor else NAMELESS)


def certificates_table(told: pl.DataFrame, titles: Titles) -> Table:
    """Which gifts got a certificate, and why others did not, from `FundReceipts`."""
    columns = (
        Column("凭证号", "code", 8, centred=True),
        Column("日期", "date", 8, centred=True),
        Column("捐赠人", "text", 14),
        Column("金　额", "money", 9),
        Column("证　书", "text", 16),
    )
    rows = []
    for one in told.iter_rows(named=True):
        why = why_none(one["status"], one["donor"])
        said = f"没有：{why}" if why else "有"
        fen = titles.word("unvalued") if one["fen"] is None else one["fen"]
        rows.append(Row((one["voucher_no"], one["date"], titles.donor(one["donor"]), fen, said)))
    return Table("证书登记", columns, tuple(rows))


def certificates_pdf(several: Sequence[Certificate], stamp: Stamp) -> bytes:
    """Certificates as PDF, one a page; its metadata names nobody.

    Raises:
        NoFontError: The machine has no Chinese font.
    """
    single = f" {several[0].number}" if len(several) == 1 else ""
    data = {
        "title": f"捐赠证书{single}",
        "head": stamp.fund.name,
        "publisher": stamp.publisher,
        "journal": stamp.head[:_HEAD_SHOWN],
        "certificates": [asdict(one) for one in several],
    }
    return typeset("fund_certificate", data, stamp.period.last, first=SERIF)
