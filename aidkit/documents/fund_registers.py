"""Registers, a row for each gift, receipt or thing: 捐赠明细, 票据登记, 实物登记, 更正."""

import polars as pl

from aidkit.documents.fund_table import Column, Row, Table
from aidkit.documents.fund_titles import Titles
from aidkit.fund.entry import OF_GOODS, RETURNED

_NUMBER = Column("序号", "count", 3, centred=True)
_VOUCHER = Column("凭证号", "code", 6, centred=True)
_DAY = Column("日期", "date", 6, centred=True)


def gifts_table(told: pl.DataFrame, titles: Titles, title: str = "捐赠明细") -> Table:
    """Gifts one by one with every name, from `FundGifts`: internal."""
    columns = (
        _NUMBER,
        _DAY,
        Column("捐赠人", "text", 10),
        Column("类别", "text", 4, centred=True),
        Column("公开意愿", "text", 5, centred=True),
        Column("用　途", "text", 8),
        Column("方式", "text", 6, centred=True),
        Column("金　额", "money", 8),
        _VOUCHER,
        Column("备注", "text", 6, centred=True),
    )
    rows = [
        Row(
            (
                number,
                one["date"],
                titles.donor(one["party"]),
                titles.of("donor_class", one["donor_class"]),
                titles.of("consent", one["consent"]),
                titles.purpose(one["purpose"]),
                _way(one["kind"], one["channel"], titles),
                one["fen"] or titles.word("unvalued"),
                one["voucher_no"],
                _remark(one["kind"], one["corrections"], titles),
            )
        )
        for number, one in enumerate(told.iter_rows(named=True), 1)
    ]
    total = int(told["fen"].sum())
    rows.append(Row(("合　计", *(None,) * 6, total, None, None), "total"))
    return Table(title, columns, tuple(rows))


def _way(kind: str, channel: str, titles: Titles) -> str:
    return "实物" if kind in OF_GOODS else titles.of("channel", channel)


def _remark(kind: str, corrections: int, titles: Titles) -> str:
    said = [titles.of("entry_kind", kind)] if kind in RETURNED else []
    return "、".join([*said, *([f"更正 {corrections} 次"] if corrections else [])])


def consents_table(told: pl.DataFrame, titles: Titles) -> Table:
    """What was given under each consent, from `FundConsents`."""
    columns = (
        Column("公开意愿", "text", 8, centred=True),
        Column("捐赠人类别", "text", 8, centred=True),
        Column("笔数", "count", 6),
        Column("金　额", "money", 10),
    )
    rows = [
        Row(
            (
                titles.of("consent", one["consent"]),
                titles.of("donor_class", one["donor_class"]),
                one["gifts"],
                one["fen"],
            )
        )
        for one in told.iter_rows(named=True)
    ]
    total = int(told["gifts"].sum()), int(told["fen"].sum())
    rows.append(Row(("合　计", None, *total), "total"))
    return Table("按公开意愿", columns, tuple(rows), merged=True)


def public_gifts_table(told: pl.DataFrame, titles: Titles) -> Table:
    """Gifts as donors agreed to show them, from `PublicFundGifts`."""
    columns = (
        Column("序号", "count", 4, centred=True),
        Column("捐赠人", "text", 14),
        Column("日期", "date", 7, centred=True),
        Column("种类", "text", 6, centred=True),
        Column("金　额", "money", 10),
    )
    rows = [
        Row(
            (
                one["number"],
                one["donor"] or f"（{titles.of('consent', one['consent'])}）",
                one["donated_on"],
                titles.of("fund_line", one["kind"]),
                one["amount_fen"] or titles.word("unvalued"),
            )
        )
        for one in told.iter_rows(named=True)
    ]
    total = int(told["amount_fen"].sum())
    rows.append(Row(("合　计", None, None, None, total), "total"))
    note = "捐赠人同意实名的写姓名；匿名的不写姓名；只公布金额的，姓名、日期都不写。"
    return Table("捐赠明细", columns, tuple(rows), (note,))


def receipts_table(told: pl.DataFrame, titles: Titles) -> Table:
    """The register of receipts, from `FundReceipts`: internal."""
    columns = (
        _NUMBER,
        _VOUCHER,
        Column("票据号", "code", 8, centred=True),
        _DAY,
        Column("捐赠人", "text", 9),
        Column("捐赠内容", "text", 9),
        Column("金　额", "money", 8),
        Column("大　写", "text", 15),
        Column("状态", "text", 4, centred=True),
    )
    rows = [
        Row(
            (
                number,
                one["voucher_no"],
                one["reference"],
                one["date"],
                titles.donor(one["donor"]),
                one["goods"] or titles.word("money"),
                titles.word("unvalued") if one["fen"] is None else one["fen"],
                one["in_words"],
                titles.of("receipt_status", one["status"]),
            )
        )
        for number, one in enumerate(told.iter_rows(named=True), 1)
    ]
    total = int(told.filter(pl.col("status") != "void")["fen"].sum())
    rows.append(Row(("合　计（不含作废）", *(None,) * 5, total, None, None), "total"))
    notes = ("没有登记票据号的，票据号一栏是收据号或银行流水号；状态是期末时的。",)
    return Table("票据登记", columns, tuple(rows), notes)


def goods_table(told: pl.DataFrame, titles: Titles) -> Table:
    """The register of goods, from `FundGoodsRegister`."""
    named = titles.labels.names("goods_column")
    ways, headers = list(named), list(named.values())
    columns = (
        _NUMBER,
        Column("品　名", "text", 10),
        Column("规格", "text", 6, centred=True),
        Column("单位", "text", 3, centred=True),
        *(Column(header, "quantity", 4, group="数　量") for header in headers),
        *(Column(header, "money", 6, group="金额（估价）") for header in headers),
    )
    rows = []
    for number, one in enumerate(told.iter_rows(named=True), 1):
        counts = tuple(one[way] for way in ways)
        sums = tuple(
            one[f"{way}_fen"] if one["valued"] else titles.word("unvalued") for way in ways
        )
        rows.append(Row((number, one["item"], one["spec"], one["unit"], *counts, *sums)))
    totals = tuple(int(told[f"{way}_fen"].sum()) for way in ways)
    rows.append(Row(("合　计", *(None,) * (3 + len(ways)), *totals), "total"))
    notes = ("退还、报损的事由、证明人和批准人见理事会报告。",)
    left = (told["returned"] != 0) | (told["written_off"] != 0)
    return Table("实物登记", columns, tuple(rows), notes if left.any() else ())


def corrections_table(told: pl.DataFrame, titles: Titles) -> Table:
    """Corrections and why, from `FundCorrections`."""
    columns = (
        _VOUCHER,
        _DAY,
        Column("更正的凭证", "code", 7, centred=True),
        Column("原日期", "date", 6, centred=True),
        Column("原种类", "text", 5, centred=True),
        Column("金　额", "money", 7),
        Column("原　因", "text", 12),
        Column("登记", "text", 4, centred=True),
        Column("批准", "text", 4, centred=True),
    )
    rows = [
        Row(
            (
                one["voucher_no"],
                one["date"],
                one["corrects"],
                one["corrected_on"],
                titles.of("entry_kind", one["kind"]),
                one["fen"] or titles.word("unvalued"),
                one["reason"],
                one["entered_by"],
                one["approved_by"],
            )
        )
        for one in told.iter_rows(named=True)
    ]
    return Table("更正", columns, tuple(rows))
