"""How pupils moved, as a download of each term that has the table."""

import csv
import io
from pathlib import Path

import polars as pl

from aidkit.project import Project
from aidkit.show.learning import NAME
from aidkit.show.view import View
from aidkit.tables import ALL
from aidkit.tables.disclosed import DISCLOSED_LEARNERS

HEADERS = {
    "stage": "学段",
    "band": "评定",
    "of": "参加评定的学生",
    "pupils": "人数",
    "share": "占比",
    "suppressed": "是否未公布",
}


def learning_files(project: Project, county: Path, view: View) -> dict[str, bytes]:
    """Staged files by path below `site/`; none of a term without exams.

    Args:
        project: The checkout.
        county: The county folder.
        view: The county and its terms.
    """
    files = {}
    for tables in view.history:
        stored = project.reports(county, tables.term.code) / "public" / f"{NAME}.parquet"
        if stored.is_file():  # a term that an older version ran has none
            table = DISCLOSED_LEARNERS[NAME].validate(pl.read_parquet(stored))
            if not table.is_empty():
                files[f"downloads/{tables.term.code}-{NAME}.csv"] = _csv(table, view)
    return files


def _csv(table: pl.DataFrame, view: View) -> bytes:
    words = {"stage": {**view.labels.names("stage"), ALL: "合计"}}
    words["band"] = view.labels.names("progress_band")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADERS.values())
    for row in table.iter_rows(named=True):
        hidden = row["suppressed"]
        writer.writerow(
            "未公布"
            if hidden and column in {"pupils", "share"}
            else ("是" if hidden else "否")
            if column == "suppressed"
            else words.get(column, {}).get(row[column], row[column])
            for column in HEADERS
        )
    return text.getvalue().encode("utf-8-sig")
