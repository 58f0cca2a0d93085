"""Faults that no cell shows: they appear when the term is decided, one of each kind."""

from aidkit.sample.faults import NOW, PlantedFault, planted_at
from aidkit.sample.programs import TITLES
from aidkit.sample.sheets import Book, Cell, Sheet, word

NOT_OURS = "爱心早餐"
OF_ANOTHER_PROVINCE = "雨露计划·中职"


def plant_doubts(books: list[Book]) -> list[PlantedFault]:
    """Plant them in the books of the current term and say where each one stands.

    The rows are good rows for intake: titles that mean nothing here, a panel that is too large
    or says two things or none, a waiver without signature, a revocation without reason.
    """
    found = {book.path: book for book in books}
    asked, decided = found[f"{NOW}/资助申请汇总表.xlsx"], found[f"{NOW}/困难认定结果表.xlsx"]
    changes = found[f"{NOW}/资助变动登记表.xlsx"]
    staff = found["教职工名册.xlsx"].sheets[0]
    names = [str(_cell(staff, n, "name")) for n in range(11)]
    tiered = [n for n, row in enumerate(decided.sheets[0].rows) if n > 1 and _said(decided, row)]
    crowded, silent, twice = tiered[:3]
    kind = {word("award_change", code): code for code in ("waived", "revoked")}
    of_kind: dict[str, int] = {}
    for n in range(len(changes.sheets[0].rows)):
        code = kind[str(_cell(changes.sheets[0], n, "award_change"))]
        of_kind.setdefault(code, n)
    return [
        _set("unknown_program", asked, 9, "program_title", NOT_OURS),
        _set("program_not_in_force", asked, 10, "program_title", OF_ANOTHER_PROVINCE),
        _set("panel_too_large", decided, crowded, "panel", "、".join(names)),
        _silence(decided, silent),
        _contradict(decided, twice),
        _set("waiver_unsigned", changes, of_kind["waived"], "signed", None),
        _set("revocation_without_reason", changes, of_kind["revoked"], "reason", None),
    ]


def _said(book: Book, row: list[Cell]) -> bool:
    return row[book.sheets[0].columns.index("tier")] is not None


def _cell(sheet: Sheet, index: int, column: str) -> Cell:
    return sheet.rows[index][sheet.columns.index(column)]


def _set(code: str, book: Book, index: int, column: str, value: Cell) -> PlantedFault:
    sheet = book.sheets[0]
    sheet.rows[index][sheet.columns.index(column)] = value
    return planted_at(code, book, sheet, index, column)


def _silence(book: Book, index: int) -> PlantedFault:
    sheet = book.sheets[0]
    sheet.rows[index][sheet.columns.index("tier")] = None
    return planted_at("panel_without_answer", book, sheet, index, "amount_fen")


def _contradict(book: Book, index: int) -> PlantedFault:
    """The same program under its short form, with another tier."""
    sheet = book.sheets[0]
    short = dict(TITLES.values())[str(_cell(sheet, index, "program_title"))]
    tier = sheet.columns.index("tier")
    row = list(sheet.rows[index])
    row[sheet.columns.index("program_title")] = short
    row[tier] = next(other[tier] for other in sheet.rows if other[tier] not in (None, row[tier]))
    sheet.rows.append(row)
    return planted_at("contradicting_tiers", book, sheet, len(sheet.rows) - 1, "tier")
