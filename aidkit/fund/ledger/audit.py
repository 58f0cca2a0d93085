"""The whole journal looked at again: as an auditor would, from the file alone.

What it cannot find: whatever was entered and taken away again since the last statement whose head
is known; and vouchers that were false when they were entered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.errors import InputError
from aidkit.fund.book import Book
from aidkit.fund.fund_files import read_funds
from aidkit.fund.ledger.chain import Damage
from aidkit.fund.ledger.checks import CHECKED, check
from aidkit.fund.ledger.heads import Said, contradicted, said_before
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.reading import Journal, read_journal
from aidkit.fund.ledger.wholeness import gaps, miscounted
from aidkit.fund.settings import Fund

COLUMNS = (
    *CHECKED,
    "party",
    "channel",
    "reference",
    "receipt_no",
    "source_file",
    "source_sheet",
    "source_row",
)
"""Columns of the entries that an audit looks at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an audit found.

    Attributes:
        code: Kind of finding, stable: those of `faults.KINDS`, and `damaged`, `head_missing`,
            `heads_unreadable`, `numbering`, `batch_count`, `duplicate`, `stated_otherwise`,
            `record_unreadable`.
        severity: `error`: the book cannot be relied on; `warning`: somebody must look.
        line: Line of the journal; 0 where it is of the whole.
        voucher_no: The voucher; of damage the last good one before it; empty where none is.
        message: What was found, Chinese.
        remedy: What to do, Chinese.
    """

    code: str
    severity: str
    line: int
    voucher_no: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Audit:
    """What an audit found, and what it looked at.

    Attributes:
        findings: By line.
        book: The book, its entries with `COLUMNS`; None where the journal is damaged.
        vouchers: How many there are.
        batches: In how many batches.
        heads: How many heads of statements were compared.
        head: Hash of the journal's last line.
        lines: How many lines it has.
    """

    findings: tuple[Finding, ...]
    book: Book | None
    vouchers: int
    batches: int
    heads: int
    head: str
    lines: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; warnings are for people to look at."""
        return not any(one.severity == "error" for one in self.findings)


_RESTORE = "请不要手工改它。用备份里的账簿换回来，再补录备份以后的凭证。"
_LOOK = "请核对原始凭证：确实重复的，用更正凭证（correction）冲回一张。"


def audit(county: Path, heads: Sequence[str] = (), stated: Sequence[Said] = ()) -> Audit:
    """Look at a county's whole journal again.

    Args:
        county: The county folder.
        heads: Heads as printed on statements, typed by hand (at least 8 digits), beside those
            that the county's own statements kept.
        stated: Heads that other records hold, such as those of runs.

    Raises:
        InputError: The journal cannot be read from the disk.
        ParamsError: A fund file is wrong.
    """
    journal = read_journal(county, COLUMNS)
    funds = read_funds(county)
    kept, unreadable = _kept(county)
    said = list(dict.fromkeys([*kept, *stated, *map(Said, heads)]))
    found = [*map(_damage, journal.damages), *unreadable, *_of_heads(said, journal)]
    book = None
    if not journal.damages:
        book = _book(journal, funds)
        found += [*_of_order(journal), *_of_rules(journal, funds), *_duplicates(journal)]
    return Audit(
        findings=tuple(sorted(found, key=lambda one: (one.line, one.code))),
        book=book,
        vouchers=journal.tables.entries.height,
        batches=journal.batches.height,
        heads=len(said),
        head=journal.head,
        lines=journal.lines,
    )


def _kept(county: Path) -> tuple[list[Said], list[Finding]]:
    """The heads that the county's statements kept, or that they cannot be read."""
    try:
        return said_before(county), []
    except InputError as fault:
        return [], [Finding("heads_unreadable", "error", 0, "", fault.message, fault.remedy)]


def _book(journal: Journal, funds: dict[str, Fund]) -> Book:
    made = journal.tables
    return Book(
        funds, made.entries, made.postings, made.goods, journal.batches, journal.head, journal.lines
    )


def _damage(one: Damage) -> Finding:
    good = f"之前最后一张完好的凭证是 {one.last_good}。" if one.last_good else ""
    message = f"第 {one.line} 行：{one.what}。{good}"
    return Finding("damaged", "error", one.line, one.last_good, message, _RESTORE)


def _of_heads(said: Sequence[Said], journal: Journal) -> Iterator[Finding]:
    for one in contradicted(said, journal.batches):
        of = f"{one.date} 的报表（{one.statement}）" if one.date else one.statement or "给出的报表"
        at = f"第 {one.line} 行" if one.line else "账簿里"
        message = f"{of}上的链首 {one.head[:16]}… 在{at}找不到：账簿被截短或整个重写过。"
        yield Finding("head_missing", "error", one.line or 0, "", message, _RESTORE)


def _of_order(journal: Journal) -> Iterator[Finding]:
    for voucher_no, message in gaps(journal.tables.entries["voucher_no"]):
        yield Finding("numbering", "error", 0, voucher_no, message, _RESTORE)
    for message in miscounted(journal):
        yield Finding("batch_count", "error", 0, "", message, _RESTORE)


def _of_rules(journal: Journal, funds: dict[str, Fund]) -> Iterator[Finding]:
    """Every rule of posting, over all vouchers as if they were posted now."""
    none = Tables.none()
    nothing = Book(funds, none.entries, none.postings, none.goods, journal.batches.clear(), "", 0)
    made = journal.tables
    for one in check(nothing, made, None):
        line, voucher_no = made.entries.select("line", "voucher_no").row(one.index)
        message = f"凭证 {voucher_no}：{one.message}"
        yield Finding(one.code, "error", line, voucher_no, message, one.remedy)


def _duplicates(journal: Journal) -> Iterator[Finding]:
    """Vouchers alike in all that tells them apart, which stand and were not taken back."""
    numbered = pl.col("reference") != ""
    entries = journal.tables.entries.with_columns(
        reference=pl.when(numbered).then("reference").otherwise("receipt_no")
    )
    taken_back = entries.filter(pl.col("corrects") != "")["corrects"]
    stands = (pl.col("kind") != "correction") & ~pl.col("voucher_no").is_in(taken_back.implode())
    same_paper = (pl.col("reference") != "") | (pl.col("source_file") != "")
    row = ["source_file", "source_sheet", "source_row"]
    key = ["fund", "kind", "date", "party", "program", "channel", "reference"]
    # Equal hashes are only likely to be equal rows; the groups below tell.
    likely = pl.struct(*key).hash().is_duplicated()
    alike = entries.filter(stands & same_paper & likely)
    if alike.is_empty():
        return
    money = journal.tables.postings.join(alike, on="voucher_no", how="semi")
    debit = money.filter(pl.col("fen") > 0).group_by("voucher_no").agg(pl.col("fen").sum())
    of = alike.join(debit, on="voucher_no", how="left", maintain_order="left")
    # Without a number of its own, only the same row of the same file is the same paper.
    whole = pl.when(pl.col("reference") == "").then(pl.struct(*row))
    for group in (
        of.with_columns(paper=whole)
        .group_by(*key, "fen", "paper", maintain_order=True)
        .agg(pl.col("voucher_no"), pl.col("line").last())
        .filter(pl.col("voucher_no").list.len() > 1)
        .iter_rows(named=True)
    ):
        numbers = group["voucher_no"]
        message = f"凭证 {'、'.join(numbers[:5])} 看起来是同一笔，记了 {len(numbers)} 次。"
        yield Finding("duplicate", "warning", group["line"], numbers[-1], message, _LOOK)
