"""What the gate found: where, of which kind, and what to do; never the value itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter

from aidkit.errors import LeakError

KINDS = {
    "id_number": "身份证号",
    "student_no": "学籍号",
    "staff_no": "教师工号",
    "phone": "电话号码",
    "card": "银行卡号",
    "birth_date": "出生日期",
    "address": "家庭住址",
    "certificate": "护照、救助证、残疾证等证件号",
    "credit_code": "个体工商户的信用代码",
    "hardship_reason": "与姓名并列的困难原因",
    "person_name": "人名",
    "rank_list": "名次、成绩或学困生名单",
    "for_readers_inside": "内部资料的标记",
    "cannot_read": "读不了的内容",
}
"""Kind to what people call it."""

_REMEDIES = {
    "person_name": "请改用汇总数；确需公布姓名的，走公示（aidkit notice）；捐赠人先在 "
    "params/disclosure.toml 里声明实名表和页面。",
    "hardship_reason": "姓名旁边（同一行、同一段、同一条记录、名单的标题）不写困难原因："
    "请删去这一列或这几个字，各种困难的人数只写合计。",
    "rank_list": "学生的成绩、名次和学困生名单不公开，没有姓名也不行；请从产生这一页的地方删去，"
    "只留全县的汇总数。",
    "for_readers_inside": "有这个标记的是内部资料，不公开：请把整份从网站里拿出去；"
    "要公布的数请从公开报告里取。",
    "cannot_read": "请换成能检查的格式，或从网站里删去这个文件。",
}
_REMEDY = "请从产生这一页的笔记本、表格或文字里删去，再重新生成网站。"

SHOWN = 20
"""Findings that an error lists in full."""

SHOWN_OF_FILE = 5
"""Of these, at most so many of one file, so that it does not hide the others."""


@dataclass(frozen=True, order=True)
class Finding:
    """One leak in one file.

    Attributes:
        file: Path below the scanned folder, with /; a leak in it is blotted out.
        place: Line, part of a workbook, document or image, or 文件名.
        kind: A key of `KINDS`.
        excerpt: The value with all but its beginning blotted out.
        remedy: What to do, Chinese.
    """

    file: str
    place: str
    kind: str
    excerpt: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}（{self.place}）：{KINDS[self.kind]} {self.excerpt}"


def remedy(kind: str) -> str:
    """What to do about a kind of leak."""
    return _REMEDIES.get(kind, _REMEDY)


def blot(value: str) -> str:
    """The beginning of a value and its length: enough to find it, too little to learn it."""
    kept = 1 if len(value) < 6 else 2
    return f"{value[:kept]}…（{len(value)} 个字符）"


def raise_on(findings: Sequence[Finding]) -> None:
    """Stop where something was found.

    Raises:
        LeakError: Names files and findings (the first 20, and how many more there are).
    """
    if not findings:
        return
    by_file = groupby(findings, key=attrgetter("file"))
    listed = [finding for _, group in by_file for finding in islice(group, SHOWN_OF_FILE)]
    lines = [str(finding) for finding in listed[:SHOWN]]
    if len(findings) > len(lines):
        lines.append(f"……另有 {len(findings) - len(lines)} 处")
    remedies = dict.fromkeys(finding.remedy for finding in findings)
    raise LeakError(
        f"检查发现 {len(findings)} 处不得公布的内容。",
        where="\n        ".join(lines),
        remedy="\n        ".join(remedies),
    )
