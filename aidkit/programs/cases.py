"""Cases beside a program file: one sentence each, and only the facts that matter."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.errors import ParamsError
from aidkit.labels import Labels, project_labels
from aidkit.programs.load import CASES
from aidkit.toml import TomlTable, read_toml

FACTS = {
    "stage": "stage",
    "grade": "grade",
    "ownership": "ownership",
    "locality": "locality",
    "boarder": "boarder",
    "enrolled": "enrolled",
    "special_groups": "special_groups",
    "listed_groups": "listed_groups",
    "income_per_head": "income_per_head_fen",
    "applied": "applied_programs",
    "panel_tier": "panel_tiers",
}
"""What a case may say of its student, and the column of `tables.Facts` that it fills."""


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
        student: Facts by column of `tables.Facts`; a fact that is absent is unknown.
        amount_fen: What is due in the term; None where nothing is.
        tier: Tier expected; None where the program has none.
        missing: Names of what is missing; None where the student is eligible.
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
    in_force: bool


def load_cases(*folders: Path) -> tuple[Case, ...]:
    """Read every `<id>.cases.toml` of the folders.

    Raises:
        ParamsError: A file breaks a rule, or a program has no cases.
    """
    cases: list[Case] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name.endswith(CASES):
                cases += _file_cases(path)
            elif not path.with_name(path.stem + CASES).is_file():
                raise ParamsError(
                    f"项目“{path.stem}”没有案例。",
                    where=str(path),
                    remedy=f"请在旁边写 {path.stem}{CASES}，每个条件、金额和日期两边各一例。",
                )
    return tuple(cases)


def _file_cases(path: Path) -> list[Case]:
    file = read_toml(path)
    program_id = path.name.removesuffix(CASES)
    region, adopted = file.text("region"), file.flag_or("adopted", False)
    typical = _student(file.table("student"), program_id, project_labels())
    cases = [_case(table, program_id, region, adopted, typical) for table in file.tables("case")]
    file.done()
    return cases


def _case(
    table: TomlTable, program_id: str, region: str, adopted: bool, typical: dict[str, Any]
) -> Case:
    own = _student(table.table_or_empty("student"), program_id, project_labels())
    unknown = {FACTS[key] for key in table.choices("unknown", FACTS)} if "unknown" in table else {}
    student = {k: v for k, v in (typical | own).items() if k not in unknown}
    expect = table.table("expect")
    if len([key for key in ("amount", "missing", "in_force") if key in expect]) != 1:
        raise expect.fault("", "应写一种结果。", "请写 amount、missing 或 in_force = false 之一。")
    case = Case(
        program_id=program_id,
        file=table.file,
        say=table.text("say"),
        term=_term(table),
        region=table.text_or("region", region),
        adopted=table.flag_or("adopted", adopted),
        student=student,
        amount_fen=expect.optional_fen("amount"),
        tier=expect.optional_text("tier"),
        missing=expect.texts("missing") if "missing" in expect else None,
        in_force=expect.flag_or("in_force", True),
    )
    expect.done()
    table.done()
    return case


def _term(table: TomlTable) -> Term:
    text = table.text("term")
    try:
        return Term.parse(text)
    except ValueError:
        raise table.fault("term", f"学期“{text}”写法不对。", "请写成 2024-spring。") from None


def _student(table: TomlTable, program_id: str, labels: Labels) -> dict[str, Any]:
    facts: dict[str, Any] = {
        FACTS[key]: _fact(table, key, program_id, labels) for key in FACTS if key in table
    }
    table.done()
    return facts


def _fact(table: TomlTable, key: str, program_id: str, labels: Labels) -> Any:
    if key in ("boarder", "enrolled"):
        return table.flag(key)
    if key in ("special_groups", "listed_groups"):
        groups = table.texts(key)
        return list(table.choices(key, labels.names("special_group"))) if groups else []
    if key == "income_per_head":
        return table.fen(key)
    if key == "applied":
        return [program_id] if table.flag(key) else []
    if key == "panel_tier":
        return [{"program_id": program_id, "tier": table.choice(key, labels.names("tier"))}]
    return table.choice(key, labels.names(key))
