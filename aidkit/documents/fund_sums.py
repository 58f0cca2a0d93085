"""Tables of sums, internal and public: 收支公示表, 项目支出, 业务活动表, 资产负债表."""

import datetime as dt
from collections.abc import Mapping

import polars as pl

from aidkit.documents.fund_table import Cell, Column, Document, Mark, Row, Table, chinese_day
from aidkit.documents.fund_titles import Titles
from aidkit.fund.period import Period
from aidkit.tables.disclosed_notes import PARTLY, UNVALUED, program_notes

SUMMARY = "收支公示表"
"""The document that stands first."""

_DAY = dt.timedelta(days=1)


def summary_document(
    told: pl.DataFrame, corrections: int, titles: Titles, threshold: int = 0
) -> Document:
    """The 收支公示表 with its remarks.

    Args:
        told: `FundSummary` or `PublicFundSummary`.
        corrections: How many vouchers of the period are corrections.
        titles: What codes are called.
        threshold: Public: fewer people than this are told together with others.
    """
    notes = (
        "期初余额＋建账结转＋本期收入－本期支出＝期末余额；建账结转不是收入。",
        f"本期更正凭证 {corrections} 张，更正计入更正的当天。",
    )
    return Document(SUMMARY, (summary_table(told, titles, threshold),), notes)


def summary_table(told: pl.DataFrame, titles: Titles, threshold: int) -> Table:
    """The 收支公示表.

    Args:
        told: `FundSummary`, or `PublicFundSummary`: vouchers are then not counted.
        titles: What codes are called.
        threshold: Public: fewer people than this are told together with others.
    """
    counted = "vouchers" in told.columns
    columns = (
        Column("类别", "text", 5, centred=True),
        Column("序号", "count", 3, centred=True),
        Column("项　目", "text", 9),
        Column("明　细", "text", 12),
        Column("金　额", "money", 9),
        *([Column("凭证（张）", "count", 5)] if counted else []),
    )
    rows: list[Row] = []
    number = 0
    for section, part in _sections(told):
        label = titles.of("fund_section", section)
        for one in part.filter(pl.col("line") != "total").iter_rows(named=True):
            number += 1
            line = titles.of("fund_line", one["line"])
            detail = titles.group(one["line"], one["group"]) + _partly(one)
            more = (one["vouchers"] or None,) if counted else ()
            rows.append(Row((label, number, line, detail, one["fen"], *more)))
        total = part.row(by_predicate=pl.col("line") == "total", named=True)
        more = (total["vouchers"] or None,) if counted else ()
        mark: Mark = "total" if section == "closing" else "subtotal"
        rows.append(Row((titles.whole(section), None, None, None, total["fen"], *more), mark))
    notes = (
        () if counted else _public_notes(told.filter(line="program_expense"), "group", threshold)
    )
    return Table(SUMMARY, columns, tuple(rows), notes, merged=True)


def _partly(row: Mapping[str, object]) -> str:
    """What stands behind a program that is told in part; internal ones never are."""
    return f"（{PARTLY}）" if row.get("whole") is False else ""


def _public_notes(told: pl.DataFrame, program: str, threshold: int) -> tuple[str, ...]:
    partly = not told["whole"].all()
    return tuple(program_notes(told[program].to_list(), partly=partly, threshold=threshold))


def _sections(told: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Sections that tell of money; nothing was carried in, nothing is said of it."""
    money = told.filter(pl.col("section") != "corrections")
    parts = money.partition_by("section", maintain_order=True)
    named = [(str(part["section"][0]), part) for part in parts]
    return [one for one in named if one[0] != "carried_in" or one[1].height > 1]


def payouts_table(told: pl.DataFrame, titles: Titles) -> Table:
    """What was spent on programs, from `FundPayouts`."""
    named = titles.labels.names("payout_column")
    columns = (
        Column("序号", "count", 3, centred=True),
        Column("资助项目", "text", 14),
        Column(named["persons"], "count", 5),
        Column(named["times"], "count", 5),
        Column(named["money_fen"], "money", 8, group=named["fen"]),
        Column(named["goods_fen"], "money", 8, group=named["fen"]),
        Column("合　计", "money", 8, group=named["fen"]),
        Column("凭证（张）", "count", 5),
    )
    sums = ("persons", "times", "money_fen", "goods_fen", "fen", "vouchers")
    notes = (UNVALUED,) if any(told["unvalued"]) else ()
    return Table("项目支出", columns, _by_program(told, sums, titles), notes)


def public_payouts_table(told: pl.DataFrame, titles: Titles, threshold: int) -> Table:
    """What was spent on programs, from `PublicFundPayouts`; too few are fewer than `threshold`."""
    named = titles.labels.names("payout_column")
    columns = (
        Column("序号", "count", 4, centred=True),
        Column("资助项目", "text", 16),
        Column(named["times"], "count", 6),
        Column(named["fen"], "money", 10),
        Column("备注", "text", 8, centred=True),
    )
    remark = pl.when("whole").then(pl.lit("")).otherwise(pl.lit(PARTLY))
    table = told.with_columns(remark=remark)
    notes = _public_notes(told, "program", threshold)
    if told["times"].has_nulls():
        notes += ("有的月份受助的人太少，人次不公布。",)
    if any(told["unvalued"]):
        notes += (UNVALUED,)
    rows = _by_program(table, ("times", "fen", "remark"), titles)
    return Table("项目支出", columns, rows, notes)


def _by_program(told: pl.DataFrame, sums: tuple[str, ...], titles: Titles) -> tuple[Row, ...]:
    rows = []
    for number, one in enumerate(told.iter_rows(named=True), 1):
        cells = tuple(_of_goods(one, name, titles) for name in sums)
        if one["program"] == "total":
            rows.append(Row(("合　计", None, *cells), "total"))
        else:
            rows.append(Row((number, titles.program(one["program"]), *cells)))
    return tuple(rows)


def _of_goods(row: Mapping[str, Cell], column: str, titles: Titles) -> Cell:
    """A cell; no money is told of goods that nobody valued."""
    nothing = column in {"goods_fen", "fen"} and row[column] == 0
    return titles.word("unvalued") if nothing and row["unvalued"] else row[column]


def activity_table(told: pl.DataFrame, titles: Titles) -> Table:
    """The 业务活动表, from `FundActivity` or `PublicFundActivity`."""
    columns = (
        Column("项　目", "text", 16),
        Column("行次", "count", 3, centred=True),
        Column("非限定性", "money", 8, group="本　期　数"),
        Column("限定性", "money", 8, group="本　期　数"),
        Column("合　计", "money", 8, group="本　期　数"),
    )
    sums = ("unrestricted_fen", "restricted_fen", "fen")
    nothing: tuple[None, ...] = (None,) * 4
    rows = [Row(("一、收　入", *nothing))]
    for one in told.iter_rows(named=True):
        line = one["line"]
        if line == "program_cost":
            rows.append(Row(("二、费　用", *nothing)))
        label = titles.of("activity_line", line)
        withheld = (one[name] if one[name] is not None else "不公布" for name in sums)
        cells = (label, one["row"], *withheld)
        rows.append(Row(cells, _WEIGHTS.get(line, "line")))
    notes = ["行次按财会〔2004〕7 号《民间非营利组织会计制度》会民非02表；新制度的格式尚未核对。"]
    notes.append("管理费用含银行手续费和物资报损（收支公示表分开列）；转往其他基金列入其他费用。")
    if told["unrestricted_fen"].null_count():
        notes.append("非限定性、限定性两栏会透露少数受助人的金额，不公布；合计是全部。")
    return Table("业务活动表", columns, tuple(rows), tuple(notes))


_WEIGHTS: dict[str, Mark] = {"income": "subtotal", "expense": "subtotal", "change": "total"}


def balance_table(
    before: pl.DataFrame, after: pl.DataFrame, period: Period, titles: Titles
) -> Table:
    """The 资产负债表: `FundBalance` of the day before the period and of its last day."""
    columns = (
        Column("资　产", "text", 10),
        Column("期初数", "money", 8),
        Column("期末数", "money", 8),
        Column("负债和净资产", "text", 12),
        Column("期初数", "money", 8),
        Column("期末数", "money", 8),
    )
    sides = [_side(before, after, side, titles) for side in ("assets", "net_assets")]
    (*assets, whole), (*net, both) = sides[0], [("负债", 0, 0), *sides[1]]
    nothing = (None, None, None)
    rows = [
        Row((*(assets[n] if n < len(assets) else nothing), *(net[n] if n < len(net) else nothing)))
        for n in range(max(len(assets), len(net)))
    ]
    rows.append(Row((*whole, *both), "total"))
    before_first, last = chinese_day(period.first - _DAY), chinese_day(period.last)
    notes = [f"期初数是 {before_first}终了时的余额，期末数是 {last}终了时的余额。"]
    if titles.fund.opened_on >= period.first:
        opened, carried = (
            chinese_day(titles.fund.opened_on),
            titles.of("fund_section", "carried_in"),
        )
        notes.append(f"本账簿从 {opened}开始，没有期初数；以前账簿的余额见收支公示表“{carried}”。")
    return Table("资产负债表", columns, tuple(rows), tuple(notes))


def _side(
    before: pl.DataFrame, after: pl.DataFrame, side: str, titles: Titles
) -> list[tuple[str, int, int]]:
    then, now = (
        dict(day.filter(pl.col("side") == side).select("line", "fen").iter_rows())
        for day in (before, after)
    )
    rows = []
    for line in {**now, **then}:
        if line == "total":
            continue
        title = titles.of("account", line) if side == "assets" else _pool(line, titles)
        rows.append((title, then.get(line, 0), now.get(line, 0)))
    said = "资产合计" if side == "assets" else "负债和净资产合计"
    return [*rows, (said, then["total"], now["total"])]


def _pool(line: str, titles: Titles) -> str:
    return "非限定性净资产" if line == "unrestricted" else f"限定性净资产：{titles.purpose(line)}"
