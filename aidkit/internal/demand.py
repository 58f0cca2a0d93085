"""What each level of government gives, from the exact table: internal."""

from collections import defaultdict

import polars as pl

from aidkit.internal.open import StoredTerm
from aidkit.tables import ALL


def demand_of(stored: StoredTerm) -> dict[str, dict[str, int]]:
    """Program title to level to fen, of the scope; programs in order of id."""
    frame = stored.frames["funding_demand"]
    if frame.filter(school_code=ALL).height:
        frame = frame.filter(school_code=ALL)
    sums = frame.group_by("program_id", "level").agg(pl.col("amount_fen").sum())
    demand: dict[str, dict[str, int]] = defaultdict(dict)
    for program, level, fen in sums.sort("program_id", "level").iter_rows():
        demand[stored.titles.get(program, program)][level] = fen
    return dict(demand)


def funders_of(stored: StoredTerm) -> dict[str, str]:
    """Program title to who gives it."""
    rows = stored.programs.select("title", "funder").iter_rows()
    return {title: stored.labels.label("funder", code) for title, code in rows}
