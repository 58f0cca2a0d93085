"""Sheets about notices: the proof of what was posted, and the report upward of a closed one."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from aidkit.county import County
from aidkit.notices.listing import HEADERS as LIST_HEADERS
from aidkit.notices.listing import Line
from aidkit.notices.notice import OUTCOMES, Notice
from aidkit.notices.proof import HEADERS, proof_rows

_WIDE = {"标题": 40, "张贴名单校验码": 66, "现名单校验码": 66}
_WIDTH = 14


def proof_csv(notices: Sequence[Notice], on: dt.date) -> bytes:
    """The proof sheet as CSV that Excel opens with Chinese intact."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([HEADERS, *proof_rows(notices, on)])
    return text.getvalue().encode("utf-8-sig")


def proof_workbook(notices: Sequence[Notice], on: dt.date, county: County, head: str) -> bytes:
    """The proof sheet as a workbook; equal registers have equal bytes.

    Args:
        notices: Those of the register.
        on: As of which day.
        county: Whose.
        head: Hash of the register's last record.
    """
    title = f"{county.name}公示登记证明"
    book, memory = _book(title, on, county)
    sheet = book.add_worksheet("公示登记证明")
    said = f"{title}　截至 {on}　登记簿链首：{head}"
    _table(book, sheet, [said], HEADERS, proof_rows(notices, on))
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
    sheet.set_column(0, 0, 100)
    wrapped = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True})
    for row, text in enumerate([*report_lines(notice, on, county), f"登记簿链首：{head}"]):
        sheet.write_string(row, 0, text, wrapped)
    columns = notice.draft.columns
    body = [tuple(line.cell(column) for column in columns) for line in lines]
    headers = [LIST_HEADERS[column] for column in columns]
    _table(book, book.add_worksheet("名单"), [notice.draft.title], headers, body)
    book.close()
    return memory.getvalue()


def report_lines(notice: Notice, on: dt.date, county: County) -> list[str]:
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
        changed = f"，取消 {len(one.taken_off)} 人、增补 {one.added} 人" if one.corrects else ""
        lines.append(
            f"第 {one.number} 条：{one.on} 收到，应于 {one.due} 前答复，"
            f"{one.answered_on} 答复，{outcome}{changed}。"
        )
    lines += [
        f"公示后名单 {draft.persons} 人，校验码 {draft.digest}。",
        f"网站上线：{notice.site_up_on or '没有'}；"
        f"网站撤下：{notice.site_down_on or '期满次日起，下一次做网站时撤下'}；"
        f"公示栏撤下：{notice.board_down_on or '没有登记'}。",
        f"{county.publisher}　{on}",
    ]
    return lines


def _book(title: str, on: dt.date, county: County) -> tuple[xlsxwriter.Workbook, io.BytesIO]:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    made_on = dt.datetime.combine(on, dt.time())
    book.set_properties({"title": title, "author": county.publisher, "created": made_on})
    return book, memory


def _table(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    said: Sequence[str],
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """Lines above, a header, and cells that are all text: digests and numbers stay as they are."""
    plain = {"font_name": "宋体", "font_size": 10, "num_format": "@"}
    head = book.add_format(plain | {"bold": True, "border": 1, "bg_color": "#E6E6E6"})
    cell = book.add_format(plain | {"border": 1})
    for place, header in enumerate(headers):
        sheet.set_column(place, place, _WIDE.get(header, _WIDTH))
    for number, text in enumerate(said):
        sheet.write_string(number, 0, text, book.add_format(plain | {"bold": True}))
    top = len(said)
    for place, header in enumerate(headers):
        sheet.write_string(top, place, header, head)
    for number, row in enumerate(rows, top + 1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, cell)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
