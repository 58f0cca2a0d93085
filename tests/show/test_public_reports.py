"""A small public report, whole: its Markdown beside the file that was looked at."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from aidkit.public import PublicReport
from aidkit.show.parts import join
from aidkit.show.view import View

BIG, MIDDLE, TINY = "9901010001", "9901010002", "9901010003"

GOLDEN = Path(__file__).parent / "golden"
SECTIONS = ("key_points", "programs", "tiers", "grades", "categories", "change", "quality")


def report(view: View, school: str | None = None) -> PublicReport:
    scope = view if school is None else replace(view, school=school)
    return PublicReport(scope, "2026-11-20", "2027-03-05")


def markdown(made: PublicReport) -> str:
    return join([getattr(made, name)() for name in (*SECTIONS, "definitions")]).markdown + "\n"


@pytest.mark.parametrize(("name", "school"), [("school", BIG), ("tiny_school", TINY)])
def test_a_school_report_reads_as_the_golden_file(view: View, name: str, school: str) -> None:
    golden = (GOLDEN / f"{name}.md").read_text(encoding="utf-8")
    assert markdown(report(view, school)) == golden


def test_the_title_is_the_finding(view: View) -> None:
    assert report(view, BIG).page().page == {
        "title": "青源小学 72 名学生应享资助，共 36,000.00 元",
        "subtitle": "青源小学 · 2026 年秋季学期资助报告",
        "description": "2026 年秋季学期本校在校学生 312 人，应享资助学生占 23.1%。",
        "date": "2026-11-20",
        "author": "青山县教育局",
        "categories": ["资助报告", "2026 年秋季学期"],
        "status": "待补正",
        "published-on": "2026-11-20",
        "next-update": "2027-03-05",
        "producer": "青山县教育局",
        "term": "2026-autumn",
        "downloads": [
            {"text": "人数与金额 CSV", "href": "../../downloads/2026-autumn-aid.csv"},
            {"text": "在校学生 CSV", "href": "../../downloads/2026-autumn-roll.csv"},
            {"text": "资助办法 CSV", "href": "../../downloads/2026-autumn-programs.csv"},
        ],
        "school-code": BIG,
    }


def test_rows_set_aside_make_a_report_a_draft(view: View) -> None:
    status = {s: (report(view, s).page().page or {})["status"] for s in (BIG, MIDDLE)}
    assert status == {BIG: "待补正", MIDDLE: "正式"}


def test_withheld_figures_are_said_to_be_withheld(view: View) -> None:
    tiny = markdown(report(view, TINY))
    assert "受助学生人数很少" in tiny
    assert "少于 5 人" in tiny
    assert "名额少于 5 个的项目" in tiny
    assert "逐案审定的金额不分学校公布" in tiny
    assert "大半属于一个人" in tiny
    programs = report(view, TINY).programs().markdown
    assert programs.count("未公布") == 3
    assert "aid-chart" not in programs


def test_no_sum_is_printed_that_gives_a_withheld_part_back(view: View) -> None:
    frames = dict(view.now.frames)
    aid = frames["aid"]
    hide = (aid["school_code"] == "all") & (aid["group"] == "boarder_aid")
    frames["aid"] = aid.with_columns(
        persons=aid["persons"].set(hide, None),
        amount_fen=aid["amount_fen"].set(hide, None),
        suppressed=aid["suppressed"] | hide,
    )
    hidden = replace(view, history=(*view.history[:-1], replace(view.now, frames=frames)))
    total = report(hidden).programs().markdown.split('class="aid-total"')[1]
    assert "未公布" in total.split("</tr>")[0]
    assert "158,625.00" not in report(hidden).programs().markdown


def test_where_the_whole_is_withheld_the_published_programs_are_summed(view: View) -> None:
    frames = dict(view.now.frames)
    whole = (pl.col("school_code") == "all") & (pl.col("breakdown") == "total")
    frames["aid"] = frames["aid"].with_columns(
        amount_fen=pl.when(whole).then(None).otherwise("amount_fen")
    )
    hidden = replace(view, history=(*view.history[:-1], replace(view.now, frames=frames)))
    text = report(hidden).key_points().markdown
    assert "已公布的项目本学期共 53,125.00 元" in text
    assert "只含已公布的项目" in text


def test_what_nobody_checked_stands_in_red_above_the_report(view: View) -> None:
    top = report(view).page().markdown
    assert top.startswith("::: {.callout-important}")
    assert "寄宿生生活补助" in top
    assert "困难学生三级资助" not in top
    assert "寄宿生生活补助" not in report(view, BIG).page().markdown


def test_demand_by_level_only_of_published_money(view: View) -> None:
    assert (
        "困难学生三级资助，各级财政应承担：省 22,500.00 元、县 15,000.00 元"
        in report(view).programs().markdown
    )
    assert "funding" not in report(view, BIG).programs().markdown
    frames = dict(view.now.frames)
    tiered = pl.col("group") == "tiered_aid"
    frames["aid"] = frames["aid"].with_columns(
        amount_fen=pl.when(tiered).then(None).otherwise("amount_fen")
    )
    hidden = replace(view, history=(*view.history[:-1], replace(view.now, frames=frames)))
    assert "没有可以分到各级财政的资金" in report(hidden).programs().markdown


def test_sums_are_said_to_be_by_law_or_by_actual_time(view: View) -> None:
    public = report(view).definitions().markdown
    assert "按整学期的标准计" in public
    assert "全县有不少于 7 人按实际在校时间发放" in public
    internal = report(replace(view, threshold=None)).definitions().markdown
    assert "中途转入、转出的按实际在校时间计" in internal
    assert "按整学期的标准计" not in internal


def test_a_school_s_report_names_no_program_for_teachers(view: View) -> None:
    frames = dict(view.now.frames)
    waiver = pl.col("program_id") == "fee_waiver"
    frames["programs"] = frames["programs"].with_columns(
        subject=pl.when(waiver).then(pl.lit("teacher")).otherwise("subject")
    )
    changed = replace(view, history=(*view.history[:-1], replace(view.now, frames=frames)))
    assert "免学杂费</t" in report(changed).definitions().markdown
    assert "免学杂费</t" not in report(changed, BIG).definitions().markdown


def test_without_last_term_the_report_says_which_command_makes_it(view: View) -> None:
    alone = replace(view, history=view.history[-1:])
    assert "aidkit run 2026-spring --tables" in report(alone, BIG).change().markdown


def test_schools_stand_in_order_of_code_beside_the_mean(view: View) -> None:
    schools = report(view).home_schools().markdown
    assert "不排名次" in schools
    assert schools.index(BIG) < schools.index(MIDDLE) < schools.index(TINY)
    assert schools.count("<circle") == 2
    assert "云岭&lt;中&gt;学" in schools


def test_the_home_page_opens_with_the_finding(view: View) -> None:
    page = report(view).home_page()
    assert "100 名学生应享资助，" in page.markdown
    assert "比上学期增加 12 人" in page.markdown
    assert (page.page or {})["title-block-style"] == "none"


def test_donors_are_listed_by_number_with_their_sum(view: View) -> None:
    donors = report(view).donors().markdown
    assert "2 笔捐赠" in donors
    assert "51,234.50" in donors


def test_a_fee_waiver_without_a_sum_shows_a_dash_and_no_subtotal(view: View) -> None:
    frames = dict(view.now.frames)
    boarders = pl.col("group") == "boarder_aid"
    frames["aid"] = frames["aid"].with_columns(
        amount_fen=pl.when(boarders).then(0).otherwise("amount_fen")
    )
    frames["programs"] = frames["programs"].with_columns(
        in_kind=pl.col("in_kind") | (pl.col("program_id") == "boarder_aid")
    )
    changed = replace(view, history=(*view.history[:-1], replace(view.now, frames=frames)))
    text = report(changed).programs().markdown.split("{#funding}")[0]
    assert ">0.00<" not in text
    assert "不计金额" in text
    assert "不计金额" not in report(view).programs().markdown
