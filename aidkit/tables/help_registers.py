"""Registers of who helps whom: pupils, leaders, households, schools; and what was done and found.

Each group of pupils has a table of its own: who is looked after for conduct, for results or for a
family's hardship never stands on one sheet with the others.
"""

from aidkit.tables import columns as c
from aidkit.tables.input_row import InputRow


class PeerPairs(InputRow):
    """One row is one pupil who helps another (学生互助)."""

    helper_no = c.student_no("pupil who helps")
    helper_name = c.name("pupil who helps")
    student_no = c.student_no("pupil who is helped")
    name = c.name("pupil who is helped")
    subject = c.choice("subject", "weak subject", nullable=True)
    paired_on = c.date("start of the pair")
    ended_on = c.date("first day without the pair; blank while it lasts", nullable=True)


class ConductPairs(InputRow):
    """One row is one leader who looks after one pupil's conduct (领导包扶问题生)."""

    teacher_no = c.code("leader's staff number, text")
    teacher_name = c.name("leader")
    student_no = c.student_no("pupil")
    name = c.name("pupil")
    paired_on = c.date("start of the pair")
    plan = c.text("what was agreed", nullable=True)
    ended_on = c.date("first day without the pair; blank while it lasts", nullable=True)


class CarePairs(InputRow):
    """One row is one teacher who answers for one student of a 建档立卡 family (包保到生)."""

    teacher_no = c.code("teacher's staff number, text")
    teacher_name = c.name("teacher")
    student_no = c.student_no("student")
    name = c.name("student")
    paired_on = c.date("start of the pair")
    ended_on = c.date("first day without the pair; blank while it lasts", nullable=True)


class HouseholdPairs(InputRow):
    """One row is one child of a household that a teacher of the area answers for (包保到户).

    Children who are enrolled outside the county stand here too.
    """

    school_code = c.school_code("school that answers for the area")
    area = c.text("village or neighbourhood")
    household_head = c.name("head of the household")
    name = c.name("child")
    id_number = c.id_number("child", nullable=True)
    student_no = c.student_no("child's 学籍号", nullable=True)
    enrolled_at = c.text("school or college the child attends, wherever it lies", nullable=True)
    teacher_no = c.code("teacher's staff number, text")
    teacher_name = c.name("teacher")
    paired_on = c.date("start of the pair")


class SchoolPairs(InputRow):
    """One row is one school or kindergarten that helps another (校际结对)."""

    helper_code = c.school_code("school that helps")
    helper_school = c.text("school that helps")
    helped_code = c.school_code("school that is helped")
    helped_school = c.text("school that is helped")
    paired_on = c.date("start of the pair")
    ended_on = c.date("first day without the pair; blank while it lasts", nullable=True)


class SchoolHelp(InputRow):
    """One row is one thing that a school did for the school it helps."""

    done_on = c.date("day")
    helper_code = c.school_code("school that helps")
    helped_code = c.school_code("school that is helped")
    help_item = c.choice("help_item", "lessons taught, lecture, exchange, trainee, …")
    quantity = c.integer("lessons, times, persons; blank is one", nullable=True)
    good = c.integer("of the lessons observed, the good ones", nullable=True)
    qualified = c.integer("of the lessons observed, the passable ones", nullable=True)
    content = c.text("what was done", nullable=True)


class ClassScreening(InputRow):
    """One row is one pupil in one class's monthly screening (班级排查).

    A class in which nobody was found hands in one row without a pupil.
    """

    school_code = c.school_code("school of the class")
    grade = c.choice("grade", "grade of the class")
    class_name = c.text("class within the grade")
    screened_on = c.date("day")
    student_no = c.student_no("pupil; blank where the class has none", nullable=True)
    name = c.name("pupil", nullable=True)
    findings = c.choices("screening_kind", "what was found; blank is unknown")
    note = c.text("remark", nullable=True)


class HelpLogs(InputRow):
    """One row is one session of a helper with a pupil (帮扶记录); visits are another table."""

    helped_on = c.date("day")
    teacher_no = c.code("helper's staff number, text")
    teacher_name = c.name("helper")
    student_no = c.student_no("pupil")
    name = c.name("pupil")
    place = c.text("where", nullable=True)
    content = c.text("what was worked on", nullable=True)
    next_step = c.text("what comes next", nullable=True)
