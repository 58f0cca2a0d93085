"""Who gets a 学习进步告知信 and what it says: a pupil's own results, and nobody else's.

It tells no rank, no place in a group, and not whether the pupil is looked after or got a prize
that only those can get who are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from aidkit.documents.progress_sayings import ProgressSaying, reading_note, say_progress
from aidkit.labels import Labels
from aidkit.progress.letter_marks import LetterMarks
from aidkit.progress.settings import STAGES

_BEFORE, _NOW = "choice", "outcome"
"""Roles of the exams that a letter tells of: the last of the term before, the last of this one."""


@dataclass(frozen=True)
class SubjectLine:
    """One subject in a letter; empty words where there was no such exam.

    Attributes:
        subject: Its Chinese.
        before: Level, or points and full marks, at the last exam of the term before, or why there
            are none.
        now: The same of this term's last exam.
    """

    subject: str
    before: str
    now: str


@dataclass(frozen=True)
class ProgressLetter:
    """What one pupil's parents are told about one term.

    Attributes:
        student_no: 学籍号; not printed.
        name: The pupil's name.
        class_name: Grade and class.
        before: Name of the last exam of the term before; empty where the pupil sat none.
        now: Name of this term's last exam.
        subjects: Own results, in the order of the vocabulary.
        saying: How they compare with the pupil's own earlier ones, in the family's words.
        note: How to read the marks.
        strength: The subject that goes best beside the pupil's others; empty where there is no one.
    """

    student_no: str
    name: str
    class_name: str
    before: str
    now: str
    subjects: tuple[SubjectLine, ...]
    saying: ProgressSaying
    note: str
    strength: str


def progress_letters_of(
    facts: pl.DataFrame,
    progress: pl.DataFrame,
    sittings: pl.DataFrame,
    labels: Labels,
    marks: LetterMarks,
) -> list[ProgressLetter]:
    """Letters to all pupils on the roll who were on a sheet of the term's last exam.

    Args:
        facts: `tables.Facts`, e.g. of one school.
        progress: `tables.progress.Progress`.
        sittings: `tables.progress.SubjectSittings`.
        labels: Codes and their Chinese.
        marks: Whether results are told in levels or in points.

    Returns:
        By grade, class, name and 学籍号.
    """
    pupils = facts.filter(pl.col("subject") == "student").select(
        "name", "grade", "class_name", student_no="person_no"
    )
    told = pupils.join(
        progress.select("student_no", "band", "reason", "ceiling"), on="student_no"
    ).join(sittings.filter(pl.col("role") == _NOW), on="student_no", how="semi")
    results = _results(sittings.join(told, on="student_no", how="semi"))
    grades = {code: place for place, code in enumerate(labels.names("grade"))}
    rows = sorted(
        told.iter_rows(named=True),
        key=lambda row: (
            *(grades.get(row["grade"], len(grades)), row["class_name"]),
            *(row["name"], row["student_no"]),
        ),
    )
    return [_letter(row, results[row["student_no"]], labels, marks) for row in rows]


_Exams = dict[str, dict[str, dict[str, Any]]]
"""Role to subject to the result."""


def _results(sittings: pl.DataFrame) -> dict[str, _Exams]:
    """Each pupil's last exam of either role."""
    exam = ("exam_date", "exam", "school_code")
    rows = sittings.filter(pl.col("role").is_in((_BEFORE, _NOW))).sort(*exam)
    last = pl.struct(exam)
    rows = rows.filter(last == last.last().over("student_no", "role"))
    found: dict[str, _Exams] = {}
    for row in rows.iter_rows(named=True):
        exams = found.setdefault(row["student_no"], {_BEFORE: {}, _NOW: {}})
        exams[row["role"]][row["subject"]] = row
    return found


def _letter(
    row: Mapping[str, Any], exams: _Exams, labels: Labels, marks: LetterMarks
) -> ProgressLetter:
    subjects = [code for code in labels.names("subject") if code in exams[_BEFORE] | exams[_NOW]]
    grade = labels.label("grade", row["grade"]) if row["grade"] else ""
    return ProgressLetter(
        student_no=row["student_no"],
        name=row["name"],
        class_name=f"{grade} {row['class_name']}".strip(),
        before=_name(exams[_BEFORE]),
        now=_name(exams[_NOW]),
        subjects=tuple(
            SubjectLine(
                labels.label("subject", code),
                _mark(exams[_BEFORE].get(code), labels, marks),
                _mark(exams[_NOW].get(code), labels, marks),
            )
            for code in subjects
        ),
        saying=say_progress(row["band"], row["reason"], ceiling=row["ceiling"]),
        note=reading_note(
            {marks.way(_stage(one)) for exam in exams.values() for one in exam.values()},
            marks,
            exams=sum(bool(exam) for exam in exams.values()),
        ),
        strength=_strength(exams[_NOW], labels),
    )


def _name(exam: Mapping[str, Mapping[str, Any]]) -> str:
    return next((str(result["exam"]) for result in exam.values()), "")


def _mark(result: Mapping[str, Any] | None, labels: Labels, marks: LetterMarks) -> str:
    if result is None:
        return ""
    if result["score"] is None:
        return labels.label("exam_state", result["state"])
    return marks.said(_stage(result), result["score"], result["full_score"])


def _stage(result: Mapping[str, Any]) -> str:
    return STAGES.get(str(result["grade"])[:1], "")


def _strength(exam: Mapping[str, Mapping[str, Any]], labels: Labels) -> str:
    """The best of at least two subjects, by normal scores: papers are not equally hard."""
    placed = {code: result["z"] for code, result in exam.items() if result["z"] is not None}
    best = [code for code, z in placed.items() if z == max(placed.values())]
    return labels.label("subject", best[0]) if len(placed) > 1 and len(best) == 1 else ""
