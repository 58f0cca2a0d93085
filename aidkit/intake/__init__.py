"""Workbooks of a county into rows, problems and counts; nothing is dropped in silence."""

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
