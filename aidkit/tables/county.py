"""What workbooks of a county hold: one schema per table, one row per line of a sheet.

Columns that start with `source_` say which cell a value came from; `term` comes from the folder.
"""

from aidkit.tables import columns as c
from aidkit.tables.fund_registers import (
    BankStatement,
    Donations,
    FundMovements,
    GoodsGiven,
    GoodsReceived,
    GoodsTaken,
    Payouts,
)
from aidkit.tables.help_registers import (
    CarePairs,
    ClassScreening,
    ConductPairs,
    HelpLogs,
    HouseholdPairs,
    PeerPairs,
    SchoolHelp,
    SchoolPairs,
)
from aidkit.tables.input_row import InputRow


class Schools(InputRow):
    """One row is a school or kindergarten of the county."""

    school_code = c.school_code("学校标识码")
    school_name = c.text("full name")
    school_type = c.choice("school_type", "kindergarten to special education")
    ownership = c.choice("ownership", "public or private")
    locality = c.choice("locality", "county seat, town or village")
    hardship_level = c.choice("tier", "hardship of the place, for posts there", nullable=True)


class Teachers(InputRow):
    """One row is a teacher on a school's staff."""

    teacher_no = c.code("staff number, text")
    name = c.name("teacher")
    id_number = c.id_number("teacher", nullable=True)
    school_code = c.school_code("school of employment")
    post = c.choice("post", "leader, middle leader, teacher, staff")
    party_member = c.yes_no("party member")
    subject = c.choice("subject", "main subject", nullable=True)
    phone = c.phone("mobile")
    employment = c.choice("employment", "in post or retired", nullable=True)
    post_from = c.date("day from which the teacher is in this post", nullable=True)
    post_to = c.date("last day in this post; blank while it lasts", nullable=True)
    card_no = c.card_no("account that pay goes to")


class Students(InputRow):
    """One row is a student on a school's roll at the start of the term."""

    student_no = c.student_no("学籍号")
    name = c.name("student")
    id_number = c.id_number("student", nullable=True)
    sex = c.choice("sex", "male or female", nullable=True)
    birth_date = c.date("must agree with the ID number", nullable=True)
    school_code = c.school_code("school of the roll")
    grade = c.choice("grade", "grade; the stage follows from it")
    class_name = c.text("class within the grade")
    boarder = c.yes_no("lives at school; blank is unknown")
    guardian = c.name("first guardian", nullable=True)
    guardian_phone = c.phone("guardian")
    address = c.address("home")
    account_name = c.name("holder of the account", nullable=True)
    card_no = c.card_no("account that aid is paid to")
    bank_branch = c.text("bank and branch", nullable=True)
    residence = c.choice("residence", "household registration: rural, town, city", nullable=True)
    household_place = c.choice(
        "household_place", "where the household is registered", nullable=True
    )
    major = c.choice("major", "kind of course at a vocational school", nullable=True)


class Freshmen(InputRow):
    """One row is a student who is at, or has a place at, a university or college (高校学生)."""

    student_no = c.student_no("学籍号, kept for life")
    name = c.name("student")
    id_number = c.id_number("student", nullable=True)
    school_code = c.school_code("senior or vocational school left for it", nullable=True)
    college = c.text("name of the university or college")
    college_kind = c.choice("stage", "undergraduate, vocational college, independent college")
    college_place = c.choice("household_place", "where it lies, seen from the county")
    entered_on = c.date("day of entry", nullable=True)
    household_place = c.choice(
        "household_place", "where the household is registered", nullable=True
    )
    guardian = c.name("first guardian", nullable=True)
    guardian_phone = c.phone("guardian")
    card_no = c.card_no("account that aid is paid to")


class EnrolmentChanges(InputRow):
    """One row is one change of one student's enrolment (异动)."""

    student_no = c.student_no("学籍号")
    name = c.name("student")
    school_code = c.school_code("school that reports the change")
    change_kind = c.choice("change_kind", "in, out, suspended, resumed, dropped out, graduated")
    change_date = c.date("day of effect")
    other_school = c.text("school on the other side of a transfer", nullable=True)
    reason = c.text("reason", nullable=True)


class Households(InputRow):
    """One row is the economic situation of one student's household in one school year."""

    student_no = c.student_no("学籍号")
    name = c.name("student")
    household_size = c.integer("persons")
    annual_income_fen = c.money("yearly disposable income of the household", nullable=True)
    medical_expense_fen = c.money("yearly medical cost paid out of pocket", nullable=True)
    listed_illness_expense_fen = c.money(
        "of it, out of pocket for the listed serious diseases", nullable=True
    )
    special_groups = c.choices("special_group", "declared hardship categories; blank is unknown")
    note = c.text("situation in the family's words", nullable=True)


class Applications(InputRow):
    """One row is one student's application for one program."""

    student_no = c.student_no("学籍号")
    name = c.name("student")
    program_title = c.text("program as written on the form; matched to the program files")
    applied_on = c.date("day of application")
    promise_signed = c.yes_no("written promise (承诺书) present")
    papers = c.choices("paper", "papers handed in; blank is unknown")
    record = c.choice("record", "conduct and results, as the school certifies", nullable=True)


class TeacherApplications(InputRow):
    """One row is one teacher's application for one program."""

    teacher_no = c.code("staff number, text")
    name = c.name("teacher")
    program_title = c.text("program as written on the form; matched to the program files")
    applied_on = c.date("day of application")
    promise_signed = c.yes_no("written promise (承诺书) present")
    hardship_causes = c.choices("hardship_cause", "own illness, disaster, …; blank is unknown")
    debt_fen = c.money("debt from it", nullable=True)
    nominated_by = c.choice(
        "funder", "who put the teacher forward beside the school", nullable=True
    )
    papers = c.choices("paper", "papers handed in; blank is unknown")


class AidReceived(InputRow):
    """One row is one payment of aid in an earlier year, or by somebody else in this one."""

    person_no = c.code("学籍号 of a student, staff number of a teacher")
    name = c.name("person")
    program_title = c.text("program or the giver's name for it")
    funder = c.choice("funder", "government level, foundation, union, …")
    year = c.integer("calendar year of the payment (年度)")
    amount_fen = c.money("amount", nullable=True)


class AwardChanges(InputRow):
    """One row is one award that was given up or taken away (放弃, 取消)."""

    person_no = c.code("学籍号 of a student, staff number of a teacher")
    name = c.name("person")
    program_title = c.text("program as written; matched to the program files")
    award_change = c.choice("award_change", "waived or revoked")
    changed_on = c.date("day of effect")
    reason = c.text("reason; must stand for a revocation", nullable=True)
    signed = c.yes_no("waiver signed and kept")


class FeesTaken(InputRow):
    """One row is one fee that a school took from one student."""

    student_no = c.student_no("student")
    name = c.name("student")
    fee_kind = c.choice("fee_kind", "tuition, textbooks, lodging, child care")
    amount_fen = c.money("amount")
    taken_on = c.date("day", nullable=True)


class UnionFile(InputRow):
    """One row is a child of a worker in the union's file of workers in hardship."""

    worker = c.name("worker")
    worker_id_number = c.id_number("worker", nullable=True)
    name = c.name("child")
    id_number = c.id_number("child")
    filed_level = c.choice("union_level", "level of the union that keeps the file", nullable=True)


class PanelDecisions(InputRow):
    """One row is the assessment panel's tier for one student and one program (认定结果)."""

    student_no = c.student_no("学籍号")
    name = c.name("student")
    program_title = c.text("program as written; matched to the program files")
    tier = c.choice(
        "tier", "tier the panel decided; blank where it decides an amount", nullable=True
    )
    decided_on = c.date("day of the decision")
    panel = c.text("members of the panel", nullable=True)
    amount_fen = c.money("amount, where the panel decides it case by case", nullable=True)
    reason = c.text("grounds of the decision", nullable=True)


class TeacherPanelDecisions(InputRow):
    """One row is the panel's decision for one teacher and one program."""

    teacher_no = c.code("staff number, text")
    name = c.name("teacher")
    program_title = c.text("program as written; matched to the program files")
    decided_on = c.date("day of the decision")
    panel = c.text("members of the panel", nullable=True)
    amount_fen = c.money("amount, where the panel decides it case by case", nullable=True)
    reason = c.text("grounds of the decision", nullable=True)


class CivilAffairsList(InputRow):
    """One row is a person on the civil affairs department's list (民政: 低保, 特困, 孤儿)."""

    name = c.name("person")
    id_number = c.id_number("person")
    aid_kind = c.choice("civil_aid_kind", "allowance, destitute support, orphan, unattended child")
    certificate_no = c.code("certificate number", nullable=True)


class DisabledPersonsList(InputRow):
    """One row is a person on the disabled persons' federation's list (残联)."""

    name = c.name("person")
    id_number = c.id_number("person")
    disability_certificate = c.code("disability certificate, ID plus kind and degree")
    disability_kind = c.text("kind of disability", nullable=True)


class MonitoredHouseholdsList(InputRow):
    """One row is a member of a household on the list of 脱贫户 and 监测对象."""

    household_head = c.name("head of household")
    name = c.name("member")
    id_number = c.id_number("member")
    monitoring_kind = c.choice("monitoring_kind", "lifted out of poverty, or monitored, and why")


class Scores(InputRow):
    """One row is one student's score in one subject of one exam; sheets have a column a subject."""

    student_no = c.student_no("学籍号")
    name = c.name("student")
    class_name = c.text("class at the exam", nullable=True)
    exam = c.text("name of the exam")
    exam_date = c.date("day of the exam")
    subject = c.choice("subject", "subject; a column header in the sheet")
    score = c.number("score; null when absent", nullable=True)
    absence = c.choice("absence", "why there is no score", nullable=True)
    full_score = c.number("points that can be had, where the sheet says so", nullable=True)


class TutorPairs(InputRow):
    """One row is one helper for one student (一对一帮扶)."""

    teacher_no = c.code("helper")
    teacher_name = c.name("helper")
    student_no = c.student_no("student")
    name = c.name("student")
    subject = c.choice("subject", "weak subject", nullable=True)
    paired_on = c.date("start of the pair")
    ended_on = c.date("first day without the pair; blank while it lasts", nullable=True)


class Visits(InputRow):
    """One row is one home visit or talk (走访)."""

    visited_on = c.date("day")
    teacher_no = c.code("visitor")
    teacher_name = c.name("visitor")
    student_no = c.student_no("student")
    name = c.name("student")
    place = c.text("where", nullable=True)
    content = c.text("what was talked about", nullable=True)


INPUTS: dict[str, type[InputRow]] = {
    "schools": Schools,
    "teachers": Teachers,
    "students": Students,
    "enrolment_changes": EnrolmentChanges,
    "households": Households,
    "freshmen": Freshmen,
    "applications": Applications,
    "teacher_applications": TeacherApplications,
    "aid_received": AidReceived,
    "award_changes": AwardChanges,
    "fees_taken": FeesTaken,
    "union_file": UnionFile,
    "panel_decisions": PanelDecisions,
    "teacher_panel_decisions": TeacherPanelDecisions,
    "civil_affairs_list": CivilAffairsList,
    "disabled_persons_list": DisabledPersonsList,
    "monitored_households_list": MonitoredHouseholdsList,
    "scores": Scores,
    "tutor_pairs": TutorPairs,
    "visits": Visits,
    "help_logs": HelpLogs,
    "peer_pairs": PeerPairs,
    "conduct_pairs": ConductPairs,
    "care_pairs": CarePairs,
    "household_pairs": HouseholdPairs,
    "class_screening": ClassScreening,
    "school_pairs": SchoolPairs,
    "school_help": SchoolHelp,
    "donations": Donations,
    "payouts": Payouts,
    "goods_received": GoodsReceived,
    "goods_given": GoodsGiven,
    "goods_taken": GoodsTaken,
    "fund_movements": FundMovements,
    "bank_statement": BankStatement,
}
"""Every table that intake can find in a county folder, by name."""

KEYS: dict[str, tuple[str, ...]] = {
    "schools": ("school_code",),
    "teachers": ("teacher_no",),
    "students": ("term", "student_no"),
    "households": ("term", "student_no"),
    "freshmen": ("term", "student_no"),
    "applications": ("term", "student_no", "program_title"),
    "teacher_applications": ("term", "teacher_no", "program_title"),
    "panel_decisions": ("term", "student_no", "program_title"),
    "scores": ("term", "exam", "student_no", "subject"),
    "class_screening": ("term", "screened_on", "student_no"),
}
"""Columns that together name a row once; a second row with the same key is a problem."""

SPREAD: dict[str, tuple[str, ...]] = {"scores": ("subject", "score", "absence", "full_score")}
"""Tables whose sheets spread a vocabulary over headers: its column, then those its cells fill."""
