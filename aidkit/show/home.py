"""The county's home page."""

import html

from aidkit.show import charts
from aidkit.show.aid import program_shares
from aidkit.show.marks import key_figures
from aidkit.show.numbers import change_words, count, money_words, percent, signed
from aidkit.show.official import WITHHELD, Column, Row, official_table
from aidkit.show.parts import Part, chart, div, escaped, prose, raw, section
from aidkit.show.report import figures
from aidkit.show.term import TOTAL, TermTables
from aidkit.show.view import View, shown
from aidkit.tables import ALL

READERS = (
    ("校长", "schools/index.html", "本校与全县的差距、各学期走势、要补报的数据"),
    ("县级管理", "reports/{term}/county.html", "各项目人数和金额、各校情况、数据质量"),
    ("工会与帮扶干部", "reports/sources.html", "现行办法、条件和依据，帮困难家庭对照"),
    ("基金会与捐赠方", "reports/{term}/county.html#donors", "同意公开的捐赠和可下载的数据"),
    ("家长与群众", "reports/sources.html", "孩子能享受什么、依据哪一条、找谁问"),
)


def hero(view: View, *, published_on: str, next_update: str) -> Part:
    """The finding with one chart, and where to go from here."""
    view.only_for_county()
    code = view.now.term.code
    first, second = _headline(view)
    text = raw(
        f'<p class="aid-dateline">{view.now.term.label} · {html.escape(published_on)} 发布 · '
        f"下次更新 {html.escape(next_update)}</p>\n"
        f'<h1 class="aid-headline">{first}<br><span>{second}</span></h1>\n'
        f"<p>{html.escape(_below(view))}</p>\n"
        '<p class="aid-actions">'
        f'<a class="aid-button aid-primary" href="reports/{code}/county.html">读学期报告</a>'
        '<a class="aid-button" href="schools/index.html">查一所学校</a>'
        '<a class="aid-button" href="reports/sources.html">看资助办法</a></p>'
    )
    return div("hero", div("hero-text", text), div("hero-chart", _hero_chart(view)))


def home_figures(view: View) -> Part:
    """Four key figures with change and trend over the stored terms."""
    return key_figures(figures(view))


def readers(view: View) -> Part:
    """您想办什么事: a card for each kind of reader."""
    cards = "\n".join(
        f'<a class="card" href="{link.format(term=view.now.term.code)}"><strong>{name}</strong>'
        f"<span>{what}</span></a>"
        for name, link, what in READERS
    )
    return section("您想办什么事", "readers", raw(f'<div class="cards">\n{cards}\n</div>'))


def money_section(view: View) -> Part:
    """Where the money goes, beside what comes next."""
    code = view.now.term.code
    whole = view.sum_of(list(view.aimed.values()))
    sentence = "" if whole is None else f"困难学生本学期应享合计 {money_words(whole)}。"
    if whole is None and (known := view.shown_money) is not None:
        sentence = f"困难学生本学期已公布的项目应享 {money_words(known)}。"
    waived = view.sum_of([cell for p, cell in view.cells.items() if p not in view.aimed])
    if waived:
        sentence += f"另有人人享有的减免 {money_words(waived)}。"
    money = section(
        "钱要发到哪里",
        "money",
        program_shares(view),
        prose(f"{sentence}[查看逐项人数和金额](reports/{code}/county.ipynb)"),
    )
    return div(
        "columns-2",
        div("aid-column", money),
        div("aid-column", section("谁在享受", "persons", _changes(view))),
    )


def trust(view: View, *, published_on: str, next_update: str) -> Part:
    """Why to believe it: sources, corrections, calendar, downloads."""
    quality = view.now.quality(ALL)
    code = view.now.term.code
    unsure = sum(row["status"] != "verified" for row in view.now.programs)
    contact = f"有疑问请联系：{escaped(view.county.contact)}。" if view.county.contact else ""
    blocks = (
        (
            "来源",
            f"各校名册、申请表和部门名单，共读入 {count(quality['rows'])} 行，"
            f"{count(quality['errors'])} 行有错退回。资助办法 {len(view.now.programs)} 条，"
            f"其中 {unsure} 条的文本或日期还没有核实。[依据和核实情况](reports/sources.qmd)",
        ),
        ("更正", f"差错改正后写明改了什么、何时改的，见[更正记录](corrections.qmd)。{contact}"),
        ("发布日历", f"本期 {published_on}；下次更新 {next_update}。[各期报告](reports/index.qmd)"),
        (
            "下载",
            f"[人数与金额 CSV](downloads/{code}-aid.csv) · "
            f"[在校学生 CSV](downloads/{code}-roll.csv) · "
            f"[学校 CSV](downloads/{code}-schools.csv)",
        ),
    )
    columns = [div("aid-block", prose(f"**{title}**", text)) for title, text in blocks]
    return section("数据可信吗", "trust", div("aid-trust", *columns))


def _headline(view: View) -> tuple[str, str]:
    total, share = view.total, view.now.share(ALL)
    place = html.escape(view.county.name)
    if total.persons is None or share is None:
        return f"{place} {count(view.students)} 名学生", view.now.term.label
    first = f"{count(total.persons)} 名学生应享资助，"
    then = view.total_before
    if then is None or then.persons is None:
        return first, f"占在校学生 {share}%"
    return first, f"比上学期{change_words(total.persons, then.persons)}"


def _below(view: View) -> str:
    total = view.total
    schools = len(view.now.schools)
    money = "" if total.amount_fen is None else f"，本学期应享 {money_words(total.amount_fen)}"
    return (
        f"{view.county.name} {schools} 所学校、{count(view.students)} 名学生{money}；"
        "每一项都写明依据；除公示期内的名单外，不公布任何个人信息。"
    )


def _hero_chart(view: View) -> Part:
    """Share of students with aid by locality, of school types that have any; last term and this."""
    title = "应享资助学生占在校学生（%）"
    terms = [tables for tables in (view.before, view.now) if tables]
    records: list[charts.Record] = []
    for locality, name in view.labels.names("locality").items():
        for tables in terms:
            persons, students = _published(tables, locality)
            if share := percent(persons, students):
                records.append({"所在": name, title: float(share), "学期": tables.short})
    if not records:
        return prose("各地的数字都太小，不公布。")
    says = "；".join(f"{r['所在']} {r['学期']} {r[title]}%" for r in records)
    groups = [tables.short for tables in terms]
    spec = charts.grouped_bars(
        records, label="所在", value=title, group="学期", groups=groups, printed=".1f"
    )
    return chart(spec, f"按学校所在地，应享资助学生占在校学生的比例：{says}")


def _published(tables: TermTables, locality: str) -> tuple[int, int]:
    """Students with aid and all students of a locality's schools whose figures are published."""
    totals = {code: tables.aid(code, *TOTAL).persons for code in tables.schools}
    aided = {tables.schools[code]["school_type"] for code, persons in totals.items() if persons}
    persons = students = 0
    for code, school in tables.schools.items():
        own = totals[code]
        if own is not None and school["locality"] == locality and school["school_type"] in aided:
            persons, students = persons + own, students + tables.students(code)
    return persons, students


def _changes(view: View) -> Part:
    """Persons by program against last term, as a short list."""
    if view.before is None:
        return view.absent_before
    rows = []
    for program, now in view.aimed.items():
        then = view.before.aid(ALL, "program", program)
        known = now.persons is not None and then.persons is not None
        change = signed((now.persons or 0) - (then.persons or 0)) if known else WITHHELD
        rows.append(Row((view.now.program_titles[program], shown(now.persons), change)))
    columns = [
        Column(("资助项目",)),
        Column(("应享人数",), "number"),
        Column(("比上学期",), "number"),
    ]
    return official_table(columns, rows, unit="单位：人次")
