"""The books of a term about hardship and aid."""

from random import Random

from aidkit.calendar import Term
from aidkit.sample import aid_forms, college, forms, registers, rolls, staff_aid
from aidkit.sample.binding import IN_YUAN, path_of, term_book
from aidkit.sample.college import FiledChild
from aidkit.sample.hardship import Application, Case
from aidkit.sample.people import Student
from aidkit.sample.registers import Decision
from aidkit.sample.rolls import Place, Roll
from aidkit.sample.schools import School
from aidkit.sample.sheets import Book, Style, wide
from aidkit.sample.staff_aid import Staff

COUNTY_PANEL = 5
"""Members of a panel, at a school or of the county."""


def of_term(
    rng: Random,
    roll: Roll,
    staff: Staff,
    *,
    cases: list[tuple[Place, Case]],
    at_college: list[tuple[Student, Case]],
    asked: list[Application],
    filed: list[FiledChild],
    apart: bool,
) -> list[Book]:
    """Who is in hardship, who asked, what was decided, given, taken and given up.

    With `apart`, the panel of each school hands in a workbook of its own.
    """
    term, n = roll.term, rolls.TERMS.index(roll.term)
    told = [(place.student, case) for place, case in cases] + at_college
    asked = asked + college.applications(rng, roll, filed)
    tiers = {student.student_no: case.tier for student, case in told}
    decided = registers.decide(rng, roll, asked, tiers)
    teachers = staff_aid.applications(rng, term, staff.in_hardship)
    gifts = staff_aid.decisions(rng, term, staff)
    changes = registers.change(rng, roll, decided, teachers)
    before = registers.received(rng, roll, cases, filed)
    before += staff_aid.received(rng, term, staff.in_hardship)
    homes = forms.households(told, n % 2)
    for row in homes[::97]:  # typed with an input method at full width
        if isinstance(row[3], int):
            row[3] = wide(str(row[3]))
    home_style = Style(group=("家庭经济情况", "household_size", "listed_illness_expense_fen"))
    panels = _with_panels(rng, decided, staff)
    county_panel = "、".join(
        t.name for t in rng.sample(staff.in_post, min(COUNTY_PANEL, len(staff.in_post)))
    )
    books = [
        term_book(term, "enrolment_changes", forms.changes(roll.changes), Style("dotted")),
        term_book(term, "households", homes, home_style, filled=IN_YUAN),
        term_book(term, "freshmen", aid_forms.freshmen(roll.freshmen), Style("chinese")),
        term_book(
            term, "applications", forms.applications(asked, n == 1), Style("chinese", wording=n % 2)
        ),
        *_panels(term, panels, n % 2, apart=apart),
        term_book(
            term,
            "teacher_applications",
            aid_forms.teacher_applications(teachers, n == 1),
            Style("dotted", wording=n % 2),
            filled=IN_YUAN,
        ),
        term_book(term, "aid_received", aid_forms.received(before), Style(), filled=IN_YUAN),
        term_book(term, "award_changes", aid_forms.award_changes(changes), Style("iso")),
        term_book(
            term,
            "fees_taken",
            aid_forms.fees(registers.fees(rng, roll, cases)),
            Style("chinese", blank_every=200),
            filled=IN_YUAN,
        ),
        term_book(term, "union_file", aid_forms.union_file(filed), Style(), filled="青山县总工会"),
    ]
    if gifts:
        rows = aid_forms.teacher_decisions(gifts, county_panel)
        books.append(term_book(term, "teacher_panel_decisions", rows, Style(), filled=IN_YUAN))
    return books


def _panels(
    term: Term, panels: list[tuple[Decision, str]], wording: int, *, apart: bool
) -> list[Book]:
    """What the panels decided: in one book, or in one for each school and one of the county's."""
    of_school: dict[School | None, list[tuple[Decision, str]]] = {None: []}
    for decision, members in panels:
        school = decision.application.school if apart else None
        of_school.setdefault(school, []).append((decision, members))
    books = []
    for school, own in of_school.items():
        rows, style = aid_forms.decisions(own, wording), Style(wording=wording)
        book = term_book(term, "panel_decisions", rows, style, filled=IN_YUAN)
        if school:
            book.path = path_of(term, f"困难认定结果/{school.name}.xlsx")
            book.sheets[0].lines[-1] = f"填报单位：{school.name}    单位：元"
        books.append(book)
    return books


def _with_panels(rng: Random, decided: list[Decision], staff: Staff) -> list[tuple[Decision, str]]:
    """Each decision with the members of its panel: of the school, or of the county."""
    members: dict[School | None, str] = {}
    for decision in decided:
        school = decision.application.school
        if school not in members:
            own = [t.name for t in staff.in_post if school in (None, t.school)]
            members[school] = "、".join(rng.sample(own, min(COUNTY_PANEL, len(own))))
    return [(decision, members[decision.application.school]) for decision in decided]
