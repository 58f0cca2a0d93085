"""The public documents of a fund and a period: only what `disclosure.fund` lets through."""

from collections.abc import Collection

import polars as pl

from aidkit.disclosure.fund import fund_activity, fund_gifts, fund_payouts, fund_summary
from aidkit.documents.fund_registers import public_gifts_table
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_sums import activity_table, public_payouts_table, summary_document
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund.book import Book


def public_documents(
    book: Book, stamp: Stamp, titles: Titles, threshold: int, gift_columns: Collection[str]
) -> list[Document]:
    """Every public document, the 收支公示表 first; the 业务活动表 for whole years only.

    Args:
        book: The book.
        stamp: Whose, and of when.
        titles: What codes are called.
        threshold: Fewer people than this are nowhere told of by themselves.
        gift_columns: What the list of gifts may show, as `params/disclosure.toml` declares it.

    Raises:
        UsageError: The period is not of whole months.
    """
    told = (book, stamp.fund.id, stamp.period)
    summary = fund_summary(*told, threshold)
    corrected = summary.filter(pl.col("section") == "corrections")["number"].item()
    gifts, payouts = fund_gifts(*told, gift_columns), fund_payouts(*told, threshold)
    made = [
        summary_document(summary, corrected, titles, threshold),
        Document("捐赠明细", (public_gifts_table(gifts, titles),)),
        Document("项目支出", (public_payouts_table(payouts, titles, threshold),)),
    ]
    if stamp.period.whole_years:
        activity = fund_activity(*told, threshold)
        made.append(Document("业务活动表", (activity_table(activity, titles),)))
    return made
