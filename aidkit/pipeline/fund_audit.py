"""An audit of the journal against what runs and statements recorded of it.

Beside the findings of `fund.ledger.audit`: `record_unreadable`; `statement_altered` and
`statement_missing` (a file is not what was made); `stated_otherwise` (the journal of that day does
not give what was stated); `stated_since_changed` (vouchers were dated into stated days since);
`matched_by_hand` (what people said is the same money).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aidkit import __version__
from aidkit.digests import ABSENT, file_digest
from aidkit.errors import InputError
from aidkit.fund.book import Book
from aidkit.fund.ledger.audit import Audit, Finding, audit
from aidkit.fund.ledger.heads import Said, as_of, latest, said_before
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.reconciling.record import Reconciled, read_record
from aidkit.fund.statements import totals
from aidkit.fund.statements.frames import digests, frames
from aidkit.fund.statements.restated import Restated, restated
from aidkit.labels import project_labels
from aidkit.money import yuan
from aidkit.pipeline.fund_record import RECORD, Stated, recorded_at, stated_by, stated_by_run
from aidkit.pipeline.record import RECORD as RUN
from aidkit.project import Project

TITLES = {
    "summary": "收支公示表",
    "gifts": "捐赠明细",
    "consents": "捐赠明细（按公开意愿）",
    "payouts": "项目支出",
    "activity": "业务活动表",
    "opening_balance": "资产负债表（期初）",
    "balance": "资产负债表",
    "feedback": "定向捐赠使用反馈表",
    "uses": "定向捐赠使用反馈表（去向）",
    "receipts": "票据登记",
    "goods": "实物登记",
    "goods_taken": "理事会报告（退还和报损的实物）",
    "comparison": "理事会报告（收支对比）",
    "largest": "理事会报告（大额捐赠）",
    "corrections": "理事会报告（更正）",
}
"""What people call the tables of `fund.statements.frames`."""

_REDO = "请查清是谁、为什么改的；它和纸面不同的，以账簿为准，重做这份报表。"
_KEEP = "请把这份报表和账簿都留存，查清哪一边被改过，再重做报表。"


def audit_county(project: Project, county: Path, heads: Sequence[str] = ()) -> Audit:
    """The journal looked at again, and every statement on record worked out again from it.

    Args:
        project: The checkout.
        county: The county folder.
        heads: Heads as printed on statements, typed by hand.

    Raises:
        InputError: The journal cannot be read from the disk.
        ParamsError: A fund file is wrong.
    """
    stated, unreadable = recorded(project.root / "reports" / county.name)
    compared, unread = _reconciled(county)
    found = audit(county, heads, [*(one.said for one in stated), *compared])
    more = [*unreadable, *unread, *_altered(stated, project.root), *_lost(project, county)]
    if found.sound:
        said = [*said_before(county), *(one.said for one in stated)]
        more += _of_statements(read_book(county), stated, said) if said else []
    return replace(found, findings=(*found.findings, *more))


def recorded(reports: Path) -> tuple[list[Stated], list[Finding]]:
    """What the runs and the statements below a county's reports recorded, by path.

    Returns:
        What they say; and a warning for each record that cannot be read, and so says nothing.
    """
    stated: list[Stated] = []
    unreadable: list[Finding] = []
    for pattern in (f"*/{RUN}", f"fund/*/*/{RECORD}", f"fund/*/receipts/*/{RECORD}"):
        for path in sorted(reports.glob(pattern)):
            try:
                stated += stated_by_run(path) if path.name == RUN else [stated_by(path)]
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                name = path.relative_to(reports.parent).as_posix()
                message = f"reports/{name} 读不出来，没有拿它和账簿核对。"
                remedy = "请从备份恢复这个文件，或者重新运行、重做这份报表。"
                unreadable.append(_warning("record_unreadable", message, remedy))
    return stated, unreadable


def _warning(code: str, message: str, remedy: str) -> Finding:
    return Finding(code, "warning", 0, "", message, remedy)


def _altered(stated: Iterable[Stated], root: Path) -> Iterator[Finding]:
    """A warning for each file of statements that is not the one that was made: the book holds."""
    for one in stated:
        for file, digest in one.files.items():
            now = file_digest(one.folder / file)
            name = f"{one.folder.relative_to(root).as_posix()}/{file}"
            if now == ABSENT:
                yield _warning(
                    "statement_missing", f"{name} 不见了。", "请从备份恢复，或者重做这份报表。"
                )
            elif now != digest:
                message = f"{name} 做好以后被改动过。"
                yield _warning("statement_altered", message, _REDO)


def _lost(project: Project, county: Path) -> Iterator[Finding]:
    """A warning for each kept statement whose record is not the one that was made with it."""
    try:
        kept = said_before(county)
    except InputError:
        return
    # Of the same days the last one stands in the place of those before.
    for one in {one.statement: one for one in kept if one.record}.values():
        path = recorded_at(project.root / "reports" / county.name, one)
        name = path.relative_to(project.root).as_posix()
        now = file_digest(path)
        if now == ABSENT:
            message = f"{name} 不见了，而 statements.jsonl 记着做过这份报表（{one.statement}）。"
            yield _warning("statement_missing", message, "请从备份恢复，或者重做这份报表。")
        elif now != one.record:
            message = f"{name} 做好以后被改动过，旁边的报表（{one.statement}）也可能被改过。"
            yield _warning("statement_altered", message, _REDO)


def _reconciled(county: Path) -> tuple[list[Said], list[Finding]]:
    """The heads that the bank was reconciled with, and matches by hand; or neither can be read."""
    try:
        kept = read_record(county)
    except InputError as fault:
        return [], [_warning("record_unreadable", fault.message, fault.remedy)]
    said = [
        Said(one.head, statement=f"银行对账（{one.fund} {one.start}..{one.end}）") for one in kept
    ]
    return said, [_by_hand(one) for one in kept if one.by_hand]


def _by_hand(one: Reconciled) -> Finding:
    told = (
        f"{row.voucher_no or f'流水第 {row.row} 行'} {row.date} {yuan(row.fen)} 元"
        f"{f' {row.reference}' if row.reference else ''}"
        for row in one.by_hand
    )
    why = f"原因：{one.reason}，批准人 {one.approved_by}" if one.reason else "两边相等、日期相近"
    message = (
        f"银行对账（{one.fund} {one.start}..{one.end}，{one.by}）里人工指定的：{'；'.join(told)}。"
        f"{why}。"
    )
    return _warning("matched_by_hand", message, f"请用流水 {one.statement} 和原始凭证核对这几笔。")


def _of_statements(book: Book, stated: Iterable[Stated], said: Iterable[Said]) -> Iterator[Finding]:
    for one in stated:
        yield from _otherwise(book, one)
    for (fund, period), last in latest(said).items():
        if changed := restated(book, fund, period, last.line or 0):
            yield Finding(
                code="stated_since_changed",
                severity="warning",
                line=last.line or 0,
                voucher_no="",
                message=f"报表（{last.statement}）做好以后，又登记了 {period.last} 以前的凭证："
                f"{'；'.join(map(_changed, changed))}。",
                remedy="请重做这份报表（学期报告请重新运行），并告知理事会和捐赠人："
                f"aidkit fund statement {period.first}..{period.last} --fund {fund}。",
            )


def _changed(one: Restated) -> str:
    title = project_labels().label("fund_section", one.section)
    if one.before == one.now:
        return f"{title}的明细变了"
    if one.section == "corrections":
        return f"{title}原 {one.before} 张，现 {one.now} 张"
    return f"{title}原 {yuan(one.before)} 元，现 {yuan(one.now)} 元"


def _otherwise(book: Book, one: Stated) -> Iterator[Finding]:
    """What the journal of that day does not give: totals of sections, then whole tables."""
    wanted = {*one.tables, *(["summary"] if one.totals else [])}
    if not wanted:
        return
    if one.fund not in book.funds:
        message = f"县里没有基金 {one.fund} 的文件，没有拿报表（{one.said.statement}）和账簿核对。"
        yield _warning("record_unreadable", message, "请从备份恢复 params/funds 里的基金文件。")
        return
    then = as_of(book, one.said.line or 0)
    tables = frames(then, one.fund, one.period, one.threshold, wanted)
    sums = totals(tables["summary"]) if one.totals else {}
    labels = project_labels().names("fund_section")
    for section, fen in one.totals.items():
        if sums.get(section) != fen:
            now = f"{yuan(sums[section])} 元" if section in sums else "没有这一项"
            title = labels.get(section, section)
            message = f"{title}写的是 {yuan(fen)} 元，按当时的账簿重算是 {now}"
            yield _finding(one, "error", message)
    again = digests(tables)
    for name in (name for name, digest in one.tables.items() if again.get(name) != digest):
        # Another version may tell the same book in another way.
        same = one.version == __version__
        by = "" if same else f"（它是 aidkit {one.version} 做的，可能只是写法不同）"
        message = f"{TITLES.get(name, name)}与按当时的账簿重算的不同{by}"
        yield _finding(one, "error" if same else "warning", message)


def _finding(one: Stated, severity: str, message: str) -> Finding:
    line, told = one.said.line or 0, f"报表（{one.said.statement}）：{message}。"
    return Finding("stated_otherwise", severity, line, "", told, _KEEP)
