"""An empty county: the workbooks that clerks fill in, with a page that says what goes where."""

from aidkit.templates.county import make_templates

__all__ = ["make_templates"]
