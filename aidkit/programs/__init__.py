"""Programs as data: a file of dated, regional versions each, with cases beside it."""

from aidkit.programs.cases import Case, load_cases
from aidkit.programs.choose import UNSTATED, applies_in, choose
from aidkit.programs.load import load_programs
from aidkit.programs.printing import program_rows, show_program
from aidkit.programs.version import (
    Amount,
    AnyOf,
    Condition,
    Program,
    Source,
    TierRule,
    Version,
)
from aidkit.programs.vocabulary import VOCABULARY, label_of, required

__all__ = [
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
    "applies_in",
    "choose",
    "label_of",
    "load_cases",
    "load_programs",
    "program_rows",
    "required",
    "show_program",
]
