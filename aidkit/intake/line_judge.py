"""What a line below the header is by its words: data, blank, a total, words, another header."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain

from aidkit.intake.layout import Layout, serial_positions
from aidkit.intake.lexicon import TableWords
from aidkit.intake.values import Value, is_blank, shown
from aidkit.intake.workbooks import Sheet
from aidkit.labels import plain

TOTAL = re.compile(
    r"(\w{0,10}(小计|合计|总计|共计|总额|总金额|累计)|(\w{0,8}[班级校县])?"
    r"(平均分?|平均值|最高分|最低分|满分|(及格|优秀|优良|低分)率"
    r"|(应考|实考|参考|缺考|及格|优秀)人数))"
    r"(金额|人数)?:?[\d,.]*(人次|人|笔|名|户|条|所|元)?"
)
"""A total line's label, folded; a count may be claimed in it, e.g. `共计2856人次`."""

COUNTED = re.compile(r"(?:\D*?)([\d,]{1,12})(人次|人|笔|名|户|条|所)")
"""A number of rows, by itself or behind the label of a total."""

LABEL = re.compile(
    r"\w{0,6}(单位|注|说明|填|制表|审核|复核|负责|联系|经办|盖章|公章|签字|签名|签章|打印|校长|园长"
    r"|主任|主管|会计|出纳|经手|证明|验收|监督|记账|日期|时间|电话|笔数|总数|户名|账号)\w{0,6}(\(\w*\))?:"
)
"""How words around a table begin; what follows a colon belongs to it, in the next cell too."""

_WORDS = re.compile(r"以上|截[止至]|[-—=*.·…]*以下(空白|无)|第\d+页|共\d+页|\((盖章|公章|签章)\)$")
"""Other words around a table."""

_NUMBER_OF_SOMEBODY = re.compile(r"\d{12}")
"""A line with such a number is never words: it could be a person."""

_SUSPECT = re.compile(
    r"^[\s/\\\-—\u200b\u200c\ufeff]|[计额均率页满:：]|最[高低]|人数|以[上下]|截[止至]"
)
"""What blanks, totals and words around a table hold: lines without need no closer look."""

_SUSPECTS = re.compile(
    r"[\n计额均率页:：最人以截满](?:(?<=\n)[\s/\\\-—\u200b\u200c\ufeff]|(?<=[计额均率页满:：])"
    r"|(?<=最)[高低]|(?<=人)数|(?<=以)[上下]|(?<=截)[止至])"
)
"""`_SUSPECT` in texts each of which has a line break before it."""

_A_HEADER = 3
"""So many headers in a line are no row of data."""

_ENOUGH_TEXTS = 3
"""So many texts in a line, none of them suspect, are a row of data."""

_IDENTITY = frozenset({"student_no", "id_number", "school_code", "card_no", "code", "phone"})
"""Kinds of columns that a total line leaves empty."""


def claimed_count(row: Sequence[Value]) -> tuple[int, int, str] | None:
    """A number of rows claimed in a total line: position, count, the words."""
    for position, cell in enumerate(row):
        if isinstance(cell, str) and (counted := COUNTED.fullmatch(plain(cell))):
            return position, int(counted[1].replace(",", "") or 0), counted[0]
    return None


class LineJudge:
    """Tells the kind of a line below the header; most are plainly data."""

    def __init__(
        self, sheet: Sheet, layout: Layout, words: TableWords, headers: frozenset[str]
    ) -> None:
        self._layout, self._words = layout, words
        self.table = layout.positions
        # Where the table has one required column, a line with one cell is an ordinary line.
        self.lone_is_odd = len(words.required) > 1
        self._line = sheet.rows[layout.header_row]
        self._above = sheet.rows[layout.header_row - 1] if layout.header_row else self._line
        self.headers = _with(headers, tuple(c for c in self._line if isinstance(c, str) and c))

    @cached_property
    def identity(self) -> list[int]:
        """Columns that a total line leaves empty."""
        fields = self._words.fields
        return [p for name, p in self._layout.columns.items() if fields[name].kind in _IDENTITY]

    @cached_property
    def serial(self) -> frozenset[int]:
        """Columns that only number the rows."""
        return serial_positions(self._layout)

    @cached_property
    def header(self) -> list[set[str]]:
        """What stands at each position of the header, in either of its lines."""
        return [{_folded(a), _folded(b)} for a, b in zip(self._line, self._above, strict=True)]

    def all_plainly_data(self, rows: Sequence[Sequence[Value]]) -> bool:
        """Whether `plainly_data` is certain for all of these lines, told by their columns."""
        if not self.headers.isdisjoint(chain.from_iterable(rows)):
            return False
        columns = list(zip(*rows, strict=True))
        texts = 0
        for column in columns:
            kinds = set(map(type, column))
            if str not in kinds:
                continue
            said = column if len(kinds) == 1 else [c for c in column if c.__class__ is str]
            if _SUSPECTS.search("\n" + "\n".join(filter(None, said))):
                return False
            texts += len(said) == len(column) and "" not in said
            if texts == _ENOUGH_TEXTS:
                return True
        return sum("" not in columns[place] for place in self.table) > 1

    def plainly_data(self, row: Sequence[Value]) -> bool:
        """Whether no header stands in a line, and enough that is not suspect."""
        return self.headers.isdisjoint(row) and self._unsuspicious(row)

    def _unsuspicious(self, row: Sequence[Value]) -> bool:
        """Whether three texts, or two cells of the table, say nothing that needs a closer look."""
        texts = 0
        for cell in row:
            if cell.__class__ is str and cell:
                if _SUSPECT.search(cell):
                    return False
                texts += 1
                if texts == _ENOUGH_TEXTS:
                    return True
        return sum(row[place] != "" for place in self.table) > 1

    def kind(self, row: Sequence[Value]) -> str:
        """What a line is that is not plainly data: a list of `Lines`, `alone` or `repeated`."""
        if not self.headers.isdisjoint(row):
            texts = [cell for cell in row if isinstance(cell, str) and cell]
            if header := self._header(row, texts):
                return header
        if self._unsuspicious(row):
            return "data"
        said = [
            position
            for position, cell in enumerate(row)
            if not is_blank(cell) and not (position in self.serial and _is_number(cell))
        ]
        if not said:
            return "blank"
        folded = [_folded(row[p]) for p in said]
        if any(TOTAL.fullmatch(text) for text in folded[:3]) and all(
            is_blank(row[p])
            or TOTAL.fullmatch(_folded(row[p]))
            or COUNTED.fullmatch(_folded(row[p]))
            for p in self.identity
        ):
            return "totals"
        if _is_words([row[p] for p in said]):
            return "around"
        return "alone" if len(said) == 1 and self.lone_is_odd else "data"

    def _header(self, row: Sequence[Value], texts: Sequence[str]) -> str:
        """Whether a line with a header's word in it repeats the header or begins a new table."""
        if all(_folded(row[place]) in self.header[place] for place in self.table):
            return "repeated"
        known = sum(_folded(text) in self.headers for text in texts)
        return "beyond" if known >= _A_HEADER and 2 * known > len(texts) else ""


@lru_cache(maxsize=256)
def _with(headers: frozenset[str], line: tuple[str, ...]) -> frozenset[str]:
    return headers | set(line)


def _is_words(cells: Sequence[Value]) -> bool:
    """Whether all that is said are labels like `制表人：`, and what stands behind them."""
    labelled = False
    for cell in cells:
        text = "".join(unicodedata.normalize("NFKC", shown(cell)).split())
        if _NUMBER_OF_SOMEBODY.search(text):
            return False
        if isinstance(cell, str) and (LABEL.match(text) or _WORDS.match(text)):
            labelled = text.endswith(":")
        elif labelled:
            labelled = False
        else:
            return False
    return True


def _is_number(cell: Value) -> bool:
    return not isinstance(cell, str) or cell.strip().isdecimal()


def _folded(cell: Value) -> str:
    return plain(cell) if isinstance(cell, str) and 0 < len(cell) <= 60 else ""
