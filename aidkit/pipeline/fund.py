"""Statements and certificates of a fund: made in a work folder, then put in place at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from aidkit.county import read_county_settings
from aidkit.disclosure.settings import read_settings
from aidkit.documents.fund_certificates import certificates_of, certificates_table
from aidkit.documents.fund_feedback import feedback_pages
from aidkit.documents.fund_files import write_certificates, write_documents, write_feedback
from aidkit.documents.fund_internal import internal_documents
from aidkit.documents.fund_registers import receipts_table
from aidkit.documents.fund_stamp import Stamp, stamp_of
from aidkit.documents.fund_table import Document
from aidkit.documents.fund_titles import Titles
from aidkit.fund.book import Book
from aidkit.fund.duties.duties import read_events
from aidkit.fund.duties.rules import read_rules
from aidkit.fund.ledger.heads import keep_head, said_before
from aidkit.fund.ledger.journal import read_book
from aidkit.fund.period import Period
from aidkit.fund.reconciling.record import read_record
from aidkit.fund.reconciling.standing import refuse_unreconciled, standing
from aidkit.fund.statements.carried import carried
from aidkit.fund.statements.frames import frames
from aidkit.fund.statements.restated import restated
from aidkit.labels import project_labels
from aidkit.locking import one_at_a_time
from aidkit.pipeline.fund_public import write_public
from aidkit.pipeline.fund_record import REGISTER, said_by, write_record
from aidkit.pipeline.workspace import fresh, restore, swap
from aidkit.project import Project


@dataclass(frozen=True)
class Made:
    """What was written.

    Attributes:
        folder: Where it lies.
        files: All files, sorted.
        remarks: What was left out and why, Chinese.
    """

    folder: Path
    files: tuple[Path, ...]
    remarks: tuple[str, ...]


def fund_folder(project: Project, county: Path, fund_id: str) -> Path:
    """Where a fund's documents lie: `reports/<county>/fund/<fund>`."""
    return project.root / "reports" / county.name / "fund" / fund_id


def make_statements(
    project: Project, county: Path, fund_id: str, period: Period, *, unreconciled: bool
) -> Made:
    """Write every statement of a fund and a period, internal and public.

    They lie in `reports/<county>/fund/<fund>/<first>_<last>`; what lay there is replaced whole,
    and stays as it was where anything fails. The head of the journal is kept before.

    Args:
        project: The checkout.
        county: The county folder.
        fund_id: Id of the fund.
        period: The period; public statements are of whole months only.
        unreconciled: Whether to state also what the bank does not agree with, marked as such.

    Raises:
        MissingTablesError: The bank was not reconciled up to the last day.
        AidkitError: The bank says another balance.
        LeakError: There is personal data in what would be public.
        InputError: The journal is not what was written.
    """
    book = read_book(county)
    replaces = _replaced(book, county, fund_id, period)
    before = carried(book, fund_id, period, said_before(county))
    stamp = replace(_stamp(book, county, fund_id, period, replaces), carried=before)
    if not unreconciled:
        refuse_unreconciled(stamp.standing, fund_id)
    threshold = read_settings(project.params / "disclosure.toml").threshold
    told = frames(book, fund_id, period, threshold)
    schools = _school_names(project, county)
    titles = Titles(stamp.fund, project_labels())
    target = fund_folder(project, county, fund_id) / _days(period)

    def write(folder: Path) -> Iterator[str]:
        if stamp.edition:
            yield f"{stamp.edition}：请告知理事会和捐赠人。"
        if stamp.of_opening:
            yield stamp.of_opening
        internal = internal_documents(
            book,
            told,
            stamp,
            titles,
            schools=schools,
            rules=read_rules(project.params / "fund_rules.toml"),
            events=read_events(county),
            records=read_record(county),
        )
        yield from write_documents(folder / "internal", internal, stamp)
        pages = feedback_pages(told["feedback"], told["uses"], schools, titles, threshold)
        yield from write_feedback(folder / "internal", pages, stamp)
        public = folder / "public"
        shown = replace(stamp, public=True)
        yield from write_public(public, project, county, book=book, stamp=shown, titles=titles)

    return _made(project, county, target, stamp, write, told=told, threshold=threshold)


def make_receipts(project: Project, county: Path, fund_id: str, period: Period) -> Made:
    """Write the register of receipts and the certificates for donors: internal.

    They lie in `reports/<county>/fund/<fund>/receipts/<first>_<last>`, see `make_statements`.

    Raises:
        InputError: The journal is not what was written.
    """
    book = read_book(county)
    stamp = _stamp(book, county, fund_id, period)
    titles = Titles(stamp.fund, project_labels())
    target = fund_folder(project, county, fund_id) / "receipts" / _days(period)

    told = frames(book, fund_id, period, 0, ["receipts"])
    given = told["receipts"]

    def write(folder: Path) -> Iterator[str]:
        notes = ("内部资料：含捐赠人姓名。",)
        tables = receipts_table(given, titles), certificates_table(given, titles)
        register = Document(REGISTER, tables, notes, landscape=True)
        yield from write_documents(folder, [register], stamp)
        yield from write_certificates(folder, certificates_of(given, book, titles), stamp)

    return _made(project, county, target, stamp, write, told=told, threshold=0)


def _stamp(book: Book, county: Path, fund_id: str, period: Period, replaces: str = "") -> Stamp:
    settings, fund = read_county_settings(county), book.funds[fund_id]
    return stamp_of(
        book,
        fund_id,
        period,
        standing(book, fund_id, read_record(county), period.last),
        publisher=fund.unit or settings.publisher,
        contact=fund.contact or settings.contact,
        replaces=replaces,
    )


def _made(
    project: Project,
    county: Path,
    target: Path,
    stamp: Stamp,
    write: Callable[[Path], Iterable[str]],
    *,
    told: Mapping[str, pl.DataFrame],
    threshold: int,
) -> Made:
    """Have files written into a work folder, keep the head that they bear, put them in place."""
    with _work(project, target) as work:
        remarks = tuple(dict.fromkeys(write(work)))
        record = write_record(work, stamp, told, threshold=threshold, remarks=remarks)
        # A head that is kept without its statement is true all the same; the other way round
        # a cut journal would not be found.
        keep_head(county, said_by(stamp, told, record))
        swap(work, target)
    return Made(target, tuple(sorted(p for p in target.rglob("*") if p.is_file())), remarks)


@contextmanager
def _work(project: Project, target: Path) -> Iterator[Path]:
    with one_at_a_time(project.root / "reports" / ".fund.lock"):
        restore(target)
        yield fresh(target.with_name(f".{target.name}.work"))


def _replaced(book: Book, county: Path, fund_id: str, period: Period) -> str:
    """Head of the last statement of the same days that said otherwise; empty: none did."""
    same = [one for one in said_before(county) if one.told == (fund_id, period)]
    otherwise = (one for one in reversed(same) if restated(book, fund_id, period, one.line or 0))
    return next((one.head for one in otherwise), "")


def _days(period: Period) -> str:
    return f"{period.first}_{period.last}"


def _school_names(project: Project, county: Path) -> dict[str, str]:
    """Names of schools as of the last term that was run; none where none was."""
    for term in reversed(project.terms(county)):
        path = project.reports(county, term.code) / "internal" / "tables" / "schools.parquet"
        if path.is_file():
            names = pl.read_parquet(path, columns=["school_code", "school_name"])
            return dict(names.iter_rows())
    return {}
