"""What `aidkit review` says."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from aidkit.calendar import Term
from aidkit.chained_log import head, read_log
from aidkit.money import yuan
from aidkit.pipeline.review import Reviewed
from aidkit.programs import load_programs
from aidkit.project import Project
from aidkit.review.content import Content
from aidkit.review.standing import State, Step, log_of

_STATES: Final[Mapping[State, str]] = {
    "draft": "草稿，没有送审",
    "submitted": "已送审，等待审核",
    "approved": "审核通过",
    "returned": "已退回",
    "locked": "审核通过，已公布并锁定",
}

_DID: Final = {"submit": "送审", "approve": "审核通过", "return": "退回", "publish": "公布"}

_KINDS: Final = {"changed": "有变化", "new": "新出现", "gone": "没有了"}

_SHOWN: Final = 30
"""Most parts that are listed; the rest is counted."""


def summed(content: Content) -> str:
    """What a content comes to."""
    awards = f"享受 {content.persons:,} 人次，{yuan(content.fen)} 元"
    return f"{awards}，内容校验码 {content.digest[:16]}"


def status_lines(project: Project, county: Path, term: Term, now: Reviewed) -> Iterator[str]:
    """Where a term's sign-off stands, step by step, and what it does not cover."""
    yield f"{term.label}：{_STATES[now.standing.state]}。"
    yield from (_step_line(step) for step in now.standing.steps)
    yield f"  现在的结果：{summed(now.content)}"
    if now.standing.steps:
        last = head(read_log(log_of(county)))
        yield f"  登记簿链首 {last[:16]}：审核时抄下来，以后能看出末尾有没有被删。"
    if now.publishable:
        yield "签字与现在的结果一致，可以公开发布。"
        return
    if now.uncovered.height:
        signed = "审核签字" if now.standing.signed else "送审的内容"
        yield f"{signed}不再包括下面 {now.uncovered.height} 处："
        yield from _uncovered_lines(project, county, now.uncovered)
    yield f"下一步：{_next(term, now)}"


def _step_line(step: Step) -> str:
    reason = f"：{step.reason}" if step.reason else ""
    return f"  {step.on} {step.by} {_DID[step.kind]}{reason}（内容 {step.content[:16]}）"


def _uncovered_lines(project: Project, county: Path, uncovered: pl.DataFrame) -> Iterator[str]:
    folders = [project.params / "programs", county / "params" / "programs"]
    versions = load_programs(*(folder for folder in folders if folder.is_dir()))
    titles = {version.program.id: version.program.short_title for version in versions}
    for row in uncovered.head(_SHOWN).iter_rows(named=True):
        school = row["school_code"] or "不在本县学校"
        same = row["persons_then"] == row["persons_now"] and row["fen_then"] == row["fen_now"]
        yield (
            f"  {school} {titles.get(row['program_id'], row['program_id'])}"
            f"：{_KINDS[row['kind']]}，{row['persons_then']} 人 → {row['persons_now']} 人，"
            f"{yuan(row['fen_then'])} 元 → {yuan(row['fen_now'])} 元"
            + ("（合计没有变，名单或档次变了）" if same else "")
        )
    if (more := uncovered.height - _SHOWN) > 0:
        yield f"  ……还有 {more} 处"


def _next(term: Term, now: Reviewed) -> str:
    last = now.standing.steps[-1] if now.standing.steps else None
    if last and last.kind == "submit" and last.content == now.content.digest:
        return f"请另一个人审核：aidkit review approve {term.code} --by 姓名"
    reason = " --reason 更正的原因" if now.standing.published else ""
    return f"经办人送审：aidkit review submit {term.code} --by 姓名{reason}"
