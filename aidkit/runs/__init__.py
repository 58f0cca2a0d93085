"""One term of one county: its settings, the versions in force and the tables that decide."""

from aidkit.runs.run import Run, open_run, title_problems

__all__ = ["Run", "open_run", "title_problems"]
