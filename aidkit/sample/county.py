"""The sample county as books: which files there are, who keeps them, in which manner."""

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Literal

from aidkit.calendar import Term
from aidkit.labels import project_labels
from aidkit.money import yuan
from aidkit.sample import forms, fund, hardship, life, lists, rolls, staff
from aidkit.sample.exams import SUBJECTS, scores
from aidkit.sample.people import Registry
from aidkit.sample.rolls import Place, Roll
from aidkit.sample.schools import School, schools_of
from aidkit.sample.sheets import Book, Cell, Sheet, Style, wide, word

Size = Literal["county", "small"]

OFFICE = "青山县学生资助管理中心"

CLERKS = (
    Style(dates="excel"),
    Style(dates="chinese"),
    Style(dates="dotted", wording=1),
    Style(dates="iso", group=("发放账户", "account_name", "bank_branch")),
    Style(dates="compact", wording=1),
    Style(dates="wide", blank_every=45),
    Style(dates="iso", origin=(2, 1)),
)
"""How the clerks of the schools lay out their rolls, in turn."""

PANEL_DAY = 24
"""Days from the start of a term to the panels' decision."""


def build_county(seed: int, size: Size) -> list[Book]:
    """Make the whole county in memory."""
    rng = Random(seed)
    registry = Registry(rng)
    schools = schools_of(size)
    terms = life.live(rng, registry, schools)
    hardship.mark(rng, terms)
    teachers = staff.hire(rng, registry, terms[0])
    departments = lists.Departments(rng, registry, rolls.pupils(terms))
    cases = hardship.Cases(rng)
    books = [
        _book("学校名单.xlsx", _sheet("schools", forms.schools(schools), Style())),
        _book(
            "教职工名册.xlsx",
            _sheet("teachers", forms.teachers(teachers), Style(blank_every=120)),
        ),
    ]
    payments: list[fund.Payment] = []
    for roll in terms:
        found = cases.of(roll)
        asked = hardship.applications(rng, roll, found)
        if roll is not terms[-1]:
            known = {place.student.student_no: case for place, case in found}
            payments += fund.pay(rng, roll, asked, known)
        pairs = staff.pair_up(rng, roll, teachers)
        books += _rolls(roll)
        books += _scores(rng, roll)
        books += _hardship(rng, roll, found, asked, teachers)
        books += _lists(roll, departments)
        books += _help(rng, roll, pairs)
    return books + _fund(rng, registry, teachers, payments)


def _rolls(roll: Roll) -> list[Book]:
    books = []
    for n, (school, places) in enumerate(roll.by_school().items()):
        style = CLERKS[n % len(CLERKS)]
        sheet = _sheet(
            "students",
            forms.roll(places, style.wording),
            style,
            when=_when(roll.term),
            filled=school.name,
        )
        if n % 4 == 1:
            sheet.footer = f"共计{len(places)}人"
        books.append(_book(_path(roll.term, f"学生名册/{school.name}.xlsx"), sheet))
    return books


def _scores(rng: Random, roll: Roll) -> list[Book]:
    books = []
    left = roll.left()
    for n, (school, places) in enumerate(roll.by_school().items()):
        style = replace(CLERKS[n % len(CLERKS)], group=None)
        sheets = []
        for grade, rows in scores(rng, roll.term, places, left).items():
            label = word("grade", grade) or ""
            sheet = _sheet(
                "scores",
                rows,
                style,
                when=f"{_when(roll.term)}{label}",
                filled=school.name,
                name=label,
            )
            sheet.columns = ["student_no", "name", "class_name", "exam", "exam_date"]
            sheet.columns += SUBJECTS[grade]
            sheets.append(sheet)
        if sheets:
            books.append(Book(_path(roll.term, f"考试成绩/{school.name}.xlsx"), sheets))
    return books


def _hardship(
    rng: Random,
    roll: Roll,
    cases: list[tuple[Place, hardship.Case]],
    asked: list[hardship.Application],
    teachers: list[staff.Teacher],
) -> list[Book]:
    n = rolls.TERMS.index(roll.term)
    when = _when(roll.term)
    homes = forms.households(cases, n % 2)
    for row in homes[::97]:  # typed with an input method at full width
        if isinstance(row[3], int):
            row[3] = wide(str(row[3]))
    home_style = Style(group=("家庭经济情况", "household_size", "medical_expense_fen"))
    in_yuan = f"{OFFICE}    单位：元"
    tiers = {place.student.student_no: case.tier for place, case in cases}
    panels = _panels(rng, roll, asked, tiers=tiers, teachers=teachers, wording=n % 2)
    return [
        _book(
            _path(roll.term, "学籍异动表.xlsx"),
            _sheet("enrolment_changes", forms.changes(roll.changes), Style("dotted"), when=when),
        ),
        _book(
            _path(roll.term, "家庭经济情况表.xlsx"),
            _sheet("households", homes, home_style, when=when, filled=in_yuan),
        ),
        _book(
            _path(roll.term, "资助申请汇总表.xlsx"),
            _sheet(
                "applications",
                forms.applications(asked, n == 1),
                Style("chinese", wording=n % 2),
                when=when,
            ),
        ),
        _book(
            _path(roll.term, "困难认定结果表.xlsx"),
            _sheet("panel_decisions", panels, Style(wording=n % 2), when=when),
        ),
    ]


def _panels(
    rng: Random,
    roll: Roll,
    asked: list[hardship.Application],
    *,
    tiers: dict[str, str | None],
    teachers: list[staff.Teacher],
    wording: int,
) -> list[list[Cell]]:
    """The panels' tiers: those whom a panel found not to be in hardship have no row."""
    members: dict[School, str] = {}
    rows: list[list[Cell]] = []
    for application in asked:
        student, school = application.place.student, application.place.school
        tier = tiers[student.student_no]
        if application.program != hardship.TIERED or tier is None:
            continue
        if school not in members:
            own = [teacher.name for teacher in teachers if teacher.school is school]
            members[school] = "、".join(rng.sample(own, min(5, len(own))))
        day = roll.term.starts + dt.timedelta(PANEL_DAY)
        title = hardship.TITLES[hardship.TIERED][0]
        rows.append(
            [student.student_no, student.name, title, word("tier", tier, wording), day,
             members[school]]
        )  # fmt: skip
    return rows


def _lists(roll: Roll, departments: lists.Departments) -> list[Book]:
    n = rolls.TERMS.index(roll.term)
    tables: tuple[tuple[str, list[list[Cell]], Style, str], ...] = (
        ("civil_affairs_list", departments.civil_affairs(roll, n % 2), Style(), "青山县民政局"),
        (
            "disabled_persons_list",
            departments.disabled_persons(roll),
            Style(origin=(1, 2)),
            "青山县残疾人联合会",
        ),
        (
            "monitored_households_list",
            departments.monitored_households(roll, n % 2),
            Style(wording=n % 2),
            "青山县农业农村局",
        ),
    )
    titles = project_labels().titles
    return [
        _book(
            _path(roll.term, f"{titles[table]}.xlsx"),
            _sheet(table, rows, style, when="青山县", filled=office),
        )
        for table, rows, style, office in tables
    ]


def _help(rng: Random, roll: Roll, pairs: list[staff.Pair]) -> list[Book]:
    when = _when(roll.term)
    return [
        _book(
            _path(roll.term, "一对一帮扶结对表.xlsx"),
            _sheet("tutor_pairs", forms.tutor_pairs(pairs), Style("chinese"), when=when),
        ),
        _book(
            _path(roll.term, "走访记录表.xlsx"),
            _sheet(
                "visits", forms.visits(staff.visit(rng, roll, pairs)), Style("dotted", 1), when=when
            ),
        ),
    ]


def _fund(
    rng: Random, registry: Registry, teachers: list[staff.Teacher], payments: list[fund.Payment]
) -> list[Book]:
    gifts = fund.give(rng, registry, teachers, payments)
    movements = fund.book(gifts, payments)
    filled = f"{OFFICE}    单位：元"
    given = _sheet("donations", forms.donations(gifts), Style("chinese"), filled=filled)
    given.total = _total(given, "amount_fen", sum(gift.fen for gift in gifts))
    paid = _sheet("payouts", forms.payouts(payments), Style(blank_every=500), filled=filled)
    paid.total = _total(paid, "amount_fen", sum(payment.fen for payment in payments))
    bank = _sheet(
        "bank_statement",
        forms.bank_statement(movements),
        Style("iso"),
        filled=f"青山农商银行城关支行    期初余额：{yuan(fund.OPENING)} 元    单位：元",
    )
    return [
        _book("基金/捐赠收入登记表.xlsx", given),
        _book("基金/资助发放登记表.xlsx", paid),
        _book("基金/银行流水.csv", bank),
    ]


def _total(sheet: Sheet, column: str, fen: int) -> list[Cell]:
    cells: list[Cell] = [None] * len(sheet.columns)
    cells[0] = "合计"
    cells[sheet.columns.index(column)] = fen / 100
    return cells


def _sheet(
    table: str,
    rows: list[list[Cell]],
    style: Style,
    *,
    when: str = "",
    filled: str = OFFICE,
    name: str = "Sheet1",
) -> Sheet:
    """A sheet with all columns of a table, a title, and a line that says who filled it in."""
    labels = project_labels()
    lines = [f"{when}{labels.titles[table]}", f"填报单位：{filled}"]
    return Sheet(name, table, list(labels.columns[table]), rows, lines, style)


def _book(path: str, sheet: Sheet) -> Book:
    return Book(path, [sheet])


def _path(term: Term, file: str) -> str:
    return f"{_when(term)}/{file}"


def _when(term: Term) -> str:
    """The term as clerks write it in titles and folder names."""
    return term.label.replace(" ", "")
