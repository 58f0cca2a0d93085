"""定向捐赠使用反馈: a page for each gift to a purpose, and the table of all of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from aidkit.documents.fund_table import Column, Row, Table, chinese_day
from aidkit.documents.fund_titles import Titles
from aidkit.fund.entry import GIFTS
from aidkit.money import in_words, yuan

_VOUCHER = Column("凭证号", "code", 6, centred=True)

_SUMS = (
    "fen",
    "spent_before_fen",
    "spent_fen",
    "returned_fen",
    "redesignated_fen",
    "lost_fen",
    "left_fen",
)
"""What became of a gift: columns of `FundFeedback`, called as vocabulary `feedback_column` says."""


def alive(told: pl.DataFrame) -> pl.DataFrame:
    """Gifts of which anything was left at the end of the period, or spent in it."""
    return told.filter((pl.col("spent_fen") != 0) | (pl.col("left_fen") != 0))


def feedback_table(told: pl.DataFrame, titles: Titles) -> Table:
    """What became of every gift, from `FundFeedback`: internal."""
    columns = (
        _VOUCHER,
        Column("日期", "date", 6, centred=True),
        Column("捐赠人", "text", 9),
        Column("用　途", "text", 8),
        Column("来源", "text", 5, centred=True),
        *(Column(titles.of("feedback_column", name), "money", 7) for name in _SUMS),
    )
    rows = [
        Row(
            (
                one["voucher_no"],
                one["date"],
                titles.donor(one["party"]),
                titles.purpose(one["purpose"]),
                titles.of("entry_kind", one["origin"]),
                *(one[name] for name in _SUMS),
            )
        )
        for one in told.iter_rows(named=True)
    ]
    totals = (int(told[name].sum()) for name in _SUMS)
    rows.append(Row(("合　计", *(None,) * 4, *totals), "total"))
    notes = ("哪一笔捐赠付了哪一笔支出，按先进先出推算：同一用途的钱，先到的先用；实物按品名对。",)
    return Table("定向捐赠使用反馈", columns, tuple(rows), notes)


def uses_table(told: pl.DataFrame, schools: Mapping[str, str], titles: Titles) -> Table:
    """What gifts were spent on in the period, from `FundUses`: internal."""
    columns = (
        _VOUCHER,
        Column("用　途", "text", 8),
        Column("使用于", "text", 10),
        Column("本期使用", "money", 8),
        Column("受助人数", "count", 5),
        Column("学　校", "text", 18),
    )
    rows = [
        Row(
            (
                one["voucher_no"],
                titles.purpose(one["purpose"]),
                use_of(one, titles),
                one["fen"],
                one["persons"] or None,
                schools_of(one, schools),
            )
        )
        for one in told.iter_rows(named=True)
    ]
    rows.append(Row(("合　计", None, None, int(told["fen"].sum()), None, None), "total"))
    notes = ("学校只列受助人数达到公布门槛的；同一人可以由几笔捐赠资助，人数不相加。",)
    return Table("捐赠使用去向", columns, tuple(rows), notes)


def use_of(one: Mapping[str, object], titles: Titles) -> str:
    """What a row of `FundUses` was spent on: a program, or the kind of cost."""
    if one["use"] == "program":
        return titles.program(str(one["program"]))
    return titles.of("entry_kind", str(one["use"]))


def schools_of(one: Mapping[str, object], names: Mapping[str, str]) -> str:
    """The schools of a row of `FundUses`; a code where nobody knows its name."""
    codes = one["schools"]
    assert isinstance(codes, Iterable)
    return "、".join(names.get(code, code) for code in codes)


def feedback_pages(
    told: pl.DataFrame,
    uses: pl.DataFrame,
    schools: Mapping[str, str],
    titles: Titles,
    threshold: int,
) -> list[dict[str, object]]:
    """What the letters to donors say, a page for each gift to a purpose.

    Args:
        told: `FundFeedback`.
        uses: `FundUses` of the same period.
        schools: Names of schools by code.
        titles: What codes are called.
        threshold: Fewer people than this are not counted out to a donor.

    Returns:
        One for each gift with a name that was given for a purpose and of which anything was spent
        in the period or is left; sums and days as printed.
    """
    by_gift: dict[tuple[str, str], list[dict[str, Any]]] = {}
    counted = pl.col("persons") >= threshold
    for one in uses.with_columns(persons=pl.when(counted).then("persons")).iter_rows(named=True):
        by_gift.setdefault((one["voucher_no"], one["purpose"]), []).append(one)
    gifts = alive(told).filter(
        pl.col("origin").is_in(GIFTS), pl.col("party") != "", pl.col("purpose") != ""
    )
    return [
        _page(gift, by_gift.get((gift["voucher_no"], gift["purpose"]), []), schools, titles)
        for gift in gifts.iter_rows(named=True)
    ]


def _page(
    gift: Mapping[str, Any],
    spent: Sequence[Mapping[str, Any]],
    schools: Mapping[str, str],
    titles: Titles,
) -> dict[str, object]:
    purpose = titles.fund.purposes.get(gift["purpose"])
    return {
        "name": gift["party"],
        "day": chinese_day(gift["date"]),
        "what": "款项" if gift["origin"] == "gift" else "物资（估价）",
        "purpose": titles.purpose(gift["purpose"]),
        "voucher": gift["voucher_no"],
        "words": in_words(gift["fen"]),
        "sum": yuan(gift["fen"]),
        "figures": [[titles.of("feedback_column", name), yuan(gift[name])] for name in _SUMS],
        "reached": "，".join(_reached(one, titles) for one in spent if one["persons"]),
        "uses": [
            [use_of(one, titles), _people(one), yuan(one["fen"]), schools_of(one, schools)]
            for one in spent
        ],
        "total": yuan(gift["spent_fen"]),
        "left": yuan(gift["left_fen"]) if gift["left_fen"] else "",
        "leftover": purpose.leftover if purpose else "",
    }


def _reached(one: Mapping[str, Any], titles: Titles) -> str:
    return f"让 {_people(one)} 名学生得到“{use_of(one, titles)}”"


def _people(one: Mapping[str, Any]) -> str:
    return f"{one['persons']:,}" if one["persons"] else ""
