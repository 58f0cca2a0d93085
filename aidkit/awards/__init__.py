"""Who gets what in a term, and why: decisions, explanations, and what follows from them."""

from aidkit.awards.cases import Failure, run_cases
from aidkit.awards.completeness import completeness
from aidkit.awards.corrections import corrections
from aidkit.awards.decide import Awards, award
from aidkit.awards.duplicates import find_duplicates
from aidkit.awards.earlier import Earlier
from aidkit.awards.explain import explain
from aidkit.awards.funding import funding_demand
from aidkit.awards.judge import judge
from aidkit.awards.programs import programs_in_force
from aidkit.awards.tally import tally

__all__ = [
    "Awards",
    "Earlier",
    "Failure",
    "award",
    "completeness",
    "corrections",
    "explain",
    "find_duplicates",
    "funding_demand",
    "judge",
    "programs_in_force",
    "run_cases",
    "tally",
]
