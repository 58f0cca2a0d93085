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
from aidkit.intake import Intake, read_workbook
from aidkit.intake.faults import ERROR
from aidkit.labels import folded, project_labels
from aidkit.money import yuan

ACCOUNT = "bank"
"""The account that a bank's statement is of."""

_AGAIN = (
    "流水是银行的文件，不要自己改：请从网上银行重新导出完整的流水（xlsx 或 csv），一行也不要删。"
)
_SIGNS = f"{_AGAIN}交易金额只有一列的，支出要是负数，或者另有借贷标志一列。"
_OF_HEADER = ("missing_column", "duplicate_header", "unknown_sheet")
_SHEET = ("source_file", "source_sheet")
_WAYS = ("repeated", "reversed")
_HEADINGS = (
    "表头要有 交易日期、余额，和 收入金额、支出金额 两列（或 交易金额 一列：支出是负数，"
    "或另有 借贷标志 一列）；对方户名、摘要、流水号可以没有。请从网上银行换一种格式导出，"
    "或者只改表头一行的字。"
)


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
            f"流水有读不了的地方：{fault['message']}{more}",
            where=f"{path.name}{place}",
            remedy=_HEADINGS if fault["code"] in _OF_HEADER else _AGAIN,
        )
    rows = intake.tables["bank_statement"]
    if rows.is_empty():
        raise InputError("这不是银行流水，或者里面没有一行。", where=path.name, remedy=_HEADINGS)
    for file, sheet in rows.select(*_SHEET).unique(maintain_order=True).iter_rows():
        _refuse_without_amounts(path.name, intake, (file, sheet))
    return rows


def _refuse_without_amounts(name: str, intake: Intake, place: tuple[str, str]) -> None:
    """Refuse a sheet that does not have what came in and went out: its lines would be nothing."""
    known = intake.headers[place].keys()
    if "moved_fen" in known or {"in_fen", "out_fen"} <= known:
        return
    headers = project_labels().columns["bank_statement"]
    missing = [headers[one].header for one in ("in_fen", "out_fen") if one not in known]
    of_sheet = (pl.col("file") == place[0]) & (pl.col("sheet") == place[1])
    unread = intake.problems.filter(of_sheet, pl.col("code") == "unknown_column")["value"]
    others = f"；没有读入的列：{'、'.join(unread)}" if len(unread) else ""
    raise InputError(
        f"流水没有{'、'.join(missing)}{'两列' if len(missing) > 1 else '一列'}{others}。",
        where=f"{name}，{place[1]}" if place[1] else name,
        remedy=_HEADINGS,
    )


def bank_side(rows: pl.DataFrame) -> pl.DataFrame:
    """The lines of a statement from the oldest, whichever way the bank put them.

    The balance after each line must follow from the line before; a line without a movement, such
    as a balance brought forward, too.

    Args:
        rows: `tables.fund_registers.BankStatement`.

    Raises:
        InputError: A line is missing, was changed, or is out of order: told with the difference.
    """
    _refuse_unclear(rows)
    apart = pl.col("in_fen").fill_null(0) - pl.col("out_fen").fill_null(0)
    moved, towards = pl.col("moved_fen").fill_null(0), pl.col("direction")
    sign = pl.when(towards == "out").then(-1).otherwise(1)
    lines = rows.select(
        file="source_file",
        sheet="source_sheet",
        row="source_row",
        date="booked_on",
        # Beside its direction an amount below nothing either repeats it or takes something back.
        repeated=apart + pl.when(towards.is_null()).then(moved).otherwise(sign * moved.abs()),
        reversed=apart + sign * moved,
        unsaid=(moved > 0) & towards.is_null() & (moved >= 0).all().over(*_SHEET),
        balance="balance_fen",
        party=pl.col("counterparty").fill_null(""),
        text=pl.col("summary").fill_null(""),
        reference=pl.col("reference").fill_null(""),
    )
    sheets = [
        # Which of the two it is, is as the balances say.
        min(
            (_oldest_first(sheet.sort("row").with_columns(fen=way)) for way in _WAYS),
            key=lambda read: (_breaks(read), not read["date"].is_sorted()),
        ).drop(_WAYS)
        for sheet in lines.partition_by("file", "sheet", maintain_order=True)
    ]
    sheets.sort(key=lambda sheet: sheet["date"][0])
    whole = pl.concat(sheets)
    _check_order(whole)
    return _numbered(whole)


def book_side(book: Book, fund: str) -> pl.DataFrame:
    """What the book says of the bank account, by date and voucher; `opening` is a kind among them.

    Vouchers and corrections that the bank never saw are among them: see `cancelled`.
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


def _refuse_unclear(rows: pl.DataFrame) -> None:
    """Refuse lines that give two amounts, or no direction where the others have one."""
    given = [pl.col(one).fill_null(0) != 0 for one in ("in_fen", "out_fen", "moved_fen")]
    directed = pl.col("direction").is_not_null().any().over(*_SHEET)
    for wrong, said in (
        (pl.sum_horizontal(given) > 1, "同一行写了两个金额"),
        (directed & given[2] & pl.col("direction").is_null(), "这一行没有写借贷标志"),
    ):
        for line in rows.filter(wrong).head(1).iter_rows(named=True):
            raise _broken(line["source_file"], line["source_row"], said, _AGAIN)


def _check_order(whole: pl.DataFrame) -> None:
    for before, line in pairwise(
        whole.select("date", "fen", "balance", "unsaid", "file", "row").iter_rows(named=True)
    ):
        expected = before["balance"] + line["fen"]
        if line["balance"] != expected:
            said = (
                f"余额接不上：上一行余额 {yuan(before['balance'])} 元，这一行应是 "
                f"{yuan(expected)} 元，写的是 {yuan(line['balance'])} 元，"
                f"相差 {yuan(line['balance'] - expected)} 元"
            )
            remedy = _SIGNS if before["unsaid"] or line["unsaid"] else _AGAIN
            raise _broken(line["file"], line["row"], said, remedy)
        if line["date"] < before["date"]:
            said = f"日期 {line['date']} 早于上一行的 {before['date']}"
            remedy = "请用记账日期一列作“交易日期”，不要重新排序。"
            raise _broken(line["file"], line["row"], said, remedy)


def _broken(file: str, row: int, said: str, remedy: str) -> InputError:
    return InputError(f"银行流水不能用：{said}。", where=f"{file}，第 {row} 行", remedy=remedy)
