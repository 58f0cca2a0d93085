"""The most memory that this process has used."""

import resource
from pathlib import Path


def peak_mib() -> float:
    """Peak resident memory in MiB, of this program alone where the system tells.

    On Linux `ru_maxrss` also counts what the parent had in memory before it started this program;
    `VmHWM` does not.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
