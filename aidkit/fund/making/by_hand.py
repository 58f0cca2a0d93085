"""One voucher from what an officer types, in the words of the fund's own file."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from aidkit.errors import UsageError
from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.book import Book
from aidkit.fund.entry import Entry
from aidkit.fund.importing.standing import entries_of
from aidkit.fund.importing.vouchers import entry_of
from aidkit.fund.importing.words import (
    fund_words,
    program_words,
    purpose_words,
    refuse_no_funds,
    unknown_fund,
    unknown_program,
    unknown_purpose,
)
from aidkit.fund.making.made_of import About
from aidkit.fund.making.moves import correction
from aidkit.fund.settings import Fund
from aidkit.labels import plain, project_labels
from aidkit.money import fen_of_text

_ABOUT = (
    "party",
    "school_code",
    "person_no",
    "reference",
    "receipt_no",
    "note",
    "reason",
    "consent_of",
    "approved_by",
    "entered_by",
)
"""What is taken as it is typed."""

_CODED = {"donor_class": "donor_class", "consent": "consent"}
"""What is typed in the words of a vocabulary, or as its code."""

_GOODS = ("goods_in", "goods_out")


def entry_by_hand(book: Book, said: Mapping[str, str]) -> Entry:
    """The voucher that an officer asks for.

    Args:
        book: The county's book.
        said: What was typed: `kind`, `fund`, `date`, `amount`, `channel`, `to_channel`, `to_fund`,
            `purpose`, `to_purpose`, `program`, `persons`, `item`, `spec`, `unit`, `quantity`,
            `corrects`, and fields of `Entry`; what was not typed is absent or empty.

    Raises:
        UsageError: A word is unknown or something is missing.
        InputError: The voucher cannot be.
    """
    kind = coded("entry_kind", _needed(said, "kind"), "--kind")
    if kind == "correction":
        return _correction(book, said)
    fund = fund_of(book.funds, said.get("fund", ""))
    goods = kind in _GOODS
    row: dict[str, Any] = {
        "kind": kind,
        "fund": fund.id,
        "date": day_of(_needed(said, "date"), "--date"),
        "fen": None if goods and not said.get("amount") else fen_of(_needed(said, "amount")),
        "channel": coded("channel", said["channel"], "--channel") if said.get("channel") else "",
        "to_channel": (
            coded("channel", said["to_channel"], "--to-channel") if said.get("to_channel") else ""
        ),
        "to_fund": "",
        "purpose": _purpose(fund, said, "purpose", kind),
        "to_purpose": "",
        "program": _word(
            said.get("program", ""), program_words(fund), unknown_program, fund, "--program"
        ),
    }
    other = fund
    if kind == "transfer":
        other = fund_of(book.funds, _needed(said, "to_fund"), "--to-fund")
        row["to_fund"] = other.id
    row["to_purpose"] = _purpose(other, said, "to_purpose", kind)
    if goods:
        row |= {name: said.get(name, "") for name in ("spec",)}
        row |= {name: _needed(said, name) for name in ("item", "unit")}
        sign = 1 if kind == "goods_in" else -1
        row["thousandths"] = sign * _thousandths(_needed(said, "quantity"))
    return entry_of(row, book.funds, _about(said))


def fund_of(funds: Mapping[str, Fund], word: str, option: str = "--fund") -> Fund:
    """The fund that a word means; the county's only one where there is no word.

    Raises:
        UsageError: None is meant, or it is not clear which.
    """
    refuse_no_funds(funds)
    if not word and len(funds) == 1:
        return next(iter(funds.values()))
    if not word:
        names = "、".join(f"{fund.id}（{fund.name}）" for fund in funds.values())
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
        return dt.date.fromisoformat(text)
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


def _correction(book: Book, said: Mapping[str, str]) -> Entry:
    number = _needed(said, "corrects")
    found = dict(entries_of(book, [number]))
    if number not in found:
        raise UsageError(
            f"没有凭证 {number}。", where="--corrects", remedy="请核对凭证号，例如 2026-000012。"
        )
    entry = found[number]
    day = day_of(said["date"], "--date") if said.get("date") else entry.date
    opposite = correction(entry, number, day, said.get("reason", ""))
    return replace(
        opposite,
        approved_by=said.get("approved_by") or entry.approved_by,
        entered_by=said.get("entered_by", ""),
    )


def _about(said: Mapping[str, str]) -> About:
    about: dict[str, Any] = {name: said[name] for name in _ABOUT if said.get(name)}
    for name, vocabulary in _CODED.items():
        if said.get(name):
            about[name] = coded(vocabulary, said[name], f"--{name.replace('_', '-')}")
    if said.get("persons"):
        if not said["persons"].isdecimal():
            raise UsageError("人数应是整数。", where="--persons", remedy="请写 0 或正整数。")
        about["persons"] = int(said["persons"])
    return cast(About, about)


def _purpose(fund: Fund, said: Mapping[str, str], name: str, kind: str) -> str | None:
    """The purpose told; None (the program's own) for what is paid for a program."""
    if not said.get(name):
        of_program = name == "purpose" and kind in {"payout", "payout_returned", "goods_out"}
        return None if of_program else UNRESTRICTED
    option = f"--{name.replace('_', '-')}"
    return _word(said[name], purpose_words(fund), unknown_purpose, fund, option)


def _word(
    word: str,
    known: Mapping[str, str],
    unknown: Callable[[str, Fund], tuple[str, str]],
    fund: Fund,
    option: str,
) -> str:
    if not word:
        return ""
    found = known.get(word, known.get(plain(word)))
    if found is None:
        message, remedy = unknown(word, fund)
        raise UsageError(message, where=option, remedy=remedy)
    return found


def _needed(said: Mapping[str, str], name: str) -> str:
    if not (value := said.get(name, "")):
        option = f"--{name.replace('_', '-')}"
        raise UsageError(f"缺少 {option}。", remedy=f"请加上 {option}；说明见 --help。")
    return value


def _thousandths(text: str) -> int:
    try:
        thousandths = Decimal(text) * 1000
    except InvalidOperation:
        thousandths = Decimal(0)
    if not thousandths.is_finite() or thousandths <= 0 or thousandths % 1:
        raise UsageError(
            f"数量“{text}”不能用。", where="--quantity", remedy="请写大于 0 的数，最多三位小数。"
        )
    return int(thousandths)
