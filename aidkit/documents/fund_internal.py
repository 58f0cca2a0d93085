"""The internal documents of a fund and a period: every name and every voucher."""

import datetime as dt
from collections.abc import Mapping

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
    summary_table,
)
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund import statements
from aidkit.fund.book import Book
from aidkit.fund.duties.duties import Event, duties_after
from aidkit.fund.duties.pledges import pledge_report
from aidkit.fund.duties.ratios import ratios_at
from aidkit.fund.duties.rules import Rules
from aidkit.fund.statements.feedback import feedback, uses

SUMMARY = "收支公示表"
"""The document that is also a Word file."""

_DAY = dt.timedelta(days=1)


def internal_documents(
    book: Book,
    stamp: Stamp,
    titles: Titles,
    *,
    schools: Mapping[str, str],
    threshold: int,
    rules: Rules,
    events: tuple[Event, ...],
) -> list[Document]:
    """Every internal document but the letters to donors, the 收支公示表 first.

    Args:
        book: The book.
        stamp: Whose, and of when.
        titles: What codes are called.
        schools: Names of schools by code.
        threshold: A school is told where a gift reached at least so many there.
        rules: What binds the fund.
        events: What started duties.
    """
    told = (book, stamp.fund.id, stamp.period)
    corrected = statements.corrections(*told)
    summary = Document(
        SUMMARY,
        (summary_table(statements.summary(*told), titles),),
        (
            "期初余额＋建账结转＋本期收入－本期支出＝期末余额；建账结转不是收入。",
            f"本期更正凭证 {corrected.height} 张，更正计入更正的当天。",
        ),
    )
    before = statements.balance_sheet(*told[:2], stamp.period.first - _DAY)
    after = statements.balance_sheet(*told[:2], stamp.period.last)
    where_gone = uses_table(uses(*told, threshold), schools, titles)
    given = statements.gifts(*told)
    return [
        summary,
        Document(
            "捐赠明细",
            (gifts_table(given, titles), consents_table(statements.consents(*told), titles)),
            ("内部资料：含捐赠人姓名。",),
            landscape=True,
        ),
        Document("项目支出", (payouts_table(statements.payouts(*told), titles),), landscape=True),
        Document("业务活动表", (activity_table(statements.activity(*told), titles),)),
        Document("资产负债表", (balance_table(before, after, titles),), landscape=True),
        Document(
            "定向捐赠使用反馈表",
            (feedback_table(feedback(*told), titles), where_gone),
            ("内部资料：含捐赠人姓名。",),
            landscape=True,
        ),
        Document(
            "票据登记",
            (receipts_table(statements.receipts(*told), titles),),
            ("内部资料：含捐赠人姓名。",),
            landscape=True,
        ),
        Document("实物登记", (goods_table(statements.goods_register(*told)),), landscape=True),
        board_report(
            stamp,
            titles,
            comparison=statements.comparison(*told),
            ratios=ratios_at(*told[:2], rules, stamp.period.last),
            largest=statements.largest_gifts(*told),
            pledges=pledge_report(*told[:2], stamp.period.first, stamp.period.last),
            corrections=corrected,
            duties=duties_after(stamp.fund, rules, events, stamp.period.last),
            exempt=rules.exempt.get(stamp.fund.org_type, ""),
        ),
    ]
