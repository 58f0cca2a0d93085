"""Sections on money and persons: by program, and by tier within a program."""

from aidkit.show import charts
from aidkit.show.marks import share_bar
from aidkit.show.numbers import count, money_words, percent
from aidkit.show.official import Column, Row, Value, official_table
from aidkit.show.parts import Drawing, Part, escaped, numbered, pictured, prose, section
from aidkit.show.term import Cell
from aidkit.show.view import View, shown

WAYS = {
    "paid": "发给本人或监护人",
    "in_kind": "供餐或减免，不发现金",
}
FOR_ALL = "人人享有"
MONEY = "单位：元"


def programs_section(view: View) -> Part:
    """Persons and money due by program, with subtotals; what everybody gets comes last."""
    cells, aimed = view.cells, view.aimed
    if not cells:
        return section(
            "本学期没有学生应享资助",
            "programs",
            prose("现行办法没有覆盖这里的学段，或没有人符合条件。"),
        )
    lines: list[Row] = []
    for way, name in WAYS.items():
        members = [p for p in aimed if _way(view, p) == way]
        lines += [_line(view, name, p) for p in members]
        subtotal = view.sum_of([aimed[p] for p in members])
        if 0 < len(members) < len(aimed) and subtotal != 0:
            lines.append(Row(("小计", None, shown(subtotal)), "subtotal"))
    whole = view.sum_of(list(aimed.values()))
    lines.append(Row(("困难学生资助合计", None, shown(whole)), "total"))
    lines += [_line(view, FOR_ALL, p) for p in cells if p in view.now.universal]
    columns = [
        Column(("给付方式",)),
        Column(("资助项目",)),
        Column(("本学期应享", "人数"), "number"),
        Column(("本学期应享", "金额"), "money"),
    ]
    table = official_table(columns, lines, unit=MONEY, keys=1)
    drawing = None
    if records := _program_records(view):
        says = "；".join(f"{r['项目']} {r['说明']}" for r in records)
        drawing = Drawing(
            charts.bars(records, label="项目", value="金额（万元）", text="说明"),
            f"各资助项目应享金额：{says}",
            f"{escaped(view.place)}困难学生各资助项目应享金额，{view.now.term.label}。横轴从零起。",
        )
    caption = (
        "各资助项目应享人数和金额。一名学生可以享受几个项目，人数不合计；没有人享受的项目不列。"
        + (f"{FOR_ALL}的项目不计入困难学生资助。" if len(aimed) < len(cells) else "")
        + ("“—”是全免的费用，各校不同，不计金额。" if any(map(_is_free, cells.values())) else "")
    )
    return pictured("programs", _programs_title(view, whole), drawing, table, caption)


def program_shares(view: View) -> Part:
    """One bar of poor students' money by program; withheld sums are listed without length."""
    cells = view.aimed
    ordered = sorted(cells, key=lambda p: -(cells[p].amount_fen or 0))
    return share_bar(
        [
            (
                view.now.program_titles[program],
                cells[program].amount_fen or 0,
                "未公布"
                if cells[program].amount_fen is None
                else money_words(cells[program].amount_fen or 0),
            )
            for program in ordered
        ]
    )


def tiers_section(view: View) -> Part:
    """Persons and money by tier, for programs that have tiers."""
    groups = [group for group in view.now.groups("tier") if view.aid("tier", group).persons != 0]
    if not groups:
        return section(
            "本学期没有分档发放的项目", "tiers", prose(f"{view.whole}没有学生被认定到某个档次。")
        )
    order = [*view.labels.names("tier"), *view.labels.names("case")]
    groups.sort(key=lambda group: (group.split("/")[0], order.index(group.split("/")[1])))
    rows: list[Row] = []
    cells: list[Cell] = []
    for group in groups:
        program, tier = group.split("/")
        cell = view.aid("tier", group)
        cells.append(cell)
        name = view.labels.tier(tier)
        title = view.now.program_titles.get(program, program)
        rows.append(Row((title, name, shown(cell.persons), _amount(cell))))
    columns = [
        Column(("资助项目",)),
        Column(("档次",)),
        Column(("本学期应享", "人数"), "number"),
        Column(("本学期应享", "金额"), "money"),
    ]
    known = [cell.persons for cell in cells if cell.persons is not None]
    title = (
        f"按档次认定 {count(sum(known))} 人次"
        if len(known) == len(cells)
        else "按档次认定的人数，部分因人少不公布"
    )
    return section(
        title,
        "tiers",
        numbered(
            "tbl-tiers",
            official_table(columns, rows, unit=MONEY, keys=1),
            "各档次应享人数和金额。档次由认定小组评定，或由本地规定直接确定。",
        ),
    )


def _line(view: View, way: str, program: str) -> Row:
    cell = view.cells[program]
    return Row((way, view.now.program_titles[program], shown(cell.persons), _amount(cell)))


def _way(view: View, program: str) -> str:
    versions = [row for row in view.now.programs if row["program_id"] == program]
    return "in_kind" if all(row["in_kind"] for row in versions) else "paid"


def _amount(cell: Cell) -> Value:
    return None if _is_free(cell) else shown(cell.amount_fen)


def _is_free(cell: Cell) -> bool:
    """Whether it goes to somebody and no law puts a sum to it: what a fee waiver costs differs."""
    return cell.amount_fen == 0 and cell.persons != 0


def _program_records(view: View) -> list[charts.Record]:
    known = {p: c for p, c in view.aimed.items() if c.amount_fen}
    return [
        {
            "项目": view.now.program_titles[program],
            "金额（万元）": round((cell.amount_fen or 0) / 1_000_000, 4),
            "说明": money_words(cell.amount_fen or 0),
        }
        for program, cell in sorted(known.items(), key=lambda item: -(item[1].amount_fen or 0))
    ]


def _programs_title(view: View, whole: int | None) -> str:
    cells = view.aimed
    if not cells:
        return "本学期没有困难学生资助，只有人人享有的项目"
    known = {p: c.amount_fen for p, c in cells.items() if c.amount_fen}
    if not known:
        return "各资助项目应享人数和金额"
    largest = max(known, key=lambda program: (known[program] or 0, program))
    name = escaped(view.now.program_titles[largest])
    amount = known[largest] or 0
    if len(cells) == 1:
        return f"{name}应享 {money_words(amount)}"
    share = percent(amount, whole) if whole else None
    tail = "" if share is None else f"，占 {share}%"
    return f"{name}金额最大：{money_words(amount)}{tail}"
