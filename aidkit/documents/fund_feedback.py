"""定向捐赠使用反馈: a page for each gift to a purpose, and the table of all of them."""

from collections.abc import Iterable, Mapping

import polars as pl

from aidkit.documents.fund_table import Column, Row, Table, chinese_day
from aidkit.documents.fund_titles import Titles
from aidkit.money import in_words, yuan

_VOUCHER = Column("凭证号", "code", 6, centred=True)

_SUMS = (
    ("fen", "捐赠额"),
    ("spent_before_fen", "以前使用"),
    ("spent_fen", "本期使用"),
    ("returned_fen", "退还"),
    ("redesignated_fen", "转作他用"),
    ("left_fen", "结　余"),
)
"""What became of a gift: columns of `FundFeedback` and what they are called."""


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
        *(Column(header, "money", 7) for _, header in _SUMS),
    )
    names = [name for name, _ in _SUMS]
    rows = [
        Row(
            (
                one["voucher_no"],
                one["date"],
                one["party"] or "（未署名）",
                titles.purpose(one["purpose"]),
                titles.of("entry_kind", one["origin"]),
                *(one[name] for name in names),
            )
        )
        for one in told.iter_rows(named=True)
    ]
    totals = (int(told[name].sum()) for name in names)
    rows.append(Row(("合　计", *(None,) * 4, *totals), "total"))
    notes = ("哪一笔捐赠付了哪一笔支出，按先进先出推算：同一用途的钱，先到的先用。",)
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
    told: pl.DataFrame, uses: pl.DataFrame, schools: Mapping[str, str], titles: Titles
) -> list[dict[str, object]]:
    """What the letters to donors say, a page for each gift to a purpose.

    Args:
        told: `FundFeedback`.
        uses: `FundUses` of the same period.
        schools: Names of schools by code.
        titles: What codes are called.

    Returns:
        One for each gift with a name that was given for a purpose and of which anything was spent
        in the period or is left; sums and days as printed.
    """
    by_gift: dict[tuple[str, str], list[dict[str, object]]] = {}
    for one in uses.iter_rows(named=True):
        by_gift.setdefault((one["voucher_no"], one["purpose"]), []).append(one)
    gifts = alive(told).filter(
        pl.col("origin").is_in(["gift", "goods_in"]), pl.col("party") != "", pl.col("purpose") != ""
    )
    pages: list[dict[str, object]] = []
    for gift in gifts.iter_rows(named=True):
        spent = by_gift.get((gift["voucher_no"], gift["purpose"]), [])
        purpose = titles.fund.purposes.get(gift["purpose"])
        pages.append(
            {
                "name": gift["party"],
                "day": chinese_day(gift["date"]),
                "what": "款项" if gift["origin"] == "gift" else "物资（估价）",
                "purpose": titles.purpose(gift["purpose"]),
                "voucher": gift["voucher_no"],
                "words": in_words(gift["fen"]),
                "figures": [[header, yuan(gift[name])] for name, header in _SUMS],
                "uses": [_use(one, schools, titles) for one in spent],
                "total": yuan(gift["spent_fen"]),
                "left": yuan(gift["left_fen"]) if gift["left_fen"] else "",
                "leftover": purpose.leftover if purpose else "",
            }
        )
    return pages


def _use(one: Mapping[str, object], schools: Mapping[str, str], titles: Titles) -> list[str]:
    fen, persons = one["fen"], one["persons"]
    assert isinstance(fen, int)
    assert isinstance(persons, int)
    people = f"{persons:,}" if persons else ""
    return [use_of(one, titles), people, yuan(fen), schools_of(one, schools)]
