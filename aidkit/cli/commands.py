"""What each command calls and prints. Imports are local so that `--help` answers at once."""

import argparse
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aidkit.calendar import Term
from aidkit.cli.build_arguments import refuse_inside
from aidkit.cli.fund_words import asked_on, clock
from aidkit.cli.periods import term_of
from aidkit.cli.places import DEMO, county_of, program_folders, short
from aidkit.cli.printing import print_lines
from aidkit.cli.run_lines import plan_lines, refuse_failed, run_lines
from aidkit.errors import MissingTablesError, UsageError
from aidkit.project import Project, find_project

if TYPE_CHECKING:
    from aidkit.pipeline.build import BuildSummary

DIRTY = "data/demo-dirty"
DEMO_TERM = "2026-autumn"
EARLIER_TERMS = ("2025-autumn", "2026-spring")


def demo(words: argparse.Namespace) -> int:
    """`aidkit demo`: the sample county, its current term, its site."""
    from aidkit.cli.sample_review import sign_off
    from aidkit.pipeline.build import build_site
    from aidkit.pipeline.run import run_term

    project = find_project()
    if words.dirty:
        _sample(project, DIRTY, dirty=True, again=words.fresh)
        print(f"里面有各种填表错误。试一试：aidkit check {DIRTY}")
        return 0
    _sample(project, DEMO, dirty=False, again=words.fresh)
    project.remember_county(DEMO)
    changes = {"county": DEMO}
    for earlier in EARLIER_TERMS:
        run_term(project, Term.parse(earlier), changes, tables_only=True)
    ran = run_term(project, Term.parse(DEMO_TERM), changes)
    refuse_failed(ran, short(project, ran.folder))
    terms = [Term.parse(code) for code in (*EARLIER_TERMS, DEMO_TERM)]
    print_lines([*sign_off(project, project.county(DEMO), terms)])
    built = build_site(project, project.county(DEMO))
    print(f"报告：{short(project, ran.folder)}（{ran.notebooks} 份）")
    _statements_of_sample(project)
    return _built(project, built)


def init(words: argparse.Namespace) -> int:
    """`aidkit init DIR`: an empty county folder with workbooks to fill in."""
    from aidkit.templates import make_templates

    project = find_project()
    folder = Path(words.folder)
    made = make_templates(folder, words.name or folder.name)
    project.remember_county(short(project, folder))
    print(f"建好 {folder.as_posix()}，共 {len(made)} 个文件。先读里面的 说明.md，再填表。")
    return 0


def check(words: argparse.Namespace) -> int:
    """`aidkit check`: problems of workbooks, and marked copies."""
    from aidkit.cli.lines import check_lines
    from aidkit.cli.run_problems import run_problems
    from aidkit.intake import check_paths

    project = find_project()
    paths = [Path(path) for path in words.paths]
    if not paths:
        paths = [project.county(county_of(project, words))]
        print(f"检查县区文件夹：{short(project, paths[0])}")
    copies = project.root / "reports" / "check"
    try:
        shutil.rmtree(copies, ignore_errors=not copies.exists())
    except PermissionError:
        raise UsageError(
            "上一次标红的表正开着。",
            where="reports/check",
            remedy="请先在 Excel 或 WPS 里关掉它们。",
        ) from None
    report = check_paths(paths, copies, more=partial(run_problems, project))
    print_lines(check_lines(report, lambda path: short(project, path)))
    return 0 if report.clean else 1


def run(words: argparse.Namespace) -> int:
    """`aidkit run TERM`: decide and report what changed."""
    project = find_project()
    changes = {"county": county_of(project, words), **_changes(words.changes)}
    if words.plan:
        return _plan(project, words, changes)
    from aidkit.pipeline.run import run_term

    term = term_of(words.term)
    ran = run_term(
        project,
        term,
        changes,
        school_code=words.school,
        tables_only=words.tables,
        force=words.force,
        workers=words.workers,
        scheduler=words.scheduler,
        inputs=words.inputs,
    )
    print_lines(run_lines(ran, term, short(project, ran.folder), tables_only=words.tables))
    refuse_failed(ran, short(project, ran.folder))
    return 0


def _plan(project: Project, words: argparse.Namespace, changes: dict[str, str]) -> int:
    from aidkit.pipeline.plan import plan_term

    plan = plan_term(
        project,
        term_of(words.term),
        changes,
        school_code=words.school,
        tables_only=words.tables,
        force=words.force,
        workers=words.workers,
    )
    return print_lines(plan_lines(plan))


def build(words: argparse.Namespace) -> int:
    """`aidkit build`: the site, through the gate."""
    from aidkit.pipeline.build import build_site

    project = find_project()
    county = project.county(county_of(project, words))
    if words.as_published:
        from aidkit.cli.as_published import build_as_published

        return build_as_published(project, county, words)
    if words.profile != "public":
        from aidkit.cli.inside import build_inside

        return build_inside(project, county, words)
    refuse_inside(words)
    on = asked_on(words.on)
    today = on == clock()
    if not today:
        print(f"按 {on} 做网站，只供查看：公示登记簿不记上线和撤下。")
    built = build_site(project, county, publisher=words.publisher, on=on, noted=today)
    if words.open:
        import webbrowser

        webbrowser.open(built.home.as_uri())
    return _built(project, built)


def gate(words: argparse.Namespace) -> int:
    """`aidkit gate [DIR]`: the gate alone."""
    from aidkit.gate import raise_on, scan
    from aidkit.notices.on_site import notices_on_site
    from aidkit.pipeline.build import stored_terms
    from aidkit.pipeline.site_notices import site_people

    project = find_project()
    folder = Path(words.folder) if words.folder else project.site / "_site"
    if not folder.is_dir():
        raise UsageError(
            "没有这个文件夹。",
            where=folder.as_posix(),
            remedy="请检查路径；要检查一个文件，就写它所在的文件夹。",
        )
    county = project.county(county_of(project, words))
    terms = stored_terms(project, county)
    shown = notices_on_site(project.params, county, asked_on(words.on))
    findings = scan(folder, site_people(project, county, terms, shown))
    raise_on(findings)
    known = f"名单来自 {county.name} 的 {len(terms)} 个学期" if terms else "没有名单，只查号码格式"
    print(f"没有发现个人信息（{known}）。")
    return 0


def why(words: argparse.Namespace) -> int:
    """`aidkit why NUMBER`: every program's decision with its reasons, for who will read them."""
    import polars as pl

    from aidkit.awards import explain
    from aidkit.county import read_county_settings
    from aidkit.disclosure import read_settings
    from aidkit.pipeline.build import stored_terms

    project = find_project()
    county = project.county(county_of(project, words))
    terms = [term_of(words.term).code] if words.term else stored_terms(project, county)
    path = Path()
    if terms:
        path = project.reports(county, terms[-1]) / "internal" / "tables" / "decisions.parquet"
    if not path.is_file():
        raise MissingTablesError("还没有认定结果。", remedy="请先运行 aidkit run 学期")
    threshold = read_settings(project.params / "disclosure.toml").threshold
    told = explain(pl.read_parquet(path), words.number, words.audience, fellows=threshold)
    if words.audience == "clerk":
        name = read_county_settings(county).name
        print(f"{Term.parse(terms[-1]).label}，{name}（内部资料）")
    return print_lines(told)


def letters(words: argparse.Namespace) -> int:
    """`aidkit letters [KIND] TERM`: a page for each family, one PDF for each school."""
    from aidkit.cli.progress_letters import progress_letters
    from aidkit.county import read_county_settings
    from aidkit.documents import write_letters
    from aidkit.labels import project_labels
    from aidkit.notices.settings import read_notice_settings
    from aidkit.programs import load_programs

    project = find_project()
    county = project.county(county_of(project, words))
    term = term_of(words.term)
    if words.kind == "progress":
        return print_lines(progress_letters(project, county, term, words.school, words.student))
    written = write_letters(
        project.reports(county, term.code),
        read_county_settings(county),
        term,
        load_programs(*program_folders(project, words)),
        project_labels(),
        rules=read_notice_settings(project.params, county / "params"),
        school_code=words.school,
        person_no=words.student,
    )
    made = f"{written.pages} 张，{len(written.files)} 份 PDF"
    print(f"告知单：{made}，在 {short(project, written.folder)}")
    print("只交给学生自己的家长，不要张贴或转发。")
    return 0


def simulate(words: argparse.Namespace) -> int:
    """`aidkit simulate TERM`: what changed programs would cost, against today."""
    from aidkit.cli.simulation_lines import simulation_lines
    from aidkit.pipeline.simulate import simulate as what_if

    project = find_project()
    found = what_if(
        project,
        project.county(county_of(project, words)),
        term_of(words.term),
        words.changes,
        edited=[Path(path) for path in words.programs],
        name=words.name,
    )
    print_lines(simulation_lines(found))
    print(f"试算报告（内部资料）：{short(project, found.notebook)}")
    return 0


def doctor(_: argparse.Namespace) -> int:
    """`aidkit doctor`: what is here and what is missing."""
    from aidkit.cli.doctor import findings

    return print_lines(findings())


def _sample(project: Project, name: str, *, dirty: bool, again: bool) -> None:
    from aidkit.cli.sample_fund import keep_books
    from aidkit.sample import make_county

    folder = project.root / name
    if folder.exists() and not again:
        print(f"使用已有的 {name}（要重新生成，加 --fresh）。")
        return
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    make_county(draft, dirty=dirty)
    done = [] if dirty else [*keep_books(draft)]
    if folder.exists():
        shutil.rmtree(folder)
    draft.replace(folder)
    print(f"示例县的表格在 {name}（虚构的学校和人）。")
    print_lines(done)


def _statements_of_sample(project: Project) -> None:
    from aidkit.cli.sample_fund import PERIOD
    from aidkit.fund.fund_files import read_funds
    from aidkit.pipeline.fund import make_statements

    county = project.county(DEMO)
    funds = read_funds(county)
    if not funds:
        print(f"基金报表：没有。{DEMO} 是旧版本生成的，里面没有基金；加 --fresh 重新生成就有。")
    for fund in funds.values():
        made = make_statements(project, county, fund.id, PERIOD, unreconciled=False)
        files = f"{len(list(made.files))} 个文件"
        print(f"基金报表：{fund.name}，{files}，在 {short(project, made.folder)}")


def _built(project: Project, built: "BuildSummary") -> int:
    by = {"quarto": "Quarto", "offline": "离线发布"}[built.publisher]
    beside = f"（正在公示的 {built.lists} 份名单除外）" if built.lists else ""
    print(
        f"网站：{built.pages} 页，由 {by} 生成；"
        f"{built.files} 个文件都检查过，没有个人信息{beside}。"
    )
    print(f"请打开：{short(project, built.home)}")
    return 0


def _changes(pairs: list[str]) -> dict[str, str]:
    changes = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError(f"-p 后面应当是 名称=值，不是 {pair}。")
        changes[name] = value
    return changes
