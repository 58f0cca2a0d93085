"""Cases beside a program file: one sentence each, and only the facts that matter.

A `[[case]]` is one person; a `[[group]]` is several who share a quota or a relation.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.errors import ParamsError
from aidkit.programs.case_facts import FACTS, merged, read_facts
from aidkit.programs.case_groups import GroupCase, read_group
from aidkit.programs.expected import OUTCOMES
from aidkit.programs.load import CASES
from aidkit.toml import TomlTable, read_toml


@dataclass(frozen=True)
class Case:
    """One example of who gets what.

    Attributes:
        program_id: The program that decides.
        file: File, as messages name it.
        say: One Chinese sentence.
        term: Term of the decision.
        region: The county's region.
        adopted: Whether the county adopted the program.
        student: Facts by column of `tables.Facts`, of whatever subject the program is for; a fact
            that is absent is unknown.
        amount_fen: What is due in the term; None where nothing is.
        tier: Tier expected; None where the program has none.
        missing: Names of what is missing; None where the student is eligible.
        outcome: For someone eligible to whom nothing is due: why; None where something is due.
        in_force: False where no version may be in force.
    """

    program_id: str
    file: str
    say: str
    term: Term
    region: str
    adopted: bool
    student: dict[str, Any]
    amount_fen: int | None
    tier: str | None
    missing: tuple[str, ...] | None
    outcome: str | None
    in_force: bool


def load_cases(*folders: Path) -> tuple[Case, ...]:
    """Read every `[[case]]` of every `<id>.cases.toml` of the folders.

    Raises:
        ParamsError: A file breaks a rule, or a program has no cases.
    """
    return tuple(case for path in _files(folders) for case in _read(path)[0])


def load_groups(*folders: Path) -> tuple[GroupCase, ...]:
    """Read every `[[group]]` of every `<id>.cases.toml` of the folders.

    Raises:
        ParamsError: A file breaks a rule, or a program has no cases.
    """
    return tuple(group for path in _files(folders) for group in _read(path)[1])


def _files(folders: tuple[Path, ...]) -> list[Path]:
    files: list[Path] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name.endswith(CASES):
                files.append(path)
            elif not path.with_name(path.stem + CASES).is_file():
                raise ParamsError(
                    f"项目“{path.stem}”没有案例。",
                    where=str(path),
                    remedy=f"请在旁边写 {path.stem}{CASES}，每个条件、金额和日期两边各一例。",
                )
    return files


def _read(path: Path) -> tuple[list[Case], list[GroupCase]]:
    file = read_toml(path)
    program_id = path.name.removesuffix(CASES)
    region, adopted = file.text("region"), file.flag_or("adopted", False)
    typical = file.table("student")
    read_facts(typical, (program_id,))
    cases = [_case(table, program_id, region, adopted, typical) for table in file.tables("case")]
    groups = [
        read_group(table, program_id, region, adopted, typical)
        for table in file.tables_or_empty("group")
    ]
    file.done()
    return cases, groups


def _case(
    table: TomlTable, program_id: str, region: str, adopted: bool, typical: TomlTable
) -> Case:
    unknown = table.choices_or_empty("unknown", FACTS)
    own = merged(table.table_or_empty("student"), typical, unknown)
    expect = table.table("expect")
    told = [key for key in ("amount", "missing", "outcome", "in_force") if key in expect]
    if len(told) != 1:
        raise expect.fault(
            "", "应写一种结果。", "请写 amount、missing、outcome 或 in_force = false 之一。"
        )
    case = Case(
        program_id=program_id,
        file=table.file,
        say=table.text("say"),
        term=table.term("term"),
        region=table.text_or("region", region),
        adopted=table.flag_or("adopted", adopted),
        student=read_facts(own, (program_id,)),
        amount_fen=expect.optional_fen("amount"),
        tier=expect.optional_text("tier"),
        missing=expect.texts("missing") if "missing" in expect else None,
        outcome=expect.optional_choice("outcome", OUTCOMES),
        in_force=expect.flag_or("in_force", True),
    )
    expect.done()
    table.done()
    return case
