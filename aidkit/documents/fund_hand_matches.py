"""人工指定的对账: what people said is the same money, in the report to the board."""

from collections.abc import Sequence

from aidkit.documents.fund_table import Column, Row, Table
from aidkit.fund.reconciling.hand_matches import HandMatch
from aidkit.money import yuan


def hand_matches_words(found: Sequence[HandMatch], untold: int) -> str:
    """How many there are and of how much, in a sentence.

    Args:
        found: Those of the period.
        untold: How many more an earlier version kept only the number of.
    """
    more = f"，另有 {untold} 组是旧版做的对账，没有留下明细" if untold else ""
    if not found:
        return f"与银行对账没有留下人工指定的明细{more}。" if untold else "与银行对账没有人工指定。"
    fen, people = sum(one.fen for one in found), dict.fromkeys(one.record.by for one in found)
    by = "、".join(filter(None, people))
    return (
        f"与银行对账有 {len(found)} 组是人工指定的，共 {yuan(fen)} 元"
        f"{f'，核对人 {by}' if by else ''}{more}，见下表。"
    )


def hand_matches_table(found: Sequence[HandMatch]) -> Table:
    """Each match with both sides, who made it and why."""
    columns = (
        Column("银行流水", "text", 13),
        Column("凭　证", "text", 13),
        Column("金　额", "money", 7),
        Column("核对人", "text", 5, centred=True),
        Column("原　因", "text", 12),
        Column("批准人", "text", 5, centred=True),
    )
    rows = [
        Row(
            (
                "；".join(
                    f"第 {row.row} 行 {row.date} {yuan(row.fen)}"
                    f"{f' {row.reference}' if row.reference else ''}"
                    for row in one.lines
                )
                or "没有",
                "；".join(f"{row.voucher_no} {row.date} {yuan(row.fen)}" for row in one.vouchers)
                or "没有",
                one.fen,
                one.record.by,
                one.record.reason or "两边相等、日期相近",
                one.record.approved_by,
            )
        )
        for one in found
    ]
    total = sum(one.fen for one in found)
    rows.append(Row(("合　计", None, total, None, None, None), "total"))
    note = "金额不分收付；一边“没有”的，是错账又退回，或者凭证互相抵消。"
    return Table("人工指定的对账", columns, tuple(rows), (note,))
