"""The public documents of a fund: of enough people, and looked through as the site is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aidkit.disclosure import read_settings
from aidkit.disclosure.fund import tells_beside, tells_of_few
from aidkit.documents.fund_files import write_documents
from aidkit.documents.fund_public import public_documents
from aidkit.documents.fund_stamp import Stamp
from aidkit.documents.fund_titles import Titles
from aidkit.fund.book import Book
from aidkit.fund.settings import Fund, FundProgram, Purpose
from aidkit.gate import People, raise_on, scan
from aidkit.gate.people import squeezed
from aidkit.pipeline.fund_published import published
from aidkit.pipeline.fund_slices import NAMED
from aidkit.pipeline.people import DONORS, county_people, people_in
from aidkit.project import Project

NOT_WHOLE_MONTHS = "时段不是整月，没有做公开的报表：公开的只能按整月，免得相减看出个人。"

NAMED_FILES = ("捐赠明细.*", "基金报表.xlsx")
"""The documents in which it stands."""


def write_public(
    folder: Path, project: Project, county: Path, *, book: Book, stamp: Stamp, titles: Titles
) -> Iterator[str]:
    """Write the public documents of a fund and a period, where there may be any.

    Args:
        folder: Where; nothing else lies there.
        project: The checkout.
        county: The county folder.
        book: The book.
        stamp: Whose, and of when.
        titles: What codes are called.

    Yields:
        What was left out and why, Chinese.

    Raises:
        LeakError: There is personal data in them.
    """
    fund, period = stamp.fund, stamp.period
    settings = read_settings(project.params / "disclosure.toml")
    if not period.whole_months:
        yield NOT_WHOLE_MONTHS
        return
    if tells_of_few(book, fund.id, period, settings.threshold):
        yield (
            f"这段时间受助的不足 {settings.threshold} 人，没有做公开的报表："
            "合计就是他们领的钱。请用更长的时段。"
        )
        return
    before = published(project, county, book, fund.id)
    if found := tells_beside(book, fund.id, period, before, settings.threshold):
        other, days = found
        yield (
            f"没有做公开的报表：与已经公开的 {other.first} 至 {other.last} 的相减，{days.first} 至 "
            f"{days.last} 受助的不足 {settings.threshold} 人，差额就是他们领的钱。"
            "请等后面的月份够人数了，把这几天并入更长的一期公布；平时只公布整季、整学期或整年的，每月的只做内部的。"
        )
        return
    table = settings.named_tables.get(NAMED)
    columns = table.columns if table else ()
    public = public_documents(book, stamp, titles, settings.threshold, columns)
    yield from write_documents(folder, public, stamp)
    terms = [term.code for term in project.terms(county)]
    people = county_people(project, county, terms, besides={DONORS: people_in(book)})
    raise_on(scan(folder, _in_documents(people, fund, stamp)))


def _in_documents(people: People, fund: Fund, stamp: Stamp) -> People:
    """The same, where names of donors may stand, and what a fund calls its own."""
    own = [fund.name, stamp.publisher, stamp.contact]
    titled: list[Purpose | FundProgram] = [*fund.purposes.values(), *fund.programs.values()]
    for one in titled:
        own += [one.title, *one.words]
    return replace(
        people,
        named_pages=NAMED_FILES,
        ignored=people.ignored | frozenset(map(squeezed, filter(None, own))),
    )
