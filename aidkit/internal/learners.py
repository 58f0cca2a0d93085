"""Open a slice of learners' reports, and the banner that says who may read them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.errors import UsageError
from aidkit.labels import Labels
from aidkit.project import find_project
from aidkit.show.parameters import county_of, term_of, text_of
from aidkit.show.parts import Part, callout, prose
from aidkit.show.report import heading
from aidkit.show.view import Publisher
from aidkit.tables.learner_slices import LearnerRoom
from aidkit.tables.slices import COUNTY, read_slice


@dataclass(frozen=True)
class Learners:
    """A slice of learners' reports.

    Attributes:
        term: The term.
        county: Who publishes.
        labels: Chinese of codes.
        code: School code; None for the county.
        as_of: The day on which due and done are told.
        frames: Tables by name; see `tables.learner_slices`.
    """

    term: Term
    county: Publisher
    labels: Labels
    code: str | None
    as_of: dt.date
    frames: Mapping[str, pl.DataFrame]

    @property
    def is_county(self) -> bool:
        """Whether it is the county's slice."""
        return self.code is None

    @cached_property
    def _schools(self) -> dict[str, str]:
        return dict(self.frames["school_names"].iter_rows())

    @cached_property
    def _figures(self) -> dict[str, str]:
        return dict(self.frames["figures"].iter_rows())

    @property
    def school_name(self) -> str:
        """The school's name, of the county's slice the county's."""
        return self.county.name if self.code is None else self.school(self.code)

    def school(self, code: str) -> str:
        """What a school is called; its code where it is not listed."""
        return self._schools.get(code, code)

    def figure(self, name: str) -> str:
        """A declared figure, by its name in `params/progress.toml` or `params/pairing.toml`."""
        return self._figures[name]


def open_learners(
    term: str, county: str, school_code: str | None = None, *, about: LearnerRoom = "helping"
) -> Learners:
    """Open what a run stored of a school's or the county's learners.

    Args:
        term: E.g. `2026-autumn`.
        county: County folder, relative to the project.
        school_code: A school; None for the county, of which there is only who helps whom.
        about: Exams, or pairs and visits.

    Raises:
        UsageError: A parameter is not text or names nothing that exists.
        MissingTablesError: The slice is not stored, or another version of aidkit made it.
    """
    project = find_project()
    folder, wanted = county_of(project, county), term_of(term)
    if school_code is None:
        if about == "progress":
            raise UsageError("成绩进步报告只有各校的。", remedy="请写学校标识码 school_code。")
        scope = COUNTY
    else:
        scope = text_of("school_code", school_code)
        if not (scope.isascii() and scope.isalnum()) or scope == COUNTY:
            raise UsageError(f"“{scope}”不是学校标识码。", remedy="请写名册里的学校标识码。")
    frames = read_slice(project, folder, wanted, about, scope)
    settings = frames["settings"].row(0, named=True)
    vocabularies: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for vocabulary, one, label in frames["labels"].iter_rows():
        vocabularies.setdefault(vocabulary, {})[one] = (label, ())
    return Learners(
        term=wanted,
        county=Publisher(settings["county"], settings["publisher"], settings["contact"]),
        labels=Labels({}, {}, vocabularies),
        code=school_code,
        as_of=settings["as_of"],
        frames=frames,
    )


def learners_banner(
    learners: Learners,
    *,
    title: str,
    kind: str,
    reader: str,
    below: str,
    published_on: str,
    next_update: str,
) -> Part:
    """Title, and who may read the report.

    Args:
        learners: The slice.
        title: The finding in one sentence.
        kind: What the report is called.
        reader: Who may read it, e.g. `年级组长、班主任`.
        below: What else to mind of it: one sentence.
        published_on: ISO date.
        next_update: ISO date.
    """
    kind = f"{kind}（内部资料）"
    front: dict[str, Any] = {
        "title": title,
        "subtitle": f"{learners.school_name} · {learners.term.label}{kind}",
        "description": f"{learners.school_name}{learners.term.label}{kind}，供{reader}使用。",
        "date": published_on,
        "author": learners.county.publisher,
        "categories": [kind, learners.term.label],
        "status": "正式",
        "published-on": published_on,
        "next-update": next_update,
        "producer": learners.county.publisher,
        "term": learners.term.code,
    }
    if learners.code is not None:
        front["school-code"] = learners.code
    warning = callout(
        f"内部资料 · 供{reader}使用",
        prose(f"含学生个人信息。不得外传、不得张贴、不得放到公开的网站上、不得在班上宣读。{below}"),
        kind="important",
    )
    return Part(warning.markdown, heading(front) + warning.html, page=front)
