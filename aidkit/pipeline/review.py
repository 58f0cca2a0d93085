"""The sign-off of a term as its results lie: what would be signed, and what a signature covers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.errors import PublishError
from aidkit.pipeline.record import read_record
from aidkit.project import Project
from aidkit.review.content import Content, content_of
from aidkit.review.differences import differences
from aidkit.review.published import public_files
from aidkit.review.signed import signed_content
from aidkit.review.standing import Standing, standing
from aidkit.review.steps import publish

DECISIONS = "internal/tables/decisions.parquet"


@dataclass(frozen=True)
class Reviewed:
    """A term's sign-off held against its results.

    Attributes:
        standing: What the log says.
        content: The results as they lie.
        uncovered: What the last signature, or what was submitted, does not cover; see
            `review.differences`. Empty where nothing was ever submitted.
    """

    standing: Standing
    content: Content
    uncovered: pl.DataFrame

    @property
    def publishable(self) -> bool:
        """Whether just these results are approved."""
        return self.standing.approved == self.content.digest


def content_now(project: Project, county: Path, term: Term) -> Content:
    """What would be signed of a term's results as they lie.

    Raises:
        MissingTablesError: No run, or a result was changed since.
    """
    folder = project.reports(county, term.code)
    read_record(folder)
    return content_of(pl.read_parquet(folder / DECISIONS))


def reviewed(project: Project, county: Path, term: Term) -> Reviewed:
    """Hold a term's sign-off against its results.

    Raises:
        MissingTablesError: No run, or a result was changed since.
        InputError: The log, or what was signed, is not what was written.
    """
    stands, content = standing(county, term), content_now(project, county, term)
    said = stands.signed or (stands.steps[-1] if stands.steps else None)
    signed = signed_content(county, said.content) if said else content
    return Reviewed(stands, content, differences(signed, content))


def refuse_unapproved(project: Project, county: Path, terms: Iterable[Term]) -> None:
    """Stop where results that the public site would show are not approved.

    Raises:
        PublishError: It says of each term who must do what.
    """
    due = [line for term in terms if (line := _due(project, county, term))]
    if due:
        raise PublishError(
            "没有审核通过的结果不能公开发布：" + "；".join(due),
            where=county.name,
            remedy="经办人送审：aidkit review submit 学期 --by 姓名；"
            "另一个人审核：aidkit review approve 学期 --by 姓名。"
            "看哪里变了：aidkit review status 学期",
        )


def note_published(
    project: Project, county: Path, terms: Iterable[Term], on: dt.date | None
) -> None:
    """Enter in the log that terms went out as approved.

    Args:
        project: The checkout.
        county: The county folder.
        terms: What the site shows.
        on: The day of the site; None, or a day before the approval: that of the approval.
    """
    for term in terms:
        files = public_files(project.reports(county, term.code))
        publish(county, term, files, on=day_of_publication(standing(county, term), on))


def day_of_publication(stands: Standing, on: dt.date | None) -> dt.date:
    """The day that the log notes for what goes out; see `note_published`."""
    last = stands.steps[-1].on
    return max(on or last, last)


def _due(project: Project, county: Path, term: Term) -> str:
    now = reviewed(project, county, term)
    if now.publishable:
        return ""
    match now.standing.state:
        case "submitted" if now.standing.steps[-1].content == now.content.digest:
            return f"{term.label}已由{now.standing.steps[-1].by}送审，等审核人审核"
        case "returned":
            last = now.standing.steps[-1]
            return f"{term.label}被{last.by}退回（{last.reason}），请经办人改正后重新送审"
        case "draft":
            return f"{term.label}还是草稿，请经办人送审"
        case _:
            return f"{term.label}的结果在送审以后变了 {now.uncovered.height} 处，请经办人重新送审"
