"""What a program and all below it hold, as Linux tells; elsewhere nothing is known."""

from collections import defaultdict
from pathlib import Path

PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """A process and all below it that live, zombies too; empty where the system does not tell."""
    children = defaultdict(list)
    for folder in PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        # The name may hold blanks and brackets; the parent is the second field behind it.
        children[int(stat.rpartition(")")[2].split()[1])].append(int(folder.name))
    found, waiting = [], [pid] if (PROC / str(pid)).is_dir() else []
    while waiting:
        found.append(waiting.pop())
        waiting += children[found[-1]]
    return found


def memory(pids: list[int]) -> float:
    """MiB that processes hold; what they share counts once (PSS)."""
    return sum(map(_pss, pids)) / 1024


def files(pids: list[int]) -> int:
    """Files, pipes and sockets that processes have open."""
    return sum(map(_open_files, pids))


def _pss(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _open_files(pid: int) -> int:
    try:
        return sum(1 for _ in (PROC / str(pid) / "fd").iterdir())
    except OSError:
        return 0
