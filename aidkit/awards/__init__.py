"""Who gets what in a term, and why: facts, decisions, explanations."""

from aidkit.awards.cases import Failure, run_cases
from aidkit.awards.decide import decide
from aidkit.awards.explain import explain
from aidkit.awards.facts import assemble_facts
from aidkit.awards.programs import programs_in_force

__all__ = [
    "Failure",
    "assemble_facts",
    "decide",
    "explain",
    "programs_in_force",
    "run_cases",
]
