"""One task of the ledger's benchmark in a process of its own, so that its memory is its own.

Usage: python -m benchmarks.sides.ledger TASK …; prints what it found as JSON.
"""

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aidkit.fund.entry import Batch, Entry, Posting
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.beancount import beancount_text
from aidkit.fund.ledger.journal import post, read_book
from aidkit.fund.period import Period
from aidkit.fund.statements.activity import activity
from benchmarks.sides.peak import peak_mib

YEAR = 2026
_FUND = """name = "示例基金"
org_type = "public_foundation"
opened_on = 2026-01-01
[channels]
bank = "bank"
[[program]]
id = "hardship"
title = "困难补助"
"""


def make(county: str, vouchers: str) -> dict[str, object]:
    """Post gifts and payouts in turn, two postings each."""
    file = Path(county) / "params" / "funds" / "love.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_FUND, encoding="utf-8")
    batch = Batch("import", dt.date(YEAR, 12, 31), "录入员")
    return _timed(lambda: post(Path(county), _entries(int(vouchers)), batch))


def told(county: str) -> dict[str, object]:
    """Audit, and the yearly statement from the same book."""

    def work() -> object:
        found = audit(Path(county))
        if not found.sound or found.book is None:
            raise RuntimeError("the audit found something")
        return activity(found.book, "love", Period.year(YEAR))

    return _timed(work)


def texts(county: str, folder: str) -> dict[str, object]:
    """The same ledger as others read it; not timed."""
    book = read_book(Path(county), ("kind", "date", "party"))
    text = beancount_text(book)
    (Path(folder) / "book.beancount").write_text(text, encoding="utf-8")
    with (Path(folder) / "book.journal").open("w", encoding="utf-8") as file:
        file.writelines(_hledger(text.splitlines()))
    return {}


def _hledger(lines: list[str]) -> Iterator[str]:
    """Journal text of hledger: the same transactions and accounts."""
    for line in lines:
        words = line.split()
        if line.startswith("option") or " balance " in line:
            continue
        yield f"account {words[2]}\n" if " open " in line else line.replace('"', "") + "\n"


def _entries(vouchers: int) -> Iterator[Entry]:
    first = dt.date(YEAR, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(365)]
    for number in range(vouchers):
        date, fen = days[number * 365 // vouchers], 100 + number // 2 % 1000
        if number % 2 == 0:
            money = (Posting("love", "bank", fen), Posting("love", "gift_income", -fen))
            yield Entry(
                "gift", "love", date, money, party=f"捐赠人{number % 5000}", channel="bank",
                reference=f"R{number:07d}", donor_class="person", consent="named",
            )  # fmt: skip
        else:
            expense = Posting("love", "program_expense", fen, program="hardship")
            money = (expense, Posting("love", "bank", -fen))
            yield Entry(
                "payout", "love", date, money, party=f"学生{number % 7000}", channel="bank",
                program="hardship", persons=1, reference=f"R{number:07d}", approved_by="批准人",
            )  # fmt: skip


def _timed(work: Callable[[], object]) -> dict[str, object]:
    started = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - started, "peak_mib": peak_mib()}


TASKS: dict[str, Callable[..., object]] = {"make": make, "told": told, "texts": texts}

if __name__ == "__main__":
    task, *words = sys.argv[1:]
    print(json.dumps(TASKS[task](*words)))
