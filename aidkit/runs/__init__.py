"""One term of one county: its settings, the versions in force and the tables that decide."""

from aidkit.runs.county import County, read_settings
from aidkit.runs.run import Run, open_run

__all__ = ["County", "Run", "open_run", "read_settings"]
