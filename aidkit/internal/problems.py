"""What is wrong with the data, cell by cell: internal."""

from aidkit.internal.open import StoredTerm
from aidkit.show.official import Column, Row, official_table
from aidkit.show.parts import Part, join, numbered, prose
from aidkit.show.report import quality_section
from aidkit.show.view import View

SEVERITY = {"error": "有错，已搁置", "warning": "有疑问，已保留"}


def problems_section(view: View, stored: StoredTerm) -> Part:
    """How complete the data are, and every problem with its place and remedy."""
    summary = quality_section(view)
    if stored.problems.is_empty():
        return join((summary, prose("本范围内的表格没有发现问题。")))
    found = stored.problems.sort("severity", "file", "sheet", "row", "column", nulls_last=False)
    rows = [
        Row(
            (
                row["file"],
                row["sheet"],
                "整表" if row["row"] is None else str(row["row"]),
                row["column"],
                SEVERITY[row["severity"]],
                row["message"],
                row["remedy"],
            )
        )
        for row in found.iter_rows(named=True)
    ]
    titles = ("文件", "工作表", "行", "列", "处理", "问题", "办法")
    table = official_table([Column((title,), "long") for title in titles], rows, keys=2)
    return join((summary, numbered("tbl-problems", table, "要改正或核对的单元格。")))
