"""Spot checks (抽查) of a term's awards: which are drawn, and what a drawn sheet holds.

All awards stand in one line, program by program, within each school by school, and within these
in the order of SHA-256 of `seed|person_no|program_id`. From a start that hangs on the seed every
(awards / n)-th is drawn: systematic sampling with a random start. So

- every award has the same chance n / awards, whatever its program or school;
- of every program, and of every program's awards at one school, as many are drawn as its share of
  the awards comes to, rounded down or up: a stratified sample with proportional allocation;
- nothing hangs on the order of rows, on polars, or on the machine.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

from aidkit.calendar import Term
from aidkit.digests import digest_of
from aidkit.errors import InvariantError, UsageError


class Award(NamedTuple):
    """What the drawing knows of an award; a school code may be empty."""

    program_id: str
    school_code: str
    person_no: str


class Row(NamedTuple):
    """A drawn award as the sheet prints it; all texts."""

    no: str
    school: str
    class_name: str
    name: str
    person_no: str
    program: str
    tier: str
    amount: str
    look: str
    determination_id: str


HEADERS: Final = (
    *("序号", "学校", "班级", "姓名", "学籍号/工号", "资助项目", "档次", "金额（元）"),
    *("看什么", "认定编号"),
)
"""Of `Row`, in its order."""

FINDING, NOTE, CHECKER, DAY = "相符/不符", "说明", "核查人", "日期"
ALIKE, UNLIKE = "相符", "不符"


@dataclass(frozen=True)
class Sample:
    """A spot check as it was drawn.

    Attributes:
        term: Whose awards.
        seed: What it was drawn with.
        awards: How many awards it was drawn from.
        universal: Whether programs for everyone on the roll were among them.
        rows: What was drawn, in the order of the sheet.
    """

    term: Term
    seed: int
    awards: int
    universal: bool
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """The rows as CSV, LF line ends: what is kept, so that the sheet can be read back."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([HEADERS, *self.rows])
        return text.getvalue()

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return digest_of(self.text.encode())

    @property
    def number(self) -> str:
        """What the sheet is called by: another draw, or other awards, give another number."""
        mark = digest_of(f"{self.awards}|{self.universal}|{self.digest}".encode())
        return f"{self.term.code}-{len(self.rows)}-{self.seed}-{mark[:8]}"


def drawn(awards: Iterable[Award], n: int, seed: int) -> list[Award]:
    """Draw `n` awards; each has the chance n / awards. See the module for how.

    Raises:
        UsageError: There are fewer.
        InvariantError: An award is there twice.
    """
    line = sorted(awards, key=lambda award: (award[:2], _hash(seed, award), award.person_no))
    if len(set(line)) < len(line):
        raise InvariantError("同一个人的同一项资助出现了两次。")
    if not 1 <= n <= len(line):
        raise UsageError(
            f"抽不出 {n} 人次：一共只有 {len(line)} 人次。",
            where="--n",
            remedy=f"请写 1 到 {len(line)}。" if line else "这个学期没有可抽查的享受记录。",
        )
    start = int(sha256(f"{seed}|start".encode()).hexdigest(), 16) % len(line)
    return [line[place] for place in places(len(line), n, start)]


def places(count: int, n: int, start: int) -> list[int]:
    """Every (count / n)-th place of a line: `n` of them; over all starts each place `n` times.

    Args:
        count: How long the line is.
        n: How many are drawn.
        start: From 0 to count - 1.
    """
    return [place for place in range(count) if (place * n + start) % count < n]


def rows_from(text: str) -> tuple[Row, ...]:
    """The rows that a kept text holds; see `Sample.text`."""
    _, *lines = csv.reader(io.StringIO(text, newline=""))
    return tuple(Row(*line) for line in lines)


def counts(awards: Sequence[Award], chosen: Sequence[Award]) -> list[tuple[str, int, int]]:
    """Program, its awards and how many of them are drawn, by program."""
    taken = Counter(award.program_id for award in chosen)
    found = Counter(award.program_id for award in awards)
    return [(program, found[program], taken[program]) for program in sorted(found)]


def _hash(seed: int, award: Award) -> str:
    return sha256(f"{seed}|{award.person_no}|{award.program_id}".encode()).hexdigest()
