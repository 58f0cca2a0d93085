"""What each condition of the closed vocabulary means: one small function each over `tables.Facts`.

Unknown never qualifies: `holds` is never null. A condition that asks for the absence of aid holds
only where a register of it has come in, so a fact that is deleted can only take aid away.
"""

from aidkit.conditions.check import Check
from aidkit.conditions.details import panel_amount, panel_tier
from aidkit.conditions.vocabulary import CONDITIONS, check
from aidkit.conditions.wording import seen_tier, verdict

__all__ = ["CONDITIONS", "Check", "check", "panel_amount", "panel_tier", "seen_tier", "verdict"]
