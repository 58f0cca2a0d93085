"""Public statements of funds as downloads: PDF, Word and Excel, as they were made."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aidkit.show.official import Column, Markup, Row, official_table
from aidkit.show.parts import Part, numbered
from aidkit.staging.site_pages import linked

DOCUMENTS: Mapping[str, str] = {
    "收支公示表": "summary",
    "捐赠明细": "gifts",
    "项目支出": "payouts",
    "业务活动表": "activity",
    "基金报表": "workbook",
}
"""Name of a document to its name among the downloads: addresses are of plain letters."""

KINDS: Mapping[str, str] = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}


@dataclass(frozen=True)
class Offered:
    """A public statement whose documents are as they were made.

    Attributes:
        fund: Id of the fund.
        first: First day that it tells of.
        last: Last day.
        files: Its documents.
    """

    fund: str
    first: dt.date
    last: dt.date
    files: tuple[Path, ...]

    def downloads(self) -> dict[str, Path]:
        """Name among the downloads to document, as they are listed."""
        named = {(DOCUMENTS.get(one.stem, ""), one.suffix): one for one in self.files}
        days = f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"
        return {
            f"fund-{self.fund}-{days}-{name}{kind}": named[name, kind]
            for name in DOCUMENTS.values()
            for kind in KINDS
            if (name, kind) in named
        }


def document_files(statements: Iterable[Offered]) -> dict[str, bytes]:
    """The documents by path below `site/`."""
    return {
        f"downloads/{name}": path.read_bytes()
        for one in statements
        for name, path in one.downloads().items()
    }


def documents_list(fund: str, statements: Sequence[Offered]) -> Part:
    """Every statement of a fund with links to its documents, the newest first.

    Args:
        fund: Id of the fund.
        statements: Those of all funds.
    """
    own = [one for one in statements if one.fund == fund and one.downloads()]
    if not own:
        return Part("", "")
    newest = sorted(own, key=lambda one: (one.last, one.first), reverse=True)
    rows = [Row((f"{one.first} 至 {one.last}", _links(one))) for one in newest]
    columns = [Column(("时段",)), Column(("打印用的报表",), "long")]
    title = "已经公布的报表，与张贴的相同。"
    return numbered(f"tbl-papers-{fund}".replace("_", "-"), official_table(columns, rows), title)


def _links(one: Offered) -> Markup:
    by_document: dict[str, list[str]] = {}
    for name, path in one.downloads().items():
        link = linked(f"../downloads/{name}", KINDS[path.suffix])
        by_document.setdefault(path.stem, []).append(link.html)
    return Markup("；".join(f"{title} {'、'.join(links)}" for title, links in by_document.items()))
