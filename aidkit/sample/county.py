"""The sample county as books: which files there are, who keeps them, in which manner."""

from dataclasses import replace
from random import Random
from typing import Literal

from aidkit.labels import project_labels
from aidkit.sample import (
    aid_books,
    college,
    forms,
    fund,
    hardship,
    help_books,
    homes,
    life,
    lists,
    rolls,
)
from aidkit.sample import staff as posts
from aidkit.sample.binding import book_of, path_of, sheet_of, when_of
from aidkit.sample.exams import SUBJECTS, full_marks, scores
from aidkit.sample.fund_books import fund_books
from aidkit.sample.people import Registry
from aidkit.sample.rolls import Roll
from aidkit.sample.schools import schools_of
from aidkit.sample.sheets import Book, Cell, Style, word
from aidkit.sample.staff_aid import Staff

Size = Literal["county", "small", "tiny", "wide"]

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


def build_county(seed: int, size: Size) -> list[Book]:
    """Make the whole county in memory."""
    rng = Random(seed)
    registry = Registry(rng)
    schools = schools_of(size)
    terms = life.live(rng, registry, schools)
    alumni = college.earlier(rng, registry, schools)
    others = [freshman.student for freshman in alumni]
    hardship.mark(rng, terms, others)
    homes.settle(rng, terms, others)
    college.enter(rng, terms, alumni)
    filed = college.file_workers(rng, terms)
    staff = posts.hire(rng, registry, terms[0])
    departments = lists.Departments(rng, registry, [*rolls.pupils(terms), *others])
    cases = hardship.Cases(rng)
    payments: list[fund.Payment] = []
    pairs: list[posts.Pair] = []
    teachers = Staff.of(rng, registry, staff)
    books = [
        book_of("学校名单.xlsx", sheet_of("schools", forms.schools(schools), Style())),
        book_of(
            "教职工名册.xlsx",
            sheet_of("teachers", forms.teachers(teachers.all), Style(blank_every=120)),
        ),
    ]
    for roll in terms:
        found = cases.of(roll)
        asked = hardship.applications(rng, roll, found)
        known = {place.student.student_no: case for place, case in found}
        payments += fund.pay(rng, roll, asked, known)
        pairs = posts.go_on(posts.pair_up(rng, roll, staff), pairs, staff)
        books += _rolls(roll)
        books += _scores(rng, roll)
        at_college = cases.at_college(roll)
        books += aid_books.of_term(
            rng, roll, teachers, cases=found, at_college=at_college, asked=asked, filed=filed,
            apart=size == "wide",
        )  # fmt: skip
        books += _lists(roll, departments)
        books += _help(rng, roll, pairs)
        # Chance of its own: who helps besides changes nobody else.
        own = Random(f"help {seed} {roll.term.code}")
        past = terms[: terms.index(roll)]
        books += help_books.of_term(
            own, roll, pairs, past=past, staff=teachers.in_post, schools=schools
        )
    gifts = fund.give(rng, registry, staff, payments)
    # Chance of its own: what the fund does besides changes nobody else.
    return books + fund_books(Random(f"fund {seed}"), gifts, payments, schools)


def _rolls(roll: Roll) -> list[Book]:
    books = []
    for n, (school, places) in enumerate(roll.by_school().items()):
        style = CLERKS[n % len(CLERKS)]
        sheet = sheet_of(
            "students",
            forms.roll(places, style.wording),
            style,
            when=when_of(roll.term),
            filled=school.name,
        )
        if n % 4 == 1:
            sheet.footer = f"共计{len(places)}人"
        books.append(book_of(path_of(roll.term, f"学生名册/{school.name}.xlsx"), sheet))
    return books


def _scores(rng: Random, roll: Roll) -> list[Book]:
    books = []
    left, came = roll.left(), roll.came()
    for n, (school, places) in enumerate(roll.by_school().items()):
        style = replace(CLERKS[n % len(CLERKS)], group=None)
        sheets = []
        for grade, rows in scores(rng, roll.term, places, left=left, came=came).items():
            label = word("grade", grade) or ""
            sheet = sheet_of(
                "scores",
                rows,
                style,
                when=f"{when_of(roll.term)}{label}",
                filled=school.name,
                name=label,
            )
            sheet.columns = ["student_no", "name", "class_name", "exam", "exam_date"]
            sheet.columns += SUBJECTS[grade]
            full = full_marks(grade)
            # Some clerks state full marks in the header, some below the scores, some nowhere.
            if n % 3 == 0:
                stated = zip(SUBJECTS[grade], full, strict=True)
                sheet.headers = {s: f"{word('subject', s)}（{marks}分）" for s, marks in stated}
            elif n % 3 == 1:
                sheet.total = [None, "满分", None, None, None, *full]
            sheets.append(sheet)
        if sheets:
            books.append(Book(path_of(roll.term, f"考试成绩/{school.name}.xlsx"), sheets))
    return books


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
        book_of(
            path_of(roll.term, f"{titles[table]}.xlsx"),
            sheet_of(table, rows, style, when="青山县", filled=office),
        )
        for table, rows, style, office in tables
    ]


def _help(rng: Random, roll: Roll, pairs: list[posts.Pair]) -> list[Book]:
    when = when_of(roll.term)
    return [
        book_of(
            path_of(roll.term, "一对一帮扶结对表.xlsx"),
            sheet_of("tutor_pairs", forms.tutor_pairs(pairs), Style("chinese"), when=when),
        ),
        book_of(
            path_of(roll.term, "走访记录表.xlsx"),
            sheet_of(
                "visits",
                forms.visits(posts.visit(rng, roll, pairs)),
                Style("dotted", 1),
                when=when,
            ),
        ),
    ]
