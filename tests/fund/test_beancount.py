"""Another program, which shares nothing with ours, reads the export and comes to the same."""

import importlib.util
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from aidkit.fund.book import Book
from aidkit.fund.entry import Goods
from aidkit.fund.ledger.beancount import account_of, beancount_text
from tests.fund import books
from tests.fund.funds import START
from tests.fund.moves import transfer
from tests.fund.vouchers import gift, goods_in, payout

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("beancount") is None,
    reason="beancount is not installed (test extra): uv pip install beancount",
)

_BALANCES = """
import sys, json, collections
from beancount import loader
from beancount.core.data import Transaction
entries, errors, options = loader.load_file(sys.argv[1])
assert not errors, errors
sums = collections.defaultdict(int)
for entry in entries:
    if isinstance(entry, Transaction):
        for posting in entry.postings:
            sums[posting.account] += posting.units.number
print(json.dumps({name: str(total) for name, total in sums.items()}))
"""
"""In a process of its own: beancount is GPL and never imported by ours."""


def balances_by_beancount(path: Path) -> dict[str, Decimal]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _BALANCES, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return {name: Decimal(total) for name, total in json.loads(done.stdout).items()}


def balances_of(book: Book) -> dict[str, Decimal]:
    key = ["fund", "account", "purpose", "program"]
    sums = book.postings.group_by(key).agg(pl.col("fen").sum())
    return {account_of(*row[:4]): Decimal(row[4]) / 100 for row in sums.iter_rows()}


def checked(path: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("bean-check")
    return subprocess.run([program, path], capture_output=True, text=True, check=False)


@settings(max_examples=8)
@given(books.books())
def test_the_export_is_accepted_with_equal_balances(
    tmp_path_factory: pytest.TempPathFactory, book: Book
) -> None:
    path = tmp_path_factory.mktemp("export") / "book.beancount"
    path.write_text(beancount_text(book), encoding="utf-8")
    done = checked(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert balances_by_beancount(path) == balances_of(book)


def test_the_checker_would_find_a_fen(tmp_path: Path) -> None:
    """So that its silence means something; and an odd name does not hide anything."""
    goods = Goods("书", "本", 1000)
    entries = [
        gift(START, 1234, party='a"b\\'),
        goods_in(START, goods),
        payout(START, 1000, party="换\n行"),
        transfer(START, 34),
    ]
    text = beancount_text(books.book_of(entries))
    path = tmp_path / "book.beancount"
    path.write_text(text, encoding="utf-8")
    assert not checked(path).returncode
    for old, new in (("-12.34 CNY", "-12.35 CNY"), ("  2.00 ~", "  2.01 ~")):
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert checked(path).returncode
