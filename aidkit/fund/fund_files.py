"""The files of a county's funds: `<county>/params/funds/<id>.toml`."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypeVar

from aidkit.errors import ParamsError
from aidkit.fund.accounts import MONEY, UNRESTRICTED
from aidkit.fund.entry import COST_OF
from aidkit.fund.settings import ORG_TYPES, Fund, FundProgram, Pledge, Purpose
from aidkit.labels import plain, project_labels
from aidkit.toml import TomlTable, close_to, read_toml

_ID = re.compile("[a-z][a-z0-9_]*")
_YEAR = re.compile(r"(19|20)\d\d")

_NO_PURPOSE = ("unrestricted",)
_NO_PROGRAM = ("other", "total")
"""Ids that statements use for rows of their own."""


def read_funds(county: Path) -> dict[str, Fund]:
    """The county's funds by id, sorted; empty where it has none.

    Raises:
        ParamsError: A file is wrong: key and remedy are told.
    """
    funds: dict[str, Fund] = {}
    for path in sorted((county / "params" / "funds").glob("*.toml")):
        fund = _fund(path.stem, read_toml(path))
        for other in funds.values():
            if plain(fund.name) == plain(other.name):
                raise ParamsError(
                    f"两个基金同名：“{fund.name}”。",
                    where=f"{path}：name",
                    remedy=f"请改名，与 {other.id}.toml 区分开。",
                )
        funds[fund.id] = fund
    return funds


def _fund(fund_id: str, file: TomlTable) -> Fund:
    if not _ID.fullmatch(fund_id):
        raise file.fault("", f"文件名“{fund_id}”不能作代码。", "请只用小写字母、数字和下划线。")
    purposes = _named(file, "purpose", map(_purpose, file.tables_or_empty("purpose")))
    programs = _named(file, "program", map(_program, file.tables_or_empty("program")))
    fund = Fund(
        id=fund_id,
        name=file.text("name"),
        org_type=file.choice("org_type", ORG_TYPES),
        bank=file.text_or("bank", ""),
        unit=file.text_or("unit", ""),
        contact=file.text_or("contact", ""),
        opened_on=file.date("opened_on"),
        channels=_channels(file.table("channels")),
        purposes=purposes,
        programs=programs,
        pledges=tuple(map(_pledge, file.tables_or_empty("pledge"))),
        figures=_figures(file.table_or_empty("figures")),
    )
    file.done()
    for purpose in purposes.values():
        for program in purpose.programs:
            if program not in programs:
                raise file.fault(
                    f"purpose.{purpose.id}.programs",
                    f"没有“{program}”这个项目。",
                    close_to(program, programs),
                )
    for one in programs.values():
        if one.purpose not in {UNRESTRICTED, *purposes}:
            raise file.fault(
                f"program.{one.id}.purpose",
                f"没有“{one.purpose}”这个限定用途。",
                close_to(one.purpose, purposes),
            )
        if one.purpose and one.id not in purposes[one.purpose].programs:
            raise file.fault(
                f"program.{one.id}.purpose",
                f"项目“{one.title}”默认用“{purposes[one.purpose].title}”的钱，"
                "但这个用途没有列出它。",
                f"请在用途 {one.purpose} 的 programs 里加上“{one.id}”。",
            )
    return fund


def _purpose(table: TomlTable) -> Purpose:
    purpose = Purpose(
        id=_id(table, _NO_PURPOSE),
        title=table.text("title"),
        words=table.texts_or_empty("words"),
        programs=table.texts_or_empty("programs"),
        leftover=table.text_or("leftover", ""),
        costs=table.choices_or_empty("costs", COST_OF),
    )
    table.done()
    return purpose


def _program(table: TomlTable) -> FundProgram:
    program = FundProgram(
        id=_id(table, _NO_PROGRAM),
        title=table.text("title"),
        words=table.texts_or_empty("words"),
        purpose=table.text_or("purpose", UNRESTRICTED),
    )
    table.done()
    return program


def _id(table: TomlTable, reserved: Collection[str]) -> str:
    found = table.text("id")
    if not _ID.fullmatch(found):
        raise table.fault("id", f"“{found}”不能作代码。", "请只用小写字母、数字和下划线。")
    if found in reserved:
        raise table.fault("id", f"“{found}”是报表自己用的代码。", "请换一个代码。")
    return found


def _channels(table: TomlTable) -> dict[str, str]:
    known = project_labels().names("channel")
    for key in table.keys:
        if key not in known:
            raise table.fault(key, f"不认识的方式“{key}”。", close_to(key, known))
    channels = {key: table.choice(key, MONEY) for key in table.keys}
    table.done()
    if not channels:
        raise table.fault("", "没有写明钱存在哪里。", '请至少写一项，例如 bank = "bank"。')
    return channels


def _pledge(table: TomlTable) -> Pledge:
    pledge = Pledge(
        post=table.choice("post", project_labels().names("staff_post")),
        persons=table.natural("persons"),
        fen_a_day=table.fen("a_day"),
        days=table.natural("days"),
        stated_fen=table.optional_fen("stated"),
    )
    table.done()
    return pledge


def _figures(table: TomlTable) -> dict[tuple[int, str], int]:
    figures: dict[tuple[int, str], int] = {}
    for year in table.keys:
        if not _YEAR.fullmatch(year):
            raise table.fault(year, f"“{year}”不是年份。", "请写成 [figures.2025]。")
        of_year = table.table(year)
        figures |= {(int(year), name): of_year.fen(name) for name in of_year.keys}
        of_year.done()
    table.done()
    return figures


_Named = TypeVar("_Named", bound=Purpose | FundProgram)


def _named(file: TomlTable, key: str, several: Iterable[_Named]) -> dict[str, _Named]:
    """By id; a word that stands for two things is refused: nobody could say which."""
    named: dict[str, _Named] = {}
    meant: dict[str, str] = {}
    for one in several:
        words = {one.id, *map(plain, (one.title, *one.words))}
        if double := sorted(words & meant.keys()):
            raise file.fault(
                f"{key}.{one.id}",
                f"“{double[0]}”写了两次，已经指 {meant[double[0]]}。",
                "请只留在一处，另一处换个叫法。",
            )
        meant |= dict.fromkeys(words, one.id)
        named[one.id] = one
    return named
