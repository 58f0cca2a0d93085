"""Drafts settled: what is said of the whole file filled in, words turned into codes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.entry import OF_PROGRAMS
from aidkit.fund.importing.drafts import SAID
from aidkit.fund.importing.row_faults import (
    RowFault,
    impossible_amounts,
    impossible_movements,
    unknown_channels,
    unknown_words,
)
from aidkit.fund.settings import Fund
from aidkit.fund.words import (
    fund_words,
    program_words,
    purpose_words,
    unknown_fund,
    unknown_program,
    unknown_purpose,
)
from aidkit.labels import plain

_CODES = ("fund", "to_fund", "purpose", "to_purpose", "program")


@dataclass(frozen=True)
class Whole:
    """What is said of a whole file, where its rows say nothing.

    Attributes:
        fund: Id of the fund; empty: the county's only one.
        date: Day; None: nobody says.
        channel: Code of vocabulary `channel`; empty: nobody says.
        approved_by: Who approved what it spends.
        entered_by: Who enters.
    """

    fund: str = ""
    date: dt.date | None = None
    channel: str = ""
    approved_by: str = ""
    entered_by: str = ""


def settle(
    drafts: pl.DataFrame, funds: Mapping[str, Fund], whole: Whole
) -> tuple[pl.DataFrame, list[RowFault]]:
    """Fill in what is said of the whole file and turn words into codes.

    Without funds (no county) words stay words, and only amounts and quantities are judged.

    Args:
        drafts: Of `drafts.drafts_of`.
        funds: The county's funds.
        whole: What is said of the whole file.

    Returns:
        The drafts with their place in `draft`, and what is wrong with them.

    Raises:
        UsageError: The fund named for the whole file is none of the county's, or none is named
            where there are several.
    """
    filled = drafts.with_columns(
        pl.col("date").fill_null(pl.lit(whole.date, dtype=pl.Date)),
        pl.col("channel").fill_null(pl.lit(whole.channel or None, dtype=pl.String)),
        approved_by=_or(pl.col("approved_by"), pl.lit(whole.approved_by)),
        entered_by=_or(pl.col("entered_by"), pl.lit(whole.entered_by)),
    ).with_row_index("draft")
    faults = [*impossible_amounts(filled)]
    if not funds:
        words = {code: pl.col(f"{code}_said").fill_null("") for code in _CODES}
        return _lean(filled.with_columns(**words)), faults
    settled = _coded(filled, funds, _only_fund(filled, funds, whole))
    for code, column in (("fund", "fund"), ("to_fund", "to_fund")):
        faults += unknown_words(
            settled, code, column, lambda word, _: unknown_fund(word, funds), funds
        )
    faults += unknown_words(settled, "purpose", "purpose", unknown_purpose, funds)
    faults += unknown_words(settled, "to_purpose", "to_purpose", unknown_purpose, funds)
    faults += unknown_words(settled, "program", "program_title", unknown_program, funds)
    settled = settled.with_columns(pl.col(_CODES).fill_null(""))
    faults += unknown_channels(settled, funds)
    sound = settled.filter(~pl.col("draft").is_in([one.draft for one in faults]))
    faults += impossible_movements(sound, funds)
    return _lean(settled), sorted(faults, key=lambda one: one.draft)


def _lean(drafts: pl.DataFrame) -> pl.DataFrame:
    """Without the words, and with columns that say the same in all rows in the room of one."""
    kept = drafts.drop(SAID)
    if kept.is_empty():
        return kept
    # By expressions: a column that is taken out as a series is written out in full.
    same = kept.select(pl.all().eq_missing(pl.all().first()).all()).row(0, named=True)
    first = kept.row(0, named=True)
    return kept.with_columns(
        pl.lit(first[name], dtype=dtype).alias(name)
        for name, dtype in kept.schema.items()
        if same[name]
    )


def _or(said: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
    return pl.when(said == "").then(otherwise).otherwise(said)


def _coded(drafts: pl.DataFrame, funds: Mapping[str, Fund], only: str) -> pl.DataFrame:
    """With the codes of all words; null where a word is unknown."""
    named = drafts.with_columns(
        fund=_code("fund_said", drafts, fund_words(funds), none=only),
        to_fund=_code("to_fund_said", drafts, fund_words(funds)),
    )
    pairs = named.select("fund", "to_fund").unique(maintain_order=True)
    if pairs.height == 1:
        return _of_fund(named, funds, *pairs.row(0))
    parts = [
        _of_fund(rows, funds, *pair)
        for pair, rows in named.group_by("fund", "to_fund", maintain_order=True)
    ]
    return pl.concat(parts).sort("draft") if parts else named


def _of_fund(
    drafts: pl.DataFrame, funds: Mapping[str, Fund], fund_id: object, to_id: object
) -> pl.DataFrame:
    """With the codes of words that mean something to a fund only."""
    fund = funds.get(str(fund_id))
    other = funds.get(str(to_id)) or fund
    if fund is None or other is None:
        return drafts
    # They spend the purpose of their program unless the row says otherwise.
    spends = pl.col("kind").is_in(OF_PROGRAMS)
    pools = {program.id: program.purpose for program in fund.programs.values()}
    coded = drafts.with_columns(
        program=_code("program_said", drafts, program_words(fund)),
        purpose=_code("purpose_said", drafts, purpose_words(fund)),
        to_purpose=_code("to_purpose_said", drafts, purpose_words(other)),
    )
    of_program = pl.col("program").replace_strict(pools, default="", return_dtype=pl.String)
    # A program that must be told and is not is as unknown as one that the fund lacks.
    untold = spends & pl.col("program_said").is_null()
    return coded.with_columns(
        purpose=pl.when(spends & pl.col("purpose_said").is_null())
        .then(of_program)
        .otherwise("purpose"),
        program=pl.when(~untold).then("program"),
    )


def _code(said: str, drafts: pl.DataFrame, words: Mapping[str, str], *, none: str = "") -> pl.Expr:
    """The code of each word: null where the word is unknown, `none` where none is said."""
    codes = {word: words.get(plain(word)) for word in drafts[said].drop_nulls().unique()}
    code = pl.col(said).replace_strict(codes, default=None, return_dtype=pl.String)
    return pl.when(pl.col(said).is_null()).then(pl.lit(none)).otherwise(code)


def _only_fund(drafts: pl.DataFrame, funds: Mapping[str, Fund], whole: Whole) -> str:
    """The fund of rows that name none."""
    names = "、".join(f"{fund.id}（{fund.name}）" for fund in funds.values())
    if whole.fund:
        if whole.fund not in funds:
            raise UsageError(f"没有代号为“{whole.fund}”的基金。", remedy=f"本县的基金有：{names}。")
        return whole.fund
    if len(funds) > 1 and drafts["fund_said"].null_count():
        raise UsageError(
            "本县有几个基金，不知道这份文件是哪一个的。",
            remedy=f"请用 --fund 指明，或在表里填“所属基金”。本县的基金有：{names}。",
        )
    return next(iter(funds))
