"""What a row of each table is, its columns, units and keys; nothing else."""

from aidkit.tables.county import INPUTS, KEYS, SPREAD, InputRow
from aidkit.tables.decisions import Decisions, Facts
from aidkit.tables.disclosed import ALL, DISCLOSED
from aidkit.tables.problems import Problems, ReadCounts

__all__ = [
    "ALL",
    "DISCLOSED",
    "INPUTS",
    "KEYS",
    "SPREAD",
    "Decisions",
    "Facts",
    "InputRow",
    "Problems",
    "ReadCounts",
]
