"""退还和报损的实物: what left the store without helping anybody, why, and who stood by it."""

import polars as pl

from aidkit.documents.fund_table import Column, Row, Table
from aidkit.documents.fund_titles import Titles


def goods_taken_table(told: pl.DataFrame, titles: Titles) -> Table:
    """Goods one by one, from `FundGoodsTaken`: internal."""
    columns = (
        Column("凭证号", "code", 6, centred=True),
        Column("日期", "date", 6, centred=True),
        Column("种类", "text", 5, centred=True),
        Column("品　名", "text", 8),
        Column("规格", "text", 5, centred=True),
        Column("单位", "text", 3, centred=True),
        Column("数量", "quantity", 4),
        Column("金　额", "money", 6),
        Column("捐赠人", "text", 7),
        Column("事　由", "text", 10),
        Column("证明人", "text", 5, centred=True),
        Column("批准人", "text", 5, centred=True),
    )
    rows = [
        Row(
            (
                one["voucher_no"],
                one["date"],
                titles.of("entry_kind", one["kind"]),
                one["item"],
                one["spec"],
                one["unit"],
                one["thousandths"],
                titles.word("unvalued") if one["fen"] is None else one["fen"],
                one["party"],
                one["reason"],
                one["witness"],
                one["approved_by"],
            )
        )
        for one in told.iter_rows(named=True)
    ]
    total = int(told["fen"].sum())
    rows.append(Row(("合　计", *(None,) * 6, total, *(None,) * 4), "total"))
    return Table("退还和报损的实物", columns, tuple(rows))
