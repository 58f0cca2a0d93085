"""Sheets about notices: the proof of what was posted, and the report upward of a closed one."""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from aidkit.county import County
from aidkit.documents.row_height import height_of
from aidkit.notices.listing import HEADERS as LIST_HEADERS
from aidkit.notices.listing import Line
from aidkit.notices.notice import OUTCOMES, Notice
from aidkit.notices.proof import HEADERS, proof_rows
from aidkit.notices.wording import change_words

PROOF: Final = "公示登记证明"
REGISTER: Final = "登记表"

_A4 = 9
_LABEL, _TEXT = 12, 58
"""Widths of the two columns of an upright page; together they fit on A4 as they are."""

_LINE = 20
"""Points of a line that is read on paper."""

_FONT: Final = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_PAPER: Final = _FONT | {"font_size": 12}
_TITLE: Final = _FONT | {"font_size": 16, "bold": True, "align": "center"}
_CELL: Final = _FONT | {"border": 1, "num_format": "@"}
_HEAD: Final = _CELL | {"bold": True, "bg_color": "#E6E6E6", "align": "center"}

_SIGNED = "单位（盖章）：　　　　　　　　　经办人：　　　　　　　　日期："
_NOTHING = "—"

_WIDTHS: Final[Mapping[str, int]] = dict.fromkeys(("公示栏", "网站"), 12) | {
    **dict.fromkeys(("张贴名单校验码", "现名单校验码"), 18),
    **dict.fromkeys(("人数", "异议", "属实", "张贴人", "经办人", "逾期未答复"), 7),
    **{"标题": 26, "学校": 30, "项目": 28, "姓名": 14, "编号": 8},
}
"""Width of a column by its header."""

_WIDTH = 11


def proof_csv(notices: Sequence[Notice], on: dt.date) -> bytes:
    """The proof sheet as CSV that Excel opens with Chinese intact."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([HEADERS, *proof_rows(notices, on)])
    return text.getvalue().encode("utf-8-sig")


def proof_workbook(notices: Sequence[Notice], on: dt.date, county: County, head: str) -> bytes:
    """A page for each notice that was posted, then all notices in one table.

    Equal registers have equal bytes.

    Args:
        notices: Those of the register.
        on: As of which day.
        county: Whose.
        head: Hash of the register's last record.
    """
    book, memory = _book(f"{county.name}{PROOF}", on, county)
    said = f"{county.publisher}　截至 {on}　登记簿链首：{head}"
    posted = [one for one in notices if one.posted_on is not None]
    _pages(book, said, proof_rows(posted, on))
    sheet = book.add_worksheet(REGISTER)
    _table(book, sheet, said, HEADERS, proof_rows(notices, on))
    sheet.set_landscape()
    book.close()
    return memory.getvalue()


def report_workbook(
    notice: Notice, lines: Sequence[Line], on: dt.date, county: County, head: str
) -> bytes:
    """What is reported upward when a notice is closed: how it went, and the list as it is now.

    Args:
        notice: The notice, closed.
        lines: Its list.
        on: The day of the report.
        county: Whose.
        head: Hash of the register's last record.
    """
    book, memory = _book(f"{notice.draft.title}情况报告", on, county)
    sheet = book.add_worksheet("公示情况")
    sheet.set_column(0, 0, _LABEL + _TEXT)
    told = [*report_lines(notice), f"登记簿链首：{head}", f"{county.publisher}　{on}"]
    for row, text in enumerate(told):
        look = _TITLE if row == 0 else _PAPER | {"align": "right" if text == told[-1] else "left"}
        sheet.write_string(row, 0, text, book.add_format(look))
        larger = 1.5 if row == 0 else 1.1
        sheet.set_row(row, height_of(text, (_LABEL + _TEXT) / larger, _LINE * larger))
    _fitted(sheet)
    # Most lists tell everybody apart without it.
    shown = [name for name in notice.draft.columns if any(line.cell(name) for line in lines)]
    body = [tuple(line.cell(name) for name in shown) for line in lines]
    sheet = book.add_worksheet("名单")
    said = f"{notice.draft.title}：公示后的名单（内部资料）"
    _table(book, sheet, said, [LIST_HEADERS[name] for name in shown], body)
    book.close()
    return memory.getvalue()


def report_lines(notice: Notice) -> list[str]:
    """How a notice went, for whoever it is reported to; names nobody."""
    draft, objections = notice.draft, notice.objections
    where = "；".join(
        f"{'公示栏' if one.place == 'unit' else '网站'} {one.first} 至 {one.last}"
        for one in notice.spans
    )
    lines = [
        f"关于“{draft.title}”公示情况的报告",
        f"公示编号 {notice.number}，范围：{draft.scope}。",
        f"公示时间：{where}；张贴人：{notice.posted_by}。",
        f"公示期内收到异议 {len(objections)} 条" + ("。" if objections else "，没有需要更正的。"),
    ]
    for one in objections:
        outcome = OUTCOMES.get(one.outcome, "待答复")
        changed = f"，{change_words(one)}" if one.corrects else ""
        lines.append(
            f"第 {one.number} 条：{one.on} 收到，应于 {one.due} 前答复，"
            f"{one.answered_on} 答复，{outcome}{changed}。"
        )
    return [
        *lines,
        f"公示后名单 {draft.persons} 人，名单校验码：\n{draft.digest}",
        f"网站上线：{notice.site_up_on or '没有'}；"
        f"网站撤下：{notice.site_down_on or '期满次日起，下一次做网站时撤下'}；"
        f"公示栏撤下：{notice.board_down_on or '没有登记'}。",
    ]


def _book(title: str, on: dt.date, county: County) -> tuple[xlsxwriter.Workbook, io.BytesIO]:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    made_on = dt.datetime.combine(on, dt.time())
    book.set_properties({"title": title, "author": county.publisher, "created": made_on})
    return book, memory


def _pages(book: xlsxwriter.Workbook, said: str, rows: Sequence[Sequence[str]]) -> None:
    """What each row says on an upright page of its own, with a place for seal and signature."""
    sheet = book.add_worksheet(PROOF)
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, 1, _TEXT)
    title, plain, label, cell = (
        book.add_format(look) for look in (_TITLE, _FONT, _HEAD | {"align": "left"}, _CELL)
    )
    top, breaks = 0, []
    for row in rows:
        sheet.merge_range(top, 0, top, 1, PROOF, title)
        sheet.merge_range(top + 1, 0, top + 1, 1, said, plain)
        sheet.set_row(top, 2 * _LINE)
        sheet.set_row(top + 1, height_of(said, _LABEL + _TEXT, _LINE))
        for place, (header, text) in enumerate(zip(HEADERS, row, strict=True), top + 2):
            sheet.write_string(place, 0, header, label)
            sheet.write_string(place, 1, text or _NOTHING, cell)
            sheet.set_row(place, height_of(text, _TEXT, _LINE))
        top += len(HEADERS) + 2
        sheet.merge_range(top, 0, top, 1, _SIGNED, plain)
        sheet.set_row(top, 4 * _LINE)
        top += 1
        breaks.append(top)
    # Not fitted to the page: Excel then forgets where pages break.
    sheet.set_h_pagebreaks(breaks[:-1])
    _on_paper(sheet)


def _table(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    said: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """A line above, a header, and cells that are all text: digests and numbers stay as they are."""
    head, cell, right = (book.add_format(x) for x in (_HEAD, _CELL, _CELL | {"align": "right"}))
    widths = [_WIDTHS.get(header, _WIDTH) for header in headers]
    for place, (header, width) in enumerate(zip(headers, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, header, head)
    sheet.merge_range(0, 0, 0, len(headers) - 1, said, book.add_format(_FONT | {"bold": True}))
    sheet.set_row(0, height_of(said, sum(widths), _LINE))
    for number, row in enumerate(rows, 2):
        for place, (header, text) in enumerate(zip(headers, row, strict=True)):
            sheet.write_string(number, place, text, right if header == "金额（元）" else cell)
        sheet.set_row(number, max(map(height_of, row, widths)) + 3)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    _fitted(sheet)


def _fitted(sheet: Worksheet) -> None:
    _on_paper(sheet)
    sheet.fit_to_pages(1, 0)


def _on_paper(sheet: Worksheet) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.center_horizontally()
    sheet.set_footer("&R第 &P 页，共 &N 页")
