"""Letters as files: one PDF for each school, a page for each family."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import County
from aidkit.documents.letters import Letter, letters_of, total_words
from aidkit.documents.typesetting import typeset
from aidkit.errors import MissingTablesError, UsageError
from aidkit.labels import Labels
from aidkit.notices.settings import NoticeSettings
from aidkit.programs import Version
from aidkit.project import replacing

NO_SCHOOL = "county"
"""Name of the file for who belongs to no school of the county any more."""


@dataclass(frozen=True)
class Written:
    """What one call wrote.

    Attributes:
        folder: Where the files are.
        files: The PDF files, by school code.
        pages: How many letters are in them, one to a page.
    """

    folder: Path
    files: tuple[Path, ...]
    pages: int


def write_letters(
    term_folder: Path,
    county: County,
    term: Term,
    versions: Iterable[Version],
    labels: Labels,
    *,
    rules: NoticeSettings,
    school_code: str | None = None,
    person_no: str | None = None,
) -> Written:
    """Write the letters of a term to `internal/letters` below the term's folder.

    One file is `<school_code>.pdf`; with `person_no` only that person's page, as `<学籍号>.pdf`.
    The same tables give the same bytes on the same fonts.

    Args:
        term_folder: `reports/<county>/<term>`, with `internal/tables`.
        county: Whom families can turn to.
        term: The term.
        versions: All program versions.
        labels: Codes and their Chinese.
        rules: In how many working days a family can object, as long as a notice stands at least,
            and is answered.
        school_code: Only this school.
        person_no: Only this person.

    Raises:
        MissingTablesError: The term has not been run.
        UsageError: There is no such school or person, nobody to write to, or no Chinese font.
    """
    facts, decisions = (_read(term_folder, name, term) for name in ("facts", "decisions"))
    facts = _chosen(facts, school_code, person_no)
    by_id = {version.id: version for version in versions}
    folder = term_folder / "internal" / "letters"
    files, pages = [], 0
    for (code,), group in facts.sort("school_code").group_by("school_code", maintain_order=True):
        own = decisions.filter(pl.col("person_no").is_in(group["person_no"].implode()))
        _refuse_other_versions(own, by_id, term)
        letters = letters_of(group, own, by_id, labels)
        if not letters:
            continue
        data = _data(letters, group["school_name"][0], county, term, rules)
        files.append(folder / f"{person_no or code or NO_SCHOOL}.pdf")
        with replacing(files[-1]) as file:
            file.write(typeset("letter", data, term.starts))
        pages += len(letters)
    if not files:
        raise UsageError(
            "没有要告知的家庭。",
            remedy="没有申请、没有评审，也没有人人享有以外的资助，就不出告知单。",
        )
    return Written(folder, tuple(files), pages)


def _read(term_folder: Path, name: str, term: Term) -> pl.DataFrame:
    path = term_folder / "internal" / "tables" / f"{name}.parquet"
    if not path.is_file():
        raise MissingTablesError(
            f"没有 {term.label}的认定结果。", remedy=f"请先运行 aidkit run {term.code} --tables"
        )
    return pl.read_parquet(path)


def _chosen(facts: pl.DataFrame, school_code: str | None, person_no: str | None) -> pl.DataFrame:
    facts = facts.filter(pl.col("subject") != "teacher")
    for column, wanted, title in (
        ("school_code", school_code, "学校标识码"),
        ("person_no", person_no, "学籍号"),
    ):
        if wanted is not None:
            facts = facts.filter(pl.col(column) == wanted)
            if facts.is_empty():
                raise UsageError(f"本学期没有{title} {wanted}。", remedy=f"请核对{title}。")
    return facts


def _refuse_other_versions(decisions: pl.DataFrame, known: Iterable[str], term: Term) -> None:
    unknown = set(decisions["version_id"]) - set(known)
    if unknown:
        raise MissingTablesError(
            f"{term.label}的认定结果用的是另一套项目文件。",
            where=min(unknown),
            remedy=f"请重新运行 aidkit run {term.code} --tables",
        )


def _data(
    letters: Sequence[Letter], school: str, county: County, term: Term, rules: NoticeSettings
) -> dict[str, object]:
    return {
        "title": f"{school}{term.label}学生资助告知单",
        "publisher": county.publisher,
        "contact": county.contact,
        "school": school or county.name,
        "term": term.label,
        "objection_days": rules.least,
        "reply_days": rules.reply,
        "letters": [_page(letter) for letter in letters],
    }


def _page(letter: Letter) -> dict[str, object]:
    return {
        "name": letter.name,
        "class": letter.class_name,
        "total": total_words(letter),
        "for_all": "、".join(letter.for_all),
        "items": [
            {
                "title": item.title,
                "mark": item.mark,
                "result": item.saying.result,
                "amount": item.saying.amount,
                "reasons": item.saying.reasons,
                "papers": item.saying.papers,
                "id": item.determination_id,
            }
            for item in letter.items
        ],
    }
