"""The closed vocabulary: each name of a program file with what it means."""

from collections.abc import Callable, Mapping

from aidkit.conditions import details, history, meaning
from aidkit.conditions.check import Check
from aidkit.programs import Condition
from aidkit.programs.version import Argument

Meaning = Callable[[Argument, str], Check]

CONDITIONS: Mapping[str, Meaning] = {
    condition.__name__: condition
    for condition in (
        meaning.enrolled,
        meaning.stage_in,
        meaning.grade_in,
        meaning.ownership_in,
        meaning.locality_in,
        meaning.boarder_is,
        meaning.any_special_group,
        meaning.income_per_head_at_most,
        details.panel_tier_in,
        details.applied,
        details.applied_or_listed,
        details.applied_by,
        meaning.listed_group_in,
        meaning.income_after_illness_at_most,
        meaning.in_union_file,
        meaning.residence_in,
        meaning.household_in,
        meaning.major_in,
        meaning.county_in,
        meaning.college_place_in,
        details.papers,
        details.record_in,
        history.awarded_before,
        history.not_awarded_for_years,
        history.not_helped_this_year_by,
        meaning.post_in,
        meaning.employment_in,
        meaning.school_type_in,
        details.hardship_cause_in,
        details.debt_at_least,
        meaning.place_tier_in,
    )
}
"""Every condition; `aidkit.programs.VOCABULARY` says how each one is written."""


def check(condition: Condition, program_id: str) -> Check:
    """The check that a condition of a program file stands for."""
    return CONDITIONS[condition.name](condition.argument, program_id)
