"""The slices of a term: for each report one file with all that it reads."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.disclosure import aggregates, count_term, read_settings
from aidkit.labels import read_labels
from aidkit.pipeline.cuts import Cuts, persons_of
from aidkit.pipeline.slice_digests import packing
from aidkit.pipeline.slice_files import write_files
from aidkit.project import Project
from aidkit.show.sliced import frames_of
from aidkit.show.term import TermTables
from aidkit.show.view import View
from aidkit.tables.stored import disclosed_terms, read_disclosed

AGGREGATED = ("roll", "aid")
"""What differs where nothing is withheld."""

RESTS_ON = ("facts", "decisions", "schools", "quotas")
"""Tables with persons that aggregates are made of."""

Frames = Mapping[str, pl.DataFrame]


def write_slices(
    project: Project,
    county: Path,
    term: Term,
    folder: Path,
    *,
    internal: Frames,
    public: Frames,
    full: Frames,
    last: Path | None,
) -> None:
    """Write the slices of a term, and the aggregates that internal reports show.

    Args:
        project: The checkout; earlier terms are read from its results.
        county: The county folder.
        term: The term.
        folder: Gets `slices/<audience>/<scope>.parquet` and `internal/aggregates/*.parquet`.
        internal: The term's tables with persons by name.
        public: Its disclosed tables by name.
        full: Its `aggregates`.
        last: Folder of the term's last good results: slices that are the same are linked to them.

    Raises:
        MissingTablesError: An earlier term was stored by another version of aidkit.
        ParamsError: Labels, settings or the rules of disclosure are wrong.
    """
    _store(full, folder / "internal" / "aggregates")
    earlier = [one for one in disclosed_terms(project, county) if one < term]
    disclosed = [TermTables(one, read_disclosed(project, county, one)) for one in earlier]
    view = View(
        county=read_county_settings(county),
        labels=read_labels(project.params / "labels.toml"),
        history=(*disclosed, TermTables(term, public)),
        threshold=read_settings(project.params / "disclosure.toml").threshold,
    )
    within = [_in_full(project, county, tables, term) for tables in disclosed]
    inside = replace(view, history=(*within, TermTables(term, {**public, **full})), threshold=None)
    by = packing()
    shown = frames_of(view, "public")
    write_files(folder, "public", Cuts("public", shown, {}, rests_on=by), last)
    persons = persons_of(internal, public)
    shown = frames_of(inside, "internal")
    write_files(folder, "internal", Cuts("internal", shown, persons, rests_on=by), last)


def _in_full(project: Project, county: Path, tables: TermTables, term: Term) -> TermTables:
    """An earlier term as internal reports show it: the one before in full, others as disclosed."""
    if tables.term != term.previous():
        return tables
    folder = project.term_folder(county, tables.term.code) / "internal"
    if (folder / "aggregates").is_dir():
        full = {name: _read(folder / "aggregates", name) for name in AGGREGATED}
    elif (folder / "tables" / "facts.parquet").is_file():  # made before there were aggregates
        stored = {name: _read(folder / "tables", name) for name in RESTS_ON}
        full = aggregates(count_term(**stored, programs=tables.frames["programs"]))
    else:
        return tables
    return TermTables(tables.term, {**tables.frames, **full})


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{name}.parquet")


def _store(tables: Frames, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)
