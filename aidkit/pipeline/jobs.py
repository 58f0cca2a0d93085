"""The notebooks of a term: which source, which parameters, where the executed copy goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aidkit.pipeline.fund_reports import FundReport
from aidkit.project import Project

WORKERS = 2
"""Notebooks that run at a time, unless something else is asked for."""


@dataclass(frozen=True)
class NotebookJob:
    """One notebook to run.

    Attributes:
        name: What the summary calls it, e.g. `public/9900000001`.
        source: The notebook in `notebooks/`.
        output: Where the executed copy goes.
        parameters: What papermill injects; all text.
    """

    name: str
    source: Path
    output: Path
    parameters: Mapping[str, str]


def term_jobs(
    project: Project,
    folder: Path,
    parameters: Mapping[str, str],
    school_codes: Sequence[str],
    funds: Sequence[FundReport] = (),
    *,
    slices: Collection[str] = (),
) -> list[NotebookJob]:
    """List a term's notebooks: those of the county once, a report for each school and fund.

    Of learners there are reports only where there are slices of them.

    Args:
        project: Where the sources lie.
        folder: The term's reports.
        parameters: The term's parameters.
        school_codes: Schools to report on, in order.
        funds: Funds to report on.
        slices: Names of the term's outputs, e.g. `slices/progress/9900000001.parquet`.
    """

    def job(audience: str, source: str, output: str = "", **own: str) -> NotebookJob:
        output = output or source
        return NotebookJob(
            name=f"{audience}/{output}",
            source=project.notebooks / audience / f"{source}.ipynb",
            output=folder / audience / "notebooks" / f"{output}.ipynb",
            parameters={**parameters, **own},
        )

    jobs = [job("public", "home"), job("public", "county")]
    jobs += [job("internal", source) for source in ("county", "county_review")]
    for code in school_codes:
        own = {"school_code": code}
        jobs += [job(room, "term_report", code, **own) for room in ("internal", "public")]
    for fund in funds:
        own = fund.parameters
        jobs += [job(room, "fund", fund.scope, **own) for room in ("internal", "public")]
    for room in ("progress", "helping"):
        of_room = [code for code in school_codes if _slice(room, code) in slices]
        jobs += [job("internal", room, f"{room}/{code}", school_code=code) for code in of_room]
    if _slice("helping", "county") in slices:
        jobs.append(job("internal", "helping_county"))
    return jobs


def _slice(room: str, scope: str) -> str:
    return f"slices/{room}/{scope}.parquet"
