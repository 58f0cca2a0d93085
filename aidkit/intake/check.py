"""`aidkit check`: read, count, and hand the faulty workbooks back with their faults marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.errors import InputError
from aidkit.intake.county import Intake, read_county, read_workbook
from aidkit.intake.faults import ERROR, WARNING
from aidkit.intake.files import RETURNED
from aidkit.intake.returned import return_workbook

Further = Callable[[Path, Intake], pl.DataFrame]


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


def _nothing_more(_: Path, intake: Intake) -> pl.DataFrame:
    return intake.problems.clear()


def check_paths(
    paths: Sequence[Path], out_dir: Path, *, more: Further = _nothing_more
) -> CheckReport:
    """Check workbooks or county folders and write a marked copy of each faulty workbook.

    Args:
        paths: Workbooks, CSV files or county folders.
        out_dir: Where the marked copies go, in the folders that their originals lie in.
        more: Problems that intake cannot see, as `tables.Problems`; an error sets its row aside.

    Raises:
        InputError: A path does not exist.
    """
    found: list[pl.DataFrame] = []
    counted: list[pl.DataFrame] = []
    returned: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError("没有这个文件或文件夹。", where=str(path), remedy="请检查路径。")
        intake = read_county(path) if path.is_dir() else read_workbook(path)
        further = more(path, intake)
        problems_here = pl.concat([intake.problems, further]).sort(
            "file", "sheet", "row", maintain_order=True
        )
        found.append(problems_here)
        counted.append(_with_set_aside(intake.counts, further))
        for (file,), problems in problems_here.group_by("file", maintain_order=True):
            original = path / str(file) if path.is_dir() else path
            copy = _free(out_dir / f"{Path(str(file)).with_suffix('')}{RETURNED}", returned)
            if return_workbook(original, problems, copy):
                returned.append(copy)
    return CheckReport(
        problems=pl.concat(found),
        counts=pl.concat(counted),
        returned=tuple(returned),
    )


def _with_set_aside(counts: pl.DataFrame, problems: pl.DataFrame) -> pl.DataFrame:
    """Counts after good rows were set aside for an error."""
    place = ["file", "sheet"]
    rows = problems.filter(severity=ERROR).unique([*place, "row"]).group_by(place)
    lost = pl.col("lost").fill_null(0).cast(pl.Int64)
    joined = counts.join(rows.agg(lost=pl.len()), on=place, how="left", maintain_order="left")
    return joined.with_columns(
        good_rows=pl.col("good_rows") - lost, bad_rows=pl.col("bad_rows") + lost
    ).drop("lost")


def _free(copy: Path, taken: Sequence[Path]) -> Path:
    """The name of a copy, numbered where two originals of one name are checked together."""
    number = 2
    free = copy
    while free in taken:
        free = copy.with_name(f"{copy.name.removesuffix(RETURNED)}-{number}{RETURNED}")
        number += 1
    return free
