"""What `aidkit notice` calls and prints. Imports are local so that `--help` answers at once."""

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from aidkit.cli.fund_words import asked_on, day, entered_on, fund_named, needed, several
from aidkit.cli.places import county_of, short
from aidkit.cli.printing import print_lines
from aidkit.errors import UsageError
from aidkit.project import Project, find_project

if TYPE_CHECKING:
    from aidkit.notices.listing import Line


def draft(words: argparse.Namespace) -> int:
    """`aidkit notice draft`: a list from a term's decisions or a fund's payouts."""
    from aidkit.cli.periods import period_of, term_of
    from aidkit.notices.register import list_path
    from aidkit.pipeline.notices import draft_of_awards, draft_of_payouts

    project, county, on = _opened(words)
    if bool(words.term) == bool(words.fund):
        raise UsageError(
            "要写名单从哪里来：学期的认定结果，或者基金的发放。",
            where="--term、--fund",
            remedy="写 --term 2026秋 --program 项目，或者 --fund 基金 --period 2026-11。",
        )
    if words.fund:
        _asked(words.period, "--period", "哪个时段的发放")
        made, remarks = draft_of_payouts(
            *(project, county, fund_named(county, words.fund).id, period_of(words.period)),
            on=on,
            by=words.by,
            program=words.program,
            title=words.title,
            instead_of=words.replace,
        )
    else:
        _asked(words.program, "--program", "公示哪个项目")
        made, remarks = draft_of_awards(
            *(project, county, term_of(words.term), words.program),
            on=on,
            by=words.by,
            school_code=words.school,
            title=words.title,
            instead_of=words.replace,
        )
    print(
        f"起草好 {made.number}：{made.draft.title}，{made.draft.scope}，{made.draft.persons} 人。"
    )
    print_lines(remarks)
    print(f"名单：{short(project, list_path(county, made))}（内部）")
    print(f"核对以后张贴：aidkit notice post {made.number} --by 姓名")
    return 0


def post(words: argparse.Namespace) -> int:
    """`aidkit notice post`: from now on it stands, until its rule says."""
    from aidkit.notices.register import found, read_notices
    from aidkit.notices.steps import post as post_notice
    from aidkit.pipeline.notice_lists import refuse_outdated
    from aidkit.pipeline.notices import rules_of

    project, county, on = _opened(words)
    settings, days = rules_of(project, county)
    refuse_outdated(project, county, found(read_notices(county), words.number))
    made = post_notice(
        county,
        words.number,
        on=on,
        by=words.by,
        settings=settings,
        working_days=days,
        until=day(words.until, "--until"),
    )
    period = settings.periods[made.draft.period].title
    print(f"已张贴 {made.number}：{on} 起，到 {made.end}（{period}）。")
    for span in made.spans:
        place = "学校（单位）公示栏" if span.place == "unit" else "网站"
        print(f"  {place}：{span.first} 至 {span.last}")
    if days.unsure(on, made.end):
        year = made.end.year + 1
        print(f"注意：{made.end.year} 年最后几天要看 {year} 年的放假通知；通知出来后请核对。")
    print("名单要上网站，请当天运行 aidkit build；期满第二天再运行一次，名单就撤下。")
    print(f"公示栏用的（A4）：aidkit notice sheet {made.number}")
    return 0


def status(words: argparse.Namespace) -> int:
    """`aidkit notice status`: where each notice stands, and what has to be done."""
    from aidkit.cli.notice_lines import status_lines
    from aidkit.notices.proof import proof_lines
    from aidkit.notices.register import found, read_notices
    from aidkit.pipeline.notices import rules_of, write_proof

    project = find_project()
    county = project.county(county_of(project, words))
    on = asked_on(words.on)
    if words.proof is not None:
        path = write_proof(project, county, on, words.proof)
        print(f"公示登记证明：{short(project, path)}")
        return 0
    notices = read_notices(county, on)
    if words.number:
        print_lines(proof_lines(found(notices, words.number), on))
    _, days = rules_of(project, county)
    wanted = [n for n in notices.values() if not words.number or n.number == words.number]
    lines, due = status_lines(wanted, on, days)
    print_lines(lines)
    return 1 if due else 0


def objection(words: argparse.Namespace) -> int:
    """`aidkit notice objection`: enter one, or its answer."""
    from aidkit.notices.notice import OUTCOMES
    from aidkit.notices.objections import answer, object_to
    from aidkit.pipeline.notices import rules_of

    project, county, on = _opened(words)
    settings, days = rules_of(project, county)
    if bool(words.says) == bool(words.answer):
        raise UsageError(
            "登记异议写 --says 内容；答复写 --answer 第几条。", where="aidkit notice objection"
        )
    if words.says:
        made = object_to(
            *(county, words.number),
            says=words.says,
            on=on,
            by=words.by,
            settings=settings,
            working_days=days,
            who=words.who,
            about=_whole(words.about, "--about") if words.about else 0,
        )
        one = made.objections[-1]
        print(f"{made.number} 第 {one.number} 条异议已登记，名单冻结；{one.due} 前答复。")
        return 0
    outcomes = {said: code for code, said in OUTCOMES.items()}
    if words.outcome not in outcomes:
        raise UsageError(
            f"结论“{words.outcome}”不认识。", where="--outcome", remedy="请写“属实”或“不属实”。"
        )
    _asked(words.reply, "--reply", "怎样答复的")
    made = answer(
        *(county, words.number, _whole(words.answer, "--answer")),
        outcome=outcomes[words.outcome],
        reply=words.reply,
        on=on,
        by=words.by,
        settings=settings,
        working_days=days,
        corrected=_corrected(county, words),
    )
    print(f"{made.number} 第 {words.answer} 条异议已答复：{words.outcome}。")
    if made.corrected:
        print(f"名单现有 {made.draft.persons} 人，公示到 {made.end}；请再运行 aidkit build。")
        print(f"公示栏的也要换：aidkit notice sheet {made.number}")
    return 0


def close(words: argparse.Namespace) -> int:
    """`aidkit notice close`: its period is over; the report upward."""
    from aidkit.notices.steps import close as close_notice
    from aidkit.pipeline.notices import write_report

    project, county, on = _opened(words)
    board_down = day(words.board_down, "--board-down")
    made = close_notice(county, words.number, on=on, by=words.by, board_down=board_down)
    path = write_report(project, county, made, on)
    print(f"{made.number} 已结束。上报的报告：{short(project, path)}（含姓名，内部资料）")
    if made.site_up_on and not made.site_down_on:
        print("还没有撤下网站上的名单，请运行 aidkit build。")
    return 0


def complaint(words: argparse.Namespace) -> int:
    """`aidkit notice complaint`: list complaints, enter one, or its answer."""
    from aidkit.cli.notice_lines import complaint_lines
    from aidkit.notices.complaints import complain, read_complaints, reply_to

    if not words.says and not words.answer:
        project = find_project()
        county = project.county(county_of(project, words))
        print_lines(complaint_lines(read_complaints(county).values()))
        return 0
    _, county, on = _opened(words)
    if words.says:
        one = complain(
            county, says=words.says, on=on, by=words.by, who=words.who, notice=words.notice
        )
        print(f"第 {one.number} 条投诉已登记。")
        return 0
    _asked(words.reply, "--reply", "怎样答复的")
    one = reply_to(county, _whole(words.answer, "--answer"), reply=words.reply, on=on, by=words.by)
    print(f"第 {one.number} 条投诉已答复。")
    return 0


def _opened(words: argparse.Namespace) -> tuple[Project, Path, dt.date]:
    """Project, county and day of a command that enters something."""
    needed(words.by, "--by", "谁办理")
    project = find_project()
    return project, project.county(county_of(project, words)), entered_on(words.on)


def _asked(value: str, option: str, what: str) -> None:
    if not value.strip():
        raise UsageError(f"没有写{what}。", where=option, remedy=f"请加上 {option}，见 --help。")


def _corrected(county: Path, words: argparse.Namespace) -> "list[Line] | None":
    """The corrected list that a command gives; None where the list stays."""
    from aidkit.notices.listing import lines_of
    from aidkit.notices.register import found, list_of, read_notices

    if not words.remove and not words.list:
        return None
    notice = found(read_notices(county), words.number)
    lines = list(list_of(county, notice))
    if words.list:
        path = Path(words.list)
        if not path.is_file():
            raise UsageError("没有这个文件。", where=str(path), remedy="请检查 --list 的路径。")
        lines = list(lines_of(path.read_bytes(), notice.draft.columns, path.name))
    gone = {_whole(number, "--remove") for number in several(words.remove)}
    if missing := sorted(gone - {line.number for line in lines}):
        raise UsageError(f"名单里没有编号 {missing[0]}。", where="--remove", remedy="请核对编号。")
    return [line for line in lines if line.number not in gone]


def _whole(text: str, option: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"“{text}”不是编号。", where=option, remedy="请写 1 以上的整数。")
    return int(text)
