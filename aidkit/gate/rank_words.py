"""What heads a column of ranks or totals, what its cells look like, and places in sentences."""

import re
from collections.abc import Iterator

from aidkit.gate.column_kind import ColumnKind
from aidkit.gate.pupils import LEAST, of_pupils

HINTS = (
    *("名次", "位次", "排名", "第几名", "升降", "进退", "总分", "总成绩", "考试成绩"),
    *("rank", "Rank", "RANK", "Place", "PLACE", "Total", "TOTAL"),
    *("baseline_z", "choice_z", "outcome_z", "expected_z", "in_group"),
)
"""One of these is in every header of ranks and totals."""

BRACKET = r"(?:[(（][^()（）]{1,8}[)）])?"
_RANK = re.compile(
    rf"(?!.*[不无没])[\u4e00-\u9fff]{{0,6}}(?:[名位]次|排名|第几名)[\u4e00-\u9fff↑↓]{{0,4}}{BRACKET}"
    r"|(?i:rank(?:ing)?)"
)
_RANK_PERHAPS = re.compile(r"(?i:place|position)")
_MOVED = re.compile(rf"(?:进退|升降)(?:情况|幅度)?{BRACKET}")
_TOTAL = re.compile(rf"[\u4e00-\u9fff]{{0,6}}(?:总分|总成绩|考试成绩){BRACKET}")
_TOTAL_PERHAPS = re.compile(r"(?i:total)")
_OURS = re.compile(
    r"rank_(?:before|now|change|prize)|(?:baseline|choice|outcome|expected)_z|in_group"
)
"""Columns of our own internal tables."""

_OF = r"(?:\s*[/／]\s*\d{1,5}|\s*[(（]共?\s*\d{1,5}\s*人?[)）])?"
_PLACE = re.compile(
    r"(?:并列|上升|下降|进步|退步|[+\-−↑↓]|No\.?|NO\.?)?\s*第?"
    rf"(\d{{1,5}}|[一二三四五六七八九十]{{1,3}})(?:\.[05])?\s*[名位]?{_OF}"
)
_STEPS = re.compile(r"((?:上升|下降|进步|退步|[+\-−↑↓])\s*\d{1,4}\s*[名位]?)")
POINTS = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*分?(?:\s*[/／]\s*\d{2,4}\s*分?)?")
"""Points, also out of how many."""

_ANY = re.compile(r"(\S.*)")

LEAST_TOTALS = 5
"""Totals from which on they are a list: other things have some as well."""

RANKS = (
    ColumnKind("rank_list", _RANK, _PLACE, LEAST, different=True),
    ColumnKind("rank_list", _RANK_PERHAPS, _PLACE, LEAST, different=True, only=of_pupils),
    ColumnKind("rank_list", _MOVED, _STEPS, LEAST, only=of_pupils),
    ColumnKind("rank_list", _TOTAL, POINTS, LEAST_TOTALS, different=True),
    ColumnKind("rank_list", _TOTAL_PERHAPS, POINTS, LEAST_TOTALS, different=True, only=of_pupils),
    ColumnKind("rank_list", _OURS, _ANY, LEAST),
)
"""Columns of pupils by rank or total, also without any name or number."""

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
