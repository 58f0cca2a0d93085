"""The 业务活动表 of a fund's report."""

import html

from aidkit.show.fund import FundView
from aidkit.show.numbers import money_words
from aidkit.show.official import Column, Markup, Row, Value, official_table
from aidkit.show.parts import Part, div, numbered, section

SUMS = ("income", "expense", "change")
"""Lines of the 业务活动表 that sum others."""


def activity_section(view: FundView) -> Part:
    """The 业务活动表 of the last whole year; nothing where the book covers none."""
    table = view.frames["fund_activity"]
    if table.is_empty():
        return Part("", "")
    year = table["year"][0]
    sums = ("unrestricted_fen", "restricted_fen", "fen")
    hidden = table["restricted_fen"].null_count() > 0
    rows = []
    for row in table.to_dicts():
        label: Value = view.labels.label("activity_line", row["line"])
        if row["line"] in SUMS:
            label = Markup(f"<strong>{html.escape(str(label))}</strong>")
        rows.append(Row((label, str(row["row"]), *(row[name] for name in sums))))
    columns = [
        Column(("项目",), "long"),
        Column(("行次",)),
        *(Column(("本年累计数", title), "money") for title in ("非限定性", "限定性", "合计")),
    ]
    caption = (
        "格式依据《民间非营利组织会计制度》会民非02表（2004 年）；2026 年修订的格式还没有核对。"
        "管理费用含银行手续费和物资报损。"
    )
    if hidden:
        caption += "限定性和非限定性两栏会让人认出受助人，只公布合计。"
    drawn = official_table(columns, rows, title=f"业务活动表（{year} 年）", unit="单位：元")
    change = table.filter(line="change")["fen"].item()
    way = "增加" if change > 0 else "减少"
    title = f"{year} 年净资产{way} {money_words(abs(change))}" if change else f"{year} 年净资产不变"
    statement = div("aid-statement", numbered("tbl-activity", drawn, caption))
    return section(title, "activity", statement)
