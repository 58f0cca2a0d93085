"""Student aid, help for learners and charity funds, from workbooks to decisions and pages.

Floors, lower knows nothing of upper: see "design" in the README.
"""

import os

__version__ = "0.5.0"

if _file := os.environ.get("AIDKIT_READS"):
    # A stock Jupyter kernel knows nothing of aidkit: it records what the notebook reads from here.
    from pathlib import Path

    from aidkit.reads import record_to

    record_to(Path(_file))
