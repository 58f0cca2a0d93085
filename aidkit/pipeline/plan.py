"""A dry run: which reports a run would make and why; nothing is put in place."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from aidkit.calendar import Term
from aidkit.pipeline.jobs import WORKERS
from aidkit.pipeline.run import opened
from aidkit.pipeline.workspace import fresh
from aidkit.project import Project


@dataclass(frozen=True)
class Plan:
    """What a run would do.

    Attributes:
        tables: Why the tables would be made again, Chinese; empty if they stand.
        reports: Report to why it would be made again; an empty list if it stands.
        gone: Reports, and files that are no results, that would be taken away.
    """

    tables: list[str]
    reports: dict[str, list[str]]
    gone: list[str]


def plan_term(
    project: Project,
    term: Term,
    changes: Mapping[str, str],
    *,
    school_code: str | None = None,
    tables_only: bool = False,
    force: bool = False,
    workers: int = WORKERS,
) -> Plan:
    """Find out what `run_term` would do with the same arguments.

    Where workbooks or programs changed, the tables are made aside and thrown away: only they tell
    which reports would show anything new.

    Raises:
        UsageError: No such county or school, or another run is under way.
    """
    with opened(
        project,
        term,
        changes,
        school_code=school_code,
        tables_only=tables_only,
        force=force,
    ) as wanted:
        last = wanted.last
        if last.tables or last.learners:
            from aidkit.pipeline.making import tables_of  # noqa: PLC0415  imports polars

            folder = fresh(wanted.work) / wanted.county.name / term.code
            tables = tables_of(wanted, folder, workers)
            jobs = wanted.jobs(folder, tables.schools, tables.digests)
            reasons = last.reports(jobs, wanted.places(folder), tables.digests)
            shutil.rmtree(wanted.work)
        else:
            schools = last.record.schools if last.record else ()
            outputs = last.record.outputs if last.record else ()
            jobs = wanted.jobs(last.folder, schools, outputs)
            reasons = last.reports(jobs, wanted.places(last.folder), last.digests)
    staying = {name for name, why in reasons.items() if not (why and tables_only)}
    shown = {name: reasons[name] for name in reasons if name in staying}
    return Plan(last.tables, shown, sorted(wanted.there - staying) + last.strays)
