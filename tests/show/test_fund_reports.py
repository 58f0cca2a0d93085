"""A fund's reports: the public one as a golden file, and nothing of anybody in it."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from aidkit.fund.book import Book, entries_of
from aidkit.fund.period import Period
from aidkit.internal import InternalFund
from aidkit.pipeline.fund_checked import Published
from aidkit.pipeline.fund_frames import Frames, public_frames
from aidkit.public import PublicFund
from aidkit.show.fund import fund_view
from aidkit.show.parts import Part, join
from tests.fund import vouchers as v
from tests.fund.books import book_of
from tests.show.fund_books import (
    CHILD,
    NAMELESS,
    PERIOD,
    frames,
    known,
    reconciled,
    small_book,
    small_entries,
    view,
)

GOLDEN = Path(__file__).parent / "golden" / "fund.md"
DATES = ("2026-11-20", "2027-03-05")
PUBLIC = ("page", "key_points", "summary", "income", "spending", "gifts", "activity", "trust")
INTERNAL = (
    "page",
    "key_points",
    "summary",
    "flows",
    "gifts",
    "feedback",
    "kept",
    "duties",
    "trust",
)


def public(*, agrees: bool = True) -> dict[str, Part]:
    report = PublicFund(view("public", agrees=agrees), *DATES)
    return {name: getattr(report, name)() for name in PUBLIC}


def internal(*, agrees: bool = True) -> Part:
    report = InternalFund(view("internal", agrees=agrees), *DATES)
    return join(getattr(report, name)() for name in INTERNAL)


def told(parts: dict[str, Part]) -> str:
    front = json.dumps(parts["page"].page, ensure_ascii=False, indent=1)
    return f"{front}\n\n{join(parts.values()).markdown}\n"


def test_a_public_report_reads_as_the_golden_file() -> None:
    assert told(public()) == GOLDEN.read_text(encoding="utf-8")


def test_nobody_is_named_who_did_not_agree_and_no_child() -> None:
    text = told(public())
    assert "单位甲" in text
    assert "某书友" in text
    assert not [name for name in (*NAMELESS, CHILD, "单位丙", "某出纳", "棉衣") if name in text]
    packed = "".join(table.write_json() for table in frames("public").values())
    assert not [name for name in (*NAMELESS, CHILD, "单位丙", "某出纳", "棉衣") if name in packed]


def test_what_went_back_to_donors_is_said_where_gifts_are_summed() -> None:
    def consents(book: Book) -> str:
        told = public_frames(known(book, reconciled(book)), "love", PERIOD)
        report = PublicFund(fund_view({**frames("public"), **told}), *DATES)
        return report.gifts().markdown

    assert "金额减去了退还的" not in consents(small_book())
    returned = v.gift_returned(dt.date(2026, 10, 20), 300_00, party=NAMELESS[0])
    assert "金额减去了退还的 300.00 元" in consents(book_of([*small_entries(), returned]))


def test_the_totals_are_those_of_the_internal_report() -> None:
    inside, outside = view("internal"), view("public")
    for section in ("opening", "income", "expense", "closing"):
        assert inside.fen(section) == outside.fen(section)
    sums = [
        one.frames["fund_payouts"].filter(program="total")["fen"].item()
        for one in (inside, outside)
    ]
    assert sums == [1_000_00, 1_000_00]


def test_the_statement_adds_up_as_printed() -> None:
    markdown = public()["summary"].markdown
    printed = dict(re.findall(r">(\S+合计)</th><td[^>]*>([\d,.]+)<", markdown))
    fen = {name: int(re.sub(r"[,.]", "", text)) for name, text in printed.items()}
    assert fen["期初余额合计"] + fen["本期收入合计"] - fen["本期支出合计"] == fen["期末余额合计"]


def test_few_people_stand_in_other_programs_and_the_footnote_says_so() -> None:
    spending = public()["spending"].markdown
    assert "其他资助" in spending
    assert "不足 5 人" in spending
    assert "临时困难补助" not in spending


def test_without_the_bank_s_word_no_figure_is_published() -> None:
    parts = public(agrees=False)
    text = told(parts)
    assert "未与银行核对，暂不公布收支" in text
    assert "还没有与银行核对过" in text
    assert [name for name, part in parts.items() if part.markdown] == ["key_points"]
    assert not re.search(r"\d\.\d\d|元", text)
    tables = frames("public", agrees=False)
    assert {name for name, table in tables.items() if not table.is_empty()} == {
        "settings",
        "labels",
        "fund",
    }


def test_no_month_is_told_in_public() -> None:
    assert "fund_months" not in frames("public")
    assert "fund_months" in frames("internal")
    text = told(public())
    assert "2026 年 9 月" not in text
    assert "2026 年 9 月" in internal().markdown


def test_where_few_were_paid_in_all_no_figure_is_published() -> None:
    book = small_book()
    few = book.entries.filter(pl.col("person_no").is_in(["", "P0", "P1", "Q0", "Q1"]))
    there = few.select("voucher_no")
    less = replace(
        book,
        entries=few,
        postings=book.postings.join(there, on="voucher_no", how="semi"),
        goods=book.goods.join(there, on="voucher_no", how="semi"),
    )
    made = public_frames(known(less, reconciled(less)), "love", PERIOD)
    base = view("public")
    few_view = replace(base, frames={**base.frames, **made})
    report = PublicFund(few_view, *DATES)
    text = told({name: getattr(report, name)() for name in PUBLIC})
    assert "受助的不足 5 人" in text
    assert "受助人数太少，暂不公布收支" in text
    assert "未与银行核对" not in text
    assert not re.search(r"\d\.\d\d", text)
    assert {name for name, table in made.items() if not table.is_empty()} == {"fund"}


def page_of(book: Book, *published: Published) -> tuple[Frames, str]:
    """The public tables of a book beside published statements, and all that its page says."""
    rules = replace(known(book, reconciled(book)), published={"love": published})
    made = public_frames(rules, "love", PERIOD)
    base = view("public")
    report = PublicFund(replace(base, frames={**base.frames, **made}), *DATES)
    return made, told({name: getattr(report, name)() for name in PUBLIC})


def test_beside_a_published_statement_that_would_tell_of_few_no_figure_is_published() -> None:
    """September is published: September and October less that are the two of October."""
    book = small_book()
    september = Period(PERIOD.first, dt.date(2026, 9, 30))
    made, text = page_of(book, Published(september, book.lines))
    assert "与已经公开的报表相减，有些日子受助的不足 5 人" in text
    assert not re.search(r"\d\.\d\d", text)
    assert {name for name, table in made.items() if not table.is_empty()} == {"fund"}


def test_what_a_published_statement_of_the_same_days_told_otherwise_is_marked() -> None:
    book = small_book()
    for line, marked in ((book.lines, False), (None, False)):
        _, text = page_of(book, Published(PERIOD, line))
        assert ("请以本页为准" in text) == marked
    entries = [one for _, one in entries_of(book, book.entries["voucher_no"].to_list())]
    late = v.gift(dt.date(2026, 10, 30), 5_00, entered_by="某出纳")
    more = book_of([*entries, late], batches=[len(entries), 1])
    made, text = page_of(more, Published(PERIOD, len(entries) + 1))
    assert made["fund"]["corrected"].to_list() == [True]
    assert "请以本页为准" in text
    assert "（更正）" in text
    _, text = page_of(more, Published(PERIOD, more.lines))
    assert "（更正）" not in text


def test_without_the_bank_s_word_internal_figures_bear_a_mark() -> None:
    assert "### 未与银行核对" in internal(agrees=False).markdown
    assert "### 未与银行核对" not in internal().markdown


@pytest.mark.parametrize(
    "says",
    [
        *(NAMELESS[0], "单位丙", "录入有误", "贰仟元整", "棉衣", "寄宿生补助", "转入下年同一用途"),
        *("年度慈善活动支出", "不一致，两个数都保留", "流水.xlsx", "某会计"),
        "寄宿生生活补助 600.00 元，6 人",
    ],
)
def test_an_internal_report_holds_everything(says: str) -> None:
    assert says in internal().markdown


def test_an_internal_report_names_no_child() -> None:
    assert CHILD not in internal().markdown


def test_every_chart_sums_to_its_table() -> None:
    charts = [spec for part in public().values() for spec in part.charts]
    income = [record["收入（元）"] for record in charts[0]["data"]["values"]]
    assert round(sum(income) * 100) == view("public").fen("income")


def test_a_year_that_the_book_covers_has_its_statement() -> None:
    assert view("public").frames["fund_activity"]["year"].unique().to_list() == [2025]
    assert "业务活动表（2025 年）" in public()["activity"].markdown
    assert small_book().funds["love"].opened_on.year == 2025


def test_a_report_of_a_fund_without_gifts_or_payouts_still_reads() -> None:
    empty = view("public")
    bare = {
        name: table.clear() if name in {"fund_gifts", "fund_activity"} else table
        for name, table in empty.frames.items()
    }
    nothing = (pl.col("section") != "income") | (pl.col("line") == "total")
    bare["fund_summary"] = bare["fund_summary"].filter(nothing)
    bare["fund_payouts"] = bare["fund_payouts"].filter(program="total")
    report = PublicFund(replace(empty, frames=bare), *DATES)
    assert "没有收到捐赠" in report.gifts().markdown
    assert "没有一笔收入" in report.income().markdown
    assert "没有发放资助" in report.spending().markdown
    assert report.activity().markdown == ""


def test_a_declaration_that_is_gone_takes_names_and_days_with_it() -> None:
    book = small_book()
    rules = replace(known(book, reconciled(book)), gift_columns=())
    gifts = public_frames(rules, "love", PERIOD)["fund_gifts"]
    assert gifts["donor"].unique().to_list() == [""]
    assert gifts["donated_on"].null_count() == gifts.height
    assert gifts["amount_fen"].sum() == 2_888_88
    bare = view("public")
    shown = PublicFund(replace(bare, frames={**bare.frames, "fund_gifts": gifts}), *DATES)
    assert "不公布姓名" in shown.gifts().markdown
