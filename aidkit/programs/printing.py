"""What `aidkit program list` and `show` print: rows and lines, Chinese."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from aidkit.calendar import date_of_text
from aidkit.errors import UsageError
from aidkit.labels import project_labels
from aidkit.programs.choose import applies_in, choose
from aidkit.programs.version import Program, Version
from aidkit.programs.version_lines import version_lines, when
from aidkit.programs.vocabulary import SUBJECTS


def list_lines(versions: Iterable[Version]) -> list[str]:
    """One line for each program, then one for each of its versions."""
    lines: list[str] = []
    for program, own in groupby(versions, key=lambda version: version.program):
        lines.append(f"{program.id}　{program.title}（{SUBJECTS[program.subject]}）")
        lines += [f"  {when(version)}" for version in own]
    return lines


def show_lines(
    versions: Iterable[Version], program_id: str, *, on: str | None, region: str | None
) -> list[str]:
    """What a program is, and what its versions say.

    Args:
        versions: All versions.
        program_id: Which program.
        on: Only what is in force on this day; None: every version.
        region: Only what can decide in this region; None: every region.

    Returns:
        Lines of all versions, or of those that decide when both day and region are given: the
        region's, what no lower level may fall short of, and what holds in single schools; then
        what decides instead where the county adopts the program.

    Raises:
        UsageError: No program has this id, or `on` is no day.
    """
    versions = tuple(versions)
    own = [version for version in versions if version.program.id == program_id]
    if not own:
        raise UsageError(
            f"没有项目“{program_id}”。", remedy="请用 aidkit program list 查看全部项目。"
        )
    shown, day = own, _day(on) if on else None
    if region:
        shown = [version for version in shown if applies_in(version, region, (program_id,))]
    if day:
        shown = [version for version in shown if version.in_force(day)]
    if day and region:
        adopted = choose(shown, region=region, adopts=(program_id,), on=day, season=None)
        shown = list(choose(shown, region=region, adopts=(), on=day, season=None))[::-1]
        shown += [version for version in adopted if version not in shown]
    lines = _program_lines(own[0].program)
    titles = {version.program.id: version.program.short_title for version in versions}
    for version in shown:
        lines += ["", *version_lines(version, project_labels(), titles)]
    return lines if shown else [*lines, "没有这一天、这个地区的版本。"]


def _program_lines(program: Program) -> list[str]:
    funder = project_labels().label("funder", program.funder)
    given = "实物、膳食或免收的费用" if program.in_kind else "钱"
    whom = "，人人都有" if program.universal else ""
    return [
        f"{program.title}（{program.id}）",
        f"对象：{SUBJECTS[program.subject]}{whom}；出资：{funder}；给的是{given}",
    ]


def _day(text: str) -> dt.date:
    try:
        return date_of_text(text)
    except ValueError:
        raise UsageError(f"“{text}”不是日期。", remedy="请写成 2026-09-01。") from None
