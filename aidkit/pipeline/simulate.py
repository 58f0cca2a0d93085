"""What-if: a term decided again with changed programs, beside what is in force today."""

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import polars as pl

from aidkit.awards import award
from aidkit.calendar import Term
from aidkit.county import County, CountyQuota, read_county_settings
from aidkit.errors import MissingTablesError, NotebookError, UsageError
from aidkit.locking import one_at_a_time
from aidkit.pipeline.compare import (
    altered_persons,
    as_if_all_applied,
    compared_aid,
    listed_programs,
)
from aidkit.pipeline.execute import execute_notebooks
from aidkit.pipeline.jobs import NotebookJob
from aidkit.pipeline.table_files import write_tables
from aidkit.pipeline.workspace import fresh, swap
from aidkit.programs import Version, choose, load_programs
from aidkit.programs.changes import apply_changes, changed_quotas
from aidkit.programs.edited import load_edited
from aidkit.project import Project
from aidkit.tables.simulated import SimulatedChanges

_NAME = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True)
class Simulation:
    """What a what-if found and where it lies.

    Attributes:
        folder: The executed notebook and `tables/*.parquet`; internal.
        said: What was changed, Chinese, a sentence each.
        aid: `SimulatedAid`.
        if_all_apply: The same if everybody had applied for the programs that are changed.
        persons: `SimulatedPersons`.
    """

    folder: Path
    said: tuple[str, ...]
    aid: pl.DataFrame
    if_all_apply: pl.DataFrame
    persons: pl.DataFrame

    @property
    def notebook(self) -> Path:
        """The executed notebook."""
        return self.folder / "simulate.ipynb"


def simulate(
    project: Project,
    county: Path,
    term: Term,
    changes: Sequence[str],
    *,
    edited: Sequence[Path] = (),
    name: str | None = None,
    say: Callable[[str], None] = print,
) -> Simulation:
    """Decide a term's stored facts again with changed programs, and report the difference.

    The term's own results stay as they are; a later run of the term keeps the simulations.

    Args:
        project: The checkout.
        county: The county folder.
        term: A term that was run.
        changes: As `--set` writes them; see `programs.changes`.
        edited: Edited copies of program files.
        name: Folder of the results; by default one that follows from the changes.
        say: Gets one line of Chinese per stage.

    Raises:
        MissingTablesError: The term was not run.
        UsageError: Nothing is changed, or a change names nothing that exists.
        ParamsError: An edited copy breaks a rule.
        NotebookError: The notebook failed; its executed copy stays in the work folder.
    """
    if not changes and not edited:
        raise UsageError(
            "没有写要改什么。",
            remedy="请用 --set tiered_aid.level_1.amount=2500 或 --program 改过的项目文件。",
        )
    called = _name(name, changes, edited)
    facts = _stored_facts(project, county, term)
    settings = read_county_settings(county)
    folders = (project.params / "programs", county / "params" / "programs")
    today = _in_force(load_programs(*folders), settings, term)
    every = load_edited(folders, edited)
    versions, said = apply_changes(
        _in_force(every, settings, term), changes, every=every, term=term
    )
    others = _without_own(settings, changed_quotas(changes))
    _refuse_shares_of_nothing(versions, others)
    programs = listed_programs(today, versions)

    def compared(known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        return (
            award(known, today, term, settings).decisions,
            award(known, versions, term, others).decisions,
        )

    decided = compared(facts)
    touched = programs.filter("touched")
    said = (*(f"项目文件改用 {path.name}" for path in edited), *said)
    written = (*(path.name for path in edited), *changes)
    tables = {
        "aid": compared_aid(*decided, touched),
        "if_all_apply": compared_aid(*compared(as_if_all_applied(facts, touched)), touched),
        "persons": altered_persons(*decided),
        "programs": programs,
        "changes": pl.DataFrame(
            {"written": written, "said": said}, schema=SimulatedChanges.create_empty().schema
        ),
    }
    folder = project.simulation(county, term.code, called)
    with one_at_a_time(project.root / "reports" / ".lock"):
        _report(project, county, term, called, tables)
    say(f"试算“{called}”：{term.label}，按最近一次运行存下的情况。")
    return Simulation(folder, said, tables["aid"], tables["if_all_apply"], tables["persons"])


def _stored_facts(project: Project, county: Path, term: Term) -> pl.DataFrame:
    path = project.reports(county, term.code) / "internal" / "tables" / "facts.parquet"
    if not path.is_file():
        raise MissingTablesError(
            f"{term.label}还没有运行过，没有可以试算的情况。",
            where=f"reports/{county.name}/{term.code}",
            remedy=f"请先运行 aidkit run {term.code} --tables",
        )
    return pl.read_parquet(path)


def _in_force(versions: tuple[Version, ...], county: County, term: Term) -> tuple[Version, ...]:
    return choose(
        versions,
        region=county.region,
        adopts=county.adopts,
        on=term.starts,
        season=term.season,
    )


def _without_own(county: County, changed: set[tuple[str, str]]) -> County:
    """Where the changes set places or a base, the county's own no longer count."""
    quotas = []
    for program_id, own in county.quotas:
        kept = CountyQuota(
            places=None
            if {(program_id, "places"), (program_id, "percent")} & changed
            else own.places,
            base=None if (program_id, "of") in changed else own.base,
        )
        if kept != CountyQuota(None, None):
            quotas.append((program_id, kept))
    return replace(county, quotas=tuple(quotas))


def _refuse_shares_of_nothing(versions: Iterable[Version], county: County) -> None:
    own = dict(county.quotas)
    for version in versions:
        quota, name = version.quota, version.program.id
        if quota and quota.permille is not None and quota.base is None and name not in own:
            raise UsageError(
                f"“{version.program.short_title}”的名额是比例，没有写是谁的比例。",
                where=f"--set {name}.quota",
                remedy=f"请再写 --set {name}.quota.of=students 或 boarders。",
            )


def _name(name: str | None, changes: Sequence[str], edited: Sequence[Path]) -> str:
    if name is None:
        asked = [*(path.read_text(encoding="utf-8") for path in edited if path.is_file()), *changes]
        return f"whatif-{blake2b(chr(31).join(asked).encode(), digest_size=4).hexdigest()}"
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"名称“{name}”不能作文件夹名。", where="--name", remedy="只用文字、数字、- 和 _。"
        )
    return name


def _report(
    project: Project, county: Path, term: Term, name: str, tables: dict[str, pl.DataFrame]
) -> None:
    work = project.root / "reports" / ".work"
    made = fresh(work) / county.name / "simulations" / term.code / name
    write_tables(tables, made / "tables")
    job = NotebookJob(
        name=f"simulate/{name}",
        source=project.notebooks / "internal" / "simulate.ipynb",
        output=made / "simulate.ipynb",
        parameters={
            "term": term.code,
            "county": _as_parameter(project, county),
            "simulation": name,
        },
    )
    (result,) = execute_notebooks([job], root=project.root, work=work, workers=1)
    if result.error:
        raise NotebookError(
            f"试算的报告没有完成：{result.error}",
            where=result.output.relative_to(project.root).as_posix(),
            remedy="打开上面的笔记本，最上面写着出错的地方。",
        )
    swap(made, project.simulation(county, term.code, name))
    shutil.rmtree(work)


def _as_parameter(project: Project, county: Path) -> str:
    folder = county.resolve()
    inside = folder.is_relative_to(project.root)
    return (folder.relative_to(project.root) if inside else folder).as_posix()
