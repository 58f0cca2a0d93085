"""Tables of programs for teachers, college students and the union: told apart, held together."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from aidkit.intake import Intake, read_county, read_workbook
from aidkit.labels import project_labels
from aidkit.sample import make_county
from aidkit.tables import INPUTS, SPREAD

MakeBook = Callable[..., Path]

NOW, SPRING = "2026年秋季学期", "2026年春季学期"
AID = (
    "freshmen",
    "teacher_applications",
    "aid_received",
    "award_changes",
    "fees_taken",
    "union_file",
    "teacher_panel_decisions",
    "applications",
    "panel_decisions",
    "payouts",
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aid") / "county"
    make_county(folder, size="small")
    return folder


@pytest.fixture
def county(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "county"))


def add_row(path: Path, change: dict[str, str]) -> int:
    """Repeat the last row of a book with some cells changed, by header; its number."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    headers = [str(cell.value) for cell in page[3]]
    number = page.max_row + 1
    row = dict(zip(headers, (cell.value for cell in page[number - 1]), strict=True))
    page.append(list((row | change).values()))
    book.save(path)
    return number


def found(intake: Intake) -> list[tuple[str, int]]:
    return list(intake.problems.select("code", "row").iter_rows())


@pytest.mark.parametrize("table", sorted(INPUTS.keys() - SPREAD.keys()))
@pytest.mark.parametrize("part", ["all", "required"])
def test_headers_alone_tell_the_table(make_book: MakeBook, table: str, part: str) -> None:
    """No title, no telling name: every table is known by its own words, or by none."""
    columns = INPUTS[table].columns()
    headers = [
        label.header
        for name, label in project_labels().columns[table].items()
        if part == "all" or not columns[name].nullable
    ]
    intake = read_workbook(make_book("a.xlsx", S=[headers, ["x"] * len(headers)]))
    assert intake.counts["table"].to_list() in ([table], [None])
    if part == "all" or table in AID:
        assert intake.counts["table"].to_list() == [table]


@pytest.mark.parametrize("wording", [0, 1])
@pytest.mark.parametrize("table", AID)
def test_the_name_of_the_book_tells_tables_with_like_headers(
    make_book: MakeBook, table: str, wording: int
) -> None:
    labels = project_labels()
    headers = [
        (label.header, *label.synonyms)[min(wording, len(label.synonyms))]
        for label in labels.columns[table].values()
    ]
    intake = read_workbook(make_book(f"{labels.titles[table]}.xlsx", Sheet1=[headers]))
    assert intake.counts["table"].to_list() == [table]
    assert intake.problems["code"].to_list() == []


@pytest.mark.parametrize(
    ("book", "change", "code"),
    [
        ("已受助登记表", {"学籍号或工号": "999999999"}, "unknown_person"),
        ("资助变动登记表", {"学籍号或工号": "999999999"}, "unknown_person"),
        ("教师资助申请表", {"工号": "999999999"}, "unknown_teacher"),
        ("教师资助认定结果表", {"工号": "999999999"}, "unknown_teacher"),
        ("收费登记表", {"学籍号": "G990101201301013336"}, "unknown_student"),
        ("资助申请汇总表", {"学籍号": "G990101201301013336"}, "unknown_student"),
        ("困难职工档案表", {"子女姓名": "某某"}, "name_mismatch"),
        ("教师资助认定结果表", {"教师姓名": "某某"}, "name_mismatch"),
        ("资助变动登记表", {"姓名": "某某"}, "name_mismatch"),
        ("高校学生登记表", {"毕业学校标识码": "9901019999"}, "unknown_school"),
    ],
)
def test_a_row_that_names_nobody_is_a_problem(
    county: Path, book: str, change: dict[str, str], code: str
) -> None:
    row = add_row(county / NOW / f"{book}.xlsx", change)
    intake = read_county(county, "2026-autumn")
    assert (code, row) in found(intake)
    table = next(name for name, title in project_labels().titles.items() if title == book)
    assert row not in intake.tables[table]["source_row"].to_list()


def test_nobody_is_at_school_and_at_college_in_one_term(county: Path) -> None:
    pupils = read_county(county, "2026-autumn").tables["students"]
    pupil = pupils.row(0, named=True)
    row = add_row(
        county / NOW / "高校学生登记表.xlsx",
        {"学籍号": pupil["student_no"], "姓名": pupil["name"], "身份证号": pupil["id_number"]},
    )
    assert found(read_county(county, "2026-autumn")) == [("freshman_on_roll", row)]


@pytest.mark.parametrize("returned", [False, True])
def test_who_was_transferred_away_before_is_asked_about(county: Path, returned: bool) -> None:
    tables = read_county(county).tables
    rolls = tables["students"].filter(
        pl.col("student_no").is_in(tables["enrolment_changes"]["student_no"].implode()).not_()
    )
    both = rolls.filter(pl.col("term").n_unique().over("student_no") > 1)
    now = both.filter(term="2026-autumn").row(0, named=True)
    before = read_county(county).problems
    pupil = {key: now[name] for key, name in (("学籍号", "student_no"), ("姓名", "name"))}
    own = pupil | {"学校标识码": now["school_code"]}
    left = {"异动类别": "转出", "异动日期": "2026-05-20", "转入转出学校": "外县小学"}
    add_row(county / SPRING / "学籍异动表.xlsx", own | left)
    if returned:
        came = {"异动类别": "转入", "异动日期": "2026-09-02", "转入转出学校": "外县小学"}
        add_row(county / NOW / "学籍异动表.xlsx", own | came)
    problems = read_county(county).problems.join(before, on=["file", "row", "code"], how="anti")
    assert problems.select("code", "file", "row").rows() == (
        [] if returned else [("gone_before", now["source_file"], now["source_row"])]
    )


def test_college_students_apply_without_standing_on_a_roll(clean: Path) -> None:
    tables = read_county(clean, "2026-autumn").tables
    college = tables["freshmen"].select("student_no")
    for table in ("applications", "households"):
        assert tables[table].join(college, on="student_no", how="semi").height
    assert tables["students"].join(college, on="student_no", how="semi").is_empty()


def test_without_the_list_of_staff_no_teacher_is_unknown(county: Path) -> None:
    (county / "教职工名册.xlsx").unlink()
    assert read_county(county, "2026-autumn").problems.is_empty()


def test_a_term_knows_the_changes_of_earlier_terms_only(clean: Path) -> None:
    every = read_county(clean).tables["enrolment_changes"]
    terms = ["2025-autumn", "2026-spring", "2026-autumn"]
    for n, term in enumerate(terms, start=1):
        intake = read_county(clean, term)
        changes = intake.tables["enrolment_changes"]
        assert changes.equals(every.filter(pl.col("term").is_in(terms[:n])))
        assert all(term in {None, t} for t in intake.tables["students"]["term"].unique())
        assert not [
            file for file in intake.counts["file"] if "学期" in file and term[:4] not in file
        ]


def test_faults_of_earlier_changes_are_told_in_their_own_term(county: Path) -> None:
    row = add_row(county / SPRING / "学籍异动表.xlsx", {"异动类别": "借读"})
    assert found(read_county(county, "2026-spring")) == [("unknown_word", row)]
    later = read_county(county, "2026-autumn")
    assert later.problems.is_empty()
    spring = later.tables["enrolment_changes"].filter(term="2026-spring")
    assert spring.height
    assert row not in spring["source_row"].to_list()


def test_earlier_changes_are_found_under_any_name(county: Path) -> None:
    before = read_county(county, "2026-autumn").tables["enrolment_changes"]
    (county / SPRING / "学籍异动表.xlsx").rename(county / SPRING / "三月上报.xlsx")
    after = read_county(county, "2026-autumn").tables["enrolment_changes"]
    assert after.height == before.height
