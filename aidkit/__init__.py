"""Student aid, help for learners and charity funds, from workbooks to decisions and pages.

Floors, lower knows nothing of upper: see "design" in the README.
"""

__version__ = "0.2.0"
