"""What public notebooks import: reports from disclosed tables, and nothing else.

Each method of a report gives one section of a page; see `notebooks/public`.
"""

from aidkit.public.fund import PublicFund, open_fund
from aidkit.public.report import PublicReport, open_public

__all__ = ["PublicFund", "PublicReport", "open_fund", "open_public"]
