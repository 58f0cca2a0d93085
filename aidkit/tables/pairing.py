"""Who helps whom, what is due and done, who is missing; internal.

States and kinds are codes of the vocabulary that a column names. No frame holds pupils of two
roles: who is looked after for conduct stands beside nobody who is looked after for results.
"""

import dataframely as dy


class Pairs(dy.Schema):
    """One row is one helper of one pupil, on one day, with where the pupil is."""

    teacher_no = dy.String(primary_key=True)
    teacher_name = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String(description="of the pupil; empty for who is at college")
    grade = dy.String()
    class_name = dy.String()
    locality = dy.String(nullable=True, description="of the pupil's school")
    subject = dy.String(nullable=True, description="weak subject; null where pairs have none")
    paired_on = dy.Date(description="of several rows for one pair the earliest")
    ends_on = dy.Date(
        nullable=True, description="first day without the pair, or without the pupil at school"
    )


class Loads(dy.Schema):
    """One row is one person in one role, with how many pupils that makes."""

    role = dy.String(primary_key=True, description="vocabulary load_role")
    teacher_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    pupils = dy.Int64(min=0)
    least = dy.Int64(min=0)
    most = dy.Int64(nullable=True, description="null where there is no limit")
    state = dy.String(description="vocabulary load_state")


class Proposals(dy.Schema):
    """One row is one pupil with the helper proposed; with two where two look after one already."""

    school_code = dy.String()
    grade = dy.String()
    class_name = dy.String()
    student_no = dy.String()
    name = dy.String()
    subject = dy.String(nullable=True, description="to be helped with; null where none is known")
    teacher_no = dy.String(nullable=True, description="null where no helper is free")
    teacher_name = dy.String(nullable=True)
    how = dy.String(description="vocabulary proposal")
    until = dy.Date(nullable=True, description="day up to which the pair should not change")


class Continuity(dy.Schema):
    """One row is one pair of the term before, with what became of it."""

    teacher_no = dy.String(primary_key=True)
    teacher_name = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String()
    paired_on = dy.Date()
    until = dy.Date(description="day up to which the pair should not change")
    school_code = dy.String(description="of the pupil, in the term before")
    school_now = dy.String(nullable=True, description="of the pupil, where it is another one now")
    state = dy.String(description="vocabulary continuity")
    helped_by = dy.String(nullable=True, description="staff number of who took the pupil over")


class PeerChecks(dy.Schema):
    """One row is one pair of pupils."""

    helper_no = dy.String(primary_key=True)
    helper_name = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String(nullable=True, description="of the pupil helped")
    subject = dy.String(nullable=True)
    paired_on = dy.Date()
    same_class = dy.Bool(nullable=True, description="null where one of them is gone")
    state = dy.String(description="vocabulary peer_state")


class CareCoverage(dy.Schema):
    """One row is one student known as 建档立卡, with who answers at school and in the area."""

    person_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    stage = dy.String()
    grade = dy.String()
    class_name = dy.String()
    of_school = dy.String(nullable=True, description="teacher at the school, by staff number")
    of_area = dy.String(nullable=True, description="teacher of the area, by staff number")
    gap = dy.String(
        description="vocabulary care_gap; at college nobody is asked of the school left"
    )


class HouseholdCoverage(dy.Schema):
    """One row is one child of the households of an area, or of the list without any household."""

    area = dy.String(nullable=True, description="null for who stands in no area's register")
    school_code = dy.String(nullable=True, description="school that answers for the area")
    household_head = dy.String()
    name = dy.String()
    person_no = dy.String(nullable=True, description="学籍号 where the child is known here")
    enrolled_at = dy.String(nullable=True, description="as the register says")
    whereabouts = dy.String(description="vocabulary whereabouts")
    of_area = dy.String(nullable=True, description="teacher of the area, by staff number")
    of_school = dy.String(nullable=True, description="teacher at the school, by staff number")
    gap = dy.String(
        description="vocabulary care_gap; a child enrolled elsewhere needs nobody at school"
    )


class VisitsDue(dy.Schema):
    """One row is one pair in one school month: how often the helper should visit, and did."""

    teacher_no = dy.String(primary_key=True)
    teacher_name = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    month = dy.Date(primary_key=True, description="its first day")
    due = dy.Int64(min=1)
    done = dy.Int64(min=0, description="days with a visit; two on one day are one")
    due_by = dy.Date(description="last day of the month")
    last_on = dy.Date(nullable=True, description="this helper's last visit so far, of any month")
    state = dy.String(description="vocabulary due_state")


class VisitsOfYear(dy.Schema):
    """One row is one pupil in one school year: how often anybody should visit, and did."""

    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    due = dy.Int64(min=1, description="by the end of the school year")
    due_so_far = dy.Int64(min=0, description="by the school months that are over")
    done = dy.Int64(min=0, description="days with a visit")
    last_on = dy.Date(nullable=True)
    state = dy.String(description="vocabulary due_state: `done`, `open`, `behind`")


class ScreeningDue(dy.Schema):
    """One row is one class in one school month."""

    school_code = dy.String(primary_key=True)
    grade = dy.String(primary_key=True)
    class_name = dy.String(primary_key=True)
    month = dy.Date(primary_key=True, description="its first day")
    pupils = dy.Int64(min=0, description="at school on the 15th; 0 for a class of no roll")
    found = dy.Int64(nullable=True, description="pupils with a finding; null while not screened")
    screened_on = dy.Date(nullable=True, description="last day of screening in the month")
    due_by = dy.Date(description="last day of the month")
    state = dy.String(description="vocabulary due_state")


class ScreeningChanges(dy.Schema):
    """One row is one finding about one pupil, held against the month before."""

    month = dy.Date(primary_key=True, description="its first day")
    school_code = dy.String()
    grade = dy.String()
    class_name = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String(nullable=True)
    finding = dy.String(primary_key=True, description="vocabulary screening_kind")
    change = dy.String(description="vocabulary screening_change")


class SchoolTargets(dy.Schema):
    """One row is one thing that one school does for another in one month, term or school year."""

    helper_code = dy.String(primary_key=True)
    helped_code = dy.String(primary_key=True)
    item = dy.String(primary_key=True, description="vocabulary help_item")
    per = dy.String(primary_key=True, description="`month`, `term` or `year`")
    begins = dy.Date(primary_key=True, description="first day of it")
    due = dy.Int64(min=1, description="lessons, times or persons")
    done = dy.Int64(min=0)
    due_by = dy.Date(description="last day of it")
    state = dy.String(description="vocabulary due_state")


class SchoolRates(dy.Schema):
    """One row is one share of the lessons observed at a helped school in the school year."""

    helper_code = dy.String(primary_key=True)
    helped_code = dy.String(primary_key=True)
    measure = dy.String(primary_key=True, description="`good` or `qualified`")
    observed = dy.Int64(min=0, description="lessons of which it was said")
    reached = dy.Int64(min=0)
    percent = dy.Int64(min=0, max=100, description="of them asked for")
    state = dy.String(description="vocabulary due_state: `done`, `open` (not reached), `unknown`")


class HelpLeftOut(dy.Schema):
    """One row is something done that counts for no pair, and why."""

    source_file = dy.String()
    source_sheet = dy.String()
    source_row = dy.Int64()
    why = dy.String(description="`no_pair`, `bad_quantity`, `bad_lessons`")


class Absent(dy.Schema):
    """One row is one child of compulsory grades who is missing; for the county's own eyes."""

    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String(description="of the roll, or of the last one")
    grade = dy.String()
    class_name = dy.String()
    kind = dy.String(description="vocabulary absent_kind")
    counted = dy.Bool(description="whether this term's dropout rate counts the child")
    left_on = dy.Date(nullable=True, description="day that the school reported")
    seen_on = dy.Date(description="last day on which the child is known to have been there")
    seen_by = dy.String(description="vocabulary seen_by")


class DropoutRates(dy.Schema):
    """One row is one school, or the county (`all`), in compulsory education."""

    school_code = dy.String(primary_key=True, description="school code, or `all`")
    roll = dy.Int64(min=0, description="at the start of the term")
    absent = dy.Int64(min=0, description="left without transfer or graduation")
    rate = dy.Float64(nullable=True, description="percent; null without a roll")
    most_percent = dy.Int64(min=0, max=100)
    within = dy.Bool(nullable=True, description="null without a roll")


class ListedChildren(dy.Schema):
    """One row is one child of school age on one department list."""

    listed_in = dy.String(primary_key=True, description="table name of the list")
    id_number = dy.String(primary_key=True)
    name = dy.String()
    age = dy.Int64(description="full years at the start of the term")
    whereabouts = dy.String(description="vocabulary whereabouts")
    student_no = dy.String(nullable=True)
    school_code = dy.String(nullable=True, description="of the roll")
    enrolled_at = dy.String(nullable=True, description="as a household's register says")
