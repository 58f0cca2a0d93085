"""A corrected list held against the one before: who is gone, who is new, whose line says else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aidkit.errors import UsageError
from aidkit.notices.listing import Line

Lines = Mapping[int, Line]
"""Lines of a list by number."""


@dataclass(frozen=True)
class Correction:
    """What a corrected list changes.

    Attributes:
        taken_off: Numbers whose person is no longer on the list.
        added: Numbers whose person is new on it.
        changed: Numbers of which something else is said than before.
    """

    taken_off: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()

    @property
    def news(self) -> bool:
        """Whether it says what nobody could object to yet."""
        return bool(self.added or self.changed)


def correction(before: Lines, now: Lines, columns: Collection[str], number: str) -> Correction:
    """What is corrected in a list.

    Whoever stands under a number is told by the name: another name is another person, also where
    only a character of it was wrong.

    Args:
        before: The list as it was.
        now: As it is.
        columns: Of the list.
        number: Of the notice, for messages.

    Raises:
        UsageError: Somebody who stays has another number than before.
    """
    _refuse_renumbering(before, now, number)
    both = before.keys() & now.keys()
    other = {no for no in both if before[no].name != now[no].name}
    said = [column for column in columns if column not in {"number", "class"}]
    return Correction(
        taken_off=tuple(sorted((before.keys() - now.keys()) | other)),
        added=tuple(sorted((now.keys() - before.keys()) | other)),
        changed=tuple(
            no
            for no in sorted(both - other)
            if any(before[no].cell(column) != now[no].cell(column) for column in said)
        ),
    )


def _refuse_renumbering(before: Lines, now: Lines, number: str) -> None:
    numbers: dict[Sequence[str], list[int]] = {}
    for line in before.values():
        numbers.setdefault(_person(line), []).append(line.number)
    for line in now.values():
        old = numbers.get(_person(line), [])
        if old and not any(no in now and _person(now[no]) == _person(line) for no in old):
            raise UsageError(
                f"更正后的名单里编号 {line.number} 的人，原来的编号是 {old[0]}。",
                where=number,
                remedy="原有的人编号不变，取消了的编号空着；新增的人接在最后一个编号后面。",
            )


def _person(line: Line) -> Sequence[str]:
    return line.name, line.school, line.grade
