"""The lines that `aidkit run` prints at its end, and those of `--plan`."""

from typing import TYPE_CHECKING

from aidkit.calendar import Term
from aidkit.errors import NotebookError

if TYPE_CHECKING:
    from aidkit.pipeline.plan import Plan
    from aidkit.pipeline.summary import RunSummary

SHOWN = 20
"""Reports of a plan that are named for one reason; of more it gives the number."""


def run_lines(ran: "RunSummary", term: Term, place: str, *, tables_only: bool) -> list[str]:
    """What was made and where, and what to do next.

    Args:
        ran: What the run made.
        term: The term.
        place: Where the results lie, as people should see it.
        tables_only: Whether no report was asked for.
    """
    lines = []
    if tables_only:
        lines.append(f"完成：表格在 {place}")
    elif not ran.unchanged:
        kept = f"（新做 {ran.made} 份，沿用 {ran.taken_over} 份）" if ran.taken_over else ""
        lines.append(f"完成：{ran.notebooks} 份报告和表格在 {place}{kept}")
    if not ran.tables.students:
        folder = term.label.replace(" ", "")
        lines.append(
            f"没有可用的学生名册：请把各校名册放进“{folder}”文件夹，再运行 aidkit check 查看。"
        )
    if ran.tables.errors:
        lines.append("有行被搁置：运行 aidkit check 查看，改好后重新运行。")
    return lines


def refuse_failed(ran: "RunSummary", place: str) -> None:
    """End the command with the list of reports that failed, if any did.

    Raises:
        NotebookError: One failed.
    """
    if not ran.failed:
        return
    listed = "\n".join(f"  {name}：{error}" for name, error in sorted(ran.failed.items()))
    audience, _, stem = min(ran.failed).partition("/")
    raise NotebookError(
        f"{len(ran.failed)} 份报告没有完成，其余 {ran.notebooks} 份已经放好：\n{listed}",
        where=f"{place}/{audience}/notebooks/{stem}.ipynb",
        remedy="打开上面的笔记本，最上面写着出错的地方；改正后重新运行，只会重做没有完成的。",
    )


def plan_lines(plan: "Plan") -> list[str]:
    """Which reports would run and why, those with the same reasons together."""
    running: dict[tuple[str, ...], list[str]] = {}
    for name, reasons in plan.reports.items():
        if reasons:
            running.setdefault(tuple(reasons), []).append(name)
    lines = [
        f"表格：{'要重算：' + '；'.join(plan.tables) if plan.tables else '不用重算'}",
    ]
    for causes, names in running.items():
        more = f" 等 {len(names)} 份" if len(names) > SHOWN else ""
        lines.append(f"要重做：{'、'.join(names[:SHOWN])}{more}")
        lines.append(f"  原因：{'；'.join(causes)}")
    count = sum(map(len, running.values()))
    if plan.gone:
        lines.append(f"要去掉：{'、'.join(plan.gone[:SHOWN])}（共 {len(plan.gone)} 份）")
    lines.append(f"共要重做 {count} 份报告，沿用 {len(plan.reports) - count} 份。什么都没有写。")
    return lines
