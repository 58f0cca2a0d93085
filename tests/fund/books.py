"""Books in memory: those of given vouchers, and random ones that are valid.

`book_of` builds the tables from the entries alone, without a journal, so that it is also what a
journal read back must equal; hashes and lines are those of no journal.
"""

import dataclasses
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
from hypothesis import strategies as st

from aidkit.fund.accounts import UNRESTRICTED
from aidkit.fund.book import Book
from aidkit.fund.entry import COST_OF, GOODS_LEAVE, Batch, Entry, Goods
from aidkit.fund.settings import Fund
from aidkit.intake.lexicon import polars_schema
from aidkit.tables.fund import FundBatches, FundEntries, FundGoods, FundPostings
from tests.fund.funds import BATCH, CHANNELS, FUNDS, START, pool_of
from tests.fund.goods_left import leaving
from tests.fund.moves import move, release, transfer
from tests.fund.till import Till
from tests.fund.vouchers import (
    correction,
    cost,
    gift,
    gift_returned,
    goods_in,
    income,
    payout,
)


def numbered(entries: Sequence[Entry], taken: Mapping[int, int] | None = None) -> list[str]:
    """The numbers that entries get in this order."""
    last = Counter(taken or {})
    numbers = []
    for entry in entries:
        last[entry.date.year] += 1
        numbers.append(f"{entry.date.year}-{last[entry.date.year]:06d}")
    return numbers


def book_of(
    entries: Sequence[Entry],
    *,
    funds: Mapping[str, Fund] = FUNDS,
    batch: Batch = BATCH,
    batches: Sequence[int] | None = None,
) -> Book:
    """The book that entries make when posted in this order.

    Args:
        entries: The vouchers.
        funds: The county's funds.
        batch: What every batch says of itself.
        batches: How many entries each batch has; all in one unless told.
    """
    sizes = list(batches) if batches is not None else ([len(entries)] if entries else [])
    numbers = numbered(entries)
    heads, postings, goods, closing = [], [], [], []
    line, at = 0, 0
    for no, size in enumerate(sizes, 1):
        debit = 0
        for number, entry in zip(numbers[at : at + size], entries[at : at + size], strict=True):
            line += 1
            of = {"voucher_no": number, "kind": entry.kind, "date": entry.date}
            heads.append(
                {f.name: getattr(entry, f.name) for f in dataclasses.fields(entry)}
                | of
                | {"line": line, "batch": no, "hash": f"{line:064x}"}
            )
            postings += [dataclasses.asdict(one) | of for one in entry.postings]
            goods += [dataclasses.asdict(one) | of | {"fund": entry.fund} for one in entry.goods]
            debit += sum(one.fen for one in entry.postings if one.fen > 0)
        line += 1
        at += size
        closing.append(
            dataclasses.asdict(batch)
            | {"batch": no, "line": line, "entries": size, "debit_fen": debit}
            | {"stated_rows": batch.stated.get("rows"), "stated_fen": batch.stated.get("fen")}
            | {"left_out_rows": json.dumps(batch.left_out) if batch.left_out else ""}
            | {"settings": ""}
            | {"left_out": len(batch.left_out), "distinct": len(batch.distinct)}
            | {"hash": f"{line:064x}"}
        )
    return Book(
        funds=funds,
        entries=_frame(heads, polars_schema(FundEntries)),
        postings=_frame(postings, polars_schema(FundPostings)),
        goods=_frame(goods, polars_schema(FundGoods)),
        batches=_frame(closing, polars_schema(FundBatches)),
        head=f"{line:064x}",
        lines=line,
    )


def _frame(rows: list[dict[str, Any]], schema: Mapping[str, Any]) -> pl.DataFrame:
    kept = [{name: row[name] for name in schema} for row in rows]
    return pl.DataFrame(kept, schema=dict(schema))


@st.composite
def books(draw: st.DrawFn, max_size: int = 30) -> Book:
    """Random valid books of both funds, see `entries`."""
    return book_of(draw(entries(max_size)))


@st.composite
def entries(draw: st.DrawFn, max_size: int = 30) -> list[Entry]:
    """Random vouchers by date, of every kind, corrections last.

    No account and no pool is below zero at the end of any day, as a journal demands.
    """
    made: list[Entry] = []
    till = Till()
    date = START
    for fund in draw(st.lists(st.sampled_from(sorted(FUNDS)), unique=True)):
        made.append(income("opening", START, draw(FEN), fund=fund))
        till.enter(made[-1])
    for _ in range(draw(st.integers(0, max_size - len(made)))):
        date += dt.timedelta(days=draw(st.integers(0, 40)))
        entry = draw(_entry(date, till))
        if entry is not None:
            made.append(entry)
            till.enter(entry)
    corrected = draw(st.booleans())
    if made and corrected:
        wrong = draw(st.integers(0, len(made) - 1))
        opposite = correction(date, numbered(made)[wrong], made[wrong])
        if till.bears(opposite) and till.keeps(made[wrong]):
            made.append(opposite)
    return made


FEN = st.integers(1, 5_000_000)


@st.composite
def _entry(draw: st.DrawFn, date: dt.date, till: Till) -> Entry | None:
    """One voucher that the balances bear; None where the kind drawn cannot be borne."""
    kind = draw(st.sampled_from(_KINDS))
    fund = draw(st.sampled_from(sorted(FUNDS)))
    channel = draw(st.sampled_from(sorted(CHANNELS)))
    purpose = draw(st.sampled_from([UNRESTRICTED, *FUNDS[fund].purposes]))
    if kind in _COMES_IN:
        return draw(_coming_in(kind, date, till, fund, channel, purpose))
    program = draw(st.sampled_from(sorted(FUNDS[fund].programs)))
    if kind in GOODS_LEAVE:
        every = [leaving(kind, date, came) for came in till.stored.values()]
        able = [one for one in every if one and till.bears(one)]
        return draw(st.sampled_from(able)) if able else None
    if kind == "payout_returned":
        if not till.paid:
            return None
        paid = till.paid.pop(draw(st.integers(0, len(till.paid) - 1)))
        back = tuple(dataclasses.replace(line, fen=-line.fen) for line in paid.postings)
        return dataclasses.replace(paid, kind=kind, date=date, postings=back, persons=0)
    if kind == "payout":
        purpose = pool_of(fund, program)
    if kind == "transfer" or (kind == "bank_fee" and channel == "cash"):
        channel = "bank"
    if kind in COST_OF and purpose and kind not in FUNDS[fund].purposes[purpose].costs:
        purpose = UNRESTRICTED
    most = min(till.pools[fund, purpose, False], till.assets[fund, channel])
    if kind == "move":
        most = till.assets[fund, channel]
    if kind in {"release", "redesignate"}:
        most = till.pools[fund, purpose, False] if purpose else 0
    party = ""
    if kind == "gift_returned":
        party = draw(st.sampled_from(sorted(till.donors(fund, purpose)) or [""]))
        most = min(most, till.given[fund, purpose, party])
    if most <= 0:
        return None
    fen = draw(st.integers(1, most))
    target = draw(st.sampled_from(sorted({*FUNDS[fund].purposes} - {purpose}) or [""]))
    if kind == "redesignate" and not target:
        return None
    persons = draw(st.integers(1, 30))
    where: Any = {"fund": fund, "channel": channel}
    make: dict[str, Callable[[], Entry]] = {
        "payout": lambda: payout(date, fen, program=program, persons=persons, **where),
        "move": lambda: move(date, fen, channel, _OTHER[channel], fund=fund),
        "release": lambda: release(date, fen, purpose, fund=fund),
        "redesignate": lambda: release(date, fen, purpose, target, fund=fund),
        "transfer": lambda: transfer(date, fen, fund=fund, other=_OTHER[fund], purpose=purpose),
        "gift_returned": lambda: gift_returned(date, fen, purpose=purpose, party=party, **where),
    }
    if kind in make:
        return make[kind]()
    return cost(kind, date, fen, purpose=purpose, **where)


@st.composite
def _coming_in(
    draw: st.DrawFn, kind: str, date: dt.date, till: Till, fund: str, channel: str, purpose: str
) -> Entry | None:
    fen = draw(FEN)
    who: Any = {
        "party": draw(st.sampled_from(["甲公司", "乙先生", "丙女士", ""])),
        "consent": draw(st.sampled_from(["named", "anonymous", "amount_only", ""])),
        "donor_class": draw(st.sampled_from(["firm", "person", "staff", "student", ""])),
    }
    if kind == "goods_in":
        item = f"物品{len(till.stored)}"
        count = 1000 * draw(st.integers(1, 100))
        goods = Goods(item, "件", count, fen=draw(st.sampled_from([None, fen])))
        return (
            None
            if item in till.stored
            else goods_in(date, goods, fund=fund, purpose=purpose, **who)
        )
    if kind == "gift":
        return gift(date, fen, fund=fund, channel=channel, purpose=purpose, **who)
    kept = UNRESTRICTED if kind == "interest" else purpose
    return income(kind, date, fen, fund=fund, channel=channel, purpose=kept)


_COMES_IN = ("gift", "government", "allocation", "interest", "goods_in")
_GOES_OUT = (*GOODS_LEAVE, "management", "fundraising", "bank_fee", "gift_returned")
_WITHIN = ("move", "release", "redesignate", "transfer")
_KINDS = (*_COMES_IN, "gift", "gift", *_GOES_OUT, "payout", "payout", "payout_returned", *_WITHIN)
"""What random books are made of; what comes often stands there more than once."""

_OTHER = {"love": "union", "union": "love", "cash": "bank", "bank": "cash", "phone_payment": "bank"}
"""Where money goes from a fund or an account."""
