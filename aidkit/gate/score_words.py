"""What heads a column of scores, of prizes for progress, or of how much a pupil has grown."""

import re

from aidkit.gate.column_kind import ColumnKind, Table
from aidkit.gate.pupils import LEAST, of_pupils, of_schools_or_classes
from aidkit.gate.rank_words import BRACKET, LEAST_TOTALS, POINTS

_SUBJECTS = (
    *("语文", "数学", "英语", "外语", "物理", "化学", "生物", "历史", "地理", "政治"),
    *("道德与法治", "道法", "思品", "思想品德", "科学", "理综", "文综"),
)

HINTS = (
    *_SUBJECTS,
    *("成绩", "得分", "分数", "平均分", "平均得分", "均分", "进步量", "增值", "评定"),
    *("进步情况", "奖项", "奖次", "奖励", "奖别", "荣誉", "获奖", "growth", "Score", "SCORE"),
)
"""One of these is in every header below."""

_SUBJECT = rf"(?:{'|'.join(_SUBJECTS)})"
_EXAM = (
    rf"(?:上?[下本]?(?:学期|学年|次)?(?:期中|期末|月考|单元|考试|学业|文化课|{_SUBJECT})?(?:考试)?)"
)
_SCORE = re.compile(
    rf"(?:学生|个人)?{_EXAM}(?:成绩|得分|分数|分值){BRACKET}|{_SUBJECT}{BRACKET}|(?i:score)"
)
_MEAN = re.compile(
    rf"(?:学校|班级|各校|各班|学科|总|全科)?{_EXAM}(?:的)?(?:平均成绩|平均得分|平均分数?|均分){BRACKET}"
)
_GROWTH = re.compile(r"(?:学生|个人|平均)?(?:进步量|增值量?)|growth")
_SIGNED = re.compile(r"([+\-−]?\d{1,2}\.\d+)")
_BAND = re.compile(r"(?:进步|学业|增值)?评定(?:结果|等级)?|进步情况")
_BANDS = re.compile(r"(明显进步|有进步|平稳|需关注|无法评定)")
_PRIZE = re.compile(r"(?:奖项|奖次|奖别|奖励|荣誉|获奖)(?:名称|等级|情况|类别|称号)?")
_FOR_PROGRESS = re.compile(
    r"(.{0,8}(?:进步(?:[一二三]等)?奖|进步之星|进步[生标]\S{0,2}|转化奖).{0,6})"
)

LEAST_BANDS = 5
"""Bands from which on they are a list."""


def _as_ours(table: Table) -> bool:
    """Whether it is our own measure of pupils' growth, beside which its error or band stands."""
    said = {word for row in table for word in row}
    return not said.isdisjoint(("sem", "expected", "评定", "区间")) or of_pupils(table)


SCORES = (
    ColumnKind("rank_list", _SCORE, POINTS, LEAST_TOTALS, different=True, only=of_pupils),
    ColumnKind("rank_list", _MEAN, POINTS, LEAST, different=True, only=of_schools_or_classes),
    ColumnKind("rank_list", _GROWTH, _SIGNED, LEAST, different=True, only=_as_ours),
    ColumnKind("rank_list", _BAND, _BANDS, LEAST_BANDS, only=of_pupils),
    ColumnKind("rank_list", _PRIZE, _FOR_PROGRESS, LEAST, only=of_pupils),
)
"""Columns that are leaks only where the rest of the table says that they are of pupils."""
