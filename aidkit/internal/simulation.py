"""What the notebook of a what-if imports: one section a method; internal."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from aidkit.county import read_county_settings
from aidkit.errors import MissingTablesError
from aidkit.labels import read_labels
from aidkit.project import find_project
from aidkit.show.parameters import county_of, term_of, text_of
from aidkit.show.parts import Part, callout, escaped, prose
from aidkit.show.report import heading
from aidkit.show.simulation import (
    WhatIf,
    all_apply_section,
    changes_section,
    figures_section,
    headline,
    persons_section,
    programs_section,
    schools_section,
    tiers_section,
)

TABLES = ("aid", "if_all_apply", "persons", "programs", "changes")


@dataclass(frozen=True)
class SimulationReport:
    """The report of a what-if; every method is one section.

    Attributes:
        name: What the what-if is called.
        found: What it found.
    """

    name: str
    found: WhatIf

    def page(self) -> Part:
        """Title, and who may read it."""
        county, term = self.found.county, self.found.term
        front: dict[str, Any] = {
            "title": headline(self.found),
            "subtitle": f"{county.name} · {term.label}试算“{self.name}”（内部资料）",
            "author": county.publisher,
            "status": "试算，不是认定结果",
            "producer": county.publisher,
            "term": term.code,
        }
        warning = callout(
            "内部资料 · 供县级资助管理人员使用",
            prose(
                "含个人信息，不得外传、张贴或放到网站上。这是试算：谁也不因此多得或少得，"
                f"正式结果以{escaped(term.label)}的认定为准。"
            ),
            kind="important",
        )
        title = heading({"published-on": "—", "next-update": "—", **front})
        return Part(warning.markdown, title + warning.html, page=front)

    def changes(self) -> Part:
        """What was changed."""
        return changes_section(self.found)

    def key_points(self) -> Part:
        """Cost and people against today, who gains, who loses."""
        return figures_section(self.found)

    def programs(self) -> Part:
        """By program."""
        return programs_section(self.found)

    def tiers(self) -> Part:
        """By tier."""
        return tiers_section(self.found)

    def if_all_apply(self) -> Part:
        """By program, if everybody had applied."""
        return all_apply_section(self.found)

    def schools(self) -> Part:
        """By school."""
        return schools_section(self.found)

    def persons(self) -> Part:
        """By name."""
        return persons_section(self.found)


def open_simulation(term: str, county: str, simulation: str) -> SimulationReport:
    """Open a what-if that `aidkit simulate` stored.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        simulation: Name of the what-if.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
        MissingTablesError: There is no such what-if.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    name = text_of("simulation", simulation)
    stored = project.simulation_folder(folder, wanted.code, name) / "tables"
    if not all((stored / f"{table}.parquet").is_file() for table in TABLES):
        raise MissingTablesError(
            f"{wanted.label}没有叫“{name}”的试算。",
            where=f"reports/{folder.name}/simulations/{wanted.code}",
            remedy=f"请先运行 aidkit simulate {wanted.code} --set … --name {name}",
        )
    frames = {table: pl.read_parquet(stored / f"{table}.parquet") for table in TABLES}
    schools = project.reports(folder, wanted.code) / "internal" / "tables" / "schools.parquet"
    names = pl.read_parquet(schools).select("school_code", "school_name")
    return SimulationReport(
        name,
        WhatIf(
            term=wanted,
            county=read_county_settings(folder),
            labels=read_labels(project.params / "labels.toml"),
            school_names=dict(names.iter_rows()),
            **frames,
        ),
    )
