"""捐赠明细 of a public report: by consent, names only of those who agreed."""

import polars as pl

from aidkit.show.fund import FundView
from aidkit.show.fund_money import BACK
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Markup, Row, Value, official_table
from aidkit.show.parts import Part, div, folded, join, numbered, prose, section


def public_gifts(view: FundView) -> Part:
    """How much was given under which consent, and gift by gift."""
    gifts = view.frames["fund_gifts"].sort("number")
    given = gifts.filter(~pl.col("kind").is_in(BACK))
    if gifts.is_empty():
        return section("本期没有捐赠", "gifts", prose(f"{view.days} 没有收到捐赠。"))
    rows = [Row(_gift(view, row)) for row in gifts.to_dicts()]
    rows.append(Row(("合计", int(gifts["amount_fen"].sum())), "total"))
    columns = [Column((title,)) for title in ("编号", "捐赠人", "日期", "类别")]
    table = official_table([*columns, Column(("金额",), "money")], rows, unit="单位：元")
    listed = numbered(
        "tbl-gifts",
        table,
        "逐笔捐赠，实名的在前。“只公布金额”的不写日期；“未估价”的实物不计金额；退还的捐款和实物为负数。",
    )
    named = given.filter(consent="named")
    title = (
        f"收到 {count(given.height)} 笔捐赠，共 {money_words(int(given['amount_fen'].sum()))}，"
        f"{count(named.height)} 笔实名"
    )
    return section(
        title,
        "gifts",
        join(
            (_consents(view, gifts), folded("逐笔列出", div("aid-statement", listed), gifts.height))
        ),
    )


def _consents(view: FundView, gifts: pl.DataFrame) -> Part:
    rows = []
    for code, label in view.labels.names("consent").items():
        own = gifts.filter(consent=code)
        given = own.filter(~pl.col("kind").is_in(BACK)).height
        rows.append(Row((label, given, int(own["amount_fen"].sum()))))
    whole = gifts.filter(~pl.col("kind").is_in(BACK)).height
    rows.append(Row(("合计", whole, int(gifts["amount_fen"].sum())), "total"))
    columns = [Column(("公开意愿",)), Column(("笔数",), "number"), Column(("金额",), "money")]
    table = official_table(columns, rows, unit="单位：元")
    returned = -int(gifts.filter(pl.col("kind").is_in(BACK))["amount_fen"].sum())
    less = f"金额减去了退还的 {money_words(returned)}。" if returned else ""
    return numbered("tbl-consents", table, f"按捐赠人的意愿公开；没有表示过的按匿名。{less}")


def _gift(view: FundView, row: dict[str, Value]) -> tuple[Value, ...]:
    fen = row["amount_fen"]
    unvalued = fen == 0
    day = row["donated_on"]
    return (
        str(row["number"]),
        view.donor(str(row["donor"]), str(row["consent"])),
        None if day is None else Markup(f'<span class="aid-day">{day}</span>'),
        view.labels.label("fund_line", str(row["kind"])),
        view.word("unvalued") if unvalued else fen,
    )
