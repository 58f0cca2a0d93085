"""Reasons for hardship: words that tell them, and rows and records of somebody that do."""

import re
from collections.abc import Iterator, Sequence

REASON = re.compile(
    r"残疾|智障|聋哑|失明|瘫痪|低保|最低生活保障|特困(?!地区)|五保|孤儿|无人抚养|建档立卡|脱贫[户家人不]|监测对象|监测户|"
    r"致贫|烈士(?:子女|家属)|烈属|优抚|单亲|离异|丧偶|[父母]亲?(?:双)?亡|丧[父母]|病[故逝]|去世|遗孤|服刑|戒毒|"
    r"入狱|失联|留守|困境儿童|低收入|突发.{0,4}困难|[受因]灾|因病|变故|重病|大病|重大疾病|患.{0,6}[病癌]|慢性病|精神病|"
    r"心脏病|糖尿病|癌|白血病|尿毒症|肿瘤|癫痫|艾滋|肝炎|血友病|自闭症|脑瘫|抑郁|负债"
)
"""What tells why somebody is in need."""

_OFFICIAL = re.compile(r"残疾人联合会|残联|特困供养机构|孤儿院|残疾人事业")
"""Names of offices have such words too."""

PERSON_HEADER = re.compile(
    r"(?:学生|受助(?:人|学生|者)|幼儿|儿童|申请人|教师|职工|帮扶对象|资助对象)?(?:姓名|名字)|户主(?:姓名)?|name"
)
"""What heads a column of persons."""

HINTS = ("姓名", "名字", "户主", '"name')
"""One of these is in every header of persons, and key of records, that is looked at."""

_PERSON = re.compile(r"[\u4e00-\u9fff·]{1,6}(?:[*＊×某○〇xX]{0,3}|同学)")
_GIVES = re.compile(r"捐|赠")
_YES = re.compile(r"是|√|✓|✔|☑|[Yy](?:es)?|[Tt]rue|1")
_RECORD = re.compile(r"\{[^{}]{4,600}\}")
_NAMED = re.compile(r"\"(?:学生|受助人|受助学生|幼儿)?(?:姓名|名字)\\*\"|\"name\\*\"")


def tells_reason(text: str) -> str:
    """The first reason in a text, without the names of offices; empty where there is none."""
    found = REASON.search(_OFFICIAL.sub("", text))
    return found[0] if found else ""


def reason_in_rows(rows: Sequence[Sequence[str]]) -> str:
    """A reason in the row of somebody, named or masked, of a table; empty where there is none."""
    for number, header in enumerate(rows):
        for place, cell in enumerate(header):
            if PERSON_HEADER.fullmatch("".join(cell.split())) and not any(
                map(_GIVES.search, header)
            ):
                for row in rows[number + 1 :]:
                    person = len(row) > place and _PERSON.fullmatch(row[place])
                    if person and (found := _in_row(header, row, place)):
                        return found
    return ""


def _in_row(header: Sequence[str], row: Sequence[str], name: int) -> str:
    for place, cell in enumerate(row):
        if place != name:
            if found := tells_reason(cell):
                return found
            if place < len(header) and _YES.fullmatch(cell) and tells_reason(header[place]):
                return tells_reason(header[place])
    return ""


def reasons_in_records(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, reason) of records of data in scripts that have a name as well."""
    if not _NAMED.search(text):
        return
    for record in _RECORD.finditer(text):
        person = _NAMED.search(record[0]) and not _GIVES.search(record[0])
        if person and (found := tells_reason(record[0])):
            yield record.start(), found
