"""The public documents of a fund and a period: only what `disclosure.fund` lets through."""

import polars as pl

from aidkit.disclosure.fund import fund_activity, fund_gifts, fund_payouts, fund_summary
from aidkit.documents.fund_internal import SUMMARY
from aidkit.documents.fund_registers import public_gifts_table
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_sums import activity_table, public_payouts_table, summary_table
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund.book import Book


def public_documents(book: Book, stamp: Stamp, titles: Titles, threshold: int) -> list[Document]:
    """Every public document, the 收支公示表 first; the 业务活动表 for whole years only.

    Args:
        book: The book.
        stamp: Whose, and of when.
        titles: What codes are called.
        threshold: Fewer people than this are nowhere told of by themselves.

    Raises:
        UsageError: The period is not of whole months.
    """
    told = (book, stamp.fund.id, stamp.period)
    summary = fund_summary(*told, threshold)
    corrected = summary.filter(pl.col("section") == "corrections")["number"].item()
    made = [
        Document(
            SUMMARY,
            (summary_table(summary, titles),),
            (
                "期初余额＋建账结转＋本期收入－本期支出＝期末余额；建账结转不是收入。",
                f"本期更正凭证 {corrected} 张，更正计入更正的当天。",
            ),
        ),
        Document("捐赠明细", (public_gifts_table(fund_gifts(*told), titles),)),
        Document("项目支出", (public_payouts_table(fund_payouts(*told, threshold), titles),)),
    ]
    if stamp.period.whole_years:
        activity = fund_activity(*told, threshold)
        made.append(Document("业务活动表", (activity_table(activity, titles),)))
    return made
