"""What the words of `aidkit fund` mean."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from aidkit.errors import UsageError

if TYPE_CHECKING:
    from aidkit.fund.reconciling.by_hand import ByHand
    from aidkit.fund.settings import Fund


def fund_named(county: Path, word: str) -> "Fund":
    """The fund of a county that a word means; its only one where there is no word."""
    from aidkit.fund.fund_files import read_funds
    from aidkit.fund.making.typed import fund_of

    return fund_of(read_funds(county), word)


def match_of(text: str) -> "ByHand":
    """`12,13=2026-000031`: lines of a statement and vouchers.

    Raises:
        UsageError: It is written otherwise.
    """
    lines, sign, vouchers = text.partition("=")
    if not sign:
        raise UsageError(
            f"看不懂“{text}”。", where="--match", remedy="请写成 行号=凭证号，例如 12=2026-000031。"
        )
    return several([lines]), several([vouchers])


def several(texts: Iterable[str]) -> list[str]:
    """What was given in several options, or in one with commas."""
    parts = (part.strip() for text in texts for part in re.split("[,，]", text))
    return [part for part in parts if part]


def day(text: str, option: str) -> dt.date | None:
    """A day; None where none was typed."""
    from aidkit.fund.making.typed import day_of

    return day_of(text, option) if text else None


def clock() -> dt.date:
    """Today: the only clock of the fund, read where a person types."""
    return dt.date.today()


def asked_on(text: str) -> dt.date:
    """The day that is asked about: today unless told."""
    return day(text, "--on") or clock()


def entered_on(text: str) -> dt.date:
    """The day of entering: today unless told. The clock refuses later ones, and does no more.

    Raises:
        UsageError: That day has not come.
    """
    on, now = asked_on(text), clock()
    if on > now:
        raise UsageError(
            f"登记日 {on} 还没有到：电脑上今天是 {now}。",
            where="--on",
            remedy="登记日写今天或以前的日子；电脑的日期不对的，先调对。",
        )
    return on


def needed(value: str, option: str, who: str) -> None:
    """Refuse a command that does not say who.

    Raises:
        UsageError: It does not.
    """
    if not value.strip():
        raise UsageError(f"没有写{who}。", where=option, remedy=f"请加上 {option} 姓名。")
