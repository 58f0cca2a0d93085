"""理事会报告: a period's figures beside those before, rules, large gifts, what needs a look."""

from collections.abc import Sequence

import polars as pl

from aidkit.documents.fund_goods_taken import goods_taken_table
from aidkit.documents.fund_hand_matches import hand_matches_table, hand_matches_words
from aidkit.documents.fund_registers import corrections_table, gifts_table
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_table import Column, Document, Row, Table
from aidkit.documents.fund_titles import Titles
from aidkit.fund.duties.duties import MONTHS_AHEAD, Duty
from aidkit.fund.duties.pledges import PledgeReport
from aidkit.fund.duties.ratios import RESULTS, Ratio
from aidkit.fund.reconciling.hand_matches import HandMatch
from aidkit.money import yuan


def board_report(
    stamp: Stamp,
    titles: Titles,
    *,
    comparison: pl.DataFrame,
    ratios: Sequence[Ratio],
    largest: pl.DataFrame,
    taken: pl.DataFrame,
    pledges: PledgeReport,
    corrections: pl.DataFrame,
    matches: Sequence[HandMatch],
    untold: int,
    duties: Sequence[Duty],
    exempt: str,
) -> Document:
    """The report to the board: internal, since it names donors.

    Args:
        stamp: Whose, and of when.
        titles: What codes are called.
        comparison: `FundComparison`.
        ratios: The ratio sheet.
        largest: `FundGifts`.
        taken: `FundGoodsTaken`.
        pledges: What staff promised and gave.
        corrections: `FundCorrections`.
        matches: What people said is the same money as the bank's.
        untold: How many more of these records kept only the number of.
        duties: What is to be done, by date.
        exempt: Why none of the law's days binds the fund; empty: they do.
    """
    tables = [_comparison(comparison, stamp, titles), _ratios(ratios)]
    tables.append(gifts_table(largest, titles, "大额捐赠"))
    if not taken.is_empty():
        tables.append(goods_taken_table(taken, titles))
    if pledges.posts:
        tables.append(_pledges(pledges, titles))
    if not corrections.is_empty():
        tables.append(corrections_table(corrections, titles))
    if matches:
        tables.append(hand_matches_table(matches))
    tables.append(_duties(duties, exempt))
    lead = [_key_figures(comparison), f"{stamp.of_bank}{_corrected(corrections, stamp)}"]
    lead.append(hand_matches_words(matches, untold))
    lead += [stamp.of_opening] if stamp.of_opening else []
    notes = ("内部资料：含捐赠人姓名。",)
    return Document("理事会报告", tuple(tables), notes, tuple(lead), landscape=True)


def _corrected(told: pl.DataFrame, stamp: Stamp) -> str:
    """How many corrections there are, and how many of them tell of other days."""
    days = stamp.period
    other = told.filter(~pl.col("date").is_between(days.first, days.last)).height
    more = f"，另有本期登记、日期在本期以外的 {other} 张" if other else ""
    return f"本期更正凭证 {told.height - other} 张{more}{'，见下表' if told.height else ''}。"


def _key_figures(told: pl.DataFrame) -> str:
    totals = told.filter(pl.col("line") == "total")
    of = {section: (now, before) for section, now, before in totals.select(_KEY).iter_rows()}
    income, expense, closing = (of.get(one, (0, 0)) for one in ("income", "expense", "closing"))
    return (
        f"本期收入 {yuan(income[0])} 元（{_change(*income)}），支出 {yuan(expense[0])} 元"
        f"（{_change(*expense)}），期末余额 {yuan(closing[0])} 元（{_change(*closing)}）。"
    )


_KEY = ("section", "fen", "before_fen")

NO_COMPARISON = "没有同样长的上期可比"
"""What is said where the book began later than the period before."""


def _change(now: int, before: int | None) -> str:
    if before is None:
        return NO_COMPARISON
    if now == before:
        return "与上期相同"
    word = "增加" if now > before else "减少"
    return f"比上期{word} {yuan(abs(now - before))} 元"


def _comparison(told: pl.DataFrame, stamp: Stamp, titles: Titles) -> Table:
    columns = (
        Column("类别", "text", 5, centred=True),
        Column("项　目", "text", 9),
        Column("明　细", "text", 11),
        Column("本　期", "money", 8),
        Column("上　期", "money", 8),
        Column("增　减", "money", 8),
    )
    shown = told.filter(
        (pl.col("section") != "carried_in") | (pl.col("fen") != 0) | (pl.col("before_fen") != 0)
    )
    rows = []
    for one in shown.iter_rows(named=True):
        label = titles.of("fund_section", one["section"])
        sums = (one["fen"], one["before_fen"], one["change_fen"])
        if one["line"] == "total":
            rows.append(Row((titles.whole(one["section"]), None, None, *sums), "subtotal"))
            continue
        line = titles.of("fund_line", one["line"])
        rows.append(Row((label, line, titles.group(one["line"], one["group"]), *sums)))
    before = stamp.period.before
    note = f"上期：{before.first} 至 {before.last}，与本期一样长。"
    if told["before_fen"].has_nulls():
        note = f"账簿从 {stamp.fund.opened_on} 开始，{NO_COMPARISON}。"
    return Table("收支对比", columns, tuple(rows), (note,), merged=True)


def _ratios(found: Sequence[Ratio]) -> Table:
    columns = (
        Column("项　目", "text", 8),
        Column("算　法", "text", 9),
        Column("数　据", "text", 14),
        Column("比例", "text", 4, centred=True),
        Column("标准", "text", 5, centred=True),
        Column("结果", "text", 5, centred=True),
        Column("说明和依据", "text", 14),
    )
    rows = [
        Row(
            (
                f"{one.rule.title}（{one.year} 年）",
                one.formula,
                "；".join(map(str, one.figures)),
                f"{float(one.share):.2%}" if one.share is not None else "",
                _bound(one),
                RESULTS[one.result],
                "。".join(filter(None, (one.reason, one.rule.article.cited))),
            )
        )
        for one in found
    ]
    return Table("法定比例", columns, tuple(rows))


def _bound(one: Ratio) -> str:
    if one.bracket is None or one.bracket.percent is None:
        return ""
    return f"{'≥' if one.rule.bound == 'at_least' else '≤'} {one.bracket.percent}%"


def _pledges(told: PledgeReport, titles: Titles) -> Table:
    columns = (
        Column("岗　位", "text", 10),
        Column("人数", "count", 5),
        Column("每人每天", "money", 6),
        Column("每年天数", "count", 5),
        Column("每人每年（推算）", "money", 8),
        Column("每人每年（写明）", "money", 8),
    )
    rows = [
        Row(
            (
                titles.of("staff_post", one.post),
                one.persons,
                one.fen_a_day,
                one.days,
                one.derived_fen,
                one.stated_fen,
            )
        )
        for one in told.posts
    ]
    notes = [f"本期收到教职工捐款 {yuan(told.received_fen)} 元；不列没有捐款的人。"]
    if told.derived_fen is not None and told.stated_fen is not None:
        derived, stated = yuan(told.derived_fen), yuan(told.stated_fen)
        notes.append(f"应收：按每天推算 {derived} 元，按写明的年额 {stated} 元。")
    else:
        notes.append("时段不是整年，应收不按天分摊。")
    if told.contradictions:
        posts = "、".join(titles.of("staff_post", post) for post in told.contradictions)
        notes.append(f"写明的年额与按天推算的不同：{posts}。")
    return Table("教职工认捐", columns, tuple(rows), tuple(notes))


def _duties(found: Sequence[Duty], exempt: str) -> Table:
    columns = (
        Column("期　限", "date", 6, centred=True),
        Column("事　项", "text", 16),
        Column("所　属", "text", 10),
        Column("依　据", "text", 18),
    )
    rows = [
        Row((one.due or "没有写日期", one.rule.title, one.about, one.rule.article.cited))
        for one in found
    ]
    notes = [f"法定的公开和报告期限不适用：{exempt}。"] if exempt else []
    if not rows and not exempt:
        notes.append(f"期末以后 {MONTHS_AHEAD} 个月内没有到期的事。")
    return Table("公开与报告期限", columns, tuple(rows), tuple(notes))
