"""Errors that end a command, one tree, each with its exit code.

```
AidkitError            1
├── UsageError         2   the command or a parameter is wrong
├── InputError         3   a file cannot be read at all
├── ParamsError        4   params/ (programs, terms, labels) is wrong
├── MissingTablesError 5   something must be made first; says which command makes it
├── NotebookError      6   a notebook failed; its executed copy shows where
├── PublishError       7   the site holds something the publisher does not support
├── LeakError          8   the gate found what must not be published
└── InvariantError     9   a rule of our own broke: a fault of aidkit
```

A bad row in a workbook is not an exception but a row of `tables.Problems`.
"""


class AidkitError(Exception):
    """An error for people: Chinese, what is wrong, where, and what to do.

    Args:
        message: What is wrong, in Chinese.
        where: File, sheet, row, key or command that the message is about.
        remedy: What the reader can do, in Chinese.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.message = message
        self.where = where
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        lines = [self.message]
        if self.where:
            lines.append(f"  位置：{self.where}")
        if self.remedy:
            lines.append(f"  办法：{self.remedy}")
        return "\n".join(lines)


class UsageError(AidkitError):
    """The command line or a parameter is wrong."""

    exit_code = 2


class InputError(AidkitError):
    """A file of the county cannot be read at all."""

    exit_code = 3


class ParamsError(AidkitError):
    """A file below `params/` is wrong: unknown key, overlapping dates, missing source."""

    exit_code = 4


class MissingTablesError(AidkitError):
    """Stored tables are absent; the remedy names the command that makes them."""

    exit_code = 5


class NotebookError(AidkitError):
    """A notebook failed; the executed copy is kept with the error on top."""

    exit_code = 6


class PublishError(AidkitError):
    """The site sources hold something that the publisher does not support."""

    exit_code = 7


class LeakError(AidkitError):
    """The gate found personal data in what was to be published."""

    exit_code = 8


class InvariantError(AidkitError):
    """A rule that aidkit itself must keep was broken: a fault of aidkit, not of the data."""

    exit_code = 9
