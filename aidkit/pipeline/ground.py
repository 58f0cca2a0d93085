"""What a term's results rest on, as digests; nothing here imports polars or opens a workbook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aidkit import __version__
from aidkit.calendar import Term
from aidkit.county import SETTINGS
from aidkit.digests import digest_of, digests, environment, file_digest, package_digest
from aidkit.intake.files import input_digests
from aidkit.pipeline.fund_reports import fund_ground
from aidkit.pipeline.learner_ground import learner_ground
from aidkit.pipeline.publications import publications
from aidkit.project import Project

PUBLISHED = "published"
"""Foundation that holds what the term itself published."""

OF_TABLES = (
    "aidkit",
    "package",
    "environment",
    "term",
    "county",
    "inputs",
    "settings",
    "params",
    "county_params",
    "earlier",
    PUBLISHED,
    "fund",
)
"""Foundations of the tables; reports rest on these, their notebook and their parameters.

Those of learners rest on `learners` as well: the day on which due and done are told is in it.
"""


def foundations(
    project: Project, county: Path, term: Term, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """Digests of all that a term's results are made from.

    Args:
        project: Whose programs, notebooks and package make the results.
        county: The folder of workbooks.
        term: The term.
        parameters: The term's parameters.

    Raises:
        InputError: There is no such county folder, or its log of sign-offs is not what was
            written.
    """
    return {
        "aidkit": __version__,
        "package": package_digest(),
        "environment": environment(),
        "term": term.code,
        "county": parameters["county"],
        # Before the inputs, for which labels are read: who changes them later has changed them.
        "params": digests(project.params, (".toml",)),
        "inputs": input_digests(county, term.code),
        "settings": file_digest(county / SETTINGS),
        "county_params": digests(county / "params", (".toml",)),
        "earlier": earlier_results(project, county, term),
        PUBLISHED: publications(county, term),
        "fund": fund_ground(county, term, parameters, project.root / "reports" / county.name),
        "learners": learner_ground(county, term, parameters),
        "notebooks": digests(project.notebooks, (".ipynb",)),
        "parameters": dict(parameters),
    }


def earlier_results(project: Project, county: Path, term: Term) -> dict[str, str]:
    """One digest for each earlier term of what this term's reports show of it.

    That is its disclosed tables; of the term before also what internal reports show in full.
    """
    found = {}
    for earlier in project.terms(county):
        if earlier >= term:
            continue
        folder = project.reports(county, earlier.code)
        shown = digests(folder / "public", (".parquet",))
        if earlier == term.previous():
            full = folder / "internal" / "aggregates"
            full = full if full.is_dir() else folder / "internal" / "tables"
            shown |= {f"full/{name}": one for name, one in digests(full, (".parquet",)).items()}
        found[earlier.code] = digest_of(repr(sorted(shown.items())).encode())
    return found
