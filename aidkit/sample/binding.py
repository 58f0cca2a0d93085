"""Sheets and books as the county's centre names them and lays them out."""

from aidkit.calendar import Term
from aidkit.labels import project_labels
from aidkit.sample.sheets import Book, Cell, Sheet, Style

OFFICE = "青山县学生资助管理中心"
IN_YUAN = f"{OFFICE}    单位：元"


def sheet_of(
    table: str,
    rows: list[list[Cell]],
    style: Style,
    *,
    when: str = "",
    filled: str = OFFICE,
    name: str = "Sheet1",
) -> Sheet:
    """A sheet with all columns of a table, a title, and a line that says who filled it in."""
    labels = project_labels()
    lines = [f"{when}{labels.titles[table]}", f"填报单位：{filled}"]
    return Sheet(name, table, list(labels.columns[table]), rows, lines, style)


def book_of(path: str, sheet: Sheet) -> Book:
    """A book of one sheet."""
    return Book(path, [sheet])


def term_book(
    term: Term, table: str, rows: list[list[Cell]], style: Style, *, filled: str = OFFICE
) -> Book:
    """A table of a term in a book of its own, both named after the table."""
    file = f"{project_labels().titles[table]}.xlsx"
    return book_of(
        path_of(term, file), sheet_of(table, rows, style, when=when_of(term), filled=filled)
    )


def path_of(term: Term, file: str) -> str:
    """Path of a term's file in the county folder."""
    return f"{when_of(term)}/{file}"


def when_of(term: Term) -> str:
    """The term as clerks write it in titles and folder names."""
    return term.label.replace(" ", "")
