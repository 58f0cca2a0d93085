"""What each command of `aidkit fund` calls and prints."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from aidkit.cli.fund_words import asked_on, day, entered_on, fund_named, match_of, needed, several
from aidkit.cli.periods import period_of
from aidkit.cli.places import county_of, short
from aidkit.cli.printing import print_lines
from aidkit.errors import UsageError
from aidkit.project import Project, find_project

if TYPE_CHECKING:
    from aidkit.pipeline.fund import Made


def import_(words: argparse.Namespace) -> int:
    """`aidkit fund import FILE`: the file into the journal, or only what that would do."""
    from aidkit.cli.fund_lines import changed_lines, preview_lines
    from aidkit.fund.importing.gathering import Choices
    from aidkit.fund.importing.importing import document_of, import_file, preview_file
    from aidkit.fund.importing.preview import Tally
    from aidkit.fund.importing.rows import Whole
    from aidkit.fund.ledger.heads import changed_by
    from aidkit.fund.ledger.journal import read_book
    from aidkit.fund.making.typed import coded

    project = find_project()
    county = project.county(county_of(project, words))
    has_funds = (county / "params" / "funds").is_dir()
    fund = fund_named(county, words.fund).id if words.fund and has_funds else ""
    whole = Whole(
        fund=fund,
        date=day(words.date, "--date"),
        channel=coded("channel", words.channel, "--channel") if words.channel else "",
        approved_by=words.approved_by,
        entered_by=words.by,
    )
    choices = Choices(accept=several(words.accept), distinct=several(words.distinct))
    file = Path(words.file)
    on = entered_on(words.on)
    if words.dry_run:
        book = read_book(county) if has_funds else None
        name = document_of(county, file)
        shown = preview_file(book, file, entered_on=on, whole=whole, choices=choices, document=name)
        print_lines(preview_lines(shown))
        print("这是预览，什么都没有写。" + ("" if has_funds else "（没有县区基金，全部按新的算）"))
        return 0 if shown.errors.is_empty() else 1
    needed(words.by, "--by", "谁登记")
    done = import_file(
        county,
        file,
        entered_by=words.by,
        entered_on=on,
        whole=whole,
        choices=choices,
        correct=words.correct,
    )
    print_lines(preview_lines(done.preview))
    if done.posted is None:
        kept = done.preview.left_out or done.preview.tallies["taken_back"].rows
        rest = "其余各行" if kept else "这个文件的每一行"
        print(f"没有要入账的：{rest}都已经在账簿里。")
        return 0
    numbers = done.posted.voucher_nos
    made = Tally.of(done.preview.to_post)
    print(f"已入账 {len(numbers):,} 张凭证（{numbers[0]} 至 {numbers[-1]}）：{made.told}。")
    print(f"账簿链首 {done.posted.head[:16]}")
    print_lines(changed_lines(changed_by(county, done.posted.days)))
    return 0


def post(words: argparse.Namespace) -> int:
    """`aidkit fund post`: one voucher by hand."""
    from aidkit.cli.fund_lines import changed_lines
    from aidkit.fund.entry import Batch
    from aidkit.fund.importing.alike import decided
    from aidkit.fund.ledger.heads import changed_by, stated_until
    from aidkit.fund.ledger.journal import post as post_entries
    from aidkit.fund.ledger.journal import read_book
    from aidkit.fund.making.by_hand import entry_by_hand
    from aidkit.labels import project_labels
    from aidkit.money import yuan

    needed(words.by, "--by", "谁登记")
    project = find_project()
    county = project.county(county_of(project, words))
    said = {name: value for name, value in vars(words).items() if isinstance(value, str)}
    on = entered_on(words.on)
    book = read_book(county)
    told, stated = said | {"entered_by": words.by}, stated_until(county)
    entry = entry_by_hand(book, told, stated=stated, entered_on=on)
    own = decided(book, entry, distinct=words.distinct)
    posted = post_entries(county, [entry], Batch("post", on, words.by, distinct=own))
    kind = project_labels().label("entry_kind", entry.kind)
    # What a release moves beside it is the same money.
    fen = max((line.fen for line in entry.postings), default=0)
    money = f"{yuan(fen)} 元" if fen else "没有估价，不计金额"
    print(f"凭证 {posted.voucher_nos[0]} 已入账：{entry.date} {kind}，{money}。")
    print(f"账簿链首 {posted.head[:16]}")
    print_lines(changed_lines(changed_by(county, posted.days)))
    return 0


def check(words: argparse.Namespace) -> int:
    """`aidkit fund check`: settings, balances, ratios, and what is due soon."""
    from aidkit.cli.fund_lines import balance_lines, duty_lines, ratio_lines, settings_lines
    from aidkit.fund.duties.duties import due_soon, duties, read_events
    from aidkit.fund.duties.ratios import ratios_due
    from aidkit.fund.duties.rules import read_rules
    from aidkit.fund.ledger.journal import read_book
    from aidkit.fund.reconciling.record import read_record
    from aidkit.fund.reconciling.standing import standing

    project = find_project()
    county = project.county(county_of(project, words))
    on = asked_on(words.on)
    book = read_book(county)
    wanted = (
        [fund_named(county, words.fund)] if words.fund or not book.funds else book.funds.values()
    )
    rules = read_rules(project.params / "fund_rules.toml")
    events = read_events(county)
    records = read_record(county)
    broken = False
    for fund in wanted:
        found = ratios_due(book, fund.id, rules, on)
        soon = due_soon(fund, rules, events, on=on)
        undated = [each for each in duties(fund, rules, events, start=on, end=on) if not each.due]
        broken |= any(ratio.result == "not_met" for ratio in found)
        print(f"{fund.name}（截至 {on}）")
        print_lines(settings_lines(fund))
        print_lines(balance_lines(book, fund, on, standing(book, fund.id, records, on)))
        print_lines(ratio_lines(found))
        print_lines(duty_lines(soon, undated, on, rules.exempt.get(fund.org_type, "")))
    return 1 if broken else 0


def reconcile(words: argparse.Namespace) -> int:
    """`aidkit fund reconcile FILE`: the bank's statement against the book."""
    from aidkit.cli.fund_lines import reconciliation_lines
    from aidkit.digests import file_digest
    from aidkit.fund.ledger.journal import read_book
    from aidkit.fund.reconciling.by_hand import Grounds
    from aidkit.fund.reconciling.reconcile import reconcile as hold
    from aidkit.fund.reconciling.record import keep, read_record, record_of
    from aidkit.fund.reconciling.sides import read_statement
    from aidkit.fund.reconciling.standing import due_on

    if not words.dry_run:
        needed(words.by, "--by", "谁核对")
    if not words.days.isdecimal():
        raise UsageError("天数应是整数。", where="--days", remedy="例如 --days 5")
    project = find_project()
    county = project.county(county_of(project, words))
    file = Path(words.file)
    digest = file_digest(file)
    rows = read_statement(file)
    book = read_book(county)
    fund = fund_named(county, words.fund)
    found = hold(
        book,
        fund.id,
        rows,
        start=day(words.start, "--from"),
        end=day(words.end, "--to"),
        days=int(words.days),
        due=due_on(book, fund.id, read_record(county)),
        by_hand=[match_of(text) for text in words.by_hand],
        grounds=Grounds(words.reason, words.approved_by, words.by),
    )
    print_lines(reconciliation_lines(found, fund))
    if words.dry_run and found.agrees:
        print("没有记下来（--dry-run）。")
    if words.dry_run or not found.agrees:
        return 0 if found.agrees else 1
    keep(county, found, head=book.head, statement=file.name, digest=digest, by=words.by)
    path = short(project, record_of(county))
    print(f"已记在 {path}：从 {found.start} 到 {found.end} 与银行相符。")
    return 0


def statement(words: argparse.Namespace) -> int:
    """`aidkit fund statement PERIOD`: every statement of one fund and period."""
    from aidkit.pipeline.fund import make_statements

    project = find_project()
    county = project.county(county_of(project, words))
    made = make_statements(
        project,
        county,
        fund_named(county, words.fund).id,
        period_of(words.period),
        unreconciled=words.unreconciled,
    )
    return _made(project, made)


def receipts(words: argparse.Namespace) -> int:
    """`aidkit fund receipts PERIOD`: the register of receipts, and certificates."""
    from aidkit.pipeline.fund import make_receipts

    project = find_project()
    county = project.county(county_of(project, words))
    made = make_receipts(
        project, county, fund_named(county, words.fund).id, period_of(words.period)
    )
    return _made(project, made)


def audit(words: argparse.Namespace) -> int:
    """`aidkit fund audit`: the whole journal looked at again."""
    from aidkit.cli.fund_lines import audit_lines
    from aidkit.pipeline.fund_audit import audit_county

    project = find_project()
    found = audit_county(project, project.county(county_of(project, words)), words.heads)
    print_lines(audit_lines(found))
    return 0 if found.sound else 1


def export(words: argparse.Namespace) -> int:
    """`aidkit fund export`: the ledger for a program that is not ours."""
    from aidkit.fund.ledger.beancount import beancount_text
    from aidkit.fund.ledger.journal import read_book
    from aidkit.project import replacing

    project = find_project()
    county = project.county(county_of(project, words))
    book = read_book(county)
    usual = project.root / "reports" / county.name / "fund" / "ledger.beancount"
    path = Path(words.to) if words.to else usual
    with replacing(path) as file:
        file.write(beancount_text(book).encode())
    print(f"{book.entries.height:,} 张凭证写到 {short(project, path)}（含姓名，内部资料）。")
    print(f"复核：bean-check {short(project, path)}")
    return 0


def _made(project: Project, made: "Made") -> int:
    print(f"做好 {len(made.files)} 个文件，在 {short(project, made.folder)}")
    print_lines(made.remarks)
    return 0
