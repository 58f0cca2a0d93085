"""The book as text of beancount, whose `bean-check` proves it by a program that is not ours.

Accounts are `Assets:Love:Bank`, `Income:Love:Gift-Income:Boarders`: fund, account, purpose,
program. Amounts are yuan with two decimals; restrictions released pass through `Equity`. Goods
without a value are in no money total, so they are only told in a comment.
"""

from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from aidkit.fund.accounts import ASSETS, EXPENSES, INCOME
from aidkit.fund.book import Book

UNRESTRICTED = "Unrestricted"
_ROOTS = dict.fromkeys(ASSETS, "Assets") | dict.fromkeys(INCOME, "Income")
_ROOTS |= dict.fromkeys(EXPENSES, "Expenses")


def beancount_text(book: Book) -> str:
    """The whole book, with a `balance` of every asset account on the day behind its last voucher.

    Args:
        book: The book; of the entries `voucher_no`, `kind`, `date` and `party` are needed.
    """
    return "\n".join(_lines(book)) + "\n"


def account_of(fund: str, account: str, purpose: str = "", program: str = "") -> str:
    """What beancount calls an account."""
    parts = [_ROOTS.get(account, "Equity"), _part(fund), _part(account)]
    if account not in ASSETS:
        parts.append(_part(purpose) if purpose else UNRESTRICTED)
    if program:
        parts.append(_part(program))
    return ":".join(parts)


def _lines(book: Book) -> Iterator[str]:
    key = ["fund", "account", "purpose", "program"]
    postings = book.postings
    yield 'option "title" "aidkit"'
    yield 'option "operating_currency" "CNY"'
    used = postings.group_by(key).agg(pl.col("date").min()).sort(key)
    names = {row[:4]: account_of(*row[:4]) for row in used.iter_rows()}
    for row in used.iter_rows():
        yield f"{row[4]} open {names[row[:4]]} CNY"
    of = dict(
        postings.group_by("voucher_no", maintain_order=True)
        .agg(pl.struct(*key, "fen").alias("lines"))
        .iter_rows()
    )
    told = book.entries.select("voucher_no", "kind", "date", "party")
    for number, kind, date, party in told.iter_rows():
        yield ""
        yield f"{date} * {_quoted(party)} {_quoted(f'{number} {kind}')}"
        if number not in of:
            yield "  ; 没有估价的物品，不计金额"
        for line in of.get(number, ()):
            name = names[line["fund"], line["account"], line["purpose"], line["program"]]
            yield f"  {name}  {_yuan(line['fen'])} CNY"
    assets = postings.filter(pl.col("account").is_in(ASSETS)).group_by("fund", "account")
    ends = assets.agg(pl.col("fen").sum(), pl.col("date").max().dt.offset_by("1d"))
    yield ""
    for fund, account, fen, date in ends.sort("fund", "account").iter_rows():
        yield f"{date} balance {account_of(fund, account)}  {_yuan(fen)} ~ 0.00 CNY"


def _part(name: str) -> str:
    """An id (small letters, digits, `_`) as a part of an account of beancount."""
    return name[0].upper() + name[1:].replace("_", "-")


def _yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2).quantize(Decimal("0.01")))


def _quoted(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{safe}"'
