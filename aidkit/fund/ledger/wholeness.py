"""Whether a journal whose chain holds says what can be: who recomputes a chain may err here."""

import polars as pl

from aidkit.errors import InputError
from aidkit.fund.ledger.numbers import parts
from aidkit.fund.ledger.reading import Journal
from aidkit.fund.ledger.runs import of_postings, runs
from aidkit.money import yuan

_TOLD = 10


def unbalanced(postings: pl.DataFrame) -> pl.Series:
    """Numbers of the vouchers whose postings do not sum to zero within a fund."""
    number, fund = pl.col("voucher_no"), pl.col("fund")
    last = (number != number.shift(-1)) | (fund != fund.shift(-1))
    total = pl.col("fen").cum_sum()
    if postings.select((total.filter(last.fill_null(value=True)) == 0).all()).item():
        return postings["voucher_no"].clear()
    # Neighbours are summed: the postings of a voucher stand together, and a million groups by
    # text would cost more than all else.
    sums = (
        postings.lazy()
        .select("voucher_no", "fund", "fen")
        .with_columns(run=pl.struct("voucher_no", "fund").rle_id())
        .group_by("run")
        .agg(pl.col("voucher_no", "fund").first(), pl.col("fen").sum())
        .filter(pl.col("fen") != 0)
        .group_by("voucher_no", "fund")
        .agg(pl.col("fen").sum())
        .filter(pl.col("fen") != 0)
        .collect()
    )
    return sums["voucher_no"].unique().sort()


def gaps(voucher_nos: pl.Series) -> list[tuple[str, str]]:
    """What is odd about voucher numbers in the order of the journal: gaps, repeats.

    Returns:
        Numbers, each with what is odd about it, Chinese.
    """
    numbers = parts(voucher_nos).with_columns(voucher_no=voucher_nos)
    expected = pl.int_range(1, pl.len() + 1).over("year")
    odd = numbers.with_columns(expected=expected).filter(
        pl.col("number").ne_missing(pl.col("expected")) | pl.col("year").is_null()
    )
    return [
        (no, f"凭证号 {no}：{year} 年的第 {number} 张应编为 {year}-{number:06d}")
        for no, year, number in odd.select("voucher_no", "year", "expected").head(_TOLD).iter_rows()
    ]


def miscounted(journal: Journal) -> list[str]:
    """Batches whose own count or number does not fit; Chinese."""
    batches = journal.batches
    rows = batches.select("batch", "line", "entries").with_columns(
        counted=pl.col("line") - pl.col("line").shift(1, fill_value=0) - 1,
        place=pl.int_range(1, pl.len() + 1),
    )
    odd = rows.filter(
        (pl.col("counted") != pl.col("entries")) | (pl.col("place") != pl.col("batch"))
    )
    return [
        f"第 {row['line']} 行：第 {row['batch']} 批写着 {row['entries']} 张凭证，"
        f"实际有 {row['counted']} 张"
        for row in odd.head(_TOLD).iter_rows(named=True)
    ]


def misadded(journal: Journal) -> list[str]:
    """Batches whose own sum of debits is not that of their vouchers; Chinese."""
    made = journal.tables
    batch = of_postings(made.entries, made.postings, runs(made.postings), "batch")
    debits = (
        made.postings.lazy()
        .select("fen", batch=batch)
        .filter(pl.col("fen") > 0)
        .group_by("batch")
        .agg(pl.col("fen").sum())
        .collect()
    )
    both = journal.batches.join(debits, on="batch", how="left").with_columns(
        pl.col("fen").fill_null(0)
    )
    odd = both.filter(pl.col("fen") != pl.col("debit_fen")).sort("line")
    return [
        f"第 {line} 行：第 {batch} 批写着借方合计 {yuan(said)} 元，各凭证相加是 {yuan(fen)} 元"
        for line, batch, said, fen in odd.select("line", "batch", "debit_fen", "fen")
        .head(_TOLD)
        .iter_rows()
    ]


def other_years(entries: pl.DataFrame) -> list[tuple[str, str]]:
    """Vouchers whose number is of another year than their date, each with that, Chinese."""
    odd = entries.filter(parts(entries["voucher_no"])["year"] != entries["date"].dt.year())
    return [
        (no, f"凭证号 {no} 与日期 {date} 不是同一年")
        for no, date in odd.select("voucher_no", "date").head(_TOLD).iter_rows()
    ]


def dated_later(journal: Journal) -> list[tuple[str, str]]:
    """Vouchers dated later than their batch was entered, each with that, Chinese."""
    entries = journal.tables.entries.lazy().select("voucher_no", "date", "batch")
    last = entries.group_by("batch").agg(pl.col("date").max())
    entered = journal.batches.lazy().select("batch", "entered_on")
    late = last.join(entered, on="batch").filter(pl.col("date") > pl.col("entered_on"))
    # Most often no batch has one, and the vouchers are not looked at.
    found = late.select("batch", "entered_on").collect()
    of = entries.filter(pl.col("batch").is_in(found["batch"].implode()))
    odd = (
        of.join(found.lazy(), on="batch")
        .filter(pl.col("date") > pl.col("entered_on"))
        .sort("voucher_no")
        .collect()
    )
    return [
        (no, f"凭证 {no} 的日期 {date} 晚于登记日 {on}")
        for no, date, on in odd.select("voucher_no", "date", "entered_on").head(_TOLD).iter_rows()
    ]


def entered_before(batches: pl.DataFrame) -> list[tuple[int, str]]:
    """Lines of batches that were entered earlier than the batch before, each with that, Chinese."""
    turns = batches.select("line", "batch", "entered_on", before=pl.col("entered_on").shift())
    odd = turns.filter(pl.col("entered_on") < pl.col("before"))
    return [
        (line, f"第 {line} 行：第 {batch} 批的登记日 {on} 早于前一批的 {before}")
        for line, batch, on, before in odd.head(_TOLD).iter_rows()
    ]


def refuse_unbalanced(journal: Journal) -> None:
    """Stop where a voucher does not balance.

    Raises:
        InputError: A voucher does not sum to zero, or numbers and counts do not fit.
    """
    wrong = unbalanced(journal.tables.postings)
    odd = [f"凭证 {no} 借贷不相等" for no in wrong.head(_TOLD)]
    odd += [message for _, message in gaps(journal.tables.entries["voucher_no"])]
    odd += miscounted(journal)
    if odd:
        raise InputError(
            f"账簿的校验码对得上，内容却不可能是记账程序写的：{odd[0]}。",
            where=str(journal.path),
            remedy="有人连校验码一起改写过。请用备份换回账簿；aidkit fund audit 会列出每一处。",
        )
