"""Faults as clerks make them, one of each kind, each planted in a known cell.

A fault in a roll is planted with a pupil who stands in no other table, so that setting the row
aside does not make faults elsewhere.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from aidkit.sample.sheets import Book, Cell, Formula, Sheet, Style

NOW, BEFORE, FIRST = "2026年秋季学期", "2026年春季学期", "2025年秋季学期"

_NOBODY = "G990101201301013336"
"""Well-formed, but on no roll."""

_IN_CELLS: tuple[tuple[str, str, int, str, Cell], ...] = (
    # code, file below the current term, row of the table from 0, column, what stands there
    ("future_date", "学籍异动表.xlsx", 0, "change_date", dt.date(2036, 10, 15)),
    ("unknown_word", "学籍异动表.xlsx", 1, "change_kind", "借读"),
    ("bad_school_code", "学籍异动表.xlsx", 2, "school_code", "99010100"),
    ("not_a_number", "家庭经济情况表.xlsx", 1, "household_size", "四口"),
    ("household_size_implausible", "家庭经济情况表.xlsx", 2, "household_size", 45),
    ("text_in_amount", "家庭经济情况表.xlsx", 3, "annual_income_fen", "约500"),
    ("too_many_decimals", "家庭经济情况表.xlsx", 4, "annual_income_fen", 12_345.678),
    ("negative_amount", "家庭经济情况表.xlsx", 5, "annual_income_fen", -3_000),
    ("uncached_formula", "家庭经济情况表.xlsx", 6, "annual_income_fen", Formula("3000*12")),
    ("error_cell", "家庭经济情况表.xlsx", 7, "medical_expense_fen", Formula("1/0", "#DIV/0!")),
    ("bad_date", "资助申请汇总表.xlsx", 1, "applied_on", "九月初"),
    ("impossible_date", "资助申请汇总表.xlsx", 3, "applied_on", "2026年9月31日"),
    ("missing_value", "资助申请汇总表.xlsx", 5, "name", None),
    ("unknown_teacher", "一对一帮扶结对表.xlsx", 0, "teacher_no", "999999999"),
    ("score_out_of_range", "考试成绩/云岭中学.xlsx", 2, "mathematics", 999),
    ("unknown_class", "考试成绩/云岭中学.xlsx", 4, "class_name", "99班"),
)


@dataclass(frozen=True)
class PlantedFault:
    """One planted fault.

    Attributes:
        code: Kind of fault, as in `tables.Problems`.
        file: Path relative to the county folder, with `/`.
        sheet: Sheet name; empty for a whole file.
        row: Row as Excel shows it; the header's for a fault of the sheet, None for a whole file.
        column: Header of the column; may be empty.
        letter: Its Excel letter; may be empty.
    """

    code: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    letter: str = ""


def plant(books: list[Book]) -> list[PlantedFault]:
    """Plant every kind of fault in the books and say where each one stands."""
    by_path = {book.path: book for book in books}
    return [
        *_in_cells(by_path),
        *_in_roll(by_path, books),
        *_between_rows(by_path),
        *_in_sheets(by_path, books),
    ]


def planted_at(code: str, book: Book, sheet: Sheet, index: int, column: str) -> PlantedFault:
    """The fault that stands in a column of the sheet's row `index`, counted from 0."""
    return PlantedFault(
        code,
        book.path,
        sheet.name,
        sheet.excel_row(index),
        sheet.header(column),
        sheet.letter(column),
    )


def _set(code: str, book: Book, index: int, column: str, value: Cell) -> PlantedFault:
    sheet = book.sheets[0]
    sheet.rows[index][sheet.columns.index(column)] = value
    return planted_at(code, book, sheet, index, column)


def _in_cells(books: dict[str, Book]) -> Iterator[PlantedFault]:
    for code, file, index, column, value in _IN_CELLS:
        yield _set(code, books[f"{NOW}/{file}"], index, column, value)


def _in_roll(books: dict[str, Book], every: list[Book]) -> Iterator[PlantedFault]:
    """Faults of single children in the roll of a kindergarten: no exam mentions them."""
    book = books[f"{NOW}/学生名册/石桥镇中心幼儿园.xlsx"]
    sheet = book.sheets[0]
    quiet = _quiet(sheet, every)

    def spoil(code: str, column: str, change: "str | int | dt.date") -> PlantedFault:
        return _set(code, book, next(quiet), column, change)

    def cell(index: int, column: str) -> str:
        return str(sheet.rows[index][sheet.columns.index(column)])

    index = next(quiet)
    id_number = cell(index, "id_number")
    yield _set("numeric_id", book, index, "id_number", int(id_number[:15] + "000"))
    index = next(quiet)
    id_number = cell(index, "id_number")
    yield _set("bad_id_check", book, index, "id_number", id_number[:17] + _other(id_number[17]))
    index = next(quiet)
    yield _set("bad_id_shape", book, index, "id_number", cell(index, "id_number")[:17])
    index = next(quiet)
    yield _set("bad_student_no", book, index, "student_no", cell(index, "student_no")[:18])
    index = next(quiet)
    yield _set("numeric_code", book, index, "school_code", int(cell(index, "school_code")))
    index = next(quiet)
    yield _set("numeric_card", book, index, "card_no", int(cell(index, "card_no")[:15] + "0000"))
    index = next(quiet)
    card = cell(index, "card_no")
    yield _set("card_luhn", book, index, "card_no", card[:-1] + _other(card[-1]))
    index = next(quiet)
    born = dt.date.fromisoformat(cell(index, "birth_date")) + dt.timedelta(40)
    yield _set("birth_mismatch", book, index, "birth_date", born)
    yield spoil("unknown_school", "school_code", "9901019999")
    yield spoil("bad_card", "card_no", "现金领取")
    yield spoil("bad_phone", "guardian_phone", "1990013")

    first, second = next(quiet), next(quiet)
    _set("card_shared", book, second, "card_no", cell(first, "card_no"))
    yield planted_at("card_shared", book, sheet, second, "card_no")
    first, second = next(quiet), next(quiet)
    born = dt.date.fromisoformat(cell(first, "birth_date"))
    _set("id_twice", book, second, "birth_date", born)
    yield _set("id_twice", book, second, "id_number", cell(first, "id_number"))

    twice = list(sheet.rows[next(quiet)])
    twice[sheet.columns.index("class_name")] = "9班"
    sheet.rows.append(twice)
    yield planted_at("duplicate_student", book, sheet, len(sheet.rows) - 1, "student_no")
    # The other school's file comes first, so this row is the one found to stand twice.
    other = books[f"{NOW}/学生名册/大坳教学点.xlsx"].sheets[0]
    moved = list(other.rows[next(_quiet(other, every))])
    moved[sheet.columns.index("school_code")] = cell(0, "school_code")
    sheet.rows.append(moved)
    yield planted_at("student_in_two_schools", book, sheet, len(sheet.rows) - 1, "student_no")
    if sheet.footer:
        sheet.footer = f"共计{len(sheet.rows)}人"


def _between_rows(books: dict[str, Book]) -> Iterator[PlantedFault]:
    asked = books[f"{NOW}/资助申请汇总表.xlsx"]
    sheet = asked.sheets[0]
    sheet.rows.append(list(sheet.rows[7]))
    yield planted_at("duplicate_row", asked, sheet, len(sheet.rows) - 1, "student_no")
    sheet.rows.append([_NOBODY, *sheet.rows[8][1:]])
    yield planted_at("unknown_student", asked, sheet, len(sheet.rows) - 1, "student_no")
    panels = books[f"{NOW}/困难认定结果表.xlsx"]
    name = panels.sheets[0].columns.index("name")
    mine, *others = (row[name] for row in panels.sheets[0].rows)
    other = next(name for name in others if name != mine)
    yield _set("name_mismatch", panels, 0, "name", other)
    changes = books[f"{NOW}/资助变动登记表.xlsx"]
    sheet = changes.sheets[0]
    sheet.rows.append([_NOBODY, *sheet.rows[0][1:]])
    yield planted_at("unknown_person", changes, sheet, len(sheet.rows) - 1, "person_no")
    college = books[f"{NOW}/高校学生登记表.xlsx"]
    sheet = college.sheets[0]
    pupil = books[f"{NOW}/学生名册/青山县第二高级中学.xlsx"].sheets[0].rows[0]
    sheet.rows.append([*pupil[:3], *sheet.rows[0][3:]])
    yield planted_at("freshman_on_roll", college, sheet, len(sheet.rows) - 1, "student_no")
    paid = books["基金/资助发放登记表.xlsx"]
    total = paid.sheets[0].total
    if total is None:
        raise ValueError("the payouts have no total to spoil")
    place = paid.sheets[0].columns.index("amount_fen")
    total[place] = float(str(total[place])) + 100
    yield PlantedFault(
        "total_mismatch",
        paid.path,
        paid.sheets[0].name,
        paid.sheets[0].total_row,
        paid.sheets[0].header("amount_fen"),
        paid.sheets[0].letter("amount_fen"),
    )
    roll = books[f"{NOW}/学生名册/大坳教学点.xlsx"]
    sheet = roll.sheets[0]
    sheet.footer = f"共计{len(sheet.rows) + 3}人"
    yield PlantedFault(
        "count_mismatch",
        roll.path,
        sheet.name,
        sheet.total_row,
        sheet.header(sheet.columns[0]),
        sheet.letter(sheet.columns[0]),
    )


def _in_sheets(books: dict[str, Book], every: list[Book]) -> Iterator[PlantedFault]:
    pairs = books[f"{BEFORE}/一对一帮扶结对表.xlsx"]
    sheet = pairs.sheets[0]
    gone = sheet.columns.index("paired_on")
    yield PlantedFault("missing_column", pairs.path, sheet.name, sheet.header_row, "结对日期")
    sheet.columns.pop(gone)
    for row in sheet.rows:
        row.pop(gone)

    visits = books[f"{BEFORE}/走访记录表.xlsx"]
    _add_column(visits.sheets[0], "place_again", visits.sheets[0].header("place"), "村口")
    yield _of_column("duplicate_header", visits, "place_again")
    helpers = books[f"{NOW}/一对一帮扶结对表.xlsx"]
    _add_column(helpers.sheets[0], "shoe_size", "鞋码", 36)
    yield _of_column("unknown_column", helpers, "shoe_size")

    homes = books[f"{FIRST}/家庭经济情况表.xlsx"]
    homes.sheets[0].lines[-1] = homes.sheets[0].lines[-1].replace("单位：元", "单位：万元")
    yield _of_column("unit_not_yuan", homes, "annual_income_fen")

    exams = books[f"{NOW}/考试成绩/云岭中学.xlsx"]
    exams.sheets[0].headers["chinese"] = "语文（500分）"
    yield _of_column("bad_full_score", exams, "chinese")

    schools = books["学校名单.xlsx"]
    goods = Sheet(
        "食堂用品",
        "schools",
        ["item", "count", "price"],
        [["汤勺", 120, 3.5], ["餐盘", 200, 8]],
        ["食堂用品采购"],
        Style(),
        headers={"item": "餐具", "count": "件数", "price": "单价"},
    )
    schools.sheets.append(goods)
    yield PlantedFault("unknown_sheet", schools.path, goods.name)

    broken = Book(f"{NOW}/考试成绩/打不开的成绩表.xlsx", [], raw=b"PK\x03\x04" + bytes(60))
    every.append(broken)
    yield PlantedFault("file_unreadable", broken.path)


def _add_column(sheet: Sheet, column: str, header: str, value: Cell) -> None:
    sheet.columns.append(column)
    sheet.headers[column] = header
    for row in sheet.rows:
        row.append(value)


def _of_column(code: str, book: Book, column: str) -> PlantedFault:
    sheet = book.sheets[0]
    return PlantedFault(
        code, book.path, sheet.name, sheet.header_row, sheet.header(column), sheet.letter(column)
    )


def _quiet(roll: Sheet, every: list[Book]) -> Iterator[int]:
    """Rows of pupils with an ID number whom no other sheet mentions, apart from rolls."""
    mentioned: set[Cell] = set()
    for book in every:
        for sheet in book.sheets:
            if sheet.table != "students" and "student_no" in sheet.columns:
                place = sheet.columns.index("student_no")
                mentioned.update(row[place] for row in sheet.rows)
    number, id_number = roll.columns.index("student_no"), roll.columns.index("id_number")
    for index, row in enumerate(list(roll.rows)):
        if row[number] not in mentioned and row[id_number]:
            yield index


def _other(character: str) -> str:
    """Another last digit than the right one."""
    return "1" if character != "1" else "2"
