"""`params/notices.toml`: how long a notice stands, what it may say, when an answer is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from aidkit.notices.periods import Period, Place, Stage, Unit
from aidkit.programs.reading import read_source
from aidkit.toml import TomlTable, read_toml

FILE = "notices.toml"

PERMITTED: Mapping[str, tuple[str, ...]] = {
    "students": ("number", "name", "school", "grade", "class", "program"),
    "teachers": ("number", "name", "school", "program", "amount_fen"),
    "payouts": ("number", "name", "school", "program", "amount_fen"),
}
"""Kind of notice to the only columns it may ever show; no file can add to them."""

LEAST, LONGEST_REPLY = 5, 3
"""Working days that no file can shorten, and that none can draw out."""

NEEDED = ("number", "name")
"""Without these it is no list."""


@dataclass(frozen=True)
class NoticeSettings:
    """The rules of notices.

    Attributes:
        periods: By id.
        default: Id of the period of programs that no period names.
        by_program: Program id to the id of its period.
        least: Working days that every notice stands at least.
        reply: Working days in which an objection is answered.
        content: Kind of notice to the columns of its list, in their order.
        procedure: What a notice says of the procedure.
    """

    periods: Mapping[str, Period]
    default: str
    by_program: Mapping[str, str]
    least: int
    reply: int
    content: Mapping[str, tuple[str, ...]]
    procedure: str

    def period_of(self, program_id: str) -> Period:
        """The period of a program."""
        return self.periods[self.by_program.get(program_id, self.default)]


def read_notice_settings(*folders: Path) -> NoticeSettings:
    """Read the file of the last of some `params` folders that has one.

    Args:
        folders: First the project's, then the county's.

    Raises:
        ParamsError: A key is missing, wrong or unknown; a column is not permitted; or two periods
            are of one program.
    """
    file = read_toml(next(path for f in reversed(folders) if (path := f / FILE).is_file()))
    tables = file.tables("period")
    periods: dict[str, Period] = {}
    by_program: dict[str, str] = {}
    defaults = []
    for table in tables:
        period = _period(table)
        if period.id in periods:
            raise table.fault("id", f"“{period.id}”写了两次。", "请只留一个。")
        periods[period.id] = period
        if table.flag_or("default", False):
            defaults.append(period.id)
        for program in table.texts_or_empty("programs"):
            if program in by_program:
                raise table.fault("programs", f"“{program}”有两种公示期。", "请只留一种。")
            by_program[program] = period.id
        table.done()
    if len(defaults) != 1:
        raise file.fault("period", "要有一种、只有一种公示期写 default = true。", "请改正。")
    settings = NoticeSettings(
        periods=periods,
        default=defaults[0],
        by_program=by_program,
        least=_working_days(file.table("least"), least=LEAST),
        reply=_working_days(file.table("reply"), most=LONGEST_REPLY),
        content=_content(file.table("content")),
        procedure=file.text("procedure"),
    )
    file.done()
    return settings


def _period(table: TomlTable) -> Period:
    stages = tuple(_stage(stage) for stage in table.tables("stages"))
    if any(stage.place == "site" for stage in stages[:-1]):
        raise table.fault("stages", "网站放在最后，而且只能有一段。", "请先写公示栏，再写网站。")
    return Period(
        id=table.text("id"),
        title=table.text("title"),
        stages=stages,
        sources=tuple(read_source(source) for source in table.tables("source")),
    )


def _stage(table: TomlTable) -> Stage:
    unit = cast(Unit, table.choice("unit", get_args(Unit)))
    stage = Stage(
        place=cast(Place, table.choice("place", get_args(Place))),
        days=0 if unit == "year" else table.natural("days"),
        unit=unit,
    )
    table.done()
    return stage


def _working_days(table: TomlTable, *, least: int = 1, most: int = 365) -> int:
    days = table.natural("working_days")
    if days < least:
        raise table.fault("working_days", f"公示不能少于 {least} 个工作日。", "可以多，不能少。")
    if days > most:
        raise table.fault("working_days", f"答复不能多于 {most} 个工作日。", "可以少，不能多。")
    for source in table.tables("source"):
        read_source(source)
    table.done()
    return days


def _content(table: TomlTable) -> Mapping[str, tuple[str, ...]]:
    content = {kind: table.choices(kind, allowed) for kind, allowed in PERMITTED.items()}
    table.done()
    for kind, columns in content.items():
        if missing := [column for column in NEEDED if column not in columns]:
            raise table.fault(kind, f"名单缺少 {'、'.join(missing)}。", "请补上。")
    return content
