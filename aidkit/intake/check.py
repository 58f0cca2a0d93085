"""`aidkit check`: read, count, and hand the faulty workbooks back with their faults marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.errors import InputError
from aidkit.intake.county import RETURNED, Intake, read_county, read_workbook
from aidkit.intake.faults import ERROR, WARNING
from aidkit.intake.returned import return_workbook


@dataclass(frozen=True)
class CheckReport:
    """What a check found.

    Attributes:
        problems: `tables.Problems`.
        counts: `tables.ReadCounts`.
        returned: Marked copies written, one for each faulty file that could be opened.
    """

    problems: pl.DataFrame
    counts: pl.DataFrame
    returned: tuple[Path, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return self.problems.is_empty()

    @property
    def files(self) -> int:
        """Files seen, unreadable ones too."""
        return len({*self.counts["file"].to_list(), *self.problems["file"].to_list()})

    @property
    def sheets(self) -> int:
        """Sheets that hold a table."""
        return self.counts.filter(pl.col("table").is_not_null()).height

    @property
    def good_rows(self) -> int:
        """Rows kept."""
        return int(self.counts["good_rows"].sum())

    @property
    def bad_rows(self) -> int:
        """Rows set aside."""
        return int(self.counts["bad_rows"].sum())

    @property
    def passed_over(self) -> int:
        """Blank and total lines, passed over by rule."""
        return int(self.counts["blank_rows"].sum()) + int(self.counts["total_rows"].sum())

    @property
    def errors(self) -> int:
        """Faults that set a row aside, or say that a sheet or a total is wrong."""
        return self.problems.filter(pl.col("severity") == ERROR).height

    @property
    def warnings(self) -> int:
        """Faults of rows that are kept."""
        return self.problems.filter(pl.col("severity") == WARNING).height

    def by_code(self) -> pl.DataFrame:
        """Number of problems by code, most first: `code`, `severity`, `problems`, `message`."""
        return (
            self.problems.group_by("code", "severity")
            .agg(pl.len().cast(pl.Int64).alias("problems"), pl.col("message").first())
            .sort(["problems", "code"], descending=[True, False])
        )


def check_paths(paths: Sequence[Path], out_dir: Path) -> CheckReport:
    """Check workbooks or county folders and write a marked copy of each faulty workbook.

    Args:
        paths: Workbooks, CSV files or county folders.
        out_dir: Where the marked copies go, in the folders that their originals lie in.

    Raises:
        InputError: A path does not exist.
    """
    intakes: list[Intake] = []
    returned: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError("没有这个文件或文件夹。", where=str(path), remedy="请检查路径。")
        intake = read_county(path) if path.is_dir() else read_workbook(path)
        intakes.append(intake)
        for (file,), problems in intake.problems.group_by("file", maintain_order=True):
            original = path / str(file) if path.is_dir() else path
            copy = _free(out_dir / f"{Path(str(file)).with_suffix('')}{RETURNED}", returned)
            if return_workbook(original, problems, copy):
                returned.append(copy)
    return CheckReport(
        problems=pl.concat([intake.problems for intake in intakes]),
        counts=pl.concat([intake.counts for intake in intakes]),
        returned=tuple(returned),
    )


def _free(copy: Path, taken: Sequence[Path]) -> Path:
    """The name of a copy, numbered where two originals of one name are checked together."""
    number = 2
    free = copy
    while free in taken:
        free = copy.with_name(f"{copy.name.removesuffix(RETURNED)}-{number}{RETURNED}")
        number += 1
    return free
