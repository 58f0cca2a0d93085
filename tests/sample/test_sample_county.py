"""The clean sample county holds together: rolls and changes, numbers, hardship, money, names."""

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from aidkit.identity import birth_date_of, id_check_character, is_luhn
from aidkit.sample.county import build_county
from aidkit.sample.fund import LISTED_BEFORE
from aidkit.sample.names import GIVEN, SURNAMES
from aidkit.sample.programs import TIERED, TITLES
from aidkit.sample.rolls import LAST_DAY, TERMS
from aidkit.sample.schools import GRADES, STAGE
from aidkit.sample.sheets import Book, Cell, word

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [term.label.replace(" ", "") for term in TERMS]
GRADE = {word("grade", code, wording): code for wording in (1, 0) for code in STAGE}
NEXT = {low: high for grades in GRADES.values() for low, high in pairwise(grades)}
LOWEST = {grades[0] for grades in GRADES.values()}
HIGHEST = {grades[-1] for grades in GRADES.values()}

TIERED_TITLE = TITLES[TIERED][0]

Row = dict[str, Cell]


@pytest.fixture(scope="module")
def county() -> dict[str, Book]:
    return {book.path: book for book in build_county(2026, "county")}


def rows(county: dict[str, Book], start: str) -> list[Row]:
    return [
        dict(zip(sheet.columns, row, strict=True))
        for path, book in county.items()
        if path.startswith(start)
        for sheet in book.sheets
        for row in sheet.rows
    ]


def roll(county: dict[str, Book], folder: str) -> dict[str, Row]:
    return {str(row["student_no"]): row for row in rows(county, f"{folder}/学生名册/")}


def changes(county: dict[str, Book], folder: str) -> dict[str, set[str]]:
    """Kind of change to the pupils concerned."""
    found: dict[str, set[str]] = {}
    for row in rows(county, f"{folder}/学籍异动表"):
        found.setdefault(str(row["change_kind"]), set()).add(str(row["student_no"]))
    return found


def test_it_is_a_county_of_the_size_that_was_asked_for(county: dict[str, Book]) -> None:
    schools = rows(county, "学校名单")
    assert len(schools) == 24
    assert len({school["school_type"] for school in schools}) == 7
    assert {school["locality"] for school in schools} == {"县城", "镇", "村"}
    assert Counter(school["ownership"] for school in schools)["民办"] == 1
    assert Counter(school["ownership"] for school in schools)["普惠性民办"] == 1
    staff = rows(county, "教职工名册")
    assert 800 <= len(staff) <= 920
    assert 20 <= Counter(teacher["employment"] for teacher in staff)["退休"] <= 40
    assert 110 <= len(rows(county, "基金/捐赠收入")) <= 130
    for folder in FOLDERS:
        assert 11_500 <= len(roll(county, folder)) <= 12_500
        assert min(Counter(p["school_code"] for p in roll(county, folder).values()).values()) < 30


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_number_is_well_formed_and_belongs_to_nobody(
    county: dict[str, Book], folder: str
) -> None:
    pupils = rows(county, f"{folder}/学生名册/")
    assert len({p["student_no"] for p in pupils}) == len(pupils)
    with_id = [p for p in pupils if p["id_number"]]
    assert len({p["id_number"] for p in with_id}) == len(with_id)
    assert 0 < len(pupils) - len(with_id) < 0.02 * len(pupils)
    for pupil in with_id:
        number = str(pupil["id_number"])
        assert number.startswith("99")
        assert id_check_character(number[:17]) == number[17]
        assert birth_date_of(number) == pupil["birth_date"]
        assert pupil["student_no"] == f"G{number}"
        assert (int(number[16]) % 2 == 1) == (pupil["sex"] == "男")
    assert all(is_luhn(str(p["card_no"])) for p in pupils)


def leavers_for_good(changes: dict[str, set[str]]) -> set[str]:
    return changes["休学"] | changes["辍学"]


def test_nobody_comes_or_goes_without_a_reason(county: dict[str, Book]) -> None:
    for before, after in pairwise(FOLDERS):
        old, new = roll(county, before), roll(county, after)
        left, came = changes(county, before), changes(county, after)
        gone = old.keys() - new.keys()
        leavers = left["转出"] | left["休学"] | left["辍学"]
        unexplained = {n for n in gone - leavers if GRADE[str(old[n]["grade"])] not in HIGHEST}
        assert not unexplained
        assert gone & leavers
        moved_in = left["转入"] & left["转出"]
        entered = came["转入"] | came["复学"] | moved_in
        fresh = new.keys() - old.keys() - entered
        if after.endswith("春季学期"):
            assert not fresh
        assert {GRADE[str(new[n]["grade"])] for n in fresh} <= LOWEST
        moved = old.keys() & new.keys() & leavers
        assert moved
        assert moved <= entered, "whoever left one school entered another, or came back"
        assert moved_in
        for number in moved_in - leavers_for_good(left):
            assert number in new or GRADE[str(old[number]["grade"])] in HIGHEST
            assert new[number]["school_code"] != old[number]["school_code"]


def test_grades_move_up_in_autumn_only(county: dict[str, Book]) -> None:
    first, spring, autumn = (roll(county, folder) for folder in FOLDERS)
    for n in first.keys() & spring.keys():
        assert GRADE[str(first[n]["grade"])] == GRADE[str(spring[n]["grade"])]
    repeating = changes(county, FOLDERS[2])["复学"]
    for n in (spring.keys() & autumn.keys()) - repeating:
        low, high = GRADE[str(spring[n]["grade"])], GRADE[str(autumn[n]["grade"])]
        assert high == NEXT.get(low) or (low in HIGHEST and high in LOWEST)


def test_a_move_inside_the_county_is_reported_by_both_schools(county: dict[str, Book]) -> None:
    for folder in FOLDERS:
        found = rows(county, f"{folder}/学籍异动表")
        out = {r["student_no"]: r for r in found if r["change_kind"] == "转出"}
        both = [r for r in found if r["change_kind"] == "转入" and r["student_no"] in out]
        assert len(both) > 10
        for row in both:
            before = out[row["student_no"]]
            assert before["school_code"] != row["school_code"]
            gone, came = before["change_date"], row["change_date"]
            assert isinstance(gone, dt.date)
            assert isinstance(came, dt.date)
            assert gone <= came


def test_days_of_leaving_lie_on_both_sides_of_the_15th(county: dict[str, Book]) -> None:
    for folder in FOLDERS:
        days = {
            day.day <= 15
            for row in rows(county, f"{folder}/学籍异动表")
            if row["change_kind"] == "转出" and isinstance(day := row["change_date"], dt.date)
        }
        assert days == {True, False}


def test_books_of_a_term_concern_people_of_the_term(county: dict[str, Book]) -> None:
    for folder in FOLDERS:
        pupils = roll(county, folder)
        college = {str(row["student_no"]): row for row in rows(county, f"{folder}/高校学生")}
        assert not pupils.keys() & college.keys()
        staff = {str(row["teacher_no"]): row for row in rows(county, "教职工名册")}
        for known, key, tables in (
            (pupils, "student_no", ("学籍异动表", "一对一", "走访", "考试成绩/", "收费登记表")),
            (pupils | college, "student_no", ("家庭经济", "资助申请汇总", "困难认定")),
            (staff, "teacher_no", ("教师资助申请", "教师资助认定")),
            (pupils | college | staff, "person_no", ("已受助登记", "资助变动登记")),
        ):
            for table in tables:
                for row in rows(county, f"{folder}/{table}"):
                    assert known[str(row[key])]["name"] == row["name"], table


def test_siblings_share_an_account_and_strangers_do_not(county: dict[str, Book]) -> None:
    holders: dict[Cell, set[Cell]] = {}
    pupils = roll(county, FOLDERS[-1]).values()
    for pupil in pupils:
        holders.setdefault(pupil["card_no"], set()).add(pupil["account_name"])
    assert all(len(names) == 1 for names in holders.values())
    assert 0.7 * len(pupils) < len(holders) < 0.95 * len(pupils)


def test_boarding_is_as_in_a_real_county(county: dict[str, Book]) -> None:
    def share(school: str) -> float:
        pupils = rows(county, f"{FOLDERS[-1]}/学生名册/{school}")
        return sum(p["boarder"] == "是" for p in pupils) / len(pupils)

    assert share("南坪镇中心幼儿园") == 0
    assert share("云岭中学") > 0.6
    assert 0 < share("城关中学") < 0.3
    unknown = sum(p["boarder"] is None for p in roll(county, FOLDERS[-1]).values())
    assert 0 < unknown < 100


@pytest.mark.parametrize("folder", FOLDERS)
def test_hardship_is_as_in_a_real_county(county: dict[str, Book], folder: str) -> None:
    homes = rows(county, f"{folder}/家庭经济情况表")
    assert 0.20 <= len(homes) / len(roll(county, folder)) <= 0.30
    assert all(isinstance(n := home["household_size"], int) and 2 <= n <= 8 for home in homes)
    groups = [home["special_groups"] for home in homes]
    assert any("、" in str(group) for group in groups)
    assert 0.3 < groups.count("无") / len(homes) < 0.5
    assert 0 < groups.count(None) < 0.02 * len(homes)
    decided = [r for r in rows(county, f"{folder}/困难认定") if r["program_title"] == TIERED_TITLE]
    tiers = Counter(str(row["tier"])[0] for row in decided)
    assert tiers["一"] < tiers["二"] < tiers["三"]
    assert sum(tiers.values()) < len(
        [
            a
            for a in rows(county, f"{folder}/资助申请")
            if str(a["program_title"]).endswith("三级资助")
        ]
    ), "a panel refuses some"


def test_department_lists_know_pupils_whom_the_school_missed_and_strangers(
    county: dict[str, Book],
) -> None:
    folder = FOLDERS[-1]
    pupils = {p["id_number"]: p["student_no"] for p in roll(county, folder).values()}
    listed = {row["id_number"] for row in rows(county, f"{folder}/民政")}
    declared = {
        home["student_no"]
        for home in rows(county, f"{folder}/家庭经济情况表")
        if home["special_groups"] not in ("无", None)
    }
    missed = {pupils[number] for number in listed & pupils.keys()} - declared
    assert 5 < len(missed) < 100
    assert len(listed - pupils.keys()) > 200


@pytest.mark.parametrize("folder", FOLDERS)
def test_exams_look_real(county: dict[str, Book], folder: str) -> None:
    results = rows(county, f"{folder}/考试成绩/")
    assert len({(row["exam"], row["exam_date"]) for row in results}) == 2
    marks = [mark for row in results for mark in list(row.values())[5:]]
    absent = [mark for mark in marks if isinstance(mark, str)]
    assert 0.01 < len(absent) / len(marks) < 0.04
    assert set(absent) == {"病假", "事假", "缺考", "无故缺考", "缓考", "转入"}
    nothing = [row for row in results if not any(list(row.values())[5:])]
    assert 5 < len(nothing) < 0.01 * len(results)
    assert all(len(row) >= 5 + 3 for row in results)
    assert {str(row["student_no"]) for row in results} <= roll(county, folder).keys()


def test_nobody_is_paid_who_left_before_the_list_was_closed(county: dict[str, Book]) -> None:
    changed = rows(county, f"{FOLDERS[0]}/学籍异动表")
    arrived = {row["student_no"] for row in changed if row["change_kind"] == "转入"}
    left = {
        row["student_no"]: row["change_date"]
        for row in changed
        if row["change_kind"] in ("转出", "休学", "辍学") and row["student_no"] not in arrived
    }
    behind = 0
    autumn = [
        row
        for row in rows(county, "基金/资助发放")
        if isinstance(day := row["paid_on"], dt.date) and day < dt.date(2025, 11, 25)
    ]
    for row in autumn:
        day, gone = row["paid_on"], left.get(row["student_no"], dt.date.max)
        assert isinstance(day, dt.date)
        assert isinstance(gone, dt.date)
        assert day - dt.timedelta(LISTED_BEFORE) <= gone
        behind += gone < day
    assert behind, "some left between the list and the payment: money to claw back"
    assert any(row["student_no"] in left for row in autumn), "some left after the payment"


def test_nothing_is_dated_after_the_last_day(county: dict[str, Book]) -> None:
    days = [
        cell
        for book in county.values()
        for sheet in book.sheets
        for row in sheet.rows
        for cell in row
        if isinstance(cell, dt.date)
    ]
    assert max(days) <= LAST_DAY


def possible_names() -> set[str]:
    given = {char for *_, only in GIVEN.values() for char in only}
    given |= {a + b for first, last, _ in GIVEN.values() for a in first for b in last}
    return {surname + name for surname in SURNAMES for name in given}


def test_people_bear_names_of_these_characters(county: dict[str, Book]) -> None:
    pupils = rows(county, f"{FOLDERS[-1]}/学生名册/")
    names = {str(pupil[column]) for pupil in pupils for column in ("name", "guardian")}
    assert names <= possible_names()
    assert 0.10 < sum(len(str(pupil["name"])) == 2 for pupil in pupils) / len(pupils) < 0.20


def test_no_name_is_an_ordinary_word(county: dict[str, Book]) -> None:
    """The gate searches every page for every name: a name in ordinary prose is a false alarm."""
    prose = "".join(str(school["school_name"]) for school in rows(county, "学校名单"))
    for folder, pattern in (
        (ROOT / "params", "**/*.toml"),
        (ROOT / "aidkit" / "show", "*.py"),
        (ROOT / "aidkit" / "publish", "**/*.py"),
        (ROOT / "site", "*.qmd"),
    ):
        prose += "".join(path.read_text(encoding="utf-8") for path in folder.glob(pattern))
    prose = "".join(prose.split())
    words = {prose[n : n + length] for n in range(len(prose)) for length in (2, 3)}
    assert not possible_names() & words


def test_no_short_name_begins_a_long_one() -> None:
    """A donor named 张磊鑫 on a page would otherwise give a pupil named 张磊 away to the gate."""
    begins = {char for first, *_ in GIVEN.values() for char in first}
    assert not begins & {char for *_, only in GIVEN.values() for char in only}


def test_donors_who_may_be_named_share_their_name_with_nobody(county: dict[str, Book]) -> None:
    gifts = rows(county, "基金/捐赠收入")
    named = {g["donor"] for g in gifts if g["consent"] == "实名" and g["donor_class"] == "个人"}
    others = {p[c] for p in roll(county, FOLDERS[-1]).values() for c in ("name", "guardian")}
    assert len(named) > 10
    assert not named & others
