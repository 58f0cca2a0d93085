"""What those are called who learn with difficulty, and what heads columns of them.

A prize that only they can win names them as well.
"""

import re
from collections.abc import Iterable

from aidkit.gate.column_kind import ColumnKind
from aidkit.gate.pupils import LEAST

CALLED = (
    r"(?:学困生?|问题(?:学生|生(?!成)|儿童)|后进(?:学?生)|[待需](?:优|进|转化)学?生|潜[能力]生|"
    r"(?<!误)差生|落后生|(?:学习|学业)(?:有|存在)?困难(?:的)?(?:学?生|儿童|同学)?)"
)
WINNERS = r"进步(?:[一二三]等)?奖|进步之星|进步(?:较大|最大|明显)的?学?生|转化奖"

HINTS = (
    *("学困", "问题学生", "问题生", "问题儿童", "后进", "待优", "待进", "转化", "潜能生"),
    *("潜力生", "差生", "落后生", "学习困难", "学习有困难", "学习存在困难", "学业困难", "弱科"),
    *("学业有困难", "学业存在困难", "进步奖", "进步之星", "弱学科", "弱势学科", "弱势科"),
    *("进步一等奖", "进步二等奖", "进步三等奖", "进步较大", "进步最大", "进步明显"),
)
"""One of these is wherever they are spoken of."""

_HEADER = re.compile(rf"(?:是否)?(?:为|是|属于)?{CALLED}")
_YES = re.compile(r"(是|√|✓|✔|☑|[Yy](?:es)?|[Tt]rue)")
MARKED = ColumnKind("rank_list", _HEADER, _YES, LEAST)
"""A column that says of each whether he is one of them."""

PERSON_HEADER = re.compile(
    r"(?:学生|受助人|帮扶对象)?姓名(?:[和、及与/]?[(（]?学籍?号[)）]?)?|学生|学困生"
)
_PERSON = re.compile(r"[\u4e00-\u9fff·]{1,6}[*＊×某○〇]{0,3}(?:\s*[(（]?[A-Z]?[\d*]{4,}[)）]?)?")
LIST = r"(?:名单|一览|名册|花名册|登记表|汇总表|统计表|公布|公示|表彰|光荣榜|如下)"
_WHOSE = re.compile(rf"学困生|问题生|(?:{CALLED}|{WINNERS})[^。；，\n]{{0,8}}{LIST}")
_IN_HEADER = re.compile(rf"{CALLED}|{WINNERS}|(?:较弱|薄弱|弱势)学?科|弱科")


def names_learners(header: str, cells: Iterable[str], row: Iterable[str], around: str = "") -> bool:
    """Whether the cells below a header are names, masked or not, and the words around say whose.

    Args:
        header: What stands above them.
        cells: They.
        row: The header's row.
        around: Words near the table.
    """
    if not PERSON_HEADER.fullmatch(header):
        return False
    if not (any(map(_IN_HEADER.search, row)) or _WHOSE.search(around)):
        return False
    return sum(1 for cell in cells if _PERSON.fullmatch(cell)) >= LEAST
