"""The internal documents of a fund and a period: every name and every voucher."""

from collections.abc import Mapping

import polars as pl

from aidkit.documents.fund_board import board_report
from aidkit.documents.fund_feedback import feedback_table, uses_table
from aidkit.documents.fund_registers import (
    consents_table,
    gifts_table,
    goods_table,
    receipts_table,
)
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_sums import (
    activity_table,
    balance_table,
    payouts_table,
    summary_document,
)
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund.book import Book
from aidkit.fund.duties.duties import Event, duties_after
from aidkit.fund.duties.pledges import pledge_report
from aidkit.fund.duties.ratios import ratios_of
from aidkit.fund.duties.rules import Rules
from aidkit.fund.reconciling.hand_matches import hand_matches, untold_matches
from aidkit.fund.reconciling.record import Reconciled


def internal_documents(
    book: Book,
    told: Mapping[str, pl.DataFrame],
    stamp: Stamp,
    titles: Titles,
    *,
    schools: Mapping[str, str],
    rules: Rules,
    events: tuple[Event, ...],
    records: tuple[Reconciled, ...],
) -> list[Document]:
    """Every internal document but the letters to donors, the 收支公示表 first.

    Args:
        book: The book.
        told: `fund.statements.frames.frames` of it.
        stamp: Whose, and of when.
        titles: What codes are called.
        schools: Names of schools by code.
        rules: What binds the fund.
        events: What started duties.
        records: What was reconciled.
    """
    before, after = told["opening_balance"], told["balance"]
    corrected = told["summary"].filter(section="corrections")["vouchers"].item()
    return [
        summary_document(told["summary"], corrected, titles),
        Document(
            "捐赠明细",
            (gifts_table(told["gifts"], titles), consents_table(told["consents"], titles)),
            ("内部资料：含捐赠人姓名。",),
            landscape=True,
        ),
        Document("项目支出", (payouts_table(told["payouts"], titles),), landscape=True),
        Document("业务活动表", (activity_table(told["activity"], titles),)),
        Document(
            "资产负债表",
            (balance_table(before, after, stamp.period, titles),),
            landscape=True,
            of_day=True,
        ),
        Document(
            "定向捐赠使用反馈表",
            (feedback_table(told["feedback"], titles), uses_table(told["uses"], schools, titles)),
            ("内部资料：含捐赠人姓名。",),
            landscape=True,
        ),
        Document(
            "票据登记",
            (receipts_table(told["receipts"], titles),),
            ("内部资料：含捐赠人姓名。",),
            landscape=True,
        ),
        Document("实物登记", (goods_table(told["goods"], titles),), landscape=True),
        board_report(
            stamp,
            titles,
            comparison=told["comparison"],
            ratios=ratios_of(book, stamp.fund.id, rules, stamp.period),
            largest=told["largest"],
            taken=told["goods_taken"],
            pledges=pledge_report(book, stamp.fund.id, stamp.period.first, stamp.period.last),
            corrections=told["corrections"],
            matches=hand_matches(records, stamp.fund.id, stamp.period),
            untold=untold_matches(records, stamp.fund.id, stamp.period),
            duties=duties_after(stamp.fund, rules, events, stamp.period.last),
            exempt=rules.exempt.get(stamp.fund.org_type, ""),
        ),
    ]
