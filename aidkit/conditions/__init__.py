"""What each condition of the closed vocabulary means: one small function each over `tables.Facts`.

Unknown never qualifies: `holds` is never null. No condition asks for the absence of something, so
a fact that is deleted can only take aid away.
"""

from aidkit.conditions.check import Check
from aidkit.conditions.meaning import CONDITIONS, check, panel_tier
from aidkit.conditions.wording import seen_tier, verdict

__all__ = ["CONDITIONS", "Check", "check", "panel_tier", "seen_tier", "verdict"]
