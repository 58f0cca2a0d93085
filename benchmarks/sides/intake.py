"""The workbooks of a county's term read one way: aidkit|openpyxl COUNTY WORKERS."""

import json
import sys
from multiprocessing import get_context
from pathlib import Path

from aidkit.intake.files import inputs_of
from benchmarks.bench import TERM


def by_aidkit(county: Path, workers: int) -> dict[str, int]:
    """Read and checked in full."""
    from aidkit.intake import read_county  # noqa: PLC0415 - the other way must not pay for it

    intake = read_county(county, TERM, workers=workers)
    if intake.problems.height:
        raise SystemExit(f"the clean county has {intake.problems.height} problems")
    return {"rows": int(intake.counts["good_rows"].sum())}


def by_openpyxl(county: Path, workers: int) -> dict[str, int]:
    """Every cell looked at, read-only."""
    books = workbooks(county)
    if workers == 1:
        return {"rows": sum(map(look_at, books))}
    with get_context("spawn").Pool(workers) as pool:
        return {"rows": sum(pool.map(look_at, books, chunksize=8))}


def workbooks(county: Path) -> list[Path]:
    """The workbooks that a reading of the term takes in."""
    return [each.path for each in inputs_of(county, TERM) if each.path.suffix == ".xlsx"]


def look_at(path: Path) -> int:
    """The lines of a workbook, all of whose values were made."""
    import openpyxl  # noqa: PLC0415 - the other way must not pay for it

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    lines = sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
    book.close()
    return lines


if __name__ == "__main__":
    way, folder, processes = sys.argv[1:]
    read = {"aidkit": by_aidkit, "openpyxl": by_openpyxl}[way](Path(folder), int(processes))
    print(json.dumps(read | {"workbooks": len(workbooks(Path(folder)))}))
