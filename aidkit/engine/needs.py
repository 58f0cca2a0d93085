"""Which notebooks need a kernel, as far as their source tells."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NATIVE = "python3"
"""The kernel that runs in the interpreter of the runner itself."""

_NEEDS = re.compile(
    r"\b(?:import|from)\s+(?:ipywidgets|comm)\b|\bget_ipython\(\)\.kernel\b"
    r"|\binput\s*\(|\bgetpass\s*\(|\bsys\.stdin\b|\bbreakpoint\s*\(|\bset_trace\s*\("
    r"|^\s*%(?:gui|debug|connect_info|qtconsole|subshell)\b",
    re.MULTILINE,
)
"""Widgets, somebody who types, or the kernel itself."""


def needs_kernel(source: Path) -> bool:
    """Whether the notebook in a file is not in Python or uses what only a kernel has.

    A file that is no notebook needs none: preparing it fails and says why.
    """
    try:
        return notebook_needs_kernel(json.loads(source.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def notebook_needs_kernel(notebook: Mapping[str, Any]) -> bool:
    """The same of a notebook already read."""
    metadata = notebook["metadata"]
    kernel = metadata.get("kernelspec", {})
    language = metadata.get("language_info", {}).get("name") or kernel.get("language", "python")
    return (
        language != "python"
        or kernel.get("name", NATIVE) != NATIVE
        or any(
            _NEEDS.search("".join(cell["source"]))
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        )
    )
