"""The tables and slices of one term's learners: what exams say of them, and who helps whom."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from aidkit.calendar import Term
from aidkit.digests import digest_of, file_digest
from aidkit.intake.earlier import read_earlier
from aidkit.intake.kept import Later
from aidkit.pairing.pairs import staff_of
from aidkit.pairing.settings import read_rules
from aidkit.pipeline.ground import PUBLISHED
from aidkit.pipeline.learner_cuts import LearnerCuts, county_tables, helping_parts, progress_parts
from aidkit.pipeline.learner_figures import helping_figures, progress_figures, shared_frames
from aidkit.pipeline.learner_ground import EARLIER, day_of
from aidkit.pipeline.learner_helping import OF_LEARNERS, REGISTERS, Asked, helping_tables
from aidkit.pipeline.learner_helping import READS as HELPING_READS
from aidkit.pipeline.learner_problems import READS as PROBLEMS_READS
from aidkit.pipeline.learner_problems import score_problems
from aidkit.pipeline.learner_progress import READS as PROGRESS_READS
from aidkit.pipeline.learner_progress import progress_tables
from aidkit.pipeline.learner_public import write_public
from aidkit.pipeline.published_before import published_before
from aidkit.pipeline.slice_files import write_files
from aidkit.progress.settings import read_progress_settings
from aidkit.project import Project

Frames = Mapping[str, pl.DataFrame]

STORED = "internal/learners"
"""Folder of the tables, below that of the term."""

_WHO_NEEDS_HELP = ("group", "weak")
"""Tables of `progress` that those of `helping` are made from."""


@dataclass(frozen=True)
class LearnerRooms:
    """One term's learners; see `pipeline.learners.make_learners`."""

    project: Project
    county: Path
    term: Term
    folder: Path
    ground: Mapping[str, Any]
    last: Path | None
    store: Path | None
    workers: int
    later: Later

    def progress_read(self) -> list[str]:
        """Digests of what `progress` reads of the term, and of what was published of it."""
        published = self.ground[PUBLISHED].values()
        return [*self._told((*PROGRESS_READS, "schools")), _digest(self._problems), *published]

    def helping_read(self) -> list[str]:
        """Digests of what `helping` reads of the term."""
        needs = [file_digest(self._stored(name)) for name in _WHO_NEEDS_HELP]
        return [*self._told(HELPING_READS), _digest(self._facts), *needs]

    def progress(self) -> Frames:
        """Make the tables of what exams say; write slices of schools that had some, and the public.

        The public one holds no row where nobody had any.
        """
        settings = read_progress_settings(self.project.params, self.county)
        exams = progress_tables(self._tables, self._earlier, settings, self.term)
        made = {**exams, "problems": self._problems}
        codes = {*made["progress"]["school_code"]}
        # No day is asked here: the reports stay when nothing but that changes.
        shared = shared_frames(
            *(self.project, self.county, self.term),
            room="progress",
            as_of=self.term.ends,
            figures=progress_figures(settings),
            schools=self._tables["schools"],
        )
        told = published_before(self.project, self.county, self.term)
        write_public(self.folder, made["progress"], shared, self.last, told)
        if codes:
            cuts = LearnerCuts(
                "progress", shared, progress_parts(made, self._tables), codes & self._codes
            )
            write_files(self.folder, "progress", cuts, self.last)
        return made

    def helping(self) -> Frames:
        """Make the tables of who helps whom, and write the slices of schools with registers."""
        as_of = day_of(self.term, self.ground["parameters"])
        own = self.county / "params" / "pairing.toml"
        rules = read_rules(self.project.params / "pairing.toml", own)
        group, weak = (pl.read_parquet(self._stored(name)) for name in _WHO_NEEDS_HELP)
        needing = group.select("student_no").join(weak, on="student_no", how="left")
        needing = needing.with_columns(pl.col("weak").fill_null([]))
        tables, asked = self._tables, Asked(rules, self.term, as_of)
        made = helping_tables(asked, tables, self._facts, needing, self._earlier)
        if any(tables[name].height for name in REGISTERS):
            shared = shared_frames(
                *(self.project, self.county, self.term),
                room="helping",
                as_of=as_of,
                figures=helping_figures(rules),
                schools=tables["schools"],
            )
            rolls = {**tables, "teachers": staff_of(tables["teachers"], self.term, as_of)}
            parts = helping_parts(made, rolls, tables["help_logs"])
            said = ("tutor_pairs", "care_pairs", "peer_checks", "household_coverage")
            codes = {*tables["class_screening"]["school_code"]}
            codes |= {code for name in said for code in parts[name]["scope"]}
            cuts = LearnerCuts("helping", shared, parts, codes & self._codes)
            whole = cuts.with_county({**shared, **county_tables(made)})
            write_files(self.folder, "helping", whole, self.last)
        return made

    @cached_property
    def _earlier(self) -> Frames:
        """Tables of the terms before."""
        return read_earlier(
            *(self.county, self.term.code, EARLIER),
            store=self.store,
            workers=self.workers,
            digests=self.ground["learners"],
            later=self.later,
        )

    @cached_property
    def _tables(self) -> Frames:
        """The term's input tables."""
        names = sorted({*PROGRESS_READS, *HELPING_READS, *PROBLEMS_READS})
        return {name: pl.read_parquet(self._table(name)) for name in names}

    @cached_property
    def _facts(self) -> pl.DataFrame:
        return pl.read_parquet(self._table("facts"), columns=list(OF_LEARNERS))

    @cached_property
    def _problems(self) -> pl.DataFrame:
        """Of all that is wrong with the term's workbooks what is left out of its scores."""
        return score_problems(self._tables)

    @property
    def _codes(self) -> set[str]:
        """Schools with a roll and a line in the list of schools: those that have reports."""
        names = ("students", "schools")
        students, schools = ({*self._tables[name]["school_code"]} for name in names)
        return students & schools

    def _told(self, names: Iterable[str]) -> list[str]:
        """Digests of tables of the term: their files are the same for the same content."""
        return [file_digest(self._table(name)) for name in names]

    def _table(self, name: str) -> Path:
        return self.folder / "internal" / "tables" / f"{name}.parquet"

    def _stored(self, name: str) -> Path:
        return self.folder / STORED / f"{name}.parquet"


def _digest(table: pl.DataFrame) -> str:
    content = io.BytesIO()
    table.rechunk().write_ipc(content, compat_level=pl.CompatLevel.oldest())
    return digest_of(content.getvalue())
