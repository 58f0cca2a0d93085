"""Which published figures were corrected: publications of a term held against each other."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import polars as pl

from aidkit.calendar import Term
from aidkit.pipeline.review import day_of_publication
from aidkit.project import Project
from aidkit.review.corrections import Corrected, Tables, corrections
from aidkit.review.published import Files, digest_of_files, public_files, published_files
from aidkit.review.standing import Standing, standing
from aidkit.tables.disclosed import DISCLOSED, DISCLOSED_LEARNERS

COMPARED: Final = {
    name: (DISCLOSED | DISCLOSED_LEARNERS)[name]
    for name in ("roll", "aid", "progress", "data_quality")
}
"""Tables of figures. Those that name donors are not: who takes consent back is named no more."""


@dataclass(frozen=True)
class Edition:
    """A term as it went out once.

    Attributes:
        term: The term.
        number: Which publication of it, from 1.
        on: The day.
        reason: Why it corrects the one before; see `Standing.reason_for`.
        files: See `public_files`.
    """

    term: Term
    number: int
    on: dt.date
    reason: str
    files: Files


def corrected(
    project: Project, county: Path, terms: Iterable[Term], on: dt.date | None
) -> tuple[Corrected, ...]:
    """Every correction of what a county published, with those that go out now, newest first.

    Args:
        project: The checkout.
        county: The county folder.
        terms: What the site shows, all approved.
        on: The day of the site; see `review.note_published`.

    Raises:
        InputError: The log, or what was published, is not what was written.
    """
    found: list[Corrected] = []
    for term in terms:
        stands = standing(county, term)
        going = _going_out(project, county, term, stands, on)
        # Most terms go out once: nothing that was kept has to be read.
        if len(stands.publications) + len(going) > 1:
            found += corrections_between([*editions(county, term, stands), *going])
    return newest_first(found)


def newest_first(found: Iterable[Corrected]) -> tuple[Corrected, ...]:
    """Corrections in the order in which the site lists them."""
    return tuple(sorted(found, key=lambda one: (one.on, one.term, one.number), reverse=True))


def editions(county: Path, term: Term, stands: Standing) -> Iterator[Edition]:
    """A term as it went out each time, oldest first.

    Raises:
        InputError: What was kept of one is lost or was changed.
    """
    for step in stands.publications:
        files = published_files(county, step)
        yield Edition(term, step.number, step.on, stands.reason_for(step.number), files)


def corrections_between(editions: Sequence[Edition]) -> Iterator[Corrected]:
    """What each edition of a term corrects of the one before; one that corrects nothing is none.

    Args:
        editions: Of one term, oldest first.
    """
    for then, now in pairwise(editions):
        figures = differing(then.files, now.files)
        if now.reason or not figures.is_empty():
            yield Corrected(now.term, now.number, now.on, now.reason, figures)


def differing(then: Files, now: Files) -> pl.DataFrame:
    """Figures that differ between two editions of a term; see `review.corrections`."""
    return corrections(_tables(then), _tables(now), COMPARED)


def _going_out(
    project: Project, county: Path, term: Term, stands: Standing, on: dt.date | None
) -> list[Edition]:
    """What goes out with this site and was not out before; nothing where it is out as it lies."""
    files, last = public_files(project.reports(county, term.code)), stands.published
    if last and (last.content, last.public) == (stands.approved, digest_of_files(files)):
        return []
    number = len(stands.publications) + 1
    day = day_of_publication(stands, on)
    return [Edition(term, number, day, stands.reason_for(number), files)]


def _tables(files: Files) -> Tables:
    return {
        name: pl.read_parquet(io.BytesIO(files[f"{name}.parquet"]))
        for name in COMPARED
        if f"{name}.parquet" in files
    }
