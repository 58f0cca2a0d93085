"""The whole journal looked at again: as an auditor would, from the file alone.

What it cannot find: whatever was entered and taken away again since the last statement whose head
is known; and vouchers that were false when they were entered.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aidkit.errors import InputError
from aidkit.fund.book import Book
from aidkit.fund.fund_files import read_funds
from aidkit.fund.ledger.chain import Damage
from aidkit.fund.ledger.check_texts import KEPT, TYPED
from aidkit.fund.ledger.checks import CHECKED, check
from aidkit.fund.ledger.duplicates import Alike, duplicates
from aidkit.fund.ledger.heads import Said, contradicted, said_before
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.reading import Journal, read_journal
from aidkit.fund.ledger.settings_changed import settings_changed
from aidkit.fund.ledger.wholeness import (
    dated_later,
    entered_before,
    gaps,
    misadded,
    miscounted,
    other_years,
)
from aidkit.fund.settings import Fund

COLUMNS = (
    *CHECKED,
    "batch",
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
            `head_unknown` (typed by hand), `heads_unreadable`, `numbering`, `batch_count`,
            `entered_before`, `unclosed_tail`, `duplicate`, `fund_file_changed`; of what reports
            recorded those of `pipeline.fund_audit`.
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


_TOLD = 5
"""Vouchers that are told of a group."""

_RESTORE = (
    "请不要手工改它。先把现在的 fund 文件夹整个另存一份，"
    "再用备份里的账簿换回来，补录备份以后的凭证。"
)
_COPIED = (
    "请先对着纸面核对有没有抄错（至少前 8 位，只有 0—9 和 a—f），"
    "再看这张报表是不是这个县区的。都没有错，才是账簿被截短或整个重写过："
)
_LOOK = "请核对原始凭证：确实重复的，用 aidkit fund post --kind 更正 冲回一张。"
_TURN = "登记日应按次序。请查清是谁、为什么把登记日写早了，写一份说明存档。"
_RULES = (
    "登记的人不一定是改文件的人。请核对改动有没有批准、改了什么："
    "审计按现在的文件看所有的凭证，改动以前的也一样。"
)
_CLOSE = (
    "它们没有入账，下一次登记会去掉。登记时中断的，请重新登记；"
    "如果那一批登记时显示过“已入账”，就是有人删了末尾，请用备份里的账簿换回来。"
)


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
        looks: tuple[Callable[[], Iterable[Finding]], ...] = (
            lambda: _of_rules(journal, funds),
            lambda: _of_order(journal),
            lambda: map(_alike, duplicates(journal.tables)),
            lambda: _of_settings(journal, funds),
        )
        # What polars does of one goes on beside what Python does of another; none calls Python
        # from within polars, which would wait for the other thread.
        with ThreadPoolExecutor(2) as beside:
            for told in beside.map(lambda look: [*look()], looks):
                found += told
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
        if one.typed:
            message = f"给出的链首 {one.head} 在账簿里找不到。"
            yield Finding("head_unknown", "error", 0, "", message, _COPIED + _RESTORE)
            continue
        of = f"{one.date} 的报表（{one.statement}）" if one.date else one.statement
        at = f"第 {one.line} 行" if one.line else "账簿里"
        message = f"{of}上的链首 {one.head[:16]}… 在{at}找不到：账簿被截短或整个重写过。"
        yield Finding("head_missing", "error", one.line or 0, "", message, _RESTORE)


def _of_order(journal: Journal) -> Iterator[Finding]:
    entries = journal.tables.entries
    for voucher_no, message in (*gaps(entries["voucher_no"]), *other_years(entries)):
        yield Finding("numbering", "error", 0, voucher_no, f"{message}。", _RESTORE)
    for voucher_no, message in dated_later(journal):
        yield Finding("future_date", "error", 0, voucher_no, f"{message}。", _RESTORE)
    for message in (*miscounted(journal), *misadded(journal)):
        yield Finding("batch_count", "error", 0, "", f"{message}。", _RESTORE)
    for line, message in entered_before(journal.batches):
        yield Finding("entered_before", "warning", line, "", f"{message}。", _TURN)
    if journal.unclosed:
        message = f"末尾有 {journal.unclosed} 行没有结束的凭证。"
        yield Finding("unclosed_tail", "warning", journal.lines + 1, "", message, _CLOSE)


def _of_settings(journal: Journal, funds: dict[str, Fund]) -> Iterator[Finding]:
    entries = journal.tables.entries
    for line, voucher_no, message in settings_changed(journal.batches, entries, funds):
        yield Finding("fund_file_changed", "warning", line, voucher_no, f"{message}。", _RULES)


def _alike(one: Alike) -> Finding:
    numbers = "、".join(one.voucher_nos[:_TOLD])
    message = f"凭证 {numbers} {one.why}，共 {len(one.voucher_nos)} 张。"
    return Finding("duplicate", "warning", one.line, one.voucher_nos[-1], message, _LOOK)


def _of_rules(journal: Journal, funds: dict[str, Fund]) -> Iterator[Finding]:
    """Every rule of posting, over all vouchers as if they were posted now."""
    none = Tables.none()
    nothing = Book(funds, none.entries, none.postings, none.goods, journal.batches.clear(), "", 0)
    made = journal.tables
    enterers = dict(journal.batches.select("batch", "entered_by").iter_rows())
    for one in check(nothing, made, None, enterers):
        line, voucher_no = made.entries.select("line", "voucher_no").row(one.index)
        message = f"凭证 {voucher_no}：{one.message}"
        kept = one.code in TYPED
        severity, remedy = ("warning", KEPT) if kept else ("error", one.remedy)
        yield Finding(one.code, severity, line, voucher_no, message, remedy)
