"""`aidkit fund import`: a file of gifts, payouts, goods or movements into the journal, or not."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from aidkit.errors import InputError
from aidkit.fund.book import Book, entries_of
from aidkit.fund.entry import Batch, Entry
from aidkit.fund.importing.gathering import Choices, gather, refuse_idle, with_faults
from aidkit.fund.importing.preview import Preview
from aidkit.fund.importing.reasons import TOLD, reasons_of
from aidkit.fund.importing.registers import read_register
from aidkit.fund.importing.row_faults import RowFault
from aidkit.fund.importing.rows import Whole
from aidkit.fund.importing.vouchers import Vouchers
from aidkit.fund.ledger.checks import Fault, faults
from aidkit.fund.ledger.journal import Posted, Refused, post, read_book
from aidkit.fund.making.moves import correction
from aidkit.fund.words import refuse_no_funds

_NOTHING_SAID = Whole()
_NO_CHOICES = Choices()


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes:
        preview: What the file asked for.
        posted: What became of it; None where there was nothing to post.
    """

    preview: Preview
    posted: Posted | None


class FileRefusedError(InputError):
    """Nothing of the file was posted; the preview says why, row by row.

    Attributes:
        preview: What the file asks for.
        reasons: Message and remedy of each reason, Chinese.
    """

    def __init__(self, preview: Preview, reasons: Sequence[tuple[str, str]]) -> None:
        self.preview, self.reasons = preview, reasons
        super().__init__(
            "没有入账：" + "\n".join(message for message, _ in reasons),
            where=preview.document,
            remedy="".join(dict.fromkeys(remedy for _, remedy in reasons)),
        )


def preview_file(
    book: Book | None,
    file: Path,
    *,
    entered_on: dt.date | None = None,
    whole: Whole = _NOTHING_SAID,
    choices: Choices = _NO_CHOICES,
    document: str = "",
) -> Preview:
    """Say what importing a file would do; nothing is written.

    Args:
        book: The county's book; None: no county, so that all rows are new and words stay words.
        file: The workbook or CSV file.
        entered_on: Day of entering: no date may be later; None where nobody says.
        whole: What is said of the whole file.
        choices: What was decided of single rows.
        document: Name of the file in the journal; empty: its own.

    Raises:
        InputError: The file cannot be read or holds no register of a fund.
        UsageError: A choice names a row of which there is nothing to decide, or the fund is not
            clear.
    """
    register = read_register(file, entered_on)
    shown = gather(book, register, whole, choices, document or file.name)
    if book is None or entered_on is None or _unsaid(shown):
        return shown
    return _checked(book, shown, whole, entered_on)


def import_file(
    county: Path,
    file: Path,
    *,
    entered_by: str,
    entered_on: dt.date,
    whole: Whole = _NOTHING_SAID,
    choices: Choices = _NO_CHOICES,
    correct: str = "",
) -> Imported:
    """Post what a file asks for and the book does not have: all of it, or nothing.

    Args:
        county: The county folder.
        file: The workbook or CSV file.
        entered_by: Who enters.
        entered_on: Day of entering.
        whole: What is said of the whole file.
        choices: What was decided of single rows.
        correct: Why rows that were posted are taken back where the file changed them or has them
            no longer; empty: they may not be.

    Raises:
        FileRefusedError: Nothing was posted; each row that is to blame is named.
        InputError: The file or the journal cannot be read.
        UsageError: The county has no fund; see `preview_file`.
    """
    book = read_book(county)
    refuse_no_funds(book.funds)
    said = replace(whole, entered_by=whole.entered_by or entered_by)
    name = document_of(county, file)
    shown = gather(book, read_register(file, entered_on), said, choices, name)
    while True:
        reasons = [*reasons_of(shown, correct)]
        nothing = shown.to_post.is_empty() and not shown.takes_back
        if nothing and (shown.known or not reasons):
            return Imported(shown, None)
        if reasons:
            raise _refusal(book, shown, said, entered_on, correct)
        if shown.idle:
            # They are posted unless the book itself refuses them: it is asked before.
            shown = _checked(book, shown, said, entered_on)
            continue
        entries = _entries(book, shown, said, correct)
        try:
            batch = _batch(shown, entered_by, entered_on)
            return Imported(shown, post(county, entries, batch, after=book.head))
        except Refused as refused:
            shown = _with_refused(shown, refused.faults)


def document_of(county: Path, file: Path) -> str:
    """The name of a file in the journal: within the county its path there, else its own."""
    inside = file.resolve().is_relative_to(county.resolve())
    return file.resolve().relative_to(county.resolve()).as_posix() if inside else file.name


def _batch(shown: Preview, entered_by: str, entered_on: dt.date) -> Batch:
    return Batch(
        action="import",
        entered_on=entered_on,
        entered_by=entered_by,
        file=shown.document,
        file_digest=shown.register.digest,
        stated=shown.register.stated,
        left_out=shown.left_out,
        distinct=shown.distinct,
    )


def _entries(book: Book, shown: Preview, whole: Whole, correct: str) -> Iterator[Entry]:
    """Corrections first, then the file's vouchers, in its order."""
    changed = shown.drafts.filter(status="changed").select("voucher_no", "approved_by")
    # Who approves the row as it is now approves that it replaces what it was.
    approved = dict(changed.iter_rows())
    opposites = (
        replace(
            correction(entry, number, entry.date, correct),
            approved_by=approved.get(number, whole.approved_by),
        )
        for number, entry in entries_of(book, shown.takes_back)
    )
    return chain(opposites, Vouchers(shown.to_post, book.funds, shown.document))


def _with_refused(shown: Preview, wrong: Iterable[Fault]) -> Preview:
    """With what the book refuses as problems of rows; rows that may be left out are left out."""
    first = len(shown.takes_back)
    posted = shown.to_post["draft"].to_list()
    by_row = [
        RowFault(posted[one.index - first], "", "", one.code, one.message, one.remedy)
        for one in wrong
        if one.index >= first
    ]
    told = with_faults(shown, by_row)
    back = [one for one in wrong if one.index < first]
    if back:
        raise FileRefusedError(told, [(f"更正：{one.message}", one.remedy) for one in back[:TOLD]])
    return told


def _checked(book: Book, shown: Preview, whole: Whole, entered_on: dt.date) -> Preview:
    """With what the book itself would refuse; rows named for it are left out."""
    by = whole.entered_by
    while wrong := faults(book, [*_entries(book, shown, whole, "（预览）")], entered_on, by):
        before = shown.idle
        shown = _with_refused(shown, wrong)
        if shown.idle == before:
            return shown
    refuse_idle(shown.idle, shown.sheets, "--accept", "没有要留下的问题")
    return shown


def _refusal(
    book: Book, shown: Preview, whole: Whole, entered_on: dt.date, correct: str
) -> FileRefusedError:
    """All that is wrong at once, as `preview_file` tells it: what the book would refuse too."""
    more: Sequence[tuple[str, str]] = ()
    if not _unsaid(shown):
        try:
            shown = _checked(book, shown, whole, entered_on)
        except FileRefusedError as back:
            shown, more = back.preview, back.reasons
    return FileRefusedError(shown, [*reasons_of(shown, correct), *more])


def _unsaid(shown: Preview) -> bool:
    return bool(shown.undated.rows or shown.without_channel.rows)
