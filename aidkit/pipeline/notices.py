"""Drafts of notices from a term's results or a fund's book, and the report of a closed one."""

import datetime as dt
from pathlib import Path

from aidkit.calendar import Term
from aidkit.county import read_county_settings
from aidkit.documents.notice_sheets import proof_csv, proof_workbook, report_workbook
from aidkit.errors import UsageError
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.labels import project_labels
from aidkit.notices.drafting import award_lines, payout_lines
from aidkit.notices.listing import Line, still_alike, told_apart
from aidkit.notices.notice import Draft, Notice
from aidkit.notices.register import list_of, read_notices, register_head
from aidkit.notices.settings import NoticeSettings, read_notice_settings
from aidkit.notices.steps import draft
from aidkit.notices.wording import (
    condition_lines,
    policy_lines,
    refuse_decided,
    refuse_reasons,
)
from aidkit.pipeline.notice_lists import names_until, school_names, term_table
from aidkit.programs import load_programs
from aidkit.project import Project, replacing
from aidkit.working_days import WorkingDays, read_working_days

MORE_ASKED = (
    "来源要求公布得更多（特困教师资助：对象、情况、金额）；困难情况是敏感个人信息，"
    "公示只写姓名和金额，情况只作合计。"
)


def rules_of(project: Project, county: Path) -> tuple[NoticeSettings, WorkingDays]:
    """The rules of notices and the working days of a county.

    Raises:
        ParamsError: A file of them is wrong.
    """
    folders = (project.params, county / "params")
    return read_notice_settings(*folders), read_working_days(*folders)


def draft_of_awards(
    project: Project,
    county: Path,
    term: Term,
    program_id: str,
    *,
    on: dt.date,
    by: str,
    school_code: str = "",
    title: str = "",
    instead_of: str = "",
) -> tuple[Notice, list[str]]:
    """Draft the notice of who is awarded a program in a term.

    Args:
        project: The checkout.
        county: The county folder.
        term: The term, which was run.
        program_id: The program.
        on: The day.
        by: Who drafts it.
        school_code: Only this school.
        title: Instead of the usual one.
        instead_of: Number of a draft that it takes the place of.

    Returns:
        The notice, and what whoever posts it should know, Chinese.

    Raises:
        MissingTablesError: The term has not been run.
        UsageError: There is no such program or school, nobody was awarded anything, or the title
            tells why persons are poor.
    """
    decisions = term_table(project, county, term, "decisions")
    schools = school_names(project, county, term)
    versions = load_programs(project.params / "programs", county / "params" / "programs")
    deciding = set(decisions.filter(program_id=program_id)["version_id"])
    used = [version for version in versions if version.id in deciding]
    if not used:
        raise UsageError(
            f"{term.label}没有项目“{program_id}”的认定结果。",
            where="--program",
            remedy="用 aidkit program list 查项目代号；换过项目文件的，先重新运行这个学期。",
        )
    if school_code and school_code not in schools:
        raise UsageError(f"没有学校 {school_code}。", where="--school", remedy="请核对学校标识码。")
    settings, _ = rules_of(project, county)
    program = used[0].program
    labels = project_labels()
    kind = "teachers" if program.subject == "teacher" else "students"
    whom = "教师" if kind == "teachers" else "学生"
    called = title or f"{term.label}{program.title}拟受助{whom}公示"
    refuse_decided(called)
    policy = policy_lines(used)
    # Another title would not help where the program or its documents say it below the list.
    for words in (called, program.title, *policy):
        refuse_reasons(words)
    if "program" in settings.content[kind]:
        refuse_reasons(program.short_title, in_lines=True)
    titles = {version.program.id: version.program.short_title for version in versions}
    drafted = Draft(
        kind=kind,
        title=called,
        scope=schools[school_code] if school_code else read_county_settings(county).name,
        program=program_id,
        term=term.code,
        period=settings.period_of(program_id).id,
        columns=settings.content[kind],
        digest="",
        persons=0,
        sum_fen=None,
        policy=policy,
        conditions=condition_lines(used, labels, titles),
        procedure=settings.procedure,
    )
    lines = award_lines(decisions, schools, program, labels, school_code=school_code)
    remarks = _remarks(lines) + ([MORE_ASKED] if kind == "teachers" else [])
    return draft(county, lines, drafted, on=on, by=by, instead_of=instead_of), remarks


def draft_of_payouts(
    project: Project,
    county: Path,
    fund_id: str,
    period: Period,
    *,
    on: dt.date,
    by: str,
    program: str = "",
    title: str = "",
    instead_of: str = "",
) -> tuple[Notice, list[str]]:
    """Draft the notice of whom a fund paid in a period.

    Args:
        project: The checkout.
        county: The county folder.
        fund_id: The fund.
        period: From when to when.
        on: The day.
        by: Who drafts it.
        program: Only this program of the fund.
        title: Instead of the usual one.
        instead_of: Number of a draft that it takes the place of.

    Returns:
        The notice, and what whoever posts it should know, Chinese.

    Raises:
        InputError: The journal is not what was written.
        UsageError: No person was paid, or a title tells why persons are poor.
    """
    book = read_book(county)
    fund = book.funds[fund_id]
    settings, _ = rules_of(project, county)
    schools = names_until(project, county, period.last)
    lines = payout_lines(book, fund_id, period, schools, program=program)
    called = title or f"{fund.name}资助发放公示（{period.first} 至 {period.last}）"
    refuse_reasons(called)
    for words in sorted({line.program for line in lines}):
        refuse_reasons(words, in_lines=True)
    drafted = Draft(
        kind="payouts",
        title=called,
        scope=fund.name,
        program=program,
        term=f"{period.first}..{period.last}",
        period=settings.default,
        columns=settings.content["payouts"],
        digest="",
        persons=0,
        sum_fen=None,
        policy=(f"{fund.name}的章程和资助办法",),
        conditions=tuple(sorted({f"项目：{line.program}" for line in lines})),
        procedure=settings.procedure,
    )
    notice = draft(county, lines, drafted, on=on, by=by, instead_of=instead_of)
    return notice, _remarks(lines)


def write_report(project: Project, county: Path, notice: Notice, on: dt.date) -> Path:
    """Write what is reported upward of a closed notice, internal; returns the workbook.

    Raises:
        InputError: Its list is lost or was changed.
    """
    settings = read_county_settings(county)
    lines, head = list_of(county, notice), register_head(county)
    path = notice_folder(project, county) / f"{notice.number}-公示情况报告.xlsx"
    with replacing(path) as file:
        file.write(report_workbook(notice, lines, on, settings, head))
    return path


def write_proof(project: Project, county: Path, on: dt.date, to: str = "") -> Path:
    """Write the proof sheet of a county's notices as of a day.

    Args:
        project: The checkout.
        county: The county folder.
        on: The day.
        to: Where, ending in .xlsx or .csv; else below reports.

    Raises:
        UsageError: It ends otherwise.
    """
    notices = [*read_notices(county, on).values()]
    path = Path(to) if to else notice_folder(project, county) / f"公示登记证明-{on}.xlsx"
    if path.suffix not in {".xlsx", ".csv"}:
        raise UsageError(
            f"不会写 {path.suffix or path.name} 文件。",
            where="--proof",
            remedy="请写 .xlsx 或 .csv。",
        )
    with replacing(path) as file:
        if path.suffix == ".csv":
            file.write(proof_csv(notices, on))
        else:
            settings = read_county_settings(county)
            file.write(proof_workbook(notices, on, settings, register_head(county)))
    return path


def notice_folder(project: Project, county: Path) -> Path:
    """Where papers about notices lie: `reports/<county>/notices`."""
    return project.root / "reports" / county.name / "notices"


def _remarks(lines: tuple[Line, ...]) -> list[str]:
    if alike := still_alike(told_apart(lines)):
        return [f"同校同名、分不开的：{'、'.join(alike)}。名单只用编号区分，请学校当面告知本人。"]
    return []
