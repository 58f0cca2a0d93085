"""One term of one county: tables, notebooks, record, then all of it put in place at once."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.errors import NotebookError, UsageError
from aidkit.pipeline.audience import refuse_private_imports
from aidkit.pipeline.execute import JobResult, execute_notebooks
from aidkit.pipeline.jobs import NotebookJob, term_jobs
from aidkit.pipeline.parameters import term_parameters
from aidkit.pipeline.progress import Progress
from aidkit.pipeline.record import foundations, rests_on, write_record
from aidkit.pipeline.tables import TableCounts, make_tables
from aidkit.pipeline.workspace import fresh, one_at_a_time, restore, swap
from aidkit.project import Project

WORKERS = 2


@dataclass(frozen=True)
class RunSummary:
    """What a run made and where.

    Attributes:
        folder: The term's results.
        tables: What was read and decided.
        notebooks: Executed notebooks.
    """

    folder: Path
    tables: TableCounts
    notebooks: int


def run_term(
    project: Project,
    term: Term,
    changes: Mapping[str, str],
    *,
    school_code: str | None = None,
    tables_only: bool = False,
    say: Callable[[str], None] = print,
) -> RunSummary:
    """Run one term and replace its results, or leave the last ones if anything fails.

    Args:
        project: The checkout.
        term: Which term.
        changes: Parameters that differ from `params/terms/<term>.yaml`.
        school_code: Run this school's reports and the county's; the other schools' are kept if
            they rest on the same data, and run again if not.
        tables_only: Make tables, run no notebook; reports are kept if they rest on the same data,
            and taken down if not.
        say: Gets one line of Chinese per stage.

    Raises:
        NotebookError: A public notebook reaches beyond `aidkit.public`; or a notebook failed, and
            its executed copy with the error stays in the work folder.
        UsageError: No such county or school, or another run is under way.
    """
    parameters = term_parameters(project, term, changes)
    county = project.county(parameters["county"])
    read_county_settings(county)
    for source in sorted((project.notebooks / "public").glob("*.ipynb")):
        refuse_private_imports(source)
    work = project.root / "reports" / ".work"
    with one_at_a_time(project.root / "reports" / ".lock"):
        restore(project.reports(county, term.code))
        folder = fresh(work) / county.name / term.code
        say(f"县区文件夹：{parameters['county']}，{term.label}")
        counts = make_tables(project, county, term, folder)
        say(
            f"读入 {counts.files} 个文件，在册学生 {counts.students:,} 人，"
            f"认定 {counts.decisions:,} 条；搁置 {counts.errors} 行，提醒 {counts.warnings} 处。"
        )
        ground = foundations(project, county, folder, parameters)
        last = project.reports(county, term.code)
        codes = _school_codes(folder, school_code)
        if (tables_only or school_code) and rests_on(last, ground):
            shutil.copytree(last, folder, dirs_exist_ok=True)
        elif tables_only and (last / "public" / "notebooks").is_dir():
            say(f"数据、参数或程序有变，原来的报告已撤下；要重做请运行 aidkit run {term.code}。")
        elif school_code and last.is_dir():
            say("数据、参数或程序有变，其他学校的报告也要重做。")
            codes = _school_codes(folder, None)
        jobs = [] if tables_only else term_jobs(project, folder, parameters, codes)
        results = _execute(project, work, jobs)
        write_record(folder, ground)
        swap(folder, last)
        shutil.rmtree(work)
    return RunSummary(last, counts, len(results))


def _school_codes(folder: Path, only: str | None) -> list[str]:
    facts = pl.read_parquet(folder / "internal" / "tables" / "facts.parquet")
    codes = facts.filter(subject="student")["school_code"].unique().sort().to_list()
    if only is None:
        return codes
    if only not in codes:
        raise UsageError(
            f"这个学期的名册里没有学校 {only}。", remedy=f"现有学校标识码：{'、'.join(codes[:30])}"
        )
    return [only]


def _execute(project: Project, work: Path, jobs: list[NotebookJob]) -> list[JobResult]:
    progress = Progress("运行报告", len(jobs))
    results = execute_notebooks(
        jobs, root=project.root, work=work, workers=WORKERS, on_done=lambda _: progress.step()
    )
    failed = [result for result in results if result.error]
    if failed:
        listed = "\n".join(f"  {result.name}：{result.error}" for result in failed)
        raise NotebookError(
            f"{len(failed)} 份报告没有完成，原有结果保持不变：\n{listed}",
            where=failed[0].output.relative_to(project.root).as_posix(),
            remedy="打开上面的笔记本，最上面写着出错的地方；改正后重新运行。",
        )
    return results
