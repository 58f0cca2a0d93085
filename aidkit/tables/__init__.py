"""What a row of each table is, its columns, units and keys; nothing else."""

from aidkit.tables.county import INPUTS, KEYS, SPREAD
from aidkit.tables.decisions import Decisions, Facts
from aidkit.tables.disclosed import ALL, DISCLOSED
from aidkit.tables.input_row import InputRow
from aidkit.tables.problems import Problems, ReadCounts
from aidkit.tables.settled import Completeness, Corrections, Duplicates, FundingDemand, Quotas

__all__ = [
    "ALL",
    "DISCLOSED",
    "INPUTS",
    "KEYS",
    "SPREAD",
    "Completeness",
    "Corrections",
    "Decisions",
    "Duplicates",
    "Facts",
    "FundingDemand",
    "InputRow",
    "Problems",
    "Quotas",
    "ReadCounts",
]
