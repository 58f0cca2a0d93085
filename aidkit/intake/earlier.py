"""What the terms before one handed in, where a term's results look back at it."""

from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl

from aidkit.intake.checker import Scope
from aidkit.intake.county import take_in, terms_without_roll
from aidkit.intake.files import earlier_inputs_of
from aidkit.intake.kept import Later, at_once, read_changed
from aidkit.intake.parallel import read_all


def read_earlier(
    folder: Path,
    term: str,
    tables: Collection[str],
    *,
    store: Path | None = None,
    workers: int = 1,
    digests: Mapping[str, str] | None = None,
    later: Later = at_once,
) -> dict[str, pl.DataFrame]:
    """Read some tables of all terms before one; their faults are told in those terms.

    Rows are held against each other, and against the rolls if `students` is among the tables, as
    in their own term: what was set aside there does not count here. Who is on no roll, having come
    in the middle of a term, is left out as well.

    Args:
        folder: The county folder.
        term: The term that others are earlier than.
        tables: Names of the tables, e.g. `students`, `scores`.
        store: Folder in which what was read is kept, as of `read_county`.
        workers: Most processes to read with.
        digests: With a store: digests of the files of a moment ago, by name.
        later: With a store: renews it.

    Returns:
        The good rows by table name; every table has a frame, perhaps without rows.

    Raises:
        InputError: There is no such folder.
    """
    inputs = earlier_inputs_of(folder, term, tables)
    if store is None:
        found = read_all(inputs, workers)
    else:
        kept = store / f"{term}.earlier.found"
        found = read_changed(inputs, kept, workers, digests=digests, later=later)
    scope = Scope(whole_county=True, all_terms=False, without_roll=terms_without_roll(found))
    read = take_in(found, scope).tables
    return {name: read[name] for name in tables}
