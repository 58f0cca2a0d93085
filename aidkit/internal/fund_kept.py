"""What a fund keeps: purposes and what is left, goods, corrections, the bank: internal."""

import polars as pl

from aidkit.internal.fund_gifts import purposes_of
from aidkit.money import yuan
from aidkit.show.fund import TOTAL, FundView
from aidkit.show.fund_money import GIVEN
from aidkit.show.numbers import count, money_words, signed_yuan
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

MONEY = "单位：元"


def comparison_section(view: FundView) -> Part:
    """Every line of the 收支公示表 beside that of the period before."""
    rows = []
    for row in view.frames["comparison"].to_dicts():
        change = row["change_fen"]
        sums = (row["fen"], row["before_fen"], None if change is None else signed_yuan(change))
        if row["line"] == TOTAL:
            rows.append(Row((view.whole(row["section"]), *sums), "subtotal"))
            continue
        label = view.labels.label("fund_line", row["line"])
        if detail := row["group"]:
            name = view.giver(detail) if row["line"] in GIVEN else view.program(detail)
            label = f"{label}：{name}"
        rows.append(Row((view.section(row["section"]), label, *sums)))
    columns = [
        *(Column((title,)) for title in ("类别", "项目")),
        *(Column((title,), "money") for title in ("本期", "上期", "增减")),
    ]
    table = official_table(columns, rows, unit=MONEY, keys=1)
    none = view.frames["comparison"]["before_fen"].has_nulls()
    said = "账簿开始得晚，没有同样长的上一期可比。" if none else "与同样长的上一期比较。"
    listed = numbered("tbl-comparison", table, said)
    return section("与上一期比较", "comparison", folded("逐行列出", listed, len(rows)))


def pools_section(view: FundView) -> Part:
    """What is left of each purpose, and what is to become of it."""
    table = view.frames["balance"].filter(pl.col("side") == "net_assets")
    purposes = purposes_of(view)
    purposes |= {"unrestricted": purposes[""]}
    leftover = dict(view.frames["purposes"].select("purpose", "leftover").iter_rows())
    rows = [
        Row((purposes.get(line, line), _leftover(line, leftover), fen))
        for _, line, fen in table.filter(pl.col("line") != TOTAL).iter_rows()
    ]
    total = int(table.filter(line=TOTAL)["fen"].item())
    rows.append(Row(("净资产合计", total), "total"))
    columns = [Column(("用途",)), Column(("结余怎样处理",), "long"), Column(("结余",), "money")]
    restricted = int(table.filter(~pl.col("line").is_in([TOTAL, "unrestricted"]))["fen"].sum())
    drawn = numbered(
        "tbl-pools",
        official_table(columns, rows, unit=MONEY),
        f"{view.last} 各用途的结余。限定用途的钱只能用于写明的项目；"
        "改作他用要捐赠人同意，另记“解除限定”或“变更用途”。",
    )
    title = f"净资产 {money_words(total)}，其中限定用途 {money_words(restricted)}"
    return section(title, "pools", drawn)


def goods_section(view: FundView) -> Part:
    """The register of goods."""
    goods = view.frames["goods"]
    if goods.is_empty():
        return section("没有实物", "goods", prose("没有收发过实物。"))
    titles = view.labels.names("goods_column")
    rows = [
        Row(
            (
                *(row["item"], row["spec"] or None, row["unit"]),
                *(_quantity(row[name]) for name in titles),
                view.word("unvalued") if row["closing_fen"] is None else yuan(row["closing_fen"]),
            )
        )
        for row in goods.to_dicts()
    ]
    columns = [
        *(Column((title,)) for title in ("品名", "规格", "单位")),
        *(Column((title,), "number") for title in titles.values()),
        Column(("期末价值（元）",), "number"),
    ]
    table = numbered("tbl-goods", official_table(columns, rows), "实物收发登记，按公允价值计价。")
    valued = int(goods["closing_fen"].sum())
    title = f"{count(goods.height)} 种实物，在库价值 {money_words(valued)}"
    return section(title, "goods", folded("逐种列出", table, goods.height))


def corrections_section(view: FundView) -> Part:
    """Corrections of the period with their reasons."""
    wrong = view.frames["corrections"]
    if wrong.is_empty():
        return section("本期没有更正", "corrections", prose("本期没有更正过的凭证。"))
    rows = [
        Row(
            (
                *(row["voucher_no"], row["date"].isoformat(), row["corrects"]),
                view.labels.label("entry_kind", row["kind"]),
                *(row["reason"], row["entered_by"], row["fen"]),
            )
        )
        for row in wrong.to_dicts()
    ]
    titles = ("更正凭证", "日期", "冲销", "原业务", "原因", "经手人")
    columns = [
        *(Column((title,), "long" if title == "原因" else "text") for title in titles),
        Column(("冲销金额",), "money"),
    ]
    table = numbered(
        "tbl-corrections", official_table(columns, rows, unit=MONEY), "更正只加不改，原凭证仍在。"
    )
    title = f"更正 {count(wrong.height)} 笔"
    return section(title, "corrections", folded("逐笔列出", table, wrong.height))


def reconciled_section(view: FundView) -> Part:
    """Which bank statement the book was held against, and both balances."""
    found = view.frames["reconciled"]
    if found.is_empty():
        how = "请运行 aidkit fund reconcile 流水文件，没有对上的两边都会逐笔列出。"
        more = "" if view.told else how
        return section("与银行核对", "bank", prose(f"{view.bank_says}{more}"))
    row = found.row(0, named=True)
    bank, book = row["bank_fen"] or 0, row["book_fen"]
    rows = [
        Row(("对账单", row["statement"])),
        Row(("核对的日子", f"{row['start']} 至 {row['end']}，共 {row['lines']:,} 行流水")),
        Row(("核对人", row["by"] or None)),
        Row((f"{view.last} 银行余额", f"{yuan(bank)} 元")),
        Row((f"{view.last} 账簿余额", f"{yuan(book)} 元")),
        Row(("相差", f"{signed_yuan(book - bank)} 元")),
    ]
    table = official_table([Column(("项",)), Column(("内容",), "long")], rows)
    said = numbered("tbl-bank", table, "最近一次核对。没有对上的流水不会存为已核对。")
    return section("与银行核对", "bank", prose(view.bank_says), said)


def _leftover(line: str, leftover: dict[str, str]) -> Value:
    return None if line == "unrestricted" else leftover.get(line) or "没有写明，请在基金文件里补上"


def _quantity(thousandths: int) -> str:
    whole, part = divmod(abs(thousandths), 1000)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole:,}" + (f".{part:03d}".rstrip("0") if part else "")
