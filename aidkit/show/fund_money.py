"""A fund's money in and out: 收支公示表, income by class and month, spending by program."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from aidkit.show import charts
from aidkit.show.fund import TOTAL, FundView
from aidkit.show.marks import PALETTE
from aidkit.show.numbers import count, money_words
from aidkit.show.official import WITHHELD, Column, Row, Value, official_table
from aidkit.show.parts import Drawing, Part, div, escaped, numbered, pictured, prose, section
from aidkit.tables.disclosed_notes import PARTLY, UNVALUED, program_notes

MONEY = "单位：元"

SECTIONS = ("opening", "carried_in", "income", "expense", "closing")
"""Sections of the summary that are money, in the order in which they are read."""

BACK = ("gift_returned", "goods_returned")
"""Lines of what went back to donors."""

GIVEN = ("gift", "goods_in", *BACK)
"""Lines of donors: their groups are classes of donors."""


def summary_section(view: FundView) -> Part:
    """The 收支公示表."""
    table = view.frames["fund_summary"]
    rows: list[Row] = []
    for name in SECTIONS:
        lines = table.filter(pl.col("section") == name, pl.col("line") != TOTAL)
        if name == "carried_in" and lines.is_empty():
            continue
        for line in lines.to_dicts():
            label = view.labels.label("fund_line", line["line"])
            rows.append(Row((view.section(name), label, _detail(view, line), line["fen"])))
        rows.append(
            Row((view.whole(name), view.fen(name)), "total" if name == "closing" else "subtotal")
        )
    columns = [
        *(Column((title,)) for title in ("类别", "项目", "明细")),
        Column(("金额",), "money"),
    ]
    drawn = official_table(
        columns, rows, title=f"{view.name}收支公示表（{view.days}）", unit=MONEY, keys=2
    )
    caption = "期初余额加建账结转加收入减支出等于期末余额，分毫不差。"
    if number := _corrections(view):
        caption += f"本期更正 {count(number)} 笔，已计入。"
    caption += _notes(view, table.filter(line="program_expense"), "group")
    came, went = view.fen("income"), view.fen("expense")
    more = "收大于支" if came > went else "支大于收" if went > came else "收支相抵"
    gap = f" {money_words(abs(came - went))}" if came != went else ""
    statement = div("aid-statement", numbered("tbl-summary", drawn, caption))
    return section(f"{more}{gap}", "summary", statement)


def income_section(view: FundView) -> Part:
    """Where money came from; month by month where months are told."""
    income = pl.col("section") == "income", pl.col("line") != TOTAL
    whole: dict[str, int] = {}
    for line, group, fen in (
        view.frames["fund_summary"].filter(*income).select("line", "group", "fen").iter_rows()
    ):
        source = _source(view, line, group)
        whole[source] = whole.get(source, 0) + fen
    if not whole:
        return section("本期没有收入", "income", prose(f"{view.days} 没有一笔收入。"))
    sources = sorted(whole, key=lambda source: (-whole[source], source))
    totals = view.by_month("income")
    cells: dict[tuple[str, str], int] = {}
    if totals:
        for month, _, line, group, fen in view.frames["fund_months"].filter(*income).iter_rows():
            key = (_source(view, line, group), month)
            cells[key] = cells.get(key, 0) + fen
    rows = [
        Row((source, *(cells.get((source, month)) for month in totals), whole[source]))
        for source in sources
    ]
    rows.append(Row(("合计", *totals.values(), view.fen("income")), "total"))
    columns = [
        Column(("来源",)),
        *(Column((_month(month),), "money") for month in totals),
        Column(("合计" if totals else "金额",), "money"),
    ]
    top = sources[0]
    title = f"收入 {money_words(view.fen('income'))}，最多的是{top} {money_words(whole[top])}"
    drawing = (
        _months_drawing(view, sources, totals, cells)
        if totals
        else _bars(view, "来源", "收入", whole.items())
    )
    return pictured(
        "income",
        escaped(title),
        drawing,
        official_table(columns, rows, unit=MONEY),
        f"各类来源{'每月' if totals else ''}的收入。捐赠按捐赠人的类别列，"
        "退还的捐款和实物已从中减去。",
    )


def spending_section(view: FundView, columns: Sequence[str]) -> Part:
    """What was spent on each program.

    Args:
        view: The fund.
        columns: Columns of `fund_payouts`; money ends in `fen`.
    """
    table = view.frames["fund_payouts"]
    lines = table.filter(pl.col("program") != TOTAL)
    if lines.is_empty():
        return section("本期没有发放资助", "spending", prose(f"{view.days} 没有发放资助。"))
    rows = [
        Row((view.program(row["program"]) + _partly(row), *_of(view, row, columns)))
        for row in lines.to_dicts()
    ]
    whole = table.filter(program=TOTAL).row(0, named=True)
    rows.append(Row(("合计", *_of(view, whole, columns)), "total"))
    named = view.labels.names("payout_column")
    titles = [
        Column((named[name],), "money" if name.endswith("fen") else "number") for name in columns
    ]
    spent = [
        (view.program(program), fen) for program, fen in lines.select("program", "fen").iter_rows()
    ]
    caption = "各资助项目的支出；一人领几次算几人次，退回的已减去。"
    caption += _notes(view, lines, "program")
    if any(table["unvalued"]):
        caption += UNVALUED
    return pictured(
        "spending",
        f"资助{times_words(whole['times'])}{money_words(whole['fen'])}",
        _bars(view, "资助项目", "支出", spent),
        official_table([Column(("资助项目",)), *titles], rows, unit=MONEY),
        caption,
    )


def times_words(times: int | None) -> str:
    """How often somebody was paid, between two words; nothing where that is withheld."""
    return " " if times is None else f" {count(times)} 人次，"


def _corrections(view: FundView) -> int:
    row = view.frames["fund_summary"].filter(section="corrections").row(0, named=True)
    return int(row["number"] if "number" in row else row["vouchers"])


def _detail(view: FundView, row: Mapping[str, Any]) -> Value:
    group = row["group"]
    if row["line"] in GIVEN:
        return view.giver(group)
    return view.program(group) + _partly(row) if group else ""


def _partly(row: Mapping[str, Any]) -> str:
    """What stands behind a program that is told in part; internal ones never are."""
    return f"（{PARTLY}）" if row.get("whole") is False else ""


def _notes(view: FundView, programs: pl.DataFrame, column: str) -> str:
    """What is said of programs that are told together; internally nothing is."""
    if "whole" not in programs.columns:
        return ""
    partly = not programs["whole"].all()
    return "".join(
        program_notes(programs[column].to_list(), partly=partly, threshold=view.threshold)
    )


def _source(view: FundView, line: str, group: str) -> str:
    return f"{view.giver(group)}捐赠" if line in GIVEN else view.labels.label("fund_line", line)


def _months_drawing(
    view: FundView,
    sources: Sequence[str],
    months: Mapping[str, int],
    cells: Mapping[tuple[str, str], int],
) -> Drawing | None:
    if len(months) < 2 or len(sources) > len(PALETTE):
        return None
    records: list[charts.Record] = [
        {"月份": _month(month), "收入（元）": cells.get((source, month), 0) / 100, "来源": source}
        for month in months
        for source in sources
    ]
    says = "；".join(f"{_month(month)} {money_words(fen)}" for month, fen in months.items())
    return Drawing(
        charts.stacked_columns(
            records, when="月份", value="收入（元）", group="来源", groups=sources
        ),
        f"每月收入：{says}",
        f"{escaped(view.name)}每月收入，按来源分。纵轴从零起。",
    )


def _bars(view: FundView, label: str, what: str, sums: Iterable[tuple[str, int]]) -> Drawing | None:
    """Sums as bars, the largest first; nothing where there are not two."""
    shown = sorted((one for one in sums if one[1] > 0), key=lambda one: -one[1])
    if len(shown) < 2:
        return None
    records: list[charts.Record] = [
        {label: name, f"{what}（元）": fen / 100, "说明": money_words(fen)} for name, fen in shown
    ]
    says = "；".join(f"{record[label]} {record['说明']}" for record in records)
    return Drawing(
        charts.bars(records, label=label, value=f"{what}（元）", text="说明"),
        f"各{label}的{what}：{says}",
        f"{escaped(view.name)}各{label}的{what}。横轴从零起。",
    )


def _of(view: FundView, row: Mapping[str, Any], columns: Sequence[str]) -> list[Value]:
    """Cells; no money is told of goods that nobody valued."""
    told = [WITHHELD if row[name] is None else row[name] for name in columns]
    nothing = [name in {"goods_fen", "fen"} and row[name] == 0 for name in columns]
    unvalued = view.word("unvalued")
    return [
        unvalued if none and row["unvalued"] else value
        for value, none in zip(told, nothing, strict=True)
    ]


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{year} 年 {int(number)} 月"
