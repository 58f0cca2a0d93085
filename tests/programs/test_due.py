"""Which versions are due for a check when a term starts."""

import pytest

from aidkit.calendar import Term
from aidkit.programs import due_lines, unchecked
from tests.programs.texts import Write, version_text

TERM = Term.parse("2026-autumn")


@pytest.mark.parametrize(
    ("checked", "due"),
    [(None, True), ("2026-08-31", True), ("2026-09-01", False), ("2027-02-28", False)],
)
def test_the_first_day_of_the_term_must_be_checked(
    checked: str | None, due: bool, write: Write
) -> None:
    versions = write(milk=version_text(checked_until=checked))
    assert bool(unchecked(versions, TERM)) is due
    lines = due_lines(versions, TERM)
    assert ("《办法》示〔2020〕1号一" in "".join(lines)) is due
    assert lines[-1].startswith(f"2026 年秋季学期有效的版本 1 个，{int(due)} 个")
    assert ("checked_until" in lines[-1]) is due


def test_each_version_is_named_with_its_last_day(write: Write) -> None:
    versions = write(
        milk=version_text(checked_until="2020-08-31"), soy=version_text(checked_until=None)
    )
    lines = due_lines(versions, TERM)
    assert "milk@cn@2020-03-01　项目milk：核对到 2020-08-31" in lines
    assert "soy@cn@2020-03-01　项目soy：从来没有核对过" in lines
