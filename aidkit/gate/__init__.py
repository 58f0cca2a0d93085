"""The last look: nothing that names or numbers a person may lie in a built site."""

from aidkit.gate.findings import Finding, raise_on
from aidkit.gate.gathering import columns_of_people, people_of, set_aside_of
from aidkit.gate.people import People
from aidkit.gate.scan import scan

__all__ = [
    "Finding",
    "People",
    "columns_of_people",
    "people_of",
    "raise_on",
    "scan",
    "set_aside_of",
]
