"""The two sides of a reconciliation: the bank's lines in order, and the book's of that account.

Both are frames with `id` (0 up, in the side's own order), `date`, `fen` (what comes in is
positive), `party` (folded; empty where nobody is named) and `reference`. The bank's also have
`balance`, `text` and the place `file`, `sheet`, `row`; the book's `voucher_no`, `kind`, `program`,
`channel`, `file`, `sheet`.
"""

from itertools import pairwise
from pathlib import Path

import polars as pl

from aidkit.errors import InputError
from aidkit.fund.book import Book
from aidkit.intake import read_workbook
from aidkit.intake.faults import ERROR
from aidkit.labels import folded
from aidkit.money import yuan

ACCOUNT = "bank"
"""The account that a bank's statement is of."""

_CHECK = "请用 aidkit check 检查这个文件，在标红的表里改正；流水里一行也不能少。"
_AGAIN = "请从网上银行重新导出完整的流水，一行也不要删改。"


def read_statement(path: Path) -> pl.DataFrame:
    """Every line of a bank's statement, `tables.fund_registers.BankStatement`.

    Raises:
        InputError: Not a statement, or a line has a fault: without it nothing can be reconciled.
    """
    intake = read_workbook(path)
    faults = intake.problems.filter(pl.col("severity") == ERROR)
    for fault in faults.head(1).iter_rows(named=True):
        more = f"（另有 {faults.height - 1} 处）" if faults.height > 1 else ""
        place = f"，第 {fault['row']} 行" if fault["row"] else ""
        raise InputError(
            f"流水有读不了的行：{fault['message']}{more}",
            where=f"{path.name}{place}",
            remedy=_CHECK,
        )
    rows = intake.tables["bank_statement"]
    if rows.is_empty():
        raise InputError(
            "这不是银行流水，或者里面没有一行。",
            where=path.name,
            remedy="表头要有 交易日期、收入金额、支出金额、余额；对方户名、摘要、流水号可以没有。",
        )
    return rows


def bank_side(rows: pl.DataFrame) -> pl.DataFrame:
    """The lines of a statement from the oldest, whichever way the bank put them.

    The balance after each line must follow from the line before; a line without a movement, such
    as a balance brought forward, too.

    Args:
        rows: `tables.fund_registers.BankStatement`.

    Raises:
        InputError: A line is missing, was changed, or is out of order: told with the difference.
    """
    lines = rows.select(
        file="source_file",
        sheet="source_sheet",
        row="source_row",
        date="booked_on",
        fen=pl.col("in_fen").fill_null(0) - pl.col("out_fen").fill_null(0),
        balance="balance_fen",
        party=pl.col("counterparty").fill_null(""),
        text=pl.col("summary").fill_null(""),
        reference=pl.col("reference").fill_null(""),
    )
    both = rows.filter((pl.col("in_fen").fill_null(0) != 0) & (pl.col("out_fen").fill_null(0) != 0))
    if both.height:
        place = both.row(0, named=True)
        raise _broken(place["source_file"], place["source_row"], "同一行既有收入又有支出", _CHECK)
    sheets = [
        _oldest_first(sheet.sort("row"))
        for sheet in lines.partition_by("file", "sheet", maintain_order=True)
    ]
    sheets.sort(key=lambda sheet: sheet["date"][0])
    whole = pl.concat(sheets)
    _check_order(whole)
    return _numbered(whole)


def book_side(book: Book, fund: str) -> pl.DataFrame:
    """What the book says of the bank account, by date and voucher; `opening` is a kind among them.

    A voucher and its correction, which the bank never saw, are left out together when both are
    there: see `cancelled`.
    """
    sums = (
        book.postings.filter((pl.col("fund") == fund) & (pl.col("account") == ACCOUNT))
        .group_by("voucher_no")
        .agg(pl.col("fen").sum())
        .filter(pl.col("fen") != 0)
    )
    told = book.entries.select(
        "voucher_no",
        "date",
        "kind",
        "party",
        "program",
        "channel",
        "reference",
        "corrects",
        file="source_file",
        sheet="source_sheet",
    )
    return _numbered(told.join(sums, on="voucher_no").sort("date", "voucher_no"))


def cancelled(side: pl.DataFrame) -> set[str]:
    """Vouchers that took each other back, so that the bank knows neither.

    Args:
        side: `book_side`, up to the day that is asked about.
    """
    # The book takes no correction of a correction, nor a second one of the same voucher.
    corrections = side.filter(pl.col("corrects").is_in(side["voucher_no"].implode()))
    return {*corrections["voucher_no"], *corrections["corrects"]}


def _numbered(side: pl.DataFrame) -> pl.DataFrame:
    names = side["party"].unique()
    plain = pl.Series([folded(name) for name in names], dtype=pl.String)
    return side.with_columns(
        party=pl.col("party").replace_strict(names, plain, return_dtype=pl.String),
        reference=pl.col("reference").str.strip_chars(),
    ).with_row_index("id")


def _oldest_first(sheet: pl.DataFrame) -> pl.DataFrame:
    turned = sheet.reverse()
    straight, backward = _breaks(sheet), _breaks(turned)
    if straight == backward == 0:
        # Two lines that undo each other follow either way: the dates decide.
        return turned if sheet["date"][0] > sheet["date"][-1] else sheet
    return turned if backward < straight else sheet


def _breaks(sheet: pl.DataFrame) -> int:
    follows = pl.col("balance") == pl.col("balance").shift(1) + pl.col("fen")
    return sheet.height - 1 - int(sheet.select(follows.sum()).item())


def _check_order(whole: pl.DataFrame) -> None:
    for before, line in pairwise(
        whole.select("date", "fen", "balance", "file", "row").iter_rows(named=True)
    ):
        expected = before["balance"] + line["fen"]
        if line["balance"] != expected:
            said = (
                f"余额接不上：上一行余额 {yuan(before['balance'])} 元，这一行应是 "
                f"{yuan(expected)} 元，写的是 {yuan(line['balance'])} 元，"
                f"相差 {yuan(line['balance'] - expected)} 元"
            )
            raise _broken(line["file"], line["row"], said, _AGAIN)
        if line["date"] < before["date"]:
            said = f"日期 {line['date']} 早于上一行的 {before['date']}"
            remedy = "请用记账日期一列作“交易日期”，不要重新排序。"
            raise _broken(line["file"], line["row"], said, remedy)


def _broken(file: str, row: int, said: str, remedy: str) -> InputError:
    return InputError(f"银行流水不能用：{said}。", where=f"{file}，第 {row} 行", remedy=remedy)
