"""What the template imports for its children, and what it must leave to them."""

import os
import sys
import sysconfig
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress

from aidkit.engine.threads import foreign_threads

_PLACES = tuple(
    f"{sysconfig.get_path(kind)}{os.sep}" for kind in ("stdlib", "platstdlib", "purelib", "platlib")
)


def family(name: str) -> str:
    """The top package of a module."""
    return name.partition(".")[0]


def lasting(names: Iterable[str], families: Collection[str]) -> list[str]:
    """Of modules that are loaded, those that stay as they are while a template lives.

    That is the standard library, installed packages and packages asked for by name; a module beside
    a notebook may be another one for the next notebook.
    """
    return [name for name in names if family(name) in families or _installed(name)]


def _installed(name: str) -> bool:
    file = getattr(sys.modules.get(name), "__file__", None) or ""
    return str(file).startswith(_PLACES)


def import_all(names: Iterable[str], without: Collection[str]) -> str:
    """Import modules for children to inherit.

    Args:
        names: Modules.
        without: Packages to leave to the children.

    Returns:
        Empty, or the first package that must be left to them too, since it started a thread or said
        something that belongs into the notebook: this process must not fork any more.
    """
    with _listening() as heard:
        for name in names:
            if name in sys.modules or family(name) in without:
                continue
            with suppress(Exception):  # the notebook that imports it will show why
                __import__(name)
            if foreign_threads() or heard():
                return family(name)
    return ""


@contextmanager
def _listening() -> Iterator[Callable[[], bool]]:
    """Tell whether anything was printed or warned of that a notebook would have shown."""
    file = os.memfd_create("imports")
    kept = [os.dup(descriptor) for descriptor in (1, 2)]

    def heard() -> bool:
        sys.stdout.flush()
        sys.stderr.flush()
        return os.fstat(file).st_size > 0

    for descriptor in (1, 2):
        os.dup2(file, descriptor)
    # A notebook shows what is deprecated in its own lines, such as its imports.
    warnings.filterwarnings("default", category=DeprecationWarning, module=__name__)
    rule = warnings.filters[0]
    try:
        yield heard
    finally:
        if rule in warnings.filters:
            warnings.filters.remove(rule)  # type: ignore[attr-defined]
        for descriptor, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, descriptor)
            os.close(copy)
        os.close(file)
