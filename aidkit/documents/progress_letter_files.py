"""学习进步告知信 as files: one PDF for each school, a page for each pupil's parents."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aidkit.calendar import Term
from aidkit.county import County
from aidkit.documents.progress_letters import ProgressLetter, progress_letters_of
from aidkit.documents.typesetting import typeset
from aidkit.errors import MissingTablesError, UsageError
from aidkit.labels import Labels
from aidkit.progress.letter_marks import LetterMarks
from aidkit.project import replacing

_TABLES = (
    ("tables", "facts"),
    ("learners", "progress"),
    ("learners", "subject_sittings"),
)
"""Folder below `internal` and name of what letters are made from."""


@dataclass(frozen=True)
class WrittenProgress:
    """What one call wrote.

    Attributes:
        folder: Where the files are.
        files: The PDF files, by school code.
        pages: How many letters are in them, one to a page.
        left_out: Pupils on the roll that were examined, but not on a sheet of the last exam: they
            have no letter.
    """

    folder: Path
    files: tuple[Path, ...]
    pages: int
    left_out: int


def write_progress_letters(
    term_folder: Path,
    county: County,
    term: Term,
    labels: Labels,
    marks: LetterMarks,
    *,
    school_code: str | None = None,
    student_no: str | None = None,
) -> WrittenProgress:
    """Write the letters of a term to `internal/progress_letters` below the term's folder.

    One file is `<school_code>.pdf`; with `student_no` only that pupil's page, as `<学籍号>.pdf`.
    The same tables give the same bytes on the same fonts.

    Args:
        term_folder: `reports/<county>/<term>`, with `internal/tables` and `internal/learners`.
        county: Whose publisher the documents bear.
        term: The term.
        labels: Codes and their Chinese.
        marks: Whether results are told in levels or in points.
        school_code: Only this school.
        student_no: Only this pupil.

    Raises:
        MissingTablesError: The term has not been run.
        UsageError: There is no such school or pupil, nobody to write to, or no Chinese font.
    """
    facts, progress, sittings = (_read(term_folder, *each, term) for each in _TABLES)
    pupils = _chosen(facts.filter(pl.col("subject") == "student"), school_code, student_no)
    examined = pupils.join(progress, left_on="person_no", right_on="student_no", how="semi")
    folder = term_folder / "internal" / "progress_letters"
    files, pages = [], 0
    for (code,), group in pupils.sort("school_code").group_by("school_code", maintain_order=True):
        letters = progress_letters_of(group, progress, sittings, labels, marks)
        if not letters:
            continue
        files.append(folder / f"{student_no or code}.pdf")
        with replacing(files[-1]) as file:
            data = _data(letters, group["school_name"][0], county, term)
            file.write(typeset("progress_letter", data, term.starts))
        pages += len(letters)
    if not files:
        raise UsageError(
            "没有可以告知的成绩。",
            remedy="请在考试成绩表里填写本学期最后一次考试，再运行一次。",
        )
    return WrittenProgress(folder, tuple(files), pages, examined.height - pages)


def _read(term_folder: Path, folder: str, name: str, term: Term) -> pl.DataFrame:
    path = term_folder / "internal" / folder / f"{name}.parquet"
    if not path.is_file():
        raise MissingTablesError(
            f"没有 {term.label}的学习进步结果。", remedy=f"请先运行 aidkit run {term.code} --tables"
        )
    return pl.read_parquet(path)


def _chosen(pupils: pl.DataFrame, school_code: str | None, student_no: str | None) -> pl.DataFrame:
    for column, wanted, title in (
        ("school_code", school_code, "学校标识码"),
        ("person_no", student_no, "学籍号"),
    ):
        if wanted is not None:
            pupils = pupils.filter(pl.col(column) == wanted)
            if pupils.is_empty():
                raise UsageError(f"本学期没有{title} {wanted}。", remedy=f"请核对{title}。")
    return pupils


def _data(
    letters: Sequence[ProgressLetter], school: str, county: County, term: Term
) -> dict[str, object]:
    return {
        "title": f"{school}{term.label}学习进步告知信",
        "publisher": county.publisher,
        "school": school,
        "term": term.label,
        "letters": [_page(letter) for letter in letters],
    }


def _page(letter: ProgressLetter) -> dict[str, object]:
    return {
        "name": letter.name,
        "class": letter.class_name,
        "before": letter.before,
        "now": letter.now,
        "subjects": [[line.subject, line.before, line.now] for line in letter.subjects],
        "headline": letter.saying.headline,
        "text": letter.saying.text,
        "note": letter.note,
        "strength": letter.strength,
    }
