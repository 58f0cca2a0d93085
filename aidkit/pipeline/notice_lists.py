"""The list of a notice as a term's results or a fund's book have it now."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.digests import digest_of
from aidkit.errors import MissingTablesError, UsageError
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.labels import project_labels
from aidkit.notices.drafting import award_lines, payout_lines
from aidkit.notices.listing import Line, list_bytes, told_apart
from aidkit.notices.notice import Draft, Notice
from aidkit.programs import load_programs
from aidkit.project import Project


def refuse_outdated(project: Project, county: Path, notice: Notice) -> None:
    """Stop the posting of a list that is no longer what was decided or paid.

    Args:
        project: The checkout.
        county: The county folder.
        notice: A draft, or one that is posted again.

    Raises:
        InputError: The fund's journal is not what was written.
        MissingTablesError: The term has no results any more.
        UsageError: The term was run again since, or the fund paid otherwise.
    """
    draft = notice.draft
    stands = notice.posted_on is not None and not notice.never_on_site
    if stands or notice.corrected:  # by an objection, which no run knows of
        return
    now = told_apart(_list_now(project, county, draft))
    if digest_of(list_bytes(now, draft.columns)) != draft.digest:
        raise UsageError(
            f"公示 {notice.number} 起草以后，认定结果或发放记录变了：起草时 {draft.persons} 人，"
            f"现在 {len(now)} 人，名单不再相符。",
            where=notice.number,
            remedy=f"重新起草再张贴：aidkit notice draft … --replace {notice.number}",
        )


def term_table(project: Project, county: Path, term: Term, name: str) -> pl.DataFrame:
    """An internal table of a term.

    Raises:
        MissingTablesError: The term has not been run.
    """
    path = project.reports(county, term.code) / "internal" / "tables" / f"{name}.parquet"
    if not path.is_file():
        raise MissingTablesError(
            f"没有 {term.label}的认定结果。", remedy=f"请先运行 aidkit run {term.code} --tables"
        )
    return pl.read_parquet(path)


def school_names(project: Project, county: Path, term: Term) -> Mapping[str, str]:
    """School code to name, as a term knows them.

    Raises:
        MissingTablesError: The term has not been run.
    """
    schools = term_table(project, county, term, "schools")
    return dict(schools.select("school_code", "school_name").iter_rows())


def names_until(project: Project, county: Path, last: dt.date) -> Mapping[str, str]:
    """School code to name, as the last term knows them that began by a day; none without a term.

    Raises:
        MissingTablesError: That term has not been run.
    """
    terms = [term for term in project.terms(county) if term.starts <= last]
    return school_names(project, county, terms[-1]) if terms else {}


def _list_now(project: Project, county: Path, draft: Draft) -> tuple[Line, ...]:
    """Its lines; none where the fund or the program is no longer there."""
    if draft.kind == "payouts":
        book = read_book(county)
        period = Period(*map(dt.date.fromisoformat, draft.term.split("..")))
        fund = next((one for one in book.funds.values() if one.name == draft.scope), None)
        if fund is None:
            return ()
        schools = names_until(project, county, period.last)
        return payout_lines(book, fund.id, period, schools, program=draft.program)
    term = Term.parse(draft.term)
    names = school_names(project, county, term)
    programs = load_programs(project.params / "programs", county / "params" / "programs")
    program = next((one.program for one in programs if one.program.id == draft.program), None)
    if program is None:
        return ()
    return award_lines(
        term_table(project, county, term, "decisions"),
        names,
        program,
        project_labels(),
        school_code=next((code for code, name in names.items() if name == draft.scope), ""),
    )
