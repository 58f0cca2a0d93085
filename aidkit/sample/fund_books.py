"""The registers and bank statements of the sample county's funds, as books."""

from dataclasses import replace
from random import Random

from aidkit.money import yuan
from aidkit.sample import fund_foundation as foundation
from aidkit.sample import fund_goods as goods
from aidkit.sample import fund_moves as moves
from aidkit.sample.binding import OFFICE, book_of, sheet_of
from aidkit.sample.forms import Rows
from aidkit.sample.fund import Gift, Payment
from aidkit.sample.fund_bank import statement
from aidkit.sample.fund_files import BANK, FOUNDATION_BANK, FOUNDATION_NAME, FUND_NAME
from aidkit.sample.fund_forms import (
    bank_statement,
    donations,
    goods_given,
    goods_received,
    goods_taken,
    movements,
    payouts,
)
from aidkit.sample.schools import School
from aidkit.sample.sheets import Book, Cell, Sheet, Style

LOVE_BOOKS = (
    "捐赠收入登记表.xlsx",
    "基金收支登记表.xlsx",
    "自办项目支出登记表.xlsx",
    "资助发放登记表.xlsx",
    "实物捐赠登记表.xlsx",
    "实物发放登记表.xlsx",
    "实物退还报损登记表.xlsx",
)
"""The fund's registers in an order in which they can be imported: what comes in comes first."""

IMPORTED = tuple(
    [f"基金/{file}" for file in LOVE_BOOKS]
    + [f"基金/{FOUNDATION_NAME}/{file}" for file in LOVE_BOOKS[:2]]
)
"""All registers, in such an order."""

STATEMENTS = {"love": "基金/银行流水.csv", "yunling": f"基金/{FOUNDATION_NAME}/银行流水.csv"}
"""Id of a fund to its bank's statement."""


def fund_books(
    rng: Random, gifts: list[Gift], payments: list[Payment], schools: list[School]
) -> list[Book]:
    """Every book of both funds."""
    own = moves.of_fund(gifts, payments, schools)
    programs = moves.own_programs(rng, payments, schools)
    theirs = foundation.moves(schools, FUND_NAME)
    got = [
        replace(move, out="", party=FOUNDATION_NAME) for move in theirs if move.kind == "transfer"
    ]
    stock = [(each.goods.fen(each.quantity) or 0) for each in goods.RECEIVED]
    handed = goods.given(schools)
    sheets = (
        _register("donations", donations(gifts, FUND_NAME), Style("chinese"), _sum(gifts)),
        _register("fund_movements", movements(own, FUND_NAME), Style("iso"), _sum(own)),
        _register("fund_movements", movements(programs, FUND_NAME), Style("dotted"),
                  _sum(programs)),
        _register("payouts", payouts(payments, FUND_NAME), Style(blank_every=500), _sum(payments)),
        _register("goods_received", goods_received(goods.RECEIVED, FUND_NAME), Style("dotted"),
                  sum(stock), column="value_fen"),
        _register("goods_given", goods_given(handed, FUND_NAME), Style("iso"),
                  sum(each.goods.fen(each.quantity) or 0 for each in handed), column="value_fen"),
        _register("goods_taken", goods_taken(goods.TAKEN, FUND_NAME), Style("dotted"),
                  sum(each.goods.fen(each.quantity) or 0 for each in goods.TAKEN),
                  column="value_fen"),
        _register("donations", donations(foundation.GIFTS, FOUNDATION_NAME), Style("iso"),
                  _sum(foundation.GIFTS), filled=FOUNDATION_NAME),
        _register("fund_movements", movements(theirs, FOUNDATION_NAME), Style("chinese"),
                  _sum(theirs), filled=FOUNDATION_NAME),
    )  # fmt: skip
    books = [book_of(path, sheet) for path, sheet in zip(IMPORTED, sheets, strict=True)]
    books[2].sheets[0].lines[0] = "基金自办项目支出登记表"
    banks = (
        (STATEMENTS["love"], BANK, moves.OPENING,
         statement(moves.OPENING, gifts, payments, [*own, *programs, *got])),
        (STATEMENTS["yunling"], FOUNDATION_BANK, foundation.OPENING,
         statement(foundation.OPENING, foundation.GIFTS, [], theirs)),
    )  # fmt: skip
    for path, bank, opening, lines in banks:
        filled = f"{bank}    期初余额：{yuan(opening)} 元    单位：元"
        sheet = sheet_of("bank_statement", bank_statement(lines), Style("iso"), filled=filled)
        sheet.columns = [one for one in sheet.columns if one not in _OTHER_FORM]
        books.append(book_of(path, sheet))
    return books


_OTHER_FORM = ("moved_fen", "direction")
"""How banks write that do not tell income and expense by two columns."""


def _register(
    table: str, rows: Rows, style: Style, total: int, *,
    column: str = "amount_fen", filled: str = OFFICE,
) -> Sheet:  # fmt: skip
    sheet = sheet_of(table, rows, style, filled=f"{filled}    单位：元")
    cells: list[Cell] = [None] * len(sheet.columns)
    cells[0] = "合计"
    cells[sheet.columns.index(column)] = total / 100
    sheet.total = cells
    return sheet


def _sum(rows: "list[Gift] | tuple[Gift, ...] | list[moves.Move] | list[Payment]") -> int:
    return sum(row.fen for row in rows)
