"""Programs as data: a file of dated, regional versions each, with cases beside it."""

from aidkit.programs.case_groups import ExpectedList, GroupCase, Member
from aidkit.programs.cases import Case, load_cases, load_groups
from aidkit.programs.choose import UNSTATED, applies_in, choose
from aidkit.programs.contradictions import Contradiction, load_contradictions
from aidkit.programs.due import due_lines, unchecked
from aidkit.programs.expected import OUTCOMES, Expected
from aidkit.programs.lint import Finding, lint, lint_lines
from aidkit.programs.load import load_programs, spellings
from aidkit.programs.printing import list_lines, show_lines
from aidkit.programs.version import (
    Amount,
    AnyOf,
    Condition,
    Program,
    Quota,
    Relation,
    Source,
    TierRule,
    Version,
)
from aidkit.programs.version_lines import amount_words
from aidkit.programs.vocabulary import (
    DATE_STATUSES,
    VOCABULARY,
    label_of,
    required,
)

__all__ = [
    "DATE_STATUSES",
    "OUTCOMES",
    "UNSTATED",
    "VOCABULARY",
    "Amount",
    "AnyOf",
    "Case",
    "Condition",
    "Contradiction",
    "Expected",
    "ExpectedList",
    "Finding",
    "GroupCase",
    "Member",
    "Program",
    "Quota",
    "Relation",
    "Source",
    "TierRule",
    "Version",
    "amount_words",
    "applies_in",
    "choose",
    "due_lines",
    "label_of",
    "lint",
    "lint_lines",
    "list_lines",
    "load_cases",
    "load_contradictions",
    "load_groups",
    "load_programs",
    "required",
    "show_lines",
    "spellings",
    "unchecked",
]
