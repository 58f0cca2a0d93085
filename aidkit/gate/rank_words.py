"""What heads a column of ranks, totals or learners, and what its cells look like."""

import re
from collections.abc import Iterable, Iterator

from aidkit.gate.column_kind import ColumnKind

HINTS = (
    *(
        "名次",
        "位次",
        "排名",
        "总分",
        "总成绩",
        "考试成绩",
        "学困",
        "问题生",
        "rank",
        "Rank",
        "RANK",
    ),
    *("baseline_z", "choice_z", "outcome_z", "expected_z", "in_group", "第几名"),
)
"""One of these is in every header of a list of learners."""

_BRACKET = r"(?:[(（][^()（）]{1,8}[)）])?"
_RANK = re.compile(
    rf"(?!.*[不无没])[\u4e00-\u9fff]{{0,6}}(?:[名位]次|排名|第几名)[\u4e00-\u9fff↑↓]{{0,4}}{_BRACKET}"
    r"|(?i:rank(?:ing)?)"
)
_TOTAL = re.compile(rf"[\u4e00-\u9fff]{{0,6}}(?:总分|总成绩|考试成绩){_BRACKET}")
_OURS = re.compile(
    r"rank_(?:before|now|change|prize)|(?:baseline|choice|outcome|expected)_z|in_group"
)
"""Columns of our own internal tables."""

_LEARNER = re.compile(r"(?:是否)?(?:为|是)?(?:学困生?|问题生)")

_PLACE = re.compile(
    r"(?:上升|下降|进步|退步|[+\-−↑↓])?\s*第?(\d{1,5}|[一二三四五六七八九十]{1,3})(?:\.[05])?\s*[名位]?"
)
_POINTS = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*分?")
_YES = re.compile(r"(是|√|✓|✔|☑|[Yy](?:es)?|[Tt]rue)")
_ANY = re.compile(r"(\S.*)")
PERSON = re.compile(r"[\u4e00-\u9fff·]{1,6}[*＊×某○〇]{0,3}")
PERSON_HEADER = re.compile(r"(?:学生|受助人|帮扶对象)?姓名|学生")
_OF_LEARNERS = re.compile(r"学困生|问题生")

LEAST = 3
"""Learners from whom on it is a list: fewer may be an example."""

LEAST_TOTALS = 5
"""The same of totals, which other things have as well."""

RANKS = (
    ColumnKind("rank_list", _RANK, _PLACE, LEAST, different=True),
    ColumnKind("rank_list", _TOTAL, _POINTS, LEAST_TOTALS, different=True),
    ColumnKind("rank_list", _OURS, _ANY, LEAST),
    ColumnKind("rank_list", _LEARNER, _YES, LEAST),
)
"""Columns of learners by rank, total or as 学困生, also without any name or number."""


def names_learners(header: str, cells: Iterable[str], around: str) -> bool:
    """Whether the cells below a header are names, masked or not, and the words around say whose."""
    if not PERSON_HEADER.fullmatch(header) or not _OF_LEARNERS.search(around):
        return False
    return sum(1 for cell in cells if PERSON.fullmatch(cell)) >= LEAST


_PLACED = re.compile(r"第\s*(\d+|[一二三四五六七八九十]+)\s*名")
_SAID = re.compile(r"([名位]次|排名)\s*[:：=]?\s*(?:为|是|第)?\s*(\d{1,5})(?!\d|\s*[.%年月])")

LEAST_SAID = 5
"""Different places that running text must name."""


def in_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (position, words) where running text says one place after the other."""
    if "第" not in text and "名" not in text:
        return
    for pattern, least in ((_PLACED, LEAST_SAID), (_SAID, LEAST)):
        matches = list(pattern.finditer(text))
        if len({match[match.lastindex or 1] for match in matches}) >= least:
            yield matches[0].start(), matches[0][0]
