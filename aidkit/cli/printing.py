"""Lines on the terminal."""

from collections.abc import Iterable


def print_lines(lines: Iterable[str]) -> int:
    """Print lines; the exit code of a command that did what it should."""
    for line in lines:
        print(line)
    return 0
