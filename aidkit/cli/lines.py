"""The lines that `aidkit check` prints."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from aidkit.intake import CheckReport

SHOWN = 40
"""Problems printed, those of one column that are alike as one; all are in the marked copies."""

OTHERS = 10
"""Rows named beside the first of problems that are alike."""

_ALIKE = ["file", "sheet", "column", "code"]

SEVERITIES = {"error": "搁置", "warning": "提醒"}


def check_lines(report: CheckReport, short: Callable[[Path], str]) -> list[str]:
    """The summary of a check: counts, kinds of problem, the first problems, the marked copies.

    Args:
        report: What the check found.
        short: How to print a path.
    """
    lines = [
        f"{report.files} 个文件，{report.sheets} 张表：好行 {report.good_rows:,}，"
        f"搁置 {report.bad_rows:,}，空行和合计行 {report.passed_over:,}。"
    ]
    if report.clean:
        return [*lines, "没有发现问题。"]
    lines.append(f"问题 {report.errors:,} 处，提醒 {report.warnings:,} 处：")
    alike = report.problems.with_columns(
        again=pl.len().over(_ALIKE) - 1,
        others=pl.col("row").slice(1, OTHERS).implode().over(_ALIKE, mapping_strategy="join"),
    ).unique(_ALIKE, keep="first", maintain_order=True)
    # First what stands in no marked copy: files that cannot be opened.
    alike = alike.sort(pl.col("row").is_not_null(), maintain_order=True)
    for row in alike.head(SHOWN).iter_rows(named=True):
        place = "，".join(
            part
            for part in (
                row["file"],
                row["sheet"],
                f"第 {row['row']} 行" if row["row"] else "",
                f"{row['column']} 列" if row["column"] else "",
            )
            if part
        )
        value = f"“{row['value']}”" if row["value"] else ""
        lines.append(f"  [{SEVERITIES[row['severity']]}] {place}：{value}{row['message']}")
        lines.append(f"         办法：{row['remedy']}")
        if row["again"]:
            numbers = "、".join(map(str, row["others"])) + "……" * (row["again"] > OTHERS)
            lines.append(f"         同样的问题还有 {row['again']:,} 处：第 {numbers} 行")
    if alike.height > SHOWN:
        lines.append(f"  ……另有 {alike.height - SHOWN} 种，见标红的表。")
    if report.returned:
        lines.append(f"标红的表 {len(report.returned)} 份，最后一列是原因：")
        lines += [f"  {short(path)}" for path in report.returned]
    return lines
