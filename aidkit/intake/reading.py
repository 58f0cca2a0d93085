"""Files read one after the other: each is opened, judged and let go before the next."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.intake.batches import judge_sheets
from aidkit.intake.faults import Problem, problem
from aidkit.intake.files import Input, Source, input_digest
from aidkit.intake.found import Found, found_in
from aidkit.intake.sheets import Opened, SheetRead, open_sheet
from aidkit.intake.workbooks import Sheet, content_of, sheets_in


def read_files(inputs: Sequence[Input]) -> Found:
    """Everything that stands in some files.

    Args:
        inputs: The files; of one of an earlier term only some tables are taken.
    """
    with _uncollected():
        return _read(inputs)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, for which so many cells, none in a cycle, are dear."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(inputs: Sequence[Input]) -> Found:
    taken = {each.source.file: each.tables for each in inputs if each.tables is not None}
    digests: dict[str, str] = {}
    problems: dict[str, Problem] = {}

    def sheets() -> Iterator[tuple[Sheet, Source]]:
        for each in inputs:
            file = each.source.file
            try:
                content = content_of(each.path)
                # Of the very bytes that are read, whoever writes to the file meanwhile.
                digests[file] = input_digest(each, digest_of(content))
                for sheet in sheets_in(content, each.path.name):
                    yield sheet, each.source
            except InputError as fault:
                # What could not be opened, perhaps for this moment, is tried again next time.
                digests.setdefault(file, "")
                problems[file] = problem("file_unreadable", file, reason=fault.message)

    reads: list[SheetRead] = []
    opened: list[Opened] = []
    spoken: set[str] = set()
    for sheet, source in sheets():
        found = open_sheet(sheet, source)
        read = found.read if isinstance(found, Opened) else found
        if read.table or read.problems:
            spoken.add(source.file)
        if source.file not in taken or read.table in taken[source.file]:
            reads.append(read)
            if isinstance(found, Opened):
                opened.append(found)
    for file in digests:
        if file in taken:
            problems.pop(file, None)
        elif file not in spoken and file not in problems:
            problems[file] = problem("unknown_sheet", file, nearest="整个文件里没有可读的表。")
    files = [(file, digest, file in problems) for file, digest in digests.items()]
    return found_in(files, reads, judge_sheets(opened), problems.values())
