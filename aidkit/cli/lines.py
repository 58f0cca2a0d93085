"""The lines that `aidkit check` prints."""

from collections.abc import Callable
from pathlib import Path

from aidkit.intake import CheckReport

SHOWN = 40
"""Problems printed one by one; all of them are in the marked copies."""

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
    problems = report.problems
    for row in problems.head(SHOWN).iter_rows(named=True):
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
    if problems.height > SHOWN:
        lines.append(f"  ……另有 {problems.height - SHOWN} 处，见标红的表。")
    if report.returned:
        lines.append(f"标红的表 {len(report.returned)} 份，最后一列是原因：")
        lines += [f"  {short(path)}" for path in report.returned]
    return lines
