"""Programs as data: a file of dated, regional versions each, with cases beside it."""

from aidkit.programs.cases import Case, load_cases
from aidkit.programs.choose import UNSTATED, applies_in, choose
from aidkit.programs.load import load_programs, spellings
from aidkit.programs.printing import amount_words, list_lines, show_lines
from aidkit.programs.version import (
    Amount,
    AnyOf,
    Condition,
    Program,
    Source,
    TierRule,
    Version,
)
from aidkit.programs.vocabulary import (
    DATE_STATUSES,
    VOCABULARY,
    label_of,
    required,
)

__all__ = [
    "DATE_STATUSES",
    "UNSTATED",
    "VOCABULARY",
    "Amount",
    "AnyOf",
    "Case",
    "Condition",
    "Program",
    "Source",
    "TierRule",
    "Version",
    "amount_words",
    "applies_in",
    "choose",
    "label_of",
    "list_lines",
    "load_cases",
    "load_programs",
    "required",
    "show_lines",
    "spellings",
]
