"""One term of one county: what changed is made again, then all of it put in place at once.

Nothing slow is imported before it is known that something has to run.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.locking import one_at_a_time
from aidkit.pipeline.execute import open_reports_engine
from aidkit.pipeline.ground import foundations
from aidkit.pipeline.jobs import WORKERS
from aidkit.pipeline.parameters import term_parameters
from aidkit.pipeline.standing import read_last
from aidkit.pipeline.summary import Counts, RunSummary
from aidkit.pipeline.wanted import Wanted
from aidkit.pipeline.workspace import restore_below
from aidkit.project import Project


def run_term(
    project: Project,
    term: Term,
    changes: Mapping[str, str],
    *,
    school_code: str | None = None,
    tables_only: bool = False,
    force: bool = False,
    workers: int = WORKERS,
    scheduler: str = "",
    inputs: str = "",
    say: Callable[[str], None] = print,
) -> RunSummary:
    """Run one term: tables and reports that rest on the same as before are taken over.

    A report that fails is put in place with its error on top, beside the others; it runs again
    next time. Anything else that fails leaves the last good results.

    Args:
        project: The checkout.
        term: Which term.
        changes: Parameters that differ from `params/terms/<term>.yaml`.
        school_code: Of reports that were never made, make this school's and the county's only.
        tables_only: Run no notebook: reports that still stand are kept, the others taken down.
        force: Make everything again, whatever changed.
        workers: Notebooks that run at a time.
        scheduler: Address of a dask scheduler whose workers run the notebooks; empty: this machine.
        inputs: Where those workers find the tables: a folder or address; empty: as here.
        say: Gets one line of Chinese per stage.

    Raises:
        NotebookError: A public notebook reaches beyond `aidkit.public`.
        UsageError: No such county or school, or another run is under way.
    """
    began = time.time_ns()
    with ExitStack() as stack:
        arguments = opened(
            project,
            term,
            changes,
            school_code=school_code,
            tables_only=tables_only,
            force=force,
        )
        wanted = stack.enter_context(arguments)
        say(f"县区文件夹：{wanted.parameters['county']}，{term.label}")
        engine = None
        if wanted.last.outdated and not tables_only and not scheduler:
            # It imports what notebooks need while the tables are made.
            opening = open_reports_engine(root=project.root, work=wanted.work, workers=workers)
            engine = stack.enter_context(opening)
        record = wanted.last.record
        if record and wanted.all_stand():
            count = len(record.reports)
            say(f"没有变化：{count} 份报告和全部表格都是新的，没有重做。")
            return RunSummary(wanted.target, Counts(**record.counts), 0, count, unchanged=True)
        # Polars takes longer to import than all of the above.
        from aidkit.pipeline.making import make_term  # noqa: PLC0415

        return make_term(
            wanted,
            began,
            engine,
            workers=workers,
            scheduler=scheduler,
            inputs=inputs,
            say=say,
        )


@contextmanager
def opened(
    project: Project,
    term: Term,
    changes: Mapping[str, str],
    *,
    school_code: str | None,
    tables_only: bool,
    force: bool,
) -> Iterator[Wanted]:
    """What a run of these arguments wants, and what lies there; no other run until it ends.

    Raises:
        ParamsError: Parameters or the county's settings are wrong.
        UsageError: No such county, or another run is under way.
    """
    parameters = term_parameters(project, term, changes)
    county = project.county(parameters["county"])
    read_county_settings(county)
    with one_at_a_time(project.root / "reports" / ".lock"):
        target = project.reports(county, term.code)
        restore_below(target.parent)
        last = read_last(target, foundations(project, county, term, parameters), forced=force)
        yield Wanted(project, county, term, parameters, last, school_code, tables_only)
