"""Threads of this process that would be missing in a forked child."""

from pathlib import Path

HARMLESS = ("polars-ooc-", "jemalloc_")
"""Waiting for work that no child hands them: a child does not miss them."""

_TASKS = Path("/proc/self/task")


def foreign_threads() -> list[str]:
    """Names of threads beside the main one that make forking unsafe, sorted."""
    names = []
    for task in _TASKS.iterdir():
        try:
            name = (task / "comm").read_text(encoding="utf-8", errors="replace").strip()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        names.append(name)
    rest = [name for name in names if not name.startswith(HARMLESS)]
    rest.sort()
    return rest if len(rest) > 1 else []
