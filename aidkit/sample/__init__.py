"""A county that does not exist, as the workbooks its clerks keep: clean, or with planted faults."""

from aidkit.sample.faults import PlantedFault
from aidkit.sample.make import make_county, planted_doubts, planted_faults

__all__ = ["PlantedFault", "make_county", "planted_doubts", "planted_faults"]
