"""Letters to parents about learning: own results, no rank, no word of the group."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aidkit.calendar import Term
from aidkit.cli import main
from aidkit.county import County
from aidkit.documents import ProgressLetter, progress_letters_of, write_progress_letters
from aidkit.errors import MissingTablesError, UsageError
from aidkit.gate.pdf import pdf_texts
from aidkit.labels import project_labels
from aidkit.progress.bands import BANDS
from aidkit.progress.letter_marks import POINTS, LetterMarks
from aidkit.progress.settings import read_progress_settings
from aidkit.project import find_project
from aidkit.tables import Facts
from aidkit.tables.progress import SubjectSittings
from tests.progress.learners import EXAMS, FULL, progress_of

TERM = Term.parse("2026-autumn")
LABELS = project_labels()
LEVELLED = read_progress_settings(find_project().params).letter_marks
MARKS = replace(LEVELLED, ways=dict.fromkeys(LEVELLED.ways, POINTS))
"""As some counties have it; by the shipped settings compulsory schools tell levels."""

COUNTY = County("青山县", "cn/henan", "青山县教育局", "资助中心窗口", adopts=())
SCHOOL, OTHER_SCHOOL = "9901010001", "9901010002"
HARMFUL = (
    *("名次", "排名第", "学困生", "一等奖", "二等奖", "退步", "落后", "差生", "最后"),
    "不和别的同学比",
)
"""What no letter says."""

Marks = dict[str, tuple[float | str, float]]
"""Subject to points, or the state of who has none, and z."""


def fact(n: int, **more: Any) -> dict[str, Any]:
    return {
        **{"term": TERM.code, "subject": "student", "person_no": f"{n:02}", "name": f"学生{n}号"},
        **{"school_code": SCHOOL, "school_name": "青山县第一小学", "stage": "primary"},
        **{"grade": "p5", "class_name": "1班"},
    } | more


def facts_of(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=Facts.create_empty().schema)


def sat(student: int, exam: str, marks: Marks, **more: Any) -> list[dict[str, Any]]:
    term, day, role = EXAMS[exam]
    place = {"school_code": SCHOOL, "grade": "p5", "class_name": "1班"}
    return [
        {
            **{"term": term, "exam": exam, "exam_date": day, "role": role, **place},
            **{"student_no": f"{student:02}", "subject": subject, "pupils": 40},
            "score": None if isinstance(points, str) else float(points),
            "full_score": FULL / 3,
            "state": points if isinstance(points, str) else "scored",
            "position": None if isinstance(points, str) else 0.5,
            "z": None if isinstance(points, str) else z,
        }
        | more
        for subject, (points, z) in marks.items()
    ]


def sittings_of(*rows: dict[str, Any]) -> pl.DataFrame:
    schema = {name: column.dtype for name, column in SubjectSittings.columns().items()}
    return SubjectSittings.validate(pl.DataFrame(list(rows), schema))


def one_letter(
    *rows: dict[str, Any], marks: LetterMarks | None = None, **measured: Any
) -> ProgressLetter:
    marks = marks or MARKS
    (letter,) = progress_letters_of(
        facts_of(fact(0)), progress_of(measured), sittings_of(*rows), LABELS, marks
    )
    return letter


def test_own_results_of_both_terms() -> None:
    letter = one_letter(
        *sat(0, "学期末", {"mathematics": (86.5, 0.3), "chinese": (90, 0.1)}),
        *sat(0, "期末", {"chinese": ("sick", 0), "english": (70, 0)}),
        *sat(0, "期中", {"science": (1, 0)}),
        *sat(0, "一月考", {"physics": (2, 0)}),
    )
    assert (letter.before, letter.now) == ("期末", "学期末")
    assert [(line.subject, line.before, line.now) for line in letter.subjects] == [
        ("语文", "病假", "90 / 100"),
        ("数学", "", "86.5 / 100"),
        ("英语", "70 / 100", ""),
    ]


def test_the_last_of_two_exams_of_one_role_counts() -> None:
    """Who changed schools has an outcome at both."""
    letter = one_letter(
        *sat(0, "学期末", {"chinese": (90, 0.1)}),
        *sat(0, "学期末", {"chinese": (50, 0), "english": (40, 0)}, exam_date=dt.date(2027, 1, 15)),
    )
    assert [(line.subject, line.now) for line in letter.subjects] == [("语文", "90 / 100")]


def test_the_best_subject_is_told_by_what_papers_were_worth() -> None:
    two: Marks = {"chinese": (95, -0.5), "english": (60, 0.5)}
    assert one_letter(*sat(0, "学期末", two)).strength == "英语"
    equal: Marks = {"chinese": (95, 0.5), "english": (60, 0.5)}
    assert one_letter(*sat(0, "学期末", equal)).strength == ""
    assert one_letter(*sat(0, "学期末", {"chinese": (95, 0.5)})).strength == ""
    absent: Marks = {"chinese": ("sick", 0), "english": ("sick", 0)}
    assert one_letter(*sat(0, "学期末", absent)).strength == ""


def test_who_gets_a_letter() -> None:
    """On the roll, measured, and on a sheet of the last exam; in the order of classes."""
    here = [*range(5)]
    facts = facts_of(
        fact(0, class_name="2班"),
        fact(1),
        fact(2),
        fact(3, subject="teacher"),
        fact(5),
    )
    marks: Marks = {"chinese": (90, 0.1)}
    rows = [row for n in (0, 1, 3, 4, 5) for row in sat(n, "学期末", marks)]
    rows += sat(2, "期末", marks)  # only the term before
    progress = progress_of(*({} for _ in here))
    letters = progress_letters_of(facts, progress, sittings_of(*rows), LABELS, MARKS)
    assert [letter.student_no for letter in letters] == ["01", "00"]
    assert letters[0].class_name == "五年级 1班"


def stored(folder: Path, *, turned: bool = False) -> Path:
    """Four pupils of two schools; all of the group, with prizes and ranks."""
    facts = facts_of(
        *(fact(n, name=f"#{n}*甲_$乙") for n in (0, 1, 2)),
        fact(3, school_code=OTHER_SCHOOL, school_name="青山县第二小学"),
    )
    prizes = {"rank_prize": "first", "fair_prize": "second", "rank_now": 7, "rank_before": 31}
    progress = progress_of(*({"band": band, **prizes} for band in BANDS[:4]))
    two: Marks = {"chinese": (91.25, 0.1), "english": (60, 0.5)}
    rows = [row for n in (0, 1, 3) for row in sat(n, "学期末", two)]
    rows += [row for n in (0, 1, 2) for row in sat(n, "期末", two)]
    for kind, name, frame in (
        ("tables", "facts", facts),
        ("learners", "progress", progress),
        ("learners", "subject_sittings", sittings_of(*rows)),
    ):
        path = folder / "internal" / kind / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        (frame.reverse() if turned else frame).write_parquet(path)
    return folder


def text_of(pdf: Path) -> str:
    return "".join(text for _, text in pdf_texts(pdf.read_bytes())).replace("\n", "")


def test_a_file_for_each_school_the_same_every_time(tmp_path: Path) -> None:
    folders = [stored(tmp_path / "a"), stored(tmp_path / "b", turned=True)]
    for folder in folders:
        written = write_progress_letters(folder, COUNTY, TERM, LABELS, MARKS)
        assert (written.pages, written.left_out) == (3, 1)
        assert [path.stem for path in written.files] == [SCHOOL, OTHER_SCHOOL]
    for name in (SCHOOL, OTHER_SCHOOL):
        one, two = (
            (folder / "internal/progress_letters" / f"{name}.pdf").read_bytes()
            for folder in folders
        )
        assert one == two
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", one)) == (2 if name == SCHOOL else 1)


def test_a_page_says_only_what_the_family_may_know(tmp_path: Path) -> None:
    written = write_progress_letters(
        stored(tmp_path / "a"), COUNTY, TERM, LABELS, MARKS, student_no="01"
    )
    (file,) = written.files
    text = text_of(file)
    assert file.stem == "01"
    assert "#1*甲_$乙" in text
    assert "内部资料" in text
    assert "91.25 / 100" in text
    assert "#0*甲_$乙" not in text
    said = text.replace("不排名次", "").replace("最后一次考试", "")
    assert not any(word in said for word in (*HARMFUL, "31", "奖"))


def test_the_term_must_have_been_run(tmp_path: Path) -> None:
    with pytest.raises(MissingTablesError, match="学习进步"):
        write_progress_letters(tmp_path, COUNTY, TERM, LABELS, MARKS)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"school_code": "9909090909"}, "没有学校标识码 9909090909"),
        ({"student_no": "77"}, "没有学籍号 77"),
        ({"student_no": "02"}, "没有可以告知的成绩"),
    ],
)
def test_nobody_to_write_to(tmp_path: Path, wanted: dict[str, str], said: str) -> None:
    """No such school, no such pupil, a pupil who was not at the last exam."""
    with pytest.raises(UsageError, match=said):
        write_progress_letters(stored(tmp_path), COUNTY, TERM, LABELS, MARKS, **wanted)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(find_project().params, tmp_path / "params")
    folder = tmp_path / "data" / "demo"
    folder.mkdir(parents=True)
    settings = 'name = "青山县"\nregion = "cn/henan"\npublisher = "教育局"\ncontact = "窗口"\n'
    (folder / "county.toml").write_text(settings, encoding="utf-8")
    stored(tmp_path / "reports" / "demo" / TERM.code)
    monkeypatch.chdir(tmp_path)
    assert main(["letters", "progress", "2026秋", "--school", SCHOOL]) == 0
    said = capsys.readouterr().out
    assert "2 张，1 份 PDF" in said
    own = tmp_path / "reports" / "demo" / TERM.code / "internal" / "progress_letters"
    text = text_of(own / f"{SCHOOL}.pdf")
    assert "优秀" in text
    assert "91.25" not in text
    assert "1 名学生不在最后一次考试的成绩表里" in said
    letters = tmp_path / "reports" / "demo" / TERM.code / "internal" / "progress_letters"
    assert [path.name for path in letters.iterdir()] == [f"{SCHOOL}.pdf"]
    assert main(["letters", "2026秋"]) == MissingTablesError.exit_code
    assert "认定结果" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["letters", "ranks", "2026秋"])
