"""What a run made, for whoever called it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """What the tables hold.

    Attributes:
        files: Workbooks read.
        students: Students on the roll of the term.
        decisions: Decisions made, for or against, of students and others.
        errors: Rows set aside, each once; and sheets and files that could not be read.
        warnings: Warnings about what was kept.
    """

    files: int
    students: int
    decisions: int
    errors: int
    warnings: int


@dataclass(frozen=True)
class RunSummary:
    """What a run made and where.

    Attributes:
        folder: The term's results.
        tables: What was read and decided.
        made: Reports that were run and succeeded.
        taken_over: Reports that stood as they were.
        failed: Reports that did not succeed, with the error.
        unchanged: Whether nothing at all had to be made.
    """

    folder: Path
    tables: Counts
    made: int
    taken_over: int
    failed: Mapping[str, str] = field(default_factory=dict)
    unchanged: bool = False

    @property
    def notebooks(self) -> int:
        """Good reports that lie there now."""
        return self.made + self.taken_over
