"""Runs notebooks: each in a child forked from a warm interpreter, or in a stock kernel.

The children show what a stock kernel with nbclient would show, in every cell.
"""

from aidkit.engine.engine import Engine, open_engine
from aidkit.engine.tasks import Kind, Outcome, Task

__all__ = ["Engine", "Kind", "Outcome", "Task", "open_engine"]
