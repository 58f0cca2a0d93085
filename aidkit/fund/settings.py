"""The files of a county's funds: `<county>/params/funds/<id>.toml`."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aidkit.errors import ParamsError
from aidkit.fund.accounts import ASSETS, UNRESTRICTED
from aidkit.labels import plain, project_labels
from aidkit.toml import TomlTable, close_to, read_toml

_ID = re.compile("[a-z][a-z0-9_]*")
_YEAR = re.compile(r"(19|20)\d\d")
GOODS = "goods"
"""The one asset account that no money arrives on."""

ORG_TYPES = (
    "public_foundation",
    "private_foundation",
    "association",
    "service",
    "union_fund",
    "school_fund",
)
"""Codes of vocabulary `org_type`."""


@dataclass(frozen=True)
class Purpose:
    """A restriction that donors can put on their gift.

    Attributes:
        id: Short English name.
        title: What statements call it, Chinese.
        words: What donors and workbooks write for it.
        programs: Ids of the programs it may be spent on.
        leftover: What is done with what is left when it ends, Chinese; empty where not settled.
    """

    id: str
    title: str
    words: tuple[str, ...]
    programs: tuple[str, ...]
    leftover: str


@dataclass(frozen=True)
class FundProgram:
    """What a fund spends on.

    Attributes:
        id: A program id of `params/programs`, or one of the fund's own.
        title: What statements call it, Chinese.
        words: What workbooks write for it.
        purpose: The purpose whose money it spends unless a row says otherwise; empty: unrestricted.
    """

    id: str
    title: str
    words: tuple[str, ...]
    purpose: str


@dataclass(frozen=True)
class Pledge:
    """What the staff of one kind of post promised to give.

    Attributes:
        post: Code of vocabulary `staff_post`.
        persons: How many hold such a post.
        fen_a_day: Promised a day.
        days: Days a year that are counted.
        stated_fen: Yearly sum that the fund's own paper states; None where it states none.
    """

    post: str
    persons: int
    fen_a_day: int
    days: int
    stated_fen: int | None

    @property
    def derived_fen(self) -> int:
        """The yearly sum of one person that follows from the daily one."""
        return self.fen_a_day * self.days


@dataclass(frozen=True)
class Fund:
    """One fund.

    Attributes:
        id: File name without `.toml`.
        name: What statements call it, Chinese.
        org_type: One of `ORG_TYPES`; which rules bind it.
        bank: Bank and branch of its account; empty where not told.
        opened_on: First day of its book.
        channels: Code of vocabulary `channel` to the asset account where such money arrives.
        purposes: By id.
        programs: By id.
        pledges: What staff promised.
        figures: Figures that ratios need and the book cannot know, e.g. net assets at the end of
            the year before, in fen: (year, name) to fen.
    """

    id: str
    name: str
    org_type: str
    bank: str
    opened_on: dt.date
    channels: Mapping[str, str]
    purposes: Mapping[str, Purpose]
    programs: Mapping[str, FundProgram]
    pledges: tuple[Pledge, ...]
    figures: Mapping[tuple[int, str], int]


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
        id=_id(table),
        title=table.text("title"),
        words=table.texts_or_empty("words"),
        programs=table.texts_or_empty("programs"),
        leftover=table.text_or("leftover", ""),
    )
    table.done()
    return purpose


def _program(table: TomlTable) -> FundProgram:
    program = FundProgram(
        id=_id(table),
        title=table.text("title"),
        words=table.texts_or_empty("words"),
        purpose=table.text_or("purpose", UNRESTRICTED),
    )
    table.done()
    return program


def _id(table: TomlTable) -> str:
    found = table.text("id")
    if not _ID.fullmatch(found):
        raise table.fault("id", f"“{found}”不能作代码。", "请只用小写字母、数字和下划线。")
    return found


def _channels(table: TomlTable) -> dict[str, str]:
    known = project_labels().names("channel")
    money = [account for account in ASSETS if account != GOODS]
    for key in table.keys:
        if key not in known:
            raise table.fault(key, f"不认识的方式“{key}”。", close_to(key, known))
    channels = {key: table.choice(key, money) for key in table.keys}
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


_Named = TypeVar("_Named", Purpose, FundProgram)


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
