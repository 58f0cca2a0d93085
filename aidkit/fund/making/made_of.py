"""What vouchers of every kind are made of: facts that are told, ids that the fund's file knows."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict

from aidkit.errors import InputError
from aidkit.fund.accounts import RELEASED, UNRESTRICTED
from aidkit.fund.entry import Posting
from aidkit.fund.settings import Fund
from aidkit.labels import project_labels


class About(TypedDict, total=False):
    """What a voucher says besides its money: fields of `Entry` of the same names."""

    party: str
    donor_class: str
    consent: str
    school_code: str
    person_no: str
    persons: int
    reference: str
    receipt_no: str
    note: str
    reason: str
    consent_of: str
    approved_by: str
    entered_by: str
    source_file: str
    source_sheet: str
    source_row: int


def asset(fund: Fund, channel: str) -> str:
    """The asset account of a fund where money of a channel lies.

    Raises:
        InputError: The fund's file does not name the channel.
    """
    titles = project_labels().names("channel")
    known = "、".join(titles[one] for one in fund.channels)
    if not channel:
        raise InputError(
            "没有写钱怎样收付。",
            where=fund.name,
            remedy=f"请补上收付方式：{known}（--channel，登记表里是“方式”或“账户”一栏）。",
        )
    if channel not in fund.channels:
        raise InputError(
            f"基金“{fund.name}”没有写明“{titles.get(channel, channel)}”的钱存在哪里。",
            where=f"params/funds/{fund.id}.toml：channels",
            remedy=f"已写明的有：{known}。请在基金文件的 channels 里补上，或改正收付方式。",
        )
    return fund.channels[channel]


def known_purpose(fund: Fund, purpose: str) -> str:
    """A purpose id of a fund, or `UNRESTRICTED`.

    Raises:
        InputError: The fund has no such purpose.
    """
    if purpose == UNRESTRICTED or purpose in fund.purposes:
        return purpose
    raise InputError(
        f"基金“{fund.name}”没有“{purpose}”这个限定用途。",
        where=f"params/funds/{fund.id}.toml：purpose",
        remedy="请写基金文件里有的用途，或先在基金文件里补上。",
    )


def source_of(fund: Fund, program: str, purpose: str | None) -> str:
    """Whose money a payout spends: as told, else as the fund's file says of the program.

    Raises:
        InputError: The fund has no such program or purpose.
    """
    if program not in fund.programs:
        known = "、".join(one.title for one in fund.programs.values())
        raise InputError(
            f"基金“{fund.name}”没有“{program}”这个项目。" if program else "没有写资助项目。",
            where=f"params/funds/{fund.id}.toml：program",
            remedy=f"请写基金文件里有的项目：{known}；或先在基金文件里补上。",
        )
    return fund.programs[program].purpose if purpose is None else known_purpose(fund, purpose)


def released(fund: str, fen: int, pool: str) -> tuple[Posting, ...]:
    """The postings that make restricted money spendable: expenses are always unrestricted."""
    return (Posting(fund, RELEASED, fen, pool), Posting(fund, RELEASED, -fen)) if pool else ()


def opposite(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """The postings with which others are taken back."""
    return tuple(replace(one, fen=-one.fen) for one in postings)


def above_zero(fen: int) -> int:
    """The amount.

    Raises:
        InputError: It is 0 or less.
    """
    if fen <= 0:
        raise InputError("金额不大于 0。", where=str(fen), remedy="请写大于 0 的金额。")
    return fen


def refuse_untold(title: str, fund: Fund, what: str, said: str | None) -> None:
    """Refuse a voucher that does not say what it must.

    Args:
        title: What the voucher is, for the message.
        fund: Its fund.
        what: What must be said, for the message.
        said: What is said of it.

    Raises:
        InputError: Nothing is.
    """
    if not (said or "").strip():
        raise InputError(f"{title}没有写“{what}”。", where=fund.name, remedy=f"请补填“{what}”。")
