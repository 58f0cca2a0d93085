"""A small book of the fund `love`, told by hand: two months, every class of donor."""

import datetime as dt
from dataclasses import replace

import polars as pl

from aidkit.fund.book import Book
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.entry import Entry, Goods
from aidkit.fund.period import Period
from aidkit.fund.reconciling.record import Reconciled
from aidkit.labels import project_labels
from aidkit.pipeline.fund_frames import Frames, Known, internal_frames, public_frames
from aidkit.pipeline.fund_slices import VOCABULARIES
from aidkit.show.fund import FundView, fund_view
from aidkit.tables.slices import Audience
from tests.conftest import ROOT
from tests.fund import vouchers as v
from tests.fund.books import book_of
from tests.fund.funds import START

PERIOD = Period(dt.date(2026, 9, 1), dt.date(2026, 10, 31))
THRESHOLD = 5
COLUMNS = ("number", "consent", "donor", "donated_on", "kind", "amount_fen")
NAMELESS = ("无名甲", "无名乙")
CHILD = "受助孩子"


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def small_book() -> Book:
    """The book of `small_entries`."""
    return book_of(small_entries())


def small_entries() -> list[Entry]:
    """Gifts of every consent, goods, a correction, payouts to many and to few."""
    wrong = v.gift(day(9, 8), 70_00, party="单位丙", donor_class="firm", consent="named")
    made: list[Entry] = [
        v.income("opening", dt.date(2025, 1, 1), 10_000_00),
        v.gift(
            day(9, 3),
            2_000_00,
            party="单位甲",
            donor_class="firm",
            consent="named",
            purpose="boarders",
        ),
        v.gift(day(9, 5), 300_00, party=NAMELESS[0], donor_class="person"),
        wrong,
        v.correction(day(9, 9), "2026-000003", wrong),
        v.goods_in(
            day(9, 12), Goods("棉衣", "件", 10_000, fen=500_00), party="单位甲", donor_class="firm"
        ),
        v.income("government", day(9, 20), 1_000_00),
        *(
            v.payout(day(9, 25), 100_00, program="boarder_aid", party=CHILD, person_no=f"P{n}")
            for n in range(6)
        ),
        v.gift(day(10, 2), 88_88, party=NAMELESS[1], donor_class="staff", consent="amount_only"),
        v.goods_in(
            day(10, 6),
            Goods("旧书", "本", 30_000),
            party="某书友",
            donor_class="person",
            consent="named",
        ),
        *(
            v.payout(day(10, 15), 200_00, program="hardship", party=CHILD, person_no=f"Q{n}")
            for n in range(2)
        ),
        v.cost("bank_fee", day(10, 31), 1_20),
    ]
    return [replace(one, entered_by="某出纳") for one in made]


def reconciled(book: Book) -> Reconciled:
    """The bank said the same on the last day."""
    last, balance = PERIOD.last, bank_of(book)
    return Reconciled(
        *("love", START, last, 5, "流水.xlsx", "ab" * 32, "某会计", book.head),
        *(balance, 0, 0, balance, 1, {"name_same_day": 1}, ((last, balance, 0, 1_20),)),
    )


def known(book: Book, *records: Reconciled) -> Known:
    """What statements of a book are told from."""
    return Known(
        book=book,
        records=records,
        rules=read_rules(ROOT / "params" / "fund_rules.toml"),
        events=(),
        schools=pl.DataFrame(schema={"school_code": pl.String, "school_name": pl.String}),
        threshold=THRESHOLD,
        gift_columns=COLUMNS,
    )


def bank_of(book: Book) -> int:
    """What lies in the bank on the last day."""
    bank = book.postings.filter(pl.col("account") == "bank", pl.col("date") <= PERIOD.last)
    return int(bank["fen"].sum())


def frames(audience: Audience, *, agrees: bool = True) -> Frames:
    """The slice of the small book."""
    book = small_book()
    told = known(book, *([reconciled(book)] if agrees else []))
    labels = project_labels()
    words = [
        (name, code, text) for name in VOCABULARIES for code, text in labels.names(name).items()
    ]
    settings = {
        "audience": audience,
        "scope": "fund",
        "term": "2026-autumn",
        "county": "青山县",
        "publisher": "青山县教育局",
        "contact": "资助管理中心",
        "threshold": THRESHOLD,
    }
    made = public_frames if audience == "public" else internal_frames
    return {
        "settings": pl.DataFrame([settings]),
        "labels": pl.DataFrame(words, schema=["vocabulary", "code", "label"], orient="row"),
        **made(told, "love", PERIOD),
    }


def view(audience: Audience, *, agrees: bool = True) -> FundView:
    """The small book as a report looks at it."""
    return fund_view(frames(audience, agrees=agrees))
