"""The one door outward: from facts and decisions about persons to tables that anyone may read."""

from aidkit.disclosure.counted import Counted, count_term
from aidkit.disclosure.door import aggregates, disclose
from aidkit.disclosure.settings import NamedTable, Settings, read_settings

__all__ = [
    "Counted",
    "NamedTable",
    "Settings",
    "aggregates",
    "count_term",
    "disclose",
    "read_settings",
]
