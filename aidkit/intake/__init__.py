"""Workbooks of a county into rows, problems and counts; nothing is dropped in silence.

The names below are imported when they are first used: `aidkit.intake.files` alone, which says
what a run depends on, must not cost the import of polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aidkit.intake.check import CheckReport, check_paths
    from aidkit.intake.county import Intake, read_county, read_workbook
    from aidkit.intake.faults import KINDS, problem, problems_frame

__all__ = [
    "KINDS",
    "CheckReport",
    "Intake",
    "check_paths",
    "problem",
    "problems_frame",
    "read_county",
    "read_workbook",
]

_HOMES = {
    "check": ("CheckReport", "check_paths"),
    "county": ("Intake", "read_county", "read_workbook"),
    "faults": ("KINDS", "problem", "problems_frame"),
}


def __getattr__(name: str) -> Any:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
