"""Public pages put where the publishers read them, below `site/`; nothing else of the reports."""

from aidkit.staging.stage import stage

__all__ = ["stage"]
