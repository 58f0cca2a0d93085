"""Gifts with their donors, receipts, and where each gift went: internal."""

from typing import Any

import polars as pl

from aidkit.show.fund import FundView
from aidkit.show.fund_money import BACK, GIVEN
from aidkit.show.numbers import count, money_words
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Part, folded, numbered, prose, section

MONEY = "单位：元"


def gifts_section(view: FundView) -> Part:
    """Every gift with donor, consent and purpose."""
    gifts = view.frames["fund_gifts"]
    if gifts.is_empty():
        return section("本期没有捐赠", "gifts", prose(f"{view.days} 没有收到捐赠。"))
    purposes = purposes_of(view)
    rows = [
        Row(
            (
                *(row["voucher_no"], row["date"].isoformat(), view.donor(row["party"])),
                view.giver(row["donor_class"]),
                view.labels.label("consent", row["consent"]),
                view.labels.label("fund_line", row["kind"]),
                *(purposes[row["purpose"]], row["fen"]),
            )
        )
        for row in gifts.to_dicts()
    ]
    rows.append(Row(("合计", int(gifts["fen"].sum())), "total"))
    titles = ("凭证", "日期", "捐赠人", "类别", "公开意愿", "方式", "用途")
    columns = [*(Column((title,)) for title in titles), Column(("金额",), "money")]
    table = numbered(
        "tbl-gifts", official_table(columns, rows, unit=MONEY), "逐笔捐赠；退还的为负数。"
    )
    given = gifts.filter(~pl.col("kind").is_in(BACK))
    title = (
        f"{count(given['voucher_no'].n_unique())} 笔捐赠，共 {money_words(int(given['fen'].sum()))}"
    )
    return section(title, "gifts", folded("逐笔列出", table, gifts.height))


def receipts_section(view: FundView) -> Part:
    """The register of receipts, with the sum in words."""
    receipts = view.frames["receipts"]
    if receipts.is_empty():
        return section("本期没有要开的票据", "receipts", prose("没有捐赠，也就没有票据。"))
    rows = [
        Row(
            (
                *(row["reference"] or None, row["voucher_no"], row["date"].isoformat()),
                *(view.donor(row["donor"]), row["goods"] or view.word("money")),
                *(
                    row["in_words"] or view.word("unvalued"),
                    view.labels.label("receipt_status", row["status"]),
                ),
                row["fen"],
            )
        )
        for row in receipts.to_dicts()
    ]
    titles = ("票据号", "凭证", "日期", "捐赠人", "捐赠内容", "大写", "状态")
    columns = [
        *(Column((title,), "long" if title == "大写" else "text") for title in titles),
        Column(("金额",), "money"),
    ]
    blank = receipts.filter(reference="").height
    said = f"，{count(blank)} 笔没有登记票据号" if blank else "，票据号齐全"
    table = numbered(
        "tbl-receipts", official_table(columns, rows, unit=MONEY), "票据登记，按凭证号排列。"
    )
    title = f"票据登记 {count(receipts.height)} 笔{said}"
    return section(title, "receipts", folded("逐笔列出", table, receipts.height))


def feedback_section(view: FundView) -> Part:
    """What became of each gift, and on which programs it was spent."""
    feedback = view.frames["feedback"]
    if feedback.is_empty():
        return section("还没有可以反馈的捐赠", "feedback", prose("这只基金还没有收到钱。"))
    purposes, uses = purposes_of(view), _uses(view)
    titles = view.labels.names("feedback_column")
    rows = [
        Row(
            (
                *(purposes[row["purpose"]], row["voucher_no"], _giver(view, row)),
                uses.get((row["voucher_no"], row["purpose"])),
                *(row[name] for name in titles),
            )
        )
        for row in feedback.to_dicts()
    ]
    rows.append(Row(("合计", *(int(feedback[name].sum()) for name in titles)), "total"))
    columns = [
        *(Column((title,)) for title in ("用途", "凭证", "谁给的")),
        Column(("本期用在哪里",), "long"),
        *(Column((title,), "money") for title in titles.values()),
    ]
    table = numbered(
        "tbl-feedback",
        official_table(columns, rows, unit=MONEY, keys=1),
        "同一用途的钱，先到的先用；实物按品名对。学校只列这笔钱资助了"
        f" {view.threshold} 人以上的；一律不写学生。不限定用途的钱也照样列出。",
    )
    spent, left = (int(feedback[name].sum()) for name in ("spent_fen", "left_fen"))
    title = f"收到的钱本期使用 {money_words(spent)}，结余 {money_words(left)}"
    return section(title, "feedback", folded("逐笔列出", table, feedback.height))


def purposes_of(view: FundView) -> dict[str, str]:
    """Purpose to title."""
    table = view.frames["purposes"]
    nothing = view.labels.label("purpose_word", "unrestricted")
    return {"": nothing, **dict(table.select("purpose", "title").iter_rows())}


def _uses(view: FundView) -> dict[tuple[str, str], Value]:
    """Voucher and purpose to what it was spent on, in words."""
    schools = dict(view.frames["schools"].iter_rows())
    told: dict[tuple[str, str], list[str]] = {}
    for row in view.frames["uses"].to_dicts():
        use = row["use"]
        what = view.program(row["program"]) if use == "program" else _cost(view, use)
        people = f"，{count(row['persons'])} 人" if row["persons"] else ""
        where = "、".join(schools.get(code, code) for code in row["schools"])
        told.setdefault((row["voucher_no"], row["purpose"]), []).append(
            f"{what} {money_words(row['fen'])}{people}" + (f"（{where}）" if where else "")
        )
    return {key: "；".join(words) for key, words in told.items()}


def _giver(view: FundView, row: dict[str, Any]) -> str:
    """The donor; of what is no gift (an opening, a grant) what it is."""
    if row["origin"] in GIVEN:
        return view.donor(row["party"])
    return row["party"] or view.labels.label("entry_kind", row["origin"])


def _cost(view: FundView, kind: str) -> str:
    return view.labels.names("entry_kind").get(kind, kind)
