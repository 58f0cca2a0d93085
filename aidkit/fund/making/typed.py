"""What an officer types: funds, days, sums, quantities, words of a vocabulary."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from aidkit.calendar import date_as_typed
from aidkit.errors import UsageError
from aidkit.fund.accounts import MOST_FEN
from aidkit.fund.settings import Fund
from aidkit.fund.words import fund_words, refuse_no_funds, unknown_fund
from aidkit.labels import plain, project_labels
from aidkit.money import fen_of_text


def fund_of(funds: Mapping[str, Fund], word: str, option: str = "--fund") -> Fund:
    """The fund that a word means; the county's only one where there is no word.

    Raises:
        UsageError: None is meant, or it is not clear which.
    """
    refuse_no_funds(funds)
    if not word and len(funds) == 1:
        return next(iter(funds.values()))
    if not word:
        names = "、".join(fund.known_as for fund in funds.values())
        raise UsageError(
            f"有几个基金，没有说是哪一个：{names}。", remedy=f"请加 {option} 基金代号。"
        )
    found = fund_words(funds).get(plain(word)) or fund_words(funds).get(word)
    if found is None:
        message, remedy = unknown_fund(word, funds)
        raise UsageError(message, where=option, remedy=remedy)
    return funds[found]


def day_of(text: str, option: str) -> dt.date:
    """A day as `2026-03-10`.

    Raises:
        UsageError: It is none.
    """
    try:
        return date_as_typed(text)
    except ValueError:
        raise UsageError(
            f"“{text}”不是日期，或者没有这一天。", where=option, remedy="请写成 2026-03-10。"
        ) from None


def fen_of(text: str) -> int:
    """Yuan as they are typed, above 0, in fen.

    Raises:
        UsageError: It is no such amount.
    """
    try:
        fen = fen_of_text(text)
    except ValueError:
        fen = 0
    if fen <= 0:
        raise UsageError(
            f"金额“{text}”不能用。",
            where="--amount",
            remedy="请写大于 0 的元数，最多两位小数，例如 1234.50；退款、更正有各自的凭证种类。",
        )
    return fen


def coded(vocabulary: str, word: str, option: str) -> str:
    """The code of a word, or the code itself.

    Raises:
        UsageError: The vocabulary has no such word.
    """
    labels = project_labels()
    names = labels.names(vocabulary)
    code = word if word in names else labels.codes(vocabulary).get(plain(word))
    if code is None:
        raise UsageError(
            f"不认识“{word}”。", where=option, remedy=f"可以写：{'、'.join(names.values())}。"
        )
    return code


def needed(said: Mapping[str, str], name: str) -> str:
    """What was typed of an option that there must be.

    Raises:
        UsageError: Nothing.
    """
    if not (value := said.get(name, "").strip()):
        option = option_of(name)
        raise UsageError(f"缺少 {option}。", remedy=f"请加上 {option}；说明见 --help。")
    return value


def option_of(name: str) -> str:
    """The option with which something is typed: `--to-channel`."""
    return f"--{name.replace('_', '-')}"


def thousandths_of(text: str) -> int:
    """A quantity as it is typed, above 0, in thousandths.

    Raises:
        UsageError: It is no such quantity, or an absurd one.
    """
    try:
        thousandths = Decimal(text) * 1000
    except ArithmeticError:
        thousandths = Decimal(0)
    # In this order: neither what is no number nor what is too large has a remainder.
    if not (thousandths.is_finite() and 0 < thousandths <= MOST_FEN and thousandths % 1 == 0):
        raise UsageError(
            f"数量“{text}”不能用。", where="--quantity", remedy="请写大于 0 的数，最多三位小数。"
        )
    return int(thousandths)
