"""A Python of its own that works beside this one, started with nothing but this package.

It is no fork, which could hang after polars has run; and none of `multiprocessing`, whose
processes run the caller's script again.
"""

import os
import subprocess
import sys


def start_helper(code: str, **environment: str) -> subprocess.Popen[bytes] | None:
    """Start a helper that reads its standard input and answers.

    Args:
        code: What it runs; it imports from where this process does.
        environment: Variables that the helper has otherwise.

    Returns:
        The process, with pipes; None where the system starts none.
    """
    # Files are noted as read by whoever asked for them.
    own = {key: value for key, value in os.environ.items() if key != "AIDKIT_READS"}
    try:
        return subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.path[:] = sys.argv[1:]; {code}", *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=own | environment,
        )
    except OSError:
        return None
