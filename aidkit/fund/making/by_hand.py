"""One voucher from what an officer types, in the words of the fund's own file."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from aidkit.errors import UsageError
from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.book import Book, entries_of
from aidkit.fund.entry import KINDS, OF_GOODS, Entry
from aidkit.fund.making.from_row import entry_of
from aidkit.fund.making.made_of import About
from aidkit.fund.making.moves import correction
from aidkit.fund.making.typed import (
    coded,
    day_of,
    fen_of,
    fund_of,
    needed,
    option_of,
    thousandths_of,
)
from aidkit.fund.settings import Fund
from aidkit.fund.words import program_words, purpose_words, unknown_program, unknown_purpose
from aidkit.labels import plain, project_labels

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

_CODED = ("donor_class", "consent")
"""What is typed in the words of the vocabulary of this name, or as its code."""

_MOST_PERSONS = 10**7

_PAYOUTS = ("payout", "payout_returned")
_FOR_PROGRAMS = (*_PAYOUTS, "goods_out")
_MONEYLESS = (*OF_GOODS, "release", "redesignate")

_ONLY_FOR: dict[str, Collection[str]] = {
    "amount": {*KINDS} - {"correction"},
    "channel": {*KINDS} - {"correction", *_MONEYLESS},
    "to_channel": ("move", "transfer"),
    "to_fund": ("transfer",),
    "purpose": {*KINDS} - {"correction", "interest", "move"},
    "to_purpose": ("redesignate", "transfer"),
    **dict.fromkeys(("program", "school_code"), _FOR_PROGRAMS),
    "person_no": _PAYOUTS,
    "persons": ("payout", "goods_out"),
    **dict.fromkeys(("item", "spec", "unit", "quantity"), OF_GOODS),
    "corrects": ("correction",),
}
"""Kinds that have a use for what was typed; what is not named here all have."""


def entry_by_hand(
    book: Book,
    said: Mapping[str, str],
    *,
    stated: Mapping[str, dt.date] = MappingProxyType({}),
    entered_on: dt.date | None = None,
) -> Entry:
    """The voucher that an officer asks for.

    Args:
        book: The county's book.
        said: What was typed: `kind`, `fund`, `date`, `amount`, `channel`, `to_channel`, `to_fund`,
            `purpose`, `to_purpose`, `program`, `persons`, `item`, `spec`, `unit`, `quantity`,
            `corrects`, and fields of `Entry`; what was not typed is absent or empty.
        stated: Fund to the last day that a statement told of: no correction is dated into those
            days unless it says so.
        entered_on: The day of entering; a correction has it where its voucher's day was stated.

    Raises:
        UsageError: A word is unknown or something is missing.
        InputError: The voucher cannot be.
    """
    kind = coded("entry_kind", needed(said, "kind"), "--kind")
    _refuse_idle(kind, said)
    if kind == "correction":
        return _correction(book, said, stated, entered_on)
    fund = other = fund_of(book.funds, said.get("fund", ""))
    if kind == "transfer":
        other = fund_of(book.funds, needed(said, "to_fund"), "--to-fund")
    row: dict[str, Any] = {
        "kind": kind,
        "fund": fund.id,
        "date": day_of(needed(said, "date"), "--date"),
        "fen": _fen(kind, said),
        "program": _program(fund, kind, said),
        "channel": _channel(kind, said, "channel"),
        "to_channel": _channel(kind, said, "to_channel"),
        "to_fund": "" if other is fund else other.id,
        "purpose": _purpose(fund, said, "purpose", kind),
        "to_purpose": _purpose(other, said, "to_purpose", kind),
    }
    if kind in OF_GOODS:
        row |= {"item": needed(said, "item"), "unit": needed(said, "unit")}
        sign = 1 if kind == "goods_in" else -1
        row["thousandths"] = sign * thousandths_of(needed(said, "quantity"))
        row["spec"] = said.get("spec", "")
    return entry_of(row, book.funds, _about(said))


def _refuse_idle(kind: str, said: Mapping[str, str]) -> None:
    """What a voucher of this kind has no use for is not silently dropped."""
    for name, kinds in _ONLY_FOR.items():
        if said.get(name) and kind not in kinds:
            title = project_labels().label("entry_kind", kind)
            raise UsageError(
                f"“{title}”用不着 {option_of(name)}。",
                where="--kind",
                remedy=f"请去掉 {option_of(name)}，或核对凭证种类。",
            )


def _correction(
    book: Book,
    said: Mapping[str, str],
    stated: Mapping[str, dt.date],
    entered_on: dt.date | None,
) -> Entry:
    number = needed(said, "corrects")
    found = dict(entries_of(book, [number]))
    if number not in found:
        raise UsageError(
            f"没有凭证 {number}。", where="--corrects", remedy="请核对凭证号，例如 2026-000012。"
        )
    entry = found[number]
    funds = {entry.fund, *(line.fund for line in entry.postings)}
    told = any(entry.date <= stated.get(fund, dt.date.min) for fund in funds)
    day = (entered_on if told else None) or entry.date
    if said.get("date"):
        day = day_of(said["date"], "--date")
    return replace(
        correction(entry, number, day, said.get("reason", "")),
        approved_by=said.get("approved_by", ""),
        entered_by=said.get("entered_by", ""),
    )


def _about(said: Mapping[str, str]) -> About:
    about: dict[str, Any] = {name: said[name] for name in _ABOUT if said.get(name)}
    for name in _CODED:
        if said.get(name):
            about[name] = coded(name, said[name], option_of(name))
    if said.get("persons"):
        if not said["persons"].isdecimal() or int(said["persons"]) > _MOST_PERSONS:
            raise UsageError("人数应是整数。", where="--persons", remedy="请写 0 或正整数。")
        about["persons"] = int(said["persons"])
    return cast(About, about)


def _fen(kind: str, said: Mapping[str, str]) -> int | None:
    """The amount; None for goods that nobody valued."""
    unvalued = kind in OF_GOODS and not said.get("amount")
    return None if unvalued else fen_of(needed(said, "amount"))


def _program(fund: Fund, kind: str, said: Mapping[str, str]) -> str:
    if kind not in _ONLY_FOR["program"]:
        return ""
    word = needed(said, "program")
    return _word(word, program_words(fund), unknown_program, fund, "--program")


def _channel(kind: str, said: Mapping[str, str], name: str) -> str:
    """The code of the channel typed; empty for a kind that has no use for it."""
    if kind not in _ONLY_FOR[name]:
        return ""
    return coded("channel", needed(said, name), option_of(name))


def _purpose(fund: Fund, said: Mapping[str, str], name: str, kind: str) -> str | None:
    """The purpose told; None (the program's own) for what is paid for a program."""
    if name == "to_purpose" and kind == "redesignate":
        needed(said, name)
    if not said.get(name):
        of_program = name == "purpose" and kind in _FOR_PROGRAMS
        return None if of_program else UNRESTRICTED
    return _word(said[name], purpose_words(fund), unknown_purpose, fund, option_of(name))


def _word(
    word: str,
    known: Mapping[str, str],
    unknown: Callable[[str, Fund], tuple[str, str]],
    fund: Fund,
    option: str,
) -> str:
    found = known.get(word, known.get(plain(word)))
    if found is None:
        message, remedy = unknown(word, fund)
        raise UsageError(message, where=option, remedy=remedy)
    return found
