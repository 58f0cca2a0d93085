"""Which notebooks the batches run: those of a project's term, as its last run made them."""

from dataclasses import replace
from pathlib import Path

from aidkit.calendar import Term
from aidkit.pipeline.jobs import NotebookJob, term_jobs
from aidkit.pipeline.parameters import term_parameters
from aidkit.project import Project
from benchmarks.bench import COUNTY, TERM


def all_jobs(root: Path) -> list[NotebookJob]:
    """Every notebook of the term: those of the county first, then two a school, code by code."""
    project = Project(root)
    folder = project.reports(project.county(COUNTY), TERM)
    reports = (folder / "public" / "notebooks").glob("99*.ipynb")
    codes = sorted(path.stem for path in reports)
    parameters = term_parameters(project, Term.parse(TERM), {"county": COUNTY})
    return term_jobs(project, folder, parameters, codes)


def school_jobs(root: Path, number: int, audience: str = "") -> list[NotebookJob]:
    """The first so many reports on schools, of one audience or of both in turn."""
    jobs = [job for job in all_jobs(root) if "school_code" in job.parameters]
    return [job for job in jobs if job.name.startswith(audience)][:number]


def beside(jobs: list[NotebookJob], out: Path) -> list[NotebookJob]:
    """The same notebooks with their executed copies in another folder."""
    return [replace(job, output=out / f"{job.name.replace('/', '-')}.ipynb") for job in jobs]


def work_of(root: Path) -> Path:
    """The folder that notebooks read the stored run from, as if it were under way."""
    return root / "reports"
