"""What the slices of learners' reports hold; see `tables.slices`. All but one are internal.

What exams say and who helps whom are slices of their own: a new score changes no list of visits.
Pupils who are looked after for their conduct stand in the county's slice alone, never in one with
those who are looked after for their results.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from aidkit.tables.disclosed import DISCLOSED_LEARNERS
from aidkit.tables.pairing import (
    Absent,
    CareCoverage,
    Continuity,
    DropoutRates,
    HelpLeftOut,
    HouseholdCoverage,
    ListedChildren,
    Loads,
    Pairs,
    PeerChecks,
    Proposals,
    SchoolRates,
    SchoolTargets,
    ScreeningChanges,
    ScreeningDue,
    VisitsDue,
    VisitsOfYear,
)
from aidkit.tables.progress import (
    Disagreements,
    Group,
    Luck,
    Progress,
    Sittings,
    SubjectSittings,
    TeacherResults,
)

LearnerRoom = Literal["progress", "helping"]
"""Folder of slices: what exams say of a school's learners; who helps whom there."""

PublicLearnerRoom = Literal["public_progress"]
"""Folder of the county's public slice: how its pupils moved, counted."""

AnyLearnerRoom = LearnerRoom | PublicLearnerRoom

_SETTINGS = ("audience", "scope", "term", "county", "publisher", "contact", "threshold", "width")

BOTH: Mapping[str, tuple[str, ...]] = {
    "settings": (*_SETTINGS, "as_of"),
    "labels": ("vocabulary", "code", "label"),
    "figures": ("figure", "value"),
    "schools": ("school_code", "school_name", "school_type", "locality"),
    "school_names": ("school_code", "school_name"),
}
"""`settings` is one row, `as_of` the day (date) on which due and done are told; `figures` are
declared figures, by the names of `params/progress.toml` or `params/pairing.toml`; `schools` is the
school of the slice, or all of the county; `school_names` are all of the county."""

PERSONS: Mapping[str, tuple[str, ...]] = {
    "pupils": ("student_no", "name", "grade", "class_name"),
    "teachers": ("teacher_no", "name", "post", "party_member", "subject"),
}
"""The school's roll, and its staff in post."""

OF_PROGRESS: Mapping[str, tuple[str, ...]] = {
    "exams": ("term", "exam", "exam_date", "grade", "role"),
    "sittings": tuple(Sittings.column_names()),
    "subject_sittings": tuple(SubjectSittings.column_names()),
    "progress": tuple(Progress.column_names()),
    "group": tuple(Group.column_names()),
    "luck": tuple(Luck.column_names()),
    "disagreements": tuple(Disagreements.column_names()),
    "teacher_results": tuple(TeacherResults.column_names()),
    "problems": ("file", "sheet", "row", "column", "code", "severity", "message", "remedy"),
}
"""Of sittings those of the choice exam and of the outcome; `problems` are those of the term's
sheets of scores: errors, whose rows could not be used, and warnings."""

OF_HELPING: Mapping[str, tuple[str, ...]] = {
    "tutor_pairs": tuple(Pairs.column_names()),
    "loads": tuple(Loads.column_names()),
    "proposals": tuple(Proposals.column_names()),
    "continuity": tuple(Continuity.column_names()),
    "peer_checks": tuple(PeerChecks.column_names()),
    "visits_due": tuple(VisitsDue.column_names()),
    "visits_of_year": tuple(VisitsOfYear.column_names()),
    "care_pairs": tuple(Pairs.column_names()),
    "care_visits_due": tuple(VisitsDue.column_names()),
    "care_visits_of_year": tuple(VisitsOfYear.column_names()),
    "care_coverage": tuple(CareCoverage.column_names()),
    "household_coverage": tuple(HouseholdCoverage.column_names()),
    "help_logs": (
        *("helped_on", "teacher_no", "teacher_name", "student_no", "name"),
        *("place", "content", "next_step"),
    ),
    "screening_due": tuple(ScreeningDue.column_names()),
    "screening_changes": tuple(ScreeningChanges.column_names()),
}
"""`visits_…` are those of `tutor_pairs`, `care_visits_…` of `care_pairs`; `loads` of the roles
`tutor` and `party`; `screening_changes` of the last school month begun and of the one before."""

OF_COUNTY: Mapping[str, tuple[str, ...]] = {
    "loads_by_school": ("school_code", "role", "state", "persons"),
    "visits_by_school": ("school_code", "role", "state", "pairs"),
    "year_by_school": ("school_code", "role", "state", "pupils"),
    "screening_by_school": ("school_code", "month", "state", "classes"),
    "gaps_by_school": ("school_code", "gap", "pupils"),
    "household_coverage": tuple(HouseholdCoverage.column_names()),
    "school_targets": tuple(SchoolTargets.column_names()),
    "school_rates": tuple(SchoolRates.column_names()),
    "help_left_out": tuple(HelpLeftOut.column_names()),
    "absent": tuple(Absent.column_names()),
    "dropout_rates": tuple(DropoutRates.column_names()),
    "listed_children": tuple(ListedChildren.column_names()),
    "conduct_pairs": tuple(Pairs.column_names()),
    "conduct_loads": tuple(Loads.column_names()),
    "conduct_visits_due": tuple(VisitsDue.column_names()),
    "conduct_visits_of_year": tuple(VisitsOfYear.column_names()),
}
"""`…_by_school` are numbers of rows; their role is `tutor` or `care` (of loads `tutor` or `party`).
`household_coverage` has the children with a gap or not found."""

OF_PUBLIC: Mapping[str, tuple[str, ...]] = {
    "settings": _SETTINGS,
    "labels": BOTH["labels"],
    "figures": BOTH["figures"],
    **{name: tuple(schema.column_names()) for name, schema in DISCLOSED_LEARNERS.items()},
}
"""Of the public slice; no rows of `progress` where a term has no exams, or too few schools."""


@cache
def learner_slice_columns(room: AnyLearnerRoom, *, of_county: bool) -> dict[str, tuple[str, ...]]:
    """Every table of a learners' slice with its columns; the county has none of `progress`."""
    if room == "public_progress":
        return dict(OF_PUBLIC)
    if of_county:
        return {**BOTH, **OF_COUNTY}
    return {**BOTH, **PERSONS, **(OF_PROGRESS if room == "progress" else OF_HELPING)}
