"""What is wrong with drafts: words that stand for nothing, amounts and accounts that cannot be."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from aidkit.errors import InputError
from aidkit.fund.accounts import MOST_FEN
from aidkit.fund.entry import GOODS_LEAVE, INCOME_OF, OF_GOODS
from aidkit.fund.making.from_row import entry_of
from aidkit.fund.making.made_of import About
from aidkit.fund.settings import Fund
from aidkit.intake.faults import ERROR
from aidkit.labels import project_labels
from aidkit.money import yuan

_ELSEWHERE = (*OF_GOODS, "correction")
"""Kinds that have a register, or a command, of their own."""

_ONLY_FOR = (
    ("to_purpose", "to_purpose_said", ("redesignate", "transfer")),
    ("to_fund", "to_fund_said", ("transfer",)),
    ("program_title", "program_said", ("payout", "payout_returned")),
    ("school_code", "school_code", ("payout", "payout_returned")),
    ("persons", "persons", ("payout", "payout_returned")),
    ("account_to", "to_channel", ("move", "transfer")),
)
"""Column of the register, column of the draft, and the kinds that have a use for it."""

Told = Callable[[str, Fund], tuple[str, str]]
"""Message and remedy for a word that a fund does not know."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a draft.

    Attributes:
        draft: Place of the draft, from 0.
        column: Column of the register that it is about; empty where it is no single one.
        value: What stands there.
        code: Kind of fault, stable.
        message: Chinese.
        remedy: Chinese.
        severity: `error` or `warning`.
    """

    draft: int
    column: str
    value: str
    code: str
    message: str
    remedy: str
    severity: str = ERROR


def unknown_words(
    drafts: pl.DataFrame, code: str, column: str, told: Told, funds: Mapping[str, Fund]
) -> Iterator[RowFault]:
    """A fault for each word that stands for nothing.

    Args:
        drafts: With `draft`, the words and the codes that they became.
        code: Column with the code; null where the word is unknown.
        column: Column of the register.
        told: What is said of such a word.
        funds: The county's funds.
    """
    asked = pl.col("fund")
    if code == "to_purpose":
        asked = pl.when(pl.col("to_fund") == "").then("fund").otherwise("to_fund")
    if code in {"fund", "to_fund"}:
        asked = pl.lit(next(iter(funds)))
    rows = drafts.filter(pl.col(code).is_null()).select("draft", f"{code}_said", asked.alias("of"))
    for draft, word, fund in rows.drop_nulls("of").iter_rows():
        yield RowFault(
            draft, column, word or "", f"unknown_{code}", *told(word or "（空着）", funds[fund])
        )


def impossible_amounts(drafts: pl.DataFrame) -> Iterator[RowFault]:
    """A fault for each amount that no voucher can hold, and each quantity that is none."""
    goods = pl.col("item") != ""
    zero = drafts.filter(pl.col("fen") == 0).select("draft", goods)
    for draft, of_goods in zero.iter_rows():
        remedy = "请填实际金额；没有发生的请删去这一行。"
        yield RowFault(
            draft,
            "value_fen" if of_goods else "amount_fen",
            "0",
            "zero_amount",
            "金额是 0，不能入账。",
            "没有估价的请空着，不要填 0。" if of_goods else remedy,
        )
    huge = drafts.filter(pl.col("fen") > MOST_FEN).select("draft", goods, "fen")
    for draft, of_goods, fen in huge.iter_rows():
        yield RowFault(
            draft,
            "value_fen" if of_goods else "amount_fen",
            yuan(fen),
            "huge_amount",
            "金额大得不合常理。",
            "请核对单位和小数点。",
        )
    sign = pl.when(pl.col("kind").is_in(GOODS_LEAVE)).then(-1).otherwise(1)
    counted = (pl.col("thousandths") * sign > 0).fill_null(value=False)
    for draft in drafts.filter(goods & ~counted)["draft"]:
        yield RowFault(
            draft,
            "quantity",
            "",
            "bad_quantity",
            "数量不大于 0，或小数超过三位。",
            "请核对数量；需要时换一个小一些的计量单位。",
        )


def unknown_channels(drafts: pl.DataFrame, funds: Mapping[str, Fund]) -> Iterator[RowFault]:
    """A fault for each channel whose account the fund's file does not name."""
    labels = project_labels().names("channel")
    known = [f"{fund.id}/{channel}" for fund in funds.values() for channel in fund.channels]
    other = pl.when(pl.col("to_fund") == "").then("fund").otherwise("to_fund")
    for column, owner, header in (
        ("channel", pl.col("fund"), "channel"),
        ("to_channel", other, "account_to"),
    ):
        pair = pl.concat_str([owner, pl.lit("/"), column])
        odd = drafts.filter((pl.col(column) != "") & (owner != "") & ~pair.is_in(known))
        for draft, word, fund in odd.select("draft", column, owner.alias("of")).iter_rows():
            title = labels.get(word, word)
            yield RowFault(
                draft,
                header,
                title,
                "unknown_channel",
                f"基金“{funds[fund].name}”没有写明“{title}”的钱存在哪里。",
                f"请在 params/funds/{fund}.toml 的 [channels] 里补上，或改正这一行。",
            )


def impossible_movements(drafts: pl.DataFrame, funds: Mapping[str, Fund]) -> Iterator[RowFault]:
    """Faults of movements that no voucher can be made of, or that say what has no use.

    Args:
        drafts: Settled, without those that have a fault already.
        funds: The county's funds.
    """
    labels = project_labels()
    for table, of in (("fund_movements", _of_movement), ("goods_taken", _of_taken)):
        for row in drafts.filter(table=table).iter_rows(named=True):
            title = labels.label("entry_kind", row["kind"])
            for column, value, code, message, remedy in of(row, funds, title):
                yield RowFault(row["draft"], column, value, code, message, remedy)


_Told = tuple[str, str, str, str, str]
"""Column, value, code, message and remedy of a fault."""


def _of_movement(row: Mapping[str, Any], funds: Mapping[str, Fund], title: str) -> Iterator[_Told]:
    kind, headers = row["kind"], project_labels().columns["fund_movements"]
    if kind in _ELSEWHERE:
        remedy = "实物请登记在实物捐赠、实物发放、实物退还报损登记表；更正请用 aidkit fund post。"
        yield "entry_kind", title, "kind_elsewhere", f"“{title}”不登记在这张表里。", remedy
        return
    idle = [(c, str(row[said])) for c, said, kinds in _ONLY_FOR if row[said] and kind not in kinds]
    for column, said in idle:
        header = headers[column].header
        yield (
            column,
            said,
            "not_for_kind",
            f"“{title}”用不着“{header}”。",
            "请清空这一格，或核对业务类别。",
        )
    needed = {
        "account_to" if kind in {*INCOME_OF, "payout_returned"} else "account_from": row["channel"]
    }
    if kind in {"move", "transfer"}:
        needed["account_to"] = row["to_channel"] or None
    if kind == "transfer":
        needed["to_fund"] = row["to_fund"] or None
    if kind == "redesignate":
        needed["to_purpose"] = row["to_purpose"] or None
    missing = [headers[column].header for column, said in needed.items() if said is None]
    for header in missing:
        yield "", "", "missing_for_kind", f"“{title}”没有写“{header}”。", f"请补填“{header}”。"
    if idle or missing:
        return
    yield from _impossible(row, funds, "entry_kind", title)


def _of_taken(row: Mapping[str, Any], funds: Mapping[str, Fund], title: str) -> Iterator[_Told]:
    # The day may be told of the whole file; until it is, nothing can be made.
    if row["date"] is not None:
        yield from _impossible(row, funds, "taken_kind", title)


def _impossible(
    row: Mapping[str, Any], funds: Mapping[str, Fund], column: str, title: str
) -> Iterator[_Told]:
    about = About(party=row["party"], reason=row["reason"], consent_of=row["consent_of"])
    try:
        entry_of(row, funds, about)
    except InputError as fault:
        yield column, title, "impossible_entry", fault.message, fault.remedy
