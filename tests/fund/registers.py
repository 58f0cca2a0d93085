"""Registers as clerks keep them, and a county with a fund that they are imported into."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from aidkit.fund.importing.gathering import Choices
from aidkit.fund.importing.importing import Imported, import_file
from aidkit.fund.importing.preview import Preview
from aidkit.fund.importing.rows import Whole
from aidkit.fund.ledger.journal import read_book

ENTERED = dt.date(2026, 12, 31)

FUND = """\
name = "爱心基金"
org_type = "school_fund"
opened_on = 2026-01-01
[channels]
bank = "bank"
cash = "cash"
[[purpose]]
id = "reading"
title = "图书角"
words = ["购书"]
programs = ["books"]
[[purpose]]
id = "boarders"
title = "寄宿生"
programs = ["meals"]
[[program]]
id = "books"
title = "图书角建设"
words = ["图书"]
purpose = "reading"
[[program]]
id = "meals"
title = "寄宿生补助"
purpose = "boarders"
[[program]]
id = "hardship"
title = "困难补助"
"""

UNION = FUND.replace("爱心基金", "工会互助金")

GIFTS = "捐赠日期,捐赠人,捐赠金额,捐赠方式,捐赠用途,公开意愿,交易流水号"

A = ("2026-09-01", "甲公司", "100.00", "银行转账", "图书角", "实名", "T1")
B = ("2026-09-02", "乙", "50.5", "现金", "不限", "匿名")
C = ("2026-09-03", "丙", "7", "银行转账", "", "")
"""Gifts."""

Row = Sequence[object]


def county(folder: Path, **funds: str) -> Path:
    """A county folder with fund files: `love` unless told."""
    where = folder / "county" / "params" / "funds"
    where.mkdir(parents=True)
    for name, text in (funds or {"love": FUND}).items():
        (where / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / "county"


def register(folder: Path, name: str, header: str, *rows: Row) -> Path:
    """A register as CSV: what is not there stays blank."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        columns = header.split(",")
        lines.writerow(columns)
        lines.writerows([*row, *[""] * (len(columns) - len(row))] for row in rows)
    return path


def take_in(
    place: Path,
    file: Path,
    *,
    accept: Sequence[str] = (),
    distinct: Sequence[str] = (),
    correct: str = "",
    whole: Whole | None = None,
    entered_on: dt.date = ENTERED,
) -> Imported:
    """Import as 登记员 with 审批员 as approver."""
    return import_file(
        place,
        file,
        entered_by="登记员",
        entered_on=entered_on,
        whole=whole or Whole(approved_by="审批员"),
        choices=Choices(accept, distinct),
        correct=correct,
    )


def tallies(shown: Imported | Preview) -> dict[str, int]:
    """Statuses of a file's rows to how many have them."""
    preview = shown.preview if isinstance(shown, Imported) else shown
    return {status: tally.rows for status, tally in preview.tallies.items() if tally.rows}


def balances(place: Path) -> dict[str, int]:
    """Account and purpose to what is posted there, in fen."""
    book = read_book(place)
    sums = book.postings.group_by("account", "purpose").agg(pl.col("fen").sum())
    return {f"{account}/{purpose}": fen for account, purpose, fen in sums.rows() if fen}
