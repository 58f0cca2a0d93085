"""The lines that the commands of `aidkit fund` print."""

import datetime as dt
from collections.abc import Iterator, Sequence

import polars as pl

from aidkit.cli.lines import SEVERITIES
from aidkit.fund.accounts import ASSETS
from aidkit.fund.book import Book
from aidkit.fund.duties.duties import Duty
from aidkit.fund.duties.ratios import RESULTS, Ratio
from aidkit.fund.importing.preview import Preview
from aidkit.fund.ledger.audit import Audit
from aidkit.fund.ledger.heads import Told
from aidkit.fund.reconciling.matching import DOUBTFUL, RULES
from aidkit.fund.reconciling.outcome import Reconciliation, Side
from aidkit.fund.reconciling.standing import Standing
from aidkit.fund.settings import Fund
from aidkit.labels import project_labels
from aidkit.money import yuan

SHOWN = 20
"""Rows of a list that are printed; how many more there are is told."""

_STATUSES = {
    "new": "新的",
    "changed": "改了的",
    "same": "相同、已入账的",
    "gone": "表里没了的",
    "duplicate": "可能已经入账的",
    "taken_back": "更正冲销过、不再入账的",
    "left_out": "留下不入账的",
}


def preview_lines(shown: Preview) -> Iterator[str]:
    """What importing a file would do: rows and sums by what becomes of them, then what is wrong."""
    yield f"{shown.document}{'（导入过，内容没有变）' if shown.known else ''}："
    for status, tally in shown.tallies.items():
        if tally.rows:
            yield f"  {_STATUSES[status]} {tally.told}"
    if shown.held:
        yield f"  搁置的 {shown.held:,} 行（有错，不算在上面）"
    for claim in shown.register.controls.iter_rows(named=True):
        money = claim["measure"] == "fen"
        stated, actual = (
            (f"{yuan(claim[name])} 元" if money else f"{claim[name]:,} 行")
            for name in ("claimed", "actual")
        )
        sign = {True: "相符", False: f"不符，实际 {actual}", None: "有金额读不出来，无法核对"}[
            claim["agrees"]
        ]
        yield f"  表里写的{'合计' if money else '行数'} {stated}：{sign}"
    for tally, what in ((shown.undated, "没有日期"), (shown.without_channel, "没有写收付方式")):
        if tally.rows:
            yield f"  {tally.rows:,} 行{what}，{yuan(tally.fen)} 元"
    asked = shown.asked
    yield from _listed(map(_asked, asked.iter_rows(named=True)), asked.height)
    yield from _listed(map(_problem, shown.problems.iter_rows(named=True)), shown.problems.height)
    yield from (f"  留下第 {row} 行：{reason}" for row, reason in shown.left_out.items())


def _asked(row: dict[str, object]) -> str:
    again = "确要再入账的用 --distinct。" if row["status"] == "taken_back" else ""
    return f"  {_place(row['source_sheet'], row['source_row'])}：{row['why']}{again}"


def _problem(one: dict[str, object]) -> str:
    place = _place(one["sheet"], one["row"], one["column"])
    return f"  [{SEVERITIES[str(one['severity'])]}] {place}：{one['message']}{one['remedy']}"


def _place(sheet: object, row: object, column: object = "") -> str:
    told = (sheet, f"第 {row} 行" if row else "", column)
    return "，".join(str(part) for part in told if part)


def reconciliation_lines(found: Reconciliation, fund: Fund) -> Iterator[str]:
    """Both sides' balances, which rules matched how much, what is left, and the verdict."""
    yield f"{fund.name}，{found.start} 至 {found.end}："
    for name, side in (("银行", found.bank), ("账簿", found.book)):
        yield f"  {name}：{_balance(side)}"
    counts = found.links.group_by("rule", "side").agg(pl.len(), matches=pl.col("match").n_unique())
    told = {(rule, side): (n, matches) for rule, side, n, matches in counts.iter_rows()}
    for rule, title in RULES.items():
        lines, matches = told.get((rule, "bank"), (0, 0))
        vouchers = told.get((rule, "book"), (0, matches))[0]
        if lines or vouchers:
            yield f"  {title}：{lines:,} 行流水，{vouchers:,} 张凭证"
    if found.cancelled:
        yield f"  更正冲销、不会出现在流水里的：{len(found.cancelled)} 张凭证"
    if found.passed_over:
        yield f"  不在这段时间里、没有核对的流水：{found.passed_over} 行"
    doubtful = found.links.filter(pl.col("rule").is_in(DOUBTFUL))
    yield from _listed(map(_link, doubtful.iter_rows(named=True)), doubtful.height)
    for title, rows in (("没有凭证的流水", found.lines), ("没有流水的凭证", found.vouchers)):
        if rows.height:
            yield f"{title} {rows.height:,} 笔："
            yield from _listed(map(_link, rows.iter_rows(named=True)), rows.height)
    if not found.searched:
        yield "剩下的太多，没有再找几笔相加相等的。"
    if found.agrees:
        yield f"相符：期初、收支和期末都对上，{found.end} 余额 {yuan(found.bank.closing_fen)} 元。"
    for refusal in found.refusals:
        yield f"不符：{refusal}。"


def _balance(side: Side) -> str:
    return (
        f"期初 {yuan(side.opening_fen)} ＋ 收 {yuan(side.in_fen)} － 付 {yuan(side.out_fen)} ＝ "
        f"期末 {yuan(side.closing_fen)} 元"
    )


def _link(row: dict[str, object]) -> str:
    kinds = project_labels().names("entry_kind")
    text = kinds.get(str(row["text"]), row["text"]) if row["side"] == "book" else row["text"]
    place = row["voucher_no"] or f"流水第 {row['row']} 行"
    number = f"[{row['match']}] " if row["match"] else ""
    said = " ".join(str(part) for part in (row["party"], text) if part)
    return f"  {number}{place}，{row['date']}，{yuan(int(str(row['fen'])))} 元 {said}".rstrip()


def settings_lines(fund: Fund) -> Iterator[str]:
    """What the fund's file leaves open or contradicts itself in."""
    posts = project_labels().names("staff_post")
    for purpose in fund.purposes.values():
        if not purpose.leftover:
            yield f"  [提醒] 用途“{purpose.title}”没有写明结余去向（leftover）。"
        if not purpose.programs:
            yield f"  [提醒] 用途“{purpose.title}”没有可用的项目（programs），这些钱花不出去。"
    if "bank" in fund.channels.values() and not fund.bank:
        yield "  [提醒] 有银行账户，没有写开户行（bank）。"
    for pledge in fund.pledges:
        if pledge.stated_fen not in {None, pledge.derived_fen}:
            yield (
                f"  [提醒] {posts[pledge.post]}每人每年：写明 {yuan(pledge.stated_fen or 0)} 元，"
                f"按每天 {yuan(pledge.fen_a_day)} 元 × {pledge.days} 天是 "
                f"{yuan(pledge.derived_fen)} 元，两个数都保留。"
            )


def balance_lines(book: Book, fund: Fund, on: dt.date, bank: Standing) -> Iterator[str]:
    """Where the money lies, for what it may be used, and whether the bank agrees."""
    labels = project_labels().names("account")
    own = book.postings.filter((pl.col("fund") == fund.id) & (pl.col("date") <= on))
    asset = pl.col("account").is_in(ASSETS)
    held = dict(own.filter(asset).group_by("account").agg(pl.col("fen").sum()).iter_rows())
    money = "，".join(f"{labels[name]} {yuan(held[name])}" for name in ASSETS if held.get(name))
    yield f"  资产：{money or '没有'}（元）"
    pools = dict(own.filter(~asset).group_by("purpose").agg(-pl.col("fen").sum()).iter_rows())
    nothing = project_labels().label("purpose_word", "unrestricted")
    titles = {"": nothing, **{p.id: p.title for p in fund.purposes.values()}}
    kept = "，".join(f"{titles[name]} {yuan(pools[name])}" for name in titles if pools.get(name))
    yield f"  净资产：{kept or '没有'}（元）"
    told = {
        "no_bank": "没有银行账户",
        "agrees": f"与银行相符，余额 {yuan(bank.book_fen)} 元",
        "differs": f"账簿 {yuan(bank.book_fen)} 元，银行 {yuan(bank.bank_fen or 0)} 元，不符",
        "changed": "对账以后账簿又有变动，要重新对账",
        "not_reconciled": f"只对到 {bank.until}" if bank.until else "还没有对过账",
    }[bank.kind]
    yield f"  银行对账：{told}"


def ratio_lines(found: Sequence[Ratio]) -> Iterator[str]:
    """The ratio sheet: formula, figures, bound, article, result, why."""
    for ratio in found:
        title = f"{ratio.rule.title}（{ratio.year} 年）"
        if ratio.result == "not_applicable":
            yield f"  {title}：不适用（{ratio.reason}）"
            continue
        sign = "不低于" if ratio.rule.bound == "at_least" else "不高于"
        percent = ratio.bracket.percent if ratio.bracket else None
        bound = f"，{sign} {percent}%" if percent is not None else ""
        share = f" ＝ {float(ratio.share):.2%}" if ratio.share is not None else ""
        yield f"  {title}：{RESULTS[ratio.result]}（{ratio.formula}{share}{bound}）"
        if ratio.figures:
            yield f"      {'，'.join(map(str, ratio.figures))}"
        if ratio.reason:
            yield f"      {ratio.reason}"
        yield f"      依据：{ratio.rule.article.cited}"


def duty_lines(
    soon: Sequence[Duty], undated: Sequence[Duty], on: dt.date, exempt: str
) -> Iterator[str]:
    """What is due soon, and what has no date; why nothing of the law's binds, where it does not."""
    if exempt:
        yield f"  法定公开期限：不适用（{exempt}）"
    elif not soon:
        yield "  30 天内没有到期的事。"
    for duty in soon:
        left = (duty.due - on).days if duty.due else 0
        about = f"（{duty.about}）" if duty.about else ""
        yield f"  {duty.due} 前{about}：{duty.rule.title}，还有 {left} 天"
        yield f"      依据：{duty.rule.article.cited}"
    for duty in undated:
        yield f"  没有写日期：{duty.rule.title}"
        yield f"      依据：{duty.rule.article.cited}"


def changed_lines(told: Sequence[Told]) -> Iterator[str]:
    """Statements on record that are no longer what the book says, since something was entered."""
    lines = (
        f"  [提醒] {fund} 的报表 {days.first} 至 {days.last} 已经做过，这次入账改变了它："
        f"请重做 aidkit fund statement {days.first}..{days.last} --fund {fund}，"
        "会印“更正版”，并告知理事会和捐赠人。"
        for fund, days in told
    )
    yield from _listed(lines, len(told))


def audit_lines(found: Audit) -> Iterator[str]:
    """What an audit looked at and found."""
    yield (
        f"{found.vouchers:,} 张凭证，{found.batches:,} 批，{found.lines:,} 行；"
        f"核对了 {found.heads} 个以前报表的链首。"
    )
    told = (
        f"  [{'错误' if one.severity == 'error' else '提醒'}] {one.message}{one.remedy}"
        for one in found.findings
    )
    yield from _listed(told, len(found.findings))
    yield f"链首 {found.head}"
    errors = {one.code for one in found.findings if one.severity == "error"}
    if errors == {"head_unknown"}:
        yield "给出的链首没有核对上，先查清再出报表。"
    else:
        yield "账簿完好。" if found.sound else "账簿有错，先改正再出报表。"


def _listed(lines: Iterator[str], count: int) -> Iterator[str]:
    for _ in range(min(count, SHOWN)):
        yield next(lines)
    if count > SHOWN:
        yield f"  ……另有 {count - SHOWN:,} 条"
