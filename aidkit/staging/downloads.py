"""Disclosed tables as CSV that Excel opens with Chinese intact."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from aidkit.money import yuan
from aidkit.programs.vocabulary import LEVELS, SUBJECTS, TARGETS
from aidkit.show.report import STATUS
from aidkit.show.rules import relation_words
from aidkit.show.term import TermTables
from aidkit.show.view import View
from aidkit.tables import ALL, DISCLOSED

HEADERS = {
    "school_code": "学校标识码",
    "school_name": "学校名称",
    "school_type": "学校类型",
    "ownership": "办学性质",
    "locality": "城乡类型",
    "grade": "年级",
    "students": "在校学生",
    "boarders": "寄宿生",
    "suppressed": "是否未公布",
    "breakdown": "分组方式",
    "group": "组",
    "persons": "人数",
    "amount_fen": "金额（元）",
    "program_id": "项目代码",
    "version_id": "办法版本",
    "title": "资助项目",
    "region": "适用地区",
    "source_title": "依据",
    "doc_no": "文号",
    "clause": "条款",
    "status": "核实情况",
    "checked_until": "核对到",
    "subject": "对象",
    "funder": "资助方",
    "in_kind": "供餐或减免",
    "universal": "人人享有",
    "case_by_case": "逐案定金额",
    "quota": "名额",
    "relations": "与其他项目的关系",
    "funding": "各级分担比例",
    "targets": "全年目标",
    "rows": "读入行数",
    "errors": "搁置行数",
    "warnings": "有疑问行数",
    "number": "编号",
    "donor": "捐赠人",
    "donated_on": "到账日期",
}
BREAKDOWNS = {
    "total": "合计",
    "program": "项目",
    "tier": "项目/档次",
    "grade": "年级",
    "category": "困难类型",
    "actual": "按实际在校时间",
}
WITHOUT_MONEY = ("grade", "category")
"""Breakdowns that have no money; elsewhere a sum that is not there is withheld."""


def downloads(tables: TermTables, view: View) -> dict[str, bytes]:
    """Every disclosed table of a term by file name, e.g. `2026-autumn-aid.csv`."""
    return {f"{tables.term.code}-{name}.csv": _csv(tables, view, name) for name in DISCLOSED}


def _csv(tables: TermTables, view: View, name: str) -> bytes:
    frame = tables.frames[name].sort(DISCLOSED[name].primary_key())
    words = words_of(tables, view)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADERS[column] for column in frame.columns)
    for row in frame.iter_rows(named=True):
        writer.writerow(_cell(column, row, words, tables) for column in row)
    return text.getvalue().encode("utf-8-sig")


def _cell(
    column: str, row: Mapping[str, Any], words: Mapping[tuple[str, Any], str], tables: TermTables
) -> str:
    value = row[column]
    if value is None:
        return _absent(column, row)
    if isinstance(value, list):
        return "；".join(_PART[column](part, tables.program_titles) for part in value)
    return words.get((column, value)) or _printed(column, value)


_PART: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "relations": relation_words,
    "funding": lambda part, _: f"{LEVELS[part['level']]} {part['percent']}%",
    "targets": lambda part, _: f"{TARGETS[part['target']]} {part['figure']}",
}
"""How one entry of a list is printed."""


def _absent(column: str, row: Mapping[str, Any]) -> str:
    money = column == "amount_fen" and row["breakdown"] not in WITHOUT_MONEY
    return "未公布" if money or column in {"persons", "boarders"} else ""


def _printed(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return yuan(value).replace(",", "") if column == "amount_fen" else str(value)


def words_of(tables: TermTables, view: View) -> dict[tuple[str, Any], str]:
    """Column and code → Chinese; what is not here is printed as it is."""
    labels, titles = view.labels, tables.program_titles
    words: dict[tuple[str, Any], str] = {
        ("school_code", ALL): "全县",
        ("grade", ALL): "合计",
        ("group", ALL): "合计",
    }
    for column in ("school_type", "ownership", "locality", "grade", "funder"):
        words |= {(column, code): label for code, label in labels.names(column).items()}
    for vocabulary in ("grade", "special_group"):
        words |= {("group", code): label for code, label in labels.names(vocabulary).items()}
    for program, title in titles.items():
        words["group", program] = title
        for tier, label in {**labels.names("tier"), **labels.names("case")}.items():
            words["group", f"{program}/{tier}"] = f"{title}/{label}"
    words |= {("breakdown", code): label for code, label in BREAKDOWNS.items()}
    words |= {("subject", code): label for code, label in SUBJECTS.items()}
    words |= {("status", code): label for code, label in STATUS.items()}
    return words
