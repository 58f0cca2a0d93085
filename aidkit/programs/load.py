"""Program files → versions, with every rule that they must keep together."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import cast

from aidkit.labels import folded, project_labels
from aidkit.programs.extending import Draft, filled
from aidkit.programs.floors import refuse_unlike_floors
from aidkit.programs.reading import read_region, read_version
from aidkit.programs.relations import check_relations
from aidkit.programs.version import Program, Subject, Version
from aidkit.programs.vocabulary import SUBJECTS, VOCABULARY
from aidkit.toml import TomlTable, close_to, read_toml

CASES = ".cases.toml"


def load_programs(*folders: Path) -> tuple[Version, ...]:
    """Read every program file of the folders; absent folders hold none.

    A county's file may add versions to a program of ours by the same id; it must then say the same
    of the program itself.

    Returns:
        All versions, by program, region and date.

    Raises:
        ParamsError: A file breaks a rule; names file, key and remedy.
    """
    drafts: list[Draft] = []
    programs: dict[str, Program] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name.endswith(CASES):
                continue
            file = read_toml(path)
            program = _program(file, path.stem)
            if programs.setdefault(program.id, program) != program:
                raise file.fault(
                    "id",
                    f"项目“{program.id}”在两个文件里的名称或性质不一致。",
                    "补充地方版本时，文件开头各项要与原文件相同；另立项目请换一个 id。",
                )
            drafts += [_draft(table, program.id) for table in file.tables("version")]
            file.done()
            _refuse_shared_titles(file, program, programs)
    drafts.sort(key=lambda draft: (draft.program_id, draft.region, draft.starts))
    for before, after in pairwise(drafts):
        _refuse_overlap(before, after)
    labels = project_labels()
    found = []
    for draft in drafts:
        full = filled(draft, drafts)
        found.append((full.table, read_version(full, programs[draft.program_id], labels)))
    _refuse_unknown_programs(found, programs)
    check_relations(found)
    refuse_unlike_floors(found)
    return tuple(version for _, version in found)


def _program(file: TomlTable, stem: str) -> Program:
    if file.text("id") != stem:
        raise file.fault("id", "id 与文件名不一致。", f"请把 id 写成“{stem}”，或改文件名。")
    return Program(
        id=stem,
        title=file.text("title"),
        short_title=file.text("short_title"),
        aliases=file.texts_or_empty("aliases"),
        in_kind=file.flag("in_kind"),
        universal=file.flag("universal"),
        subject=cast(Subject, file.choice_or("subject", SUBJECTS, "student")),
        funder=file.choice("funder", project_labels().names("funder")),
    )


def _draft(table: TomlTable, program_id: str) -> Draft:
    return Draft(
        program_id=program_id,
        table=table,
        region=read_region(table),
        starts=table.date("effective_from"),
        ends=table.optional_date("effective_to"),
    )


def _refuse_overlap(before: Draft, after: Draft) -> None:
    if (before.program_id, before.region) != (after.program_id, after.region):
        return
    if before.ends is None or before.ends >= after.starts:
        raise after.table.fault(
            "effective_from",
            f"与 {before.region} 从 {before.starts.isoformat()} 起的版本有效期重叠。",
            "请给前一个版本写上 effective_to（本版本生效的前一天）。",
        )


def _refuse_shared_titles(file: TomlTable, program: Program, programs: dict[str, Program]) -> None:
    own = spellings(program)
    for other in programs.values():
        if other.id != program.id and (shared := own & spellings(other)):
            raise file.fault(
                "aliases",
                f"名称“{min(shared)}”也是项目“{other.id}”的名称。",
                "申请表上的名称只能对应一个项目，请改其中一个。",
            )


def _refuse_unknown_programs(
    found: Iterable[tuple[TomlTable, Version]], programs: dict[str, Program]
) -> None:
    for table, version in found:
        for place, program_id in named_programs(version):
            if program_id not in programs:
                raise table.fault(
                    place, f"没有项目“{program_id}”。", close_to(program_id, programs)
                )


def named_programs(version: Version) -> list[tuple[str, str]]:
    """Ids of other programs that a version names, each after the key where it does."""
    named = [
        ("relation.with", other) for relation in version.relations for other in relation.others
    ]
    for condition in version.asked:
        if VOCABULARY[condition.name].kind == "programs" and isinstance(condition.argument, tuple):
            named += [(f"conditions.{condition.name}", other) for other in condition.argument]
    return named


def spellings(program: Program) -> set[str]:
    """Every way to write the program, folded by `labels.folded`."""
    return {folded(text) for text in (program.title, program.short_title, *program.aliases)}
