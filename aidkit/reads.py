"""What a process reads, recorded as it happens: a report is run again when any of it changed.

One line a read, `kind:what`:

```
file:/a/b.csv     opened, or a module's source; what counts is its content
folder:/a         listed; what counts are its names
stat:/a/b.csv     asked whether it is there; what counts is the answer
written:/a/c.csv  made by the process itself; if it still lies there it must stay as it is
url:http://…      fetched by polars
unseen:…          another program or a connection: nobody can say what was read
```
"""

import functools
import glob
import inspect
import json
import os
import re
import site
import sys
import sysconfig
from collections.abc import Callable, Iterable
from importlib.util import source_from_cache
from pathlib import Path
from types import FrameType
from typing import Any

FILE, FOLDER, STAT, WRITTEN, URL, UNSEEN = "file", "folder", "stat", "written", "url", "unseen"

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
_CONNECTIONS = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
_ELSEWHERE = ("database", "delta", "iceberg")
"""What polars reads of these, no path says."""

_IMPORT_SYSTEM = "<frozen importlib._bootstrap_external>"
_METADATA = str(Path(os.__file__).parent / "importlib" / "metadata")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")


class _Recorder:
    """Where this process writes its reads, and which it has written already."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.seen: set[str] = set()
        self.imported: set[str] = set()

    def write(self, kind: str, what: str) -> None:
        line = f"{kind}:{what}"
        if line not in self.seen:
            self.seen.add(line)
            os.write(self.target, f"{json.dumps(line, ensure_ascii=False)}\n".encode())


_recorder: _Recorder | None = None
_hooked = False


def record_to(file: Path) -> None:
    """Append to `file`, from now on, whatever this process and its forks read.

    The interpreter's own installation and aidkit are left out: their versions and their code are
    part of what every report rests on.
    """
    global _recorder, _hooked  # noqa: PLW0603  a hook on the interpreter cannot be taken off again
    stop()
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    _recorder = _Recorder(os.open(file, flags, 0o600))
    for module in list(sys.modules.values()):
        if source := getattr(module, "__file__", None):
            _note_path(FILE, source)
    if not _hooked:
        _hooked = True
        _watch_questions()
        _watch_polars()
        sys.addaudithook(_heard)


def stop() -> None:
    """End the recording; what follows, such as saving the report, is nobody's input."""
    global _recorder
    if _recorder is None:
        return
    # A module that was not found may lie there the next time.
    for name in sorted(_recorder.imported - sys.modules.keys()):
        for folder in sys.path:
            _note_path(STAT, Path(folder, name))
            _note_path(STAT, Path(folder, f"{name}.py"))
    target, _recorder = _recorder.target, None
    os.close(target)


def note(source: str | os.PathLike[str]) -> None:
    """Record a file or address that is read where Python does not see it; idle if not recording."""
    if _recorder is None:
        return
    text = os.fspath(source)
    if text.startswith("file://"):
        text = text.removeprefix("file://")
    if _ADDRESS.match(text):
        _recorder.write(URL, text)
    else:
        _note_path(FILE, text)


def recorded(file: Path) -> tuple[str, ...]:
    """The lines of a record, each once and sorted; one that says nobody saw where there is none."""
    if not file.is_file():
        return (f"{UNSEEN}:no record",)
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(sorted({json.loads(line) for line in lines}))


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook: called by the interpreter for everything, so the cheap answer comes first."""
    recorder = _recorder
    if recorder is None:
        return
    if event == "open":
        path, mode, flags = arguments
        writes = any(c in mode for c in "wax+") if mode else bool((flags or 0) & _WRITES)
        _note_path(WRITTEN if writes else FILE, path)
    elif event in {"os.listdir", "os.scandir"}:
        _note_path(FOLDER, "." if arguments[0] is None else arguments[0])
    elif event == "import":
        if not _by_installed():
            recorder.imported.add(arguments[0].partition(".")[0])
    elif event == "os.rename":
        _note_path(WRITTEN, arguments[1])
    elif event == "sqlite3.connect":
        if arguments[0] != ":memory:":
            _note_path(FILE, arguments[0])
    elif event in _PROCESSES or event in _CONNECTIONS:
        recorder.write(UNSEEN, event)


def _note_path(kind: str, given: Any) -> None:
    if _recorder is None or not isinstance(given, str | bytes | os.PathLike):
        return
    path = os.path.abspath(os.fsdecode(given))  # noqa: PTH100  os.fspath of anything, bytes too
    if f"{os.sep}__pycache__{os.sep}" in path:
        if kind != FILE or not path.endswith(".pyc"):
            return
        path = source_from_cache(path)
    if path != os.devnull and not path.startswith(_left_out()) and not _by_import_system(kind):
        _recorder.write(kind, path)


def _by_installed() -> bool:
    """Whether an installed package imports: what it tries and does not find is its own affair."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is None or frame.f_code.co_filename.startswith(_left_out())


def _by_import_system(kind: str) -> bool:
    """Whether Python looks for modules or their versions, as it does in each folder of `sys.path`.

    What it finds there is recorded when it is opened.
    """
    frame: FrameType | None = sys._getframe(2)
    nearest = True
    while frame is not None:
        file = frame.f_code.co_filename
        if file != __file__:
            if nearest and kind != FILE and file == _IMPORT_SYSTEM:
                return True
            nearest = False
            if file.startswith(_METADATA):
                return True
        frame = frame.f_back
    return False


@functools.cache
def _left_out() -> tuple[str, ...]:
    """Folders of the interpreter's own installation and of aidkit, each with its separator."""
    named = ("stdlib", "platstdlib", "purelib", "platlib", "scripts")
    places = [sysconfig.get_path(name) for name in named]
    places += [*site.getsitepackages(), site.getusersitepackages(), str(Path(__file__).parent)]
    places += [str(Path(sys.prefix, room)) for room in ("share", "etc")]
    real = [os.path.realpath(place) for place in places]
    # What these say is the state of the machine at this moment, as the clock does.
    machine = ("/proc", "/sys", "/dev")
    return tuple(sorted({f"{place}{os.sep}" for place in [*places, *real, *machine]}))


def _watch_questions() -> None:
    """`os.stat` raises no audit event: wrapped, for `is_file` decides what a notebook shows."""
    asked = [(os, "stat")]
    if os.name == "nt":
        asked += [(os.path, name) for name in ("exists", "isfile", "isdir")]
    for module, name in asked:
        setattr(module, name, _asking(getattr(module, name)))


def _asking(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def asking(path: Any, *others: Any, **named: Any) -> Any:
        if not isinstance(path, int) and "dir_fd" not in named:
            _note_path(STAT, path)
        return function(path, *others, **named)

    return asking


def _watch_polars() -> None:
    """Wrap the functions of polars that read in Rust."""
    import polars  # noqa: PLC0415  slow, and only recording needs it

    for name, function in list(vars(polars).items()):
        if name.startswith(("read_", "scan_")) and inspect.isfunction(function):
            setattr(polars, name, _reading(name, function))


def _reading(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def reading(*positional: Any, **named: Any) -> Any:
        if _recorder is not None:
            if name.removeprefix("read_").removeprefix("scan_").startswith(_ELSEWHERE):
                _recorder.write(UNSEEN, f"polars.{name}")
            for source in _sources(
                [*positional[:1], *(v for k, v in named.items() if "source" in k)]
            ):
                note(source)
        return function(*positional, **named)

    return reading


def _sources(given: Iterable[Any]) -> Iterable[str]:
    """Paths and addresses; a folder and a pattern are taken apart, and their listing recorded."""
    for source in given:
        if isinstance(source, list | tuple):
            yield from _sources(source)
        elif isinstance(source, str | os.PathLike):
            text = os.fspath(source)
            if _ADDRESS.match(text):
                yield text
            elif glob.has_magic(text):
                yield from glob.iglob(text, recursive=True)  # noqa: PTH207  absolute or not
            elif Path(text).is_dir():
                yield from (str(path) for path in Path(text).rglob("*") if path.is_file())
            else:
                yield text
