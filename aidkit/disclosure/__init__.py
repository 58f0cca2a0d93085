"""The one door outward: from facts and decisions about persons to tables that anyone may read."""

from aidkit.disclosure.door import disclose
from aidkit.disclosure.settings import NamedTable, Settings, read_settings

__all__ = ["NamedTable", "Settings", "disclose", "read_settings"]
