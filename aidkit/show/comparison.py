"""Sections over time: against last term, and over all stored terms."""

from collections.abc import Callable, Mapping

from aidkit.show import charts
from aidkit.show.aid import MONEY
from aidkit.show.numbers import change_words, money_change_words, signed, signed_yuan
from aidkit.show.official import WITHHELD, Column, Row, Value, official_table
from aidkit.show.parts import Drawing, Part, pictured, section
from aidkit.show.term import Cell
from aidkit.show.view import View, shown


def change_section(view: View) -> Part:
    """Persons and money by program, last term and this term."""
    if view.before is None:
        return section("与上学期相比", "change", view.absent_before)
    titles = {**view.before.program_titles, **view.now.program_titles}
    then = {p: view.before.aid(view.school, "program", p) for p in titles}
    now = {p: view.aid("program", p) for p in titles}
    listed = [p for p in titles if then[p].persons != 0 or now[p].persons != 0]
    rows = [Row((titles[p], *_differences(then[p], now[p]))) for p in listed]
    total, last = view.total, view.total_before or Cell(None, None)
    rows.append(Row(("受助学生（不重复计人）", *_differences(last, total)), "total"))
    columns = [
        Column(("资助项目",)),
        *(Column(("人数", name), "number") for name in ("上学期", "本学期", "增减")),
        *(Column(("金额", name), "money") for name in ("上学期", "本学期", "增减")),
    ]
    drawing = None
    everybody = view.now.universal | view.before.universal
    if records := _records(view, {p: titles[p] for p in listed if p not in everybody}):
        terms = [tables.short for tables in view.history[-3:]]
        says = "；".join(f"{r['项目']} {r['学期']} {r['应享人数']} 人" for r in records)
        drawing = Drawing(
            charts.grouped_bars(
                records, label="项目", value="应享人数", group="学期", groups=terms
            ),
            f"各项目各学期应享人数：{says}",
            "各项目各学期应享人数，不含人人享有的项目。横轴从零起，未公布的不画。",
        )
    table = official_table(columns, rows, unit=MONEY)
    caption = "与上学期相比。最后一行不含人人享有的项目，一名学生只计一次。"
    return pictured("change", _title(total, last), drawing, table, caption)


def _differences(then: Cell, now: Cell) -> tuple[Value, ...]:
    persons = (
        shown(then.persons),
        shown(now.persons),
        _difference(then.persons, now.persons, signed),
    )
    if then.amount_fen == now.amount_fen == 0:  # a fee waiver, to which no law puts a sum
        return (*persons, None, None, None)
    return (
        *persons,
        shown(then.amount_fen),
        shown(now.amount_fen),
        _difference(then.amount_fen, now.amount_fen, signed_yuan),
    )


def _difference(then: int | None, now: int | None, printed: Callable[[int], str]) -> Value:
    return WITHHELD if then is None or now is None else printed(now - then)


def _records(view: View, titles: Mapping[str, str]) -> list[charts.Record]:
    records: list[charts.Record] = []
    for program, title in titles.items():
        for tables in view.history[-3:]:
            persons = tables.aid(view.school, "program", program).persons
            if persons:
                records.append({"项目": title, "学期": tables.short, "应享人数": persons})
    return records


def _title(now: Cell, then: Cell) -> str:
    if now.persons is None or then.persons is None:
        return "与上学期相比，部分人数因人少不公布"
    words = f"比上学期，应享资助学生{change_words(now.persons, then.persons)}"
    if now.amount_fen is None or then.amount_fen is None:
        return words
    return f"{words}，金额{money_change_words(now.amount_fen, then.amount_fen)}"
