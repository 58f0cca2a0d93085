"""Open a run: choose versions, and match the titles on forms to programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import SETTINGS, County, read_county_settings
from aidkit.errors import ParamsError
from aidkit.programs import Version, choose, load_programs
from aidkit.programs.choose import applies_in
from aidkit.programs.figures import SUBSISTENCE_LINE, figure_in_force, load_figures
from aidkit.project import Project
from aidkit.runs.answers import believed_changes, doubtful_decisions
from aidkit.runs.faulty import no_problems
from aidkit.runs.payments import doubtful_payouts
from aidkit.runs.titles import ids_by_title, match_titles, with_program

TITLED = (
    "applications",
    "teacher_applications",
    "panel_decisions",
    "teacher_panel_decisions",
    "award_changes",
)
"""Tables whose `program_title` decides something in this term."""


@dataclass(frozen=True)
class Run:
    """One term of one county, ready to be decided.

    Attributes:
        term: The term.
        county: The county's settings.
        versions: The versions in force on the term's first day that pay in its season.
        tables: The input tables; those of `TITLED` have a `program_id` and only matched rows, and
            `aid_received` has one that is null where the aid is none of ours.
        problems: What could not be matched or believed, as `tables.Problems`.
        subsistence_line_fen: 低保 line per head and year; None where it is not known.
    """

    term: Term
    county: County
    versions: tuple[Version, ...]
    tables: Mapping[str, pl.DataFrame]
    problems: pl.DataFrame
    subsistence_line_fen: int | None


def open_run(project: Project, county: Path, term: Term, tables: Mapping[str, pl.DataFrame]) -> Run:
    """Prepare a county's term for its decisions.

    Args:
        project: Holds `params/programs` and `params/figures`.
        county: The county folder, with `county.toml` and maybe params of its own.
        term: The term; its first day chooses the versions.
        tables: Frames by input name, as intake gives them.

    Raises:
        ParamsError: A program file, a figure or `county.toml` is wrong, sets places where there
            is no quota, or leaves open what a share of places is of.
    """
    versions = load_programs(project.params / "programs", county / "params" / "programs")
    settings = read_county_settings(county)
    _refuse_unknown_programs(settings, versions, county)
    _refuse_quotas_of_none(settings, versions, county)
    in_force = choose(
        versions,
        region=settings.region,
        adopts=settings.adopts,
        on=term.starts,
        season=term.season,
    )
    _refuse_shares_of_nothing(settings, in_force, county)
    own, problems = _matched(tables, term, versions, in_force)
    lines = load_figures(
        SUBSISTENCE_LINE, project.params / "figures", county / "params" / "figures"
    )
    line = figure_in_force(lines, region=settings.region, on=term.starts)
    return Run(
        term=term,
        county=settings,
        versions=in_force,
        tables=own,
        problems=problems,
        subsistence_line_fen=line.fen_per_year if line else None,
    )


def title_problems(
    project: Project, county: Path, tables: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """What `open_run` would find in each term of a county's tables, as `tables.Problems`.

    Args:
        project: Holds `params/programs`.
        county: The county folder.
        tables: Frames by input name, of any terms.

    Raises:
        ParamsError: A program file, a figure or `county.toml` is wrong.
    """
    terms = sorted({term for name in TITLED for term in tables[name]["term"].drop_nulls()})
    runs = [open_run(project, county, Term.parse(term), tables) for term in terms]
    return pl.concat([no_problems(), *(run.problems for run in runs)])


def _matched(
    tables: Mapping[str, pl.DataFrame],
    term: Term,
    versions: Iterable[Version],
    in_force: Iterable[Version],
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The tables with program ids, and the rows that cannot be used as problems."""
    by_title = ids_by_title(versions)
    active = {version.program.id for version in in_force}
    own = dict(tables)
    problems: list[pl.DataFrame] = [no_problems()]
    for name in TITLED:
        rows = tables[name].filter(pl.col("term") == term.code)
        own[name], faults = match_titles(name, rows, by_title, active)
        problems.append(faults)
    own["aid_received"] = with_program(tables["aid_received"], by_title)
    problems.append(doubtful_payouts(tables["payouts"], by_title, active, term))
    own["award_changes"], faults = believed_changes(own["award_changes"])
    problems.append(faults)
    for name, person in (
        ("panel_decisions", "student_no"),
        ("teacher_panel_decisions", "teacher_no"),
    ):
        problems.append(doubtful_decisions(name, own[name], person))
    return own, pl.concat(problems)


def _refuse_unknown_programs(settings: County, versions: Iterable[Version], county: Path) -> None:
    known = {version.program.id for version in versions}
    named = [("adopts", program_id) for program_id in settings.adopts]
    named += [("quota", program_id) for program_id, _ in settings.quotas]
    for key, program_id in named:
        if program_id not in known:
            raise ParamsError(
                f"{key} 里的“{program_id}”不是任何项目的 id。",
                where=f"{county / SETTINGS}：{key}",
                remedy=f"可以写：{'、'.join(sorted(known))}。",
            )


def _refuse_quotas_of_none(settings: County, versions: Iterable[Version], county: Path) -> None:
    """The county's word on a quota needs one; of any day, for the settings hold in every term."""
    limited = {
        version.program.id
        for version in versions
        if version.quota is not None
        and (version.school_code is None or version.region == settings.region)
        and applies_in(version, settings.region, settings.adopts)
    }
    for program_id, _ in settings.quotas:
        if program_id not in limited:
            raise ParamsError(
                f"“{program_id}”在本县没有名额规定，这里写的不起作用。",
                where=f"{county / SETTINGS}：quota.{program_id}",
                remedy=f"请删去 [quota.{program_id}]；确有名额的，写进项目文件的 [version.quota]。",
            )


def _refuse_shares_of_nothing(settings: County, in_force: Iterable[Version], county: Path) -> None:
    """A share of places whose base the source leaves open must be the county's to name."""
    own = dict(settings.quotas)
    for version in in_force:
        quota, program = version.quota, version.program
        open_base = quota is not None and quota.permille is not None and quota.base is None
        # Places of its own or a base: `County` holds no entry with neither.
        if open_base and program.id not in own:
            raise ParamsError(
                f"“{program.short_title}”的名额按比例计，来源没有写是谁的比例。",
                where=f"{county / SETTINGS}：quota.{program.id}",
                remedy='请在 county.toml 写 of = "students"（在校生）或 "boarders"（寄宿生），'
                "或写本县的名额 places。",
            )
