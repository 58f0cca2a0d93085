"""A report's view from its slice and into it: what a report shows of terms, and not more."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.errors import MissingTablesError
from aidkit.labels import Labels
from aidkit.project import Project
from aidkit.show.parameters import school_of
from aidkit.show.term import TermTables
from aidkit.show.view import Publisher, View
from aidkit.tables import ALL
from aidkit.tables.slices import COUNTY, LABELS, SETTINGS, Audience, read_slice

BY_TERM = ("county", "schools", "roll", "aid", "programs")
"""Tables that a slice holds of its own term and the earlier ones."""

OF_NOW = ("data_quality", "named_donors")
"""Tables of its own term; donors only in the county's."""

Frames = dict[str, pl.DataFrame]

_CODE = re.compile(r"[0-9A-Za-z]+")


def open_slice(
    project: Project, county: Path, term: Term, audience: Audience, school_code: object
) -> Frames:
    """Read the slice of a notebook's report.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term.
        audience: Whose report.
        school_code: The notebook's parameter; None for the whole county.

    Raises:
        UsageError: No county folder, or no such school in this term.
        MissingTablesError: The slice is not stored, or another version of aidkit made it.
    """
    if school_code is None:
        return _whole(project, county, term, audience)
    code = school_code if isinstance(school_code, str) else ""
    if _CODE.fullmatch(code) and code != COUNTY:
        try:
            return read_slice(project, county, term, audience, code)
        except MissingTablesError:
            pass  # there may be no such school: say which there are
    schools = _whole(project, county, term, audience)["schools"]
    code = school_of(school_code, schools.filter(term=term.code)["school_code"].to_list())
    return read_slice(project, county, term, audience, code)


def _whole(project: Project, county: Path, term: Term, audience: Audience) -> Frames:
    try:
        return read_slice(project, county, term, audience)
    except MissingTablesError:
        read_county_settings(county)  # that the folder is no county's is the first thing to say
        raise


def frames_of(view: View, audience: Audience) -> Frames:
    """What reports show of a county and its schools, as the county's slice holds it.

    Args:
        view: The county.
        audience: Whose reports will read it.
    """
    settings = (
        *(audience, COUNTY, view.now.term.code),
        *(view.county.name, view.county.publisher, view.county.contact),
        view.threshold,
    )
    texts = dict.fromkeys(SETTINGS, pl.String) | {"threshold": pl.Int64}
    labels = [
        (vocabulary, code, label)
        for vocabulary in view.labels.vocabularies
        for code, label in view.labels.names(vocabulary).items()
    ]
    shares = [(tables.term.code, _county_share(tables)) for tables in view.history]
    return {
        "settings": pl.DataFrame([settings], schema=texts, orient="row"),
        "labels": pl.DataFrame(labels, schema=dict.fromkeys(LABELS, pl.String), orient="row"),
        "county": pl.DataFrame(shares, schema=["term", "share"], orient="row").cast(pl.String),
        **{name: _of_terms(view.history, name) for name in BY_TERM[1:]},
        **{name: view.now.frames[name] for name in OF_NOW},
    }


def _county_share(tables: TermTables) -> str | None:
    county = {name: tables.frames[name].filter(school_code=ALL) for name in ("roll", "aid")}
    share = TermTables(tables.term, county).county_share
    return None if share is None else str(share)


def _of_terms(history: Sequence[TermTables], name: str) -> pl.DataFrame:
    return pl.concat(
        tables.frames[name].select(pl.lit(tables.term.code).alias("term"), pl.all())
        for tables in history
    )


def view_of(frames: Mapping[str, pl.DataFrame]) -> View:
    """The view of a slice."""
    settings = frames["settings"].row(0, named=True)
    parts = {
        name: frames[name].partition_by("term", as_dict=True, include_key=False) for name in BY_TERM
    }
    nothing = {name: frames[name].drop("term").clear() for name in BY_TERM}
    history = []
    for code in frames["county"]["term"]:
        own = {name: parts[name].get((code,), nothing[name]) for name in BY_TERM}
        if code == settings["term"]:
            own |= {name: frames[name] for name in OF_NOW if name in frames}
        history.append(TermTables(Term.parse(code), own))
    vocabularies: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for vocabulary, code, label in frames["labels"].iter_rows():
        vocabularies.setdefault(vocabulary, {})[code] = (label, ())
    return View(
        county=Publisher(settings["county"], settings["publisher"], settings["contact"]),
        labels=Labels({}, {}, vocabularies),
        history=tuple(history),
        school=ALL if settings["scope"] == COUNTY else frames["schools"]["school_code"][-1],
        threshold=settings["threshold"],
    )
