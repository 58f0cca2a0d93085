"""What exams say of each learner, and how learners move between them; internal, never public."""

import dataframely as dy

STATES = (
    "scored",
    "withdrawn",
    "joined_later",
    "deferred",
    "sick",
    "leave",
    "truant",
    "unstated",
)
"""Codes of vocabulary `exam_state`; of several in one sitting the first that is not `scored`."""

ROLES = ("baseline", "choice", "outcome", "other")
"""What an exam is for, as `progress.roles` says."""


class _Place(dy.Schema):
    """Which exam, and where the learner was on its day."""

    term = dy.String(primary_key=True, description="term of the exam, e.g. `2026-autumn`")
    exam = dy.String(primary_key=True, description="name of the exam, once in a term")
    exam_date = dy.Date(primary_key=True, description="the first day on which anybody sat it")
    school_code = dy.String(description="of the roll of the exam's term")
    grade = dy.String(description="vocabulary grade, at the exam")
    class_name = dy.String(description="class at the exam")
    student_no = dy.String(primary_key=True)


class Results(_Place):
    """One row is one student's result in one subject of one exam."""

    subject = dy.String(primary_key=True, description="vocabulary subject")
    score = dy.Float64(nullable=True, description="points; null unless the state is `scored`")
    full_score = dy.Float64(description="points that can be had: the sheet's word, else declared")
    state = dy.String(description="one of `STATES`; absent is never 0, and 0 may be `withdrawn`")


class Sittings(_Place):
    """One row is one student at one exam, over all subjects that the grade sat."""

    role = dy.String(description="one of `ROLES`: what the exam is for in the term looked at")
    total = dy.Float64(nullable=True, description="points; null unless scored in every subject")
    full_total = dy.Float64(description="points that can be had in these subjects")
    state = dy.String(description="`scored` where every subject is, else the first reason why not")
    pupils = dy.Int64(description="of the same unit that are scored at this exam: n of `position`")
    position = dy.Float64(
        nullable=True,
        description="(mid-rank − 0.5) ÷ n among the scored of the unit, 0 to 1, 1 the best; the "
        "unit is the grade of the school, of the whole county where the exam is county-wide",
    )
    z = dy.Float64(nullable=True, description="normal score of the position")


class SubjectSittings(_Place):
    """One row is one student at one exam in one subject, standardised like `Sittings`."""

    role = dy.String(description="one of `ROLES`")
    subject = dy.String(primary_key=True)
    score = dy.Float64(nullable=True)
    full_score = dy.Float64()
    state = dy.String(description="one of `STATES`")
    pupils = dy.Int64(description="of the same unit that are scored in this subject")
    position = dy.Float64(nullable=True)
    z = dy.Float64(nullable=True)


class Group(dy.Schema):
    """One row is one learner of the group that is looked after in a term (学困生); internal."""

    term = dy.String()
    school_code = dy.String()
    grade = dy.String()
    class_name = dy.String()
    student_no = dy.String(primary_key=True)
    chosen_by = dy.String(description="`pairs`: a teacher helps; `choice`: by the choice exam")


class Progress(dy.Schema):
    """One row is one student's term: the documents' rule and the fair measure."""

    term = dy.String()
    school_code = dy.String()
    grade = dy.String()
    class_name = dy.String()
    student_no = dy.String(primary_key=True)
    in_group = dy.Bool(description="is one of the group that is looked after")
    baseline_exams = dy.Int32(description="exams of the baseline that the student sat")
    baseline_z = dy.Float64(nullable=True, description="mean over them")
    choice_z = dy.Float64(nullable=True)
    outcome_z = dy.Float64(nullable=True)
    earlier_z = dy.Float64(
        nullable=True, description="baseline and choice mixed: what the expectation rests on"
    )
    choice_weight = dy.Float64(nullable=True, description="of the choice exam in it, 0 to 1")
    slope = dy.Float64(nullable=True, description="of the class, shrunk to the grade's")
    expected_z = dy.Float64(nullable=True, description="what earlier exams let expect")
    growth = dy.Float64(nullable=True, description="outcome − expected, in units of z")
    sem = dy.Float64(nullable=True, description="standard error of the growth")
    low = dy.Float64(nullable=True, description="of the interval at the declared confidence")
    high = dy.Float64(nullable=True)
    band = dy.String(
        description="`clearly_better`, `better`, `steady`, `attention`, `not_assessed`"
    )
    reason = dy.String(nullable=True, description="code, why not assessed; null where assessed")
    ceiling = dy.Bool(description="so near full marks before that a rise could not show")
    floor = dy.Bool(description="so near zero before that a fall could not show")
    rank_before = dy.Int32(nullable=True, description="among the group at the choice exam, from 1")
    rank_now = dy.Int32(nullable=True, description="among the group at the outcome, from 1")
    rank_change = dy.Int32(nullable=True, description="places; above 0: rose")
    rank_prize = dy.String(description="by the documents' rule: `first`, `second`, `third`, `none`")
    fair_prize = dy.String(description="by the fair measure: the same codes")


class OwnProgress(dy.Schema):
    """One row is a class of one school, or the school, and a band: how many pupils moved so.

    What tells of few is withheld: it may be shown to the school's staff, and is no public table.
    """

    grade = dy.String(primary_key=True, description="vocabulary grade; `all`: the school")
    class_name = dy.String(primary_key=True, description="`all`: the school")
    band = dy.String(primary_key=True, description="one of `progress.bands.BANDS`")
    of = dy.Int64(description="pupils of the class that were examined")
    pupils = dy.Int64(nullable=True)
    share = dy.Float64(
        nullable=True,
        description="pupils ÷ (of − those of `not_assessed`), 0 to 1, to three decimals; null "
        "where either is withheld, and of `not_assessed` itself",
    )
    suppressed = dy.Bool()


class Luck(dy.Schema):
    """One row is the group of one grade or class: what was seen, what luck alone would give."""

    school_code = dy.String(primary_key=True)
    grade = dy.String(primary_key=True)
    class_name = dy.String(primary_key=True, description="empty for the whole grade")
    among = dy.String(
        primary_key=True,
        description="`all`: places among all of them, `group`: among the group itself",
    )
    n_grade = dy.Int32(description="pupils that the group was chosen from")
    n_group = dy.Int32(description="pupils in the group that have both ranks")
    reliability = dy.Float64(description="of one exam's total, 0 to 1")
    observed_share_rise = dy.Float64(nullable=True, description="0 to 1")
    luck_share_rise = dy.Float64(nullable=True)
    observed_mean_places = dy.Float64(nullable=True)
    luck_mean_places = dy.Float64(nullable=True)
    observed_share_three = dy.Float64(nullable=True, description="that rose 3 places or more")
    luck_share_three = dy.Float64(nullable=True)
    observed_best_places = dy.Float64(nullable=True, description="of who rose most")
    luck_best_places = dy.Float64(nullable=True)


class TeacherResults(dy.Schema):
    """One row is one teacher who helps learners one to one."""

    teacher_no = dy.String(primary_key=True)
    pupils = dy.Int32(description="helped pupils whose growth could be told: n of the mean")
    turned_round = dy.Int32(description="as `progress.turned_round` says, in this term")
    growth = dy.Float64(nullable=True, description="mean growth of these pupils, in units of z")
    low = dy.Float64(nullable=True, description="of its interval at the declared confidence")
    high = dy.Float64(nullable=True)
    sessions = dy.Int32(description="help logged; counted beside, never added")
    luck = dy.Float64(description="chance of a prize, 0 to 1, had help done nothing")
    prize = dy.String(description="`first`, `second`, `third`, `none`")


class Disagreements(dy.Schema):
    """One row is one learner of the group, by both rules."""

    school_code = dy.String()
    grade = dy.String()
    class_name = dy.String()
    student_no = dy.String(primary_key=True)
    rank_change = dy.Int32(nullable=True, description="places among the group; above 0: rose")
    rank_prize = dy.String()
    growth = dy.Float64(nullable=True, description="in units of z")
    sem = dy.Float64(nullable=True)
    band = dy.String()
    fair_prize = dy.String()
    verdict = dy.String(
        description="`both`, `neither`, `rank_only` (rose, but no more than chance may give), "
        "`fair_only` (grew clearly, but did not rise), `not_assessed` by one of the rules"
    )
