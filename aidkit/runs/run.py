"""Open a run: choose versions, and match the titles on forms to programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import SETTINGS, County, read_county_settings
from aidkit.errors import ParamsError
from aidkit.programs import Version, choose, load_programs, spellings
from aidkit.project import Project
from aidkit.runs.titles import contradicting_tiers, match_titles, no_problems

TITLED = ("applications", "panel_decisions")
"""Tables whose `program_title` decides something in this term."""


@dataclass(frozen=True)
class Run:
    """One term of one county, ready to be decided.

    Attributes:
        term: The term.
        county: The county's settings.
        versions: The version in force of each program on the term's first day.
        tables: The input tables; those of `TITLED` have a `program_id` and only matched rows.
        problems: What could not be matched, as `tables.Problems`.
    """

    term: Term
    county: County
    versions: tuple[Version, ...]
    tables: Mapping[str, pl.DataFrame]
    problems: pl.DataFrame


def open_run(project: Project, county: Path, term: Term, tables: Mapping[str, pl.DataFrame]) -> Run:
    """Prepare a county's term for its decisions.

    Args:
        project: Holds `params/programs`.
        county: The county folder, with `county.toml` and maybe programs of its own.
        term: The term; its first day chooses the versions.
        tables: Frames by input name, as intake gives them.

    Raises:
        ParamsError: A program file or `county.toml` is wrong.
    """
    versions = load_programs(project.params / "programs", county / "params" / "programs")
    settings = read_county_settings(county)
    _refuse_unknown_adoptions(settings, versions, county)
    in_force = choose(versions, region=settings.region, adopts=settings.adopts, on=term.starts)
    by_title = _by_title(versions)
    active = {version.program.id for version in in_force}
    own = dict(tables)
    problems = [no_problems()]
    for name in TITLED:
        rows = tables[name].filter(pl.col("term") == term.code)
        own[name], faults = match_titles(name, rows, by_title, active)
        problems.append(faults)
    problems.append(contradicting_tiers(own["panel_decisions"]))
    return Run(term, settings, in_force, own, pl.concat(problems))


def title_problems(
    project: Project, county: Path, tables: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """What `open_run` would find in each term of a county's tables, as `tables.Problems`.

    Args:
        project: Holds `params/programs`.
        county: The county folder.
        tables: Frames by input name, of any terms.

    Raises:
        ParamsError: A program file or `county.toml` is wrong.
    """
    terms = sorted({term for name in TITLED for term in tables[name]["term"].drop_nulls()})
    runs = [open_run(project, county, Term.parse(term), tables) for term in terms]
    return pl.concat([no_problems(), *(run.problems for run in runs)])


def _by_title(versions: Iterable[Version]) -> dict[str, str]:
    """Every spelling of a program, folded by `labels.folded`, to the program's id."""
    programs = {version.program for version in versions}
    return {title: program.id for program in programs for title in sorted(spellings(program))}


def _refuse_unknown_adoptions(settings: County, versions: Iterable[Version], county: Path) -> None:
    known = {version.program.id for version in versions}
    for program_id in settings.adopts:
        if program_id not in known:
            raise ParamsError(
                f"adopts 里的“{program_id}”不是任何项目的 id。",
                where=f"{county / SETTINGS}：adopts",
                remedy=f"可以写：{'、'.join(sorted(known))}。",
            )
