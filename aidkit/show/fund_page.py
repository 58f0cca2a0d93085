"""How a fund's report opens and closes: title, key points, why to believe it."""

import html
from typing import Any

import polars as pl

from aidkit.show.fund import FEW, TOTAL, UNRECONCILED, FundView
from aidkit.show.fund_money import BACK, times_words
from aidkit.show.marks import KeyFigure, key_figures
from aidkit.show.numbers import count, money, money_words
from aidkit.show.official import Column, Markup, Row, official_table
from aidkit.show.parts import Part, callout, escaped, numbered, prose, section
from aidkit.show.report import heading

DOWNLOADS = {
    "summary": "收支公示表 CSV",
    "payouts": "资助项目 CSV",
    "gifts": "捐赠明细 CSV",
    "activity": "业务活动表 CSV",
}
"""Tables offered for download with a public report."""


CORRECTED = "同一时段的报表公布以后，账簿又有登记或更正，本页的数与以前公布的不同，请以本页为准。"
"""What stands above figures that a public statement of the same days told otherwise."""


def fund_page(
    view: FundView,
    *,
    published_on: str,
    next_update: str,
    kind: str,
    shows_figures: bool,
    downloads: str | None = None,
) -> Part:
    """The page's front matter, and the same as a heading for JupyterLab.

    Args:
        view: The fund.
        published_on: ISO date.
        next_update: ISO date.
        kind: What the report is called.
        shows_figures: Whether the report tells figures at all.
        downloads: Path from the page to the folder of downloads; None without downloads.
    """
    front: dict[str, Any] = {
        "title": _headline(view) + ("（更正）" if view.corrected else "")
        if shows_figures
        else f"{view.name}{view.state}，暂不公布收支",
        "subtitle": f"{view.county.name} · {view.days} {kind}",
        "description": f"{view.name} {view.days} 的收入、支出和结余，{view.bank_says}",
        "date": published_on,
        "author": view.county.publisher,
        "categories": [kind, view.term.label],
        "status": view.state,
        "published-on": published_on,
        "next-update": next_update,
        "producer": view.county.publisher,
        "term": view.term.code,
        "fund": view.name,
    }
    if downloads is not None and shows_figures:
        front["downloads"] = [
            {"text": text, "href": f"{downloads}{view.term.code}-fund-{view.fund}-{name}.csv"}
            for name, text in DOWNLOADS.items()
            if not view.frames[f"fund_{name}"].is_empty()
        ]
    return Part("", heading(front), page=front)


def unreconciled(view: FundView) -> Part:
    """What stands across figures that the bank does not agree with."""
    return callout(
        UNRECONCILED,
        prose(f"{view.bank_says}本报告只供内部核对，不能对外公布，也不能当作报表上报。"),
        kind="important",
    )


def withheld(view: FundView) -> Part:
    """What a public report says instead of figures."""
    of_bank = "账簿与银行不一致的数字容易出错，所以核对相符以后再公布，在此之前不公布任何金额。"
    why = "" if view.state == FEW else of_bank
    words = (
        f"**{escaped(view.name)}** {view.days} 的收支还没有公布：{view.bank_says}{why}",
        f"要查问请联系：{escaped(view.county.contact)}。" if view.county.contact else "",
    )
    return section("为什么没有数字", "withheld", prose(*filter(None, words)))


def fund_key_points(view: FundView) -> Part:
    """What came in, went out and is left, in a sentence and as figures."""
    opening, came, went = (view.fen(name) for name in ("opening", "income", "expense"))
    carried, closing = view.fen("carried_in"), view.fen("closing")
    start = opening + carried
    gifts = view.frames["fund_gifts"].filter(~pl.col("kind").is_in(BACK))
    payouts = view.frames["fund_payouts"].filter(program=TOTAL).row(0, named=True)
    times = payouts["times"]
    given = f"捐赠 {count(gifts.height)} 笔"
    paid = "含资助" if times is None else f"资助 {count(times)} 人次"
    finding = (
        f"{view.days}，收入 {money_words(came)}（其中捐赠 {count(gifts.height)} 笔），"
        f"支出 {money_words(went)}（其中资助{times_words(times)}{money_words(payouts['fen'])}），"
        f"结余 {money_words(closing)}。{view.bank_says}"
    )
    figures = [
        _figure(view.section("opening"), start, f"{view.first} 以前", ()),
        _figure(view.section("income"), came, given, view.by_month("income")),
        _figure(view.section("expense"), went, paid, view.by_month("expense")),
        _figure(view.section("closing"), closing, "期初＋收入－支出", view.by_month("closing")),
    ]
    shown = [prose(finding, lead=True), key_figures(figures)]
    if view.corrected:
        shown.insert(0, callout("更正", prose(CORRECTED), kind="important"))
    return section("要点", "key-points", *shown)


def fund_trust(view: FundView, *, public: bool) -> Part:
    """The journal's head, the bank, and what is told and withheld."""
    head = Markup(f"<code>{html.escape(view.head)}</code>")
    rows = [
        Row(("与银行核对", view.bank_says)),
        Row(("账簿链首", head)),
        Row(("账簿行数", f"{view.line:,} 行")),
        Row(("基金类型", view.org_type)),
    ]
    table = official_table([Column(("项",)), Column(("内容",), "long")], rows)
    words = (
        "账簿只增不改：每一行都含上一行的校验值，错了另记一笔更正。"
        "**账簿链首**是最后一行的校验值，以后有人改动或删去以前的任何一行，"
        "算出来的链首就与这里印的不同。"
    )
    rule = (
        f"资助项目一个月里不足 {view.threshold} 人的，并入“其他资助”，合计一分不差；"
        "捐赠人只列同意实名的，没有表示过的按匿名，只公布金额的不写日期；"
        "受助人一律不列；余额只公布总数，各月不单独公布。差错以更正公布，不悄悄改数。"
    )
    return section(
        "数字凭什么可信",
        "trust",
        prose(words, *([rule] if public else [])),
        numbered("tbl-trust", table, "本报告所依据的账簿。"),
    )


def _headline(view: FundView) -> str:
    came, went, closing = (view.fen(name) for name in ("income", "expense", "closing"))
    return (
        f"{view.name}收入 {money_words(came)}、支出 {money_words(went)}、"
        f"结余 {money_words(closing)}"
    )


def _figure(label: str, fen: int, says: str, trend: dict[str, int] | tuple[()]) -> KeyFigure:
    values = tuple(trend.values()) if trend else ()
    return KeyFigure(label, *money(fen), says, trend=values)
