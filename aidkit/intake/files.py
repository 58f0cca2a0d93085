"""Which files of a county folder a reading takes in, and what of their paths it depends on.

Nothing here opens a workbook or imports polars: `inputs_of` and `input_digests` answer at once.
"""

import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from aidkit.calendar import Term
from aidkit.digests import digest_of, file_digest
from aidkit.errors import InputError
from aidkit.labels import plain, project_labels

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
TEXTS = frozenset({".csv", ".tsv"})
FOREIGN = frozenset(
    {".et", ".ods", ".xlsb", ".numbers", ".ett", ".xlt", ".xltx", ".dbf"}
    | {".txt", ".htm", ".html", ".mht", ".xml", ".doc", ".docx", ".wps", ".rtf"}
    | {".zip", ".rar", ".7z"}
)
"""Files that may hold tables and are not read: reported, so that nobody believes them taken."""

RETURNED = ".问题.xlsx"
"""End of the name of a marked copy: an answer of ours, not input."""

BACKWARD = "enrolment_changes"
"""The table of which a term needs the earlier terms too."""

_READ = tuple(WORKBOOKS | TEXTS | FOREIGN)
_NOT_INPUT = frozenset({"params", "notices", "review"})


@dataclass(frozen=True)
class Source:
    """Where a sheet comes from.

    Attributes:
        file: Path relative to the county folder, with `/`.
        term: Term code of the folder; None in county-wide files.
        latest: Last day that a date may name; None if unknown.
        of_county: Whether the file lies in a county folder, where a term's tables need a term.
    """

    file: str
    term: str | None = None
    latest: dt.date | None = None
    of_county: bool = False


@dataclass(frozen=True)
class Input:
    """A file that a reading takes in.

    Attributes:
        path: The file.
        source: What its place says of it.
        tables: The only tables that are taken from it; None for all of them.
    """

    path: Path
    source: Source
    tables: frozenset[str] | None = None

    @property
    def past(self) -> bool:
        """Whether it belongs to a term before the one that is read."""
        return self.tables is not None


def inputs_of(folder: Path, term: str | None = None) -> tuple[Input, ...]:
    """The files of a county folder that a reading takes in, sorted by name.

    Args:
        folder: The county folder.
        term: The term read, as `read_county` takes it; all terms when None.

    Raises:
        InputError: There is no such folder.
    """
    wanted = Term.parse(term) if term else None
    inputs = []
    for path, source, belongs in _placed(folder):
        past = bool(wanted and belongs and belongs < wanted)
        future = bool(wanted and belongs and belongs > wanted)
        if not future and (not past or may_hold(BACKWARD, source.file)):
            inputs.append(Input(path, source, frozenset({BACKWARD}) if past else None))
    return tuple(inputs)


def earlier_inputs_of(folder: Path, term: str, tables: Collection[str]) -> tuple[Input, ...]:
    """The files of earlier terms that may hold some tables, sorted by name; no other is taken.

    Args:
        folder: The county folder.
        term: The term that others are earlier than.
        tables: Names of the tables.

    Raises:
        InputError: There is no such folder.
    """
    wanted, taken = Term.parse(term), frozenset(tables)
    return tuple(
        Input(path, source, taken)
        for path, source, belongs in _placed(folder)
        if belongs and belongs < wanted and any(may_hold(table, source.file) for table in taken)
    )


def _placed(folder: Path) -> Iterator[tuple[Path, Source, Term | None]]:
    """Every file of a county folder, what its place says of it, and its term; sorted by name."""
    if not folder.is_dir():
        raise InputError(
            "没有这个县的文件夹。",
            where=folder.name,
            remedy="请检查路径，或先用 aidkit init 建立。",
        )
    own = (folder / "county.toml").is_file()
    named = sorted(input_files(folder))
    terms = _terms(folder, [name for name, _ in named], own=own)
    # A fund's book runs on after a term: its dates are held against the county's last term.
    last = max((t for t in terms.values() if t), default=None)
    for name, path in named:
        belongs = terms[name]
        until = belongs or last
        code = belongs.code if belongs else None
        yield path, Source(name, code, until.ends if until else None, of_county=own), belongs


def input_digests(folder: Path, term: str | None = None) -> dict[str, str]:
    """File name, relative to the county folder, to a digest of all that reading it rests on.

    That is its content and what its place says of it: another term's folder may move the last
    day that a date in a county-wide file may name. A file or folder that came, went or was
    renamed shows as a name that came or went. Labels and code are not in the digests.

    Args:
        folder: The county folder.
        term: The term read; all terms when None.

    Raises:
        InputError: There is no such folder.
    """
    return {each.source.file: input_digest(each) for each in inputs_of(folder, term)}


def input_digest(taken: Input, content: str = "") -> str:
    """One digest of a file's content and of what its place says of it.

    Args:
        taken: The file.
        content: Digest of its content; empty to take it from the file.
    """
    try:
        content = content or file_digest(taken.path)
    except OSError as fault:
        content = f"unreadable: {fault.strerror}"
    source = taken.source
    known = (source.file, source.term, source.latest, source.of_county)
    place = (content, *known, sorted(taken.tables or ()))
    return digest_of(repr(place).encode())


def input_files(folder: Path, within: str = "") -> Iterator[tuple[str, Path]]:
    """Name and path of every spreadsheet below a county folder.

    The folders `params`, `notices` and `review`, hidden files and marked copies are none; links to
    folders are not followed.

    Args:
        folder: The folder.
        within: Its name relative to the county folder, with `/` at its end.
    """
    try:
        entries = list(os.scandir(folder))
    except PermissionError:
        return
    for entry in entries:
        name = entry.name
        if name.startswith((".", "~$")) or (not within and name in _NOT_INPUT):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from input_files(Path(entry.path), f"{within}{name}/")
        elif name.lower().endswith(_READ) and not name.endswith(RETURNED) and entry.is_file():
            yield within + name, Path(entry.path)


def _terms(folder: Path, names: Iterable[str], *, own: bool) -> dict[str, Term | None]:
    """The term of each file by the folders it lies in."""
    # A folder that is no county's own may lie in one: the term stands further up.
    if not own:
        return {name: term_of((folder / name).resolve()) for name in names}
    parents = {name: name.rpartition("/")[0] for name in names}
    terms = {parent: term_of(PurePosixPath(parent)) for parent in {*parents.values()}}
    return {name: terms[parent] for name, parent in parents.items()}


def term_of(path: PurePath) -> Term | None:
    """The term that a folder of the path names, the innermost first."""
    for part in reversed(path.parts):
        try:
            return Term.parse(part)
        except ValueError:
            continue
    return None


def may_hold(table: str, path: str) -> bool:
    """Whether a file may hold a table: not if its path names others and not this one."""
    hint = plain(path)
    titles = project_labels().titles
    return named_in(hint, titles[table]) or not any(named_in(hint, t) for t in titles.values())


def named_in(hint: str, title: str) -> bool:
    """Whether a folder, file, sheet or title line names the table, in full or in short."""
    return title.removesuffix("表").removesuffix("登记") in hint
