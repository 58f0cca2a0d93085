"""The workbook of a spot check: what was drawn, with columns to fill in, and how it was drawn."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from aidkit.county import County
from aidkit.documents.row_height import height_of
from aidkit.review.spot_check import (
    ALIKE,
    CHECKER,
    DAY,
    FINDING,
    HEADERS,
    NOTE,
    UNLIKE,
    Sample,
)

SHEET: Final = "抽查表"
HOW_SHEET: Final = "怎样抽、怎样填"

_WIDTHS: Final = (6, 16, 11, 9, 22, 14, 7, 10, 40, 13, 9, 24, 9, 12)
_FILLED: Final = (FINDING, NOTE, CHECKER, DAY)
_TOP = 3
"""Rows above the header."""

_SPARE = 3
"""Points above and below the text of a row."""

_A4 = 9
_PLAIN: Final = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}


def workbook(
    sample: Sample, county: County, programs: Sequence[tuple[str, int, int]], left_out: str
) -> bytes:
    """The workbook; equal samples of a county have equal bytes.

    Args:
        sample: What was drawn.
        county: Whose.
        programs: Title of each program, its awards, and how many of them are drawn.
        left_out: Titles of the programs for everybody that are not in it; may be empty.
    """
    title = f"{county.name}{sample.term.label}资助抽查表"
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    made_on = dt.datetime.combine(sample.term.starts, dt.time())
    book.set_properties({"title": title, "author": county.publisher, "created": made_on})
    _list(book, title, sample)
    _how(book, title, how_lines(sample, left_out), programs)
    book.close()
    return memory.getvalue()


def how_lines(sample: Sample, left_out: str) -> list[str]:
    """How the sample was drawn and how the sheet is filled in, Chinese."""
    n, awards = len(sample.rows), sample.awards
    whole = f"从 {awards:,} 人次里抽 {n:,} 人次，每 1 人次被抽中的机会都是 {n}/{awards}"
    return [
        f"抽查编号：{sample.number}",
        f"{whole}（{n / awards:.1%}），不论哪个项目、哪所学校。",
        f"怎样抽：种子 {sample.seed}。全部享受记录按项目排、项目内按学校排、同校的按"
        "“种子|学籍号或工号|项目代号”的 SHA-256 值排成一列，从种子定出的位置起等距离抽。"
        "所以每个项目、每个项目在每所学校，抽到的都是它应占的份数，去尾或进一；"
        "同样的结果和种子，谁来抽都一样。",
        "项目人次少的，一次可能一个也抽不到（见下表）；要更有把握，就多抽一些。"
        + (f"人人享有的项目不在内：{left_out}；要连同它们抽，加 --universal。" if left_out else ""),
        "怎样填：只填后四列。相符/不符从下拉框选；不符的（包括查不到人的）写明哪里不符、凭什么；"
        "核查人和日期每行都填。其他格子、行数和表头不要改，改了读不回来。",
        "填好以后：aidkit audit findings 这份表 --by 姓名",
        "内部资料：含个人信息，只给核查的人，用后交回，不要转发、张贴。",
    ]


def _list(book: xlsxwriter.Workbook, title: str, sample: Sample) -> None:
    sheet = book.add_worksheet(SHEET)
    last = len(_WIDTHS) - 1
    n, awards = len(sample.rows), sample.awards
    said = (
        f"{title}（内部资料）",
        f"抽查编号：{sample.number}　抽 {n:,} / {awards:,} 人次，"
        f"每 1 人次被抽中的机会都是 {n / awards:.1%}　种子 {sample.seed}",
        f"只填后四列；不符的写说明。怎样抽、怎样填见“{HOW_SHEET}”。含个人信息，不要转发、张贴。",
    )
    looks = (_big(book), book.add_format(_PLAIN), book.add_format(_PLAIN))
    for place, (text, look) in enumerate(zip(said, looks, strict=True)):
        sheet.merge_range(place, 0, place, last, text, look)
    bold = _PLAIN | {"bold": True, "border": 1, "align": "center"}
    head = book.add_format(bold | {"bg_color": "#E6E6E6"})
    open_head = book.add_format(bold | {"bg_color": "#FFF2CC"})
    for place, (header, width) in enumerate(zip((*HEADERS, *_FILLED), _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(_TOP, place, header, open_head if header in _FILLED else head)
    cell = book.add_format(_PLAIN | {"border": 1, "num_format": "@"})
    money = book.add_format(
        _PLAIN | {"border": 1, "num_format": "#,##0.00", "indent": 1, "align": "right"}
    )
    free = book.add_format(_PLAIN | {"border": 1, "num_format": "@", "locked": False})
    day = book.add_format(_PLAIN | {"border": 1, "num_format": "yyyy-mm-dd", "locked": False})
    amount = HEADERS.index("金额（元）")
    for line, row in enumerate(sample.rows, _TOP + 1):
        for place, text in enumerate(row):
            if place == amount and text[:1].isdigit():
                sheet.write_number(line, place, float(text.replace(",", "")), money)
            else:
                sheet.write_string(line, place, text, cell)
        for place, header in enumerate(_FILLED, len(HEADERS)):
            sheet.write_blank(line, place, None, day if header == DAY else free)
        sheet.set_row(line, max(map(height_of, row, _WIDTHS)) + _SPARE)
    _rules(sheet, sample)
    _page(sheet, sample)


def _rules(sheet: Worksheet, sample: Sample) -> None:
    """What Excel lets people type, and that they type nowhere else."""
    first, last = _TOP + 1, _TOP + len(sample.rows)
    at = {header: place for place, header in enumerate((*HEADERS, *_FILLED))}
    refusal = {"error_title": "填写不对"}
    sheet.data_validation(
        first,
        at[FINDING],
        last,
        at[FINDING],
        {"validate": "list", "source": [ALIKE, UNLIKE], "error_message": "请从下拉框选择。"}
        | refusal,
    )
    sheet.data_validation(
        first,
        at[DAY],
        last,
        at[DAY],
        {
            "validate": "date",
            "criteria": ">=",
            "value": sample.term.starts,
            "error_message": "请写成 2026-11-25 这样的日期。",
        }
        | refusal,
    )
    sheet.data_validation(
        first,
        at[CHECKER],
        last,
        at[CHECKER],
        {"validate": "any", "input_title": CHECKER, "input_message": "谁去核查的，写姓名。"},
    )
    # No password: it keeps a slip of the hand out, and reading back finds the rest.
    sheet.protect("", {"format_rows": True, "format_columns": True})
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:N{last + 1}"})


def _page(sheet: Worksheet, sample: Sample) -> None:
    sheet.freeze_panes(_TOP + 1, 4)
    sheet.repeat_rows(_TOP)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{sample.number} 内部资料&R第 &P 页，共 &N 页")


def _how(
    book: xlsxwriter.Workbook,
    title: str,
    lines: Sequence[str],
    programs: Sequence[tuple[str, int, int]],
) -> None:
    sheet = book.add_worksheet(HOW_SHEET)
    widths = (46, 22, 22)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    plain, head = (
        book.add_format(_PLAIN),
        book.add_format(_PLAIN | {"bold": True, "border": 1, "bg_color": "#E6E6E6"}),
    )
    cell = book.add_format(_PLAIN | {"border": 1})
    sheet.merge_range(0, 0, 0, 2, f"{title}（内部资料）", _big(book))
    for place, text in enumerate(lines, 1):
        sheet.merge_range(place, 0, place, 2, text, plain)
        sheet.set_row(place, height_of(text, sum(widths)) + _SPARE)
    top = len(lines) + 2
    for place, header in enumerate(("资助项目", "享受人次", "抽到人次")):
        sheet.write_string(top, place, header, head)
    for line, row in enumerate(programs, top + 1):
        for place, value in enumerate(row):
            sheet.write(line, place, value, cell)
    sheet.protect()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _big(book: xlsxwriter.Workbook) -> Format:
    return book.add_format(_PLAIN | {"font_size": 16, "bold": True, "font_color": "#C00000"})
