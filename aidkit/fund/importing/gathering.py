"""A file against the book: drafts, problems and what is left out, put together as a preview."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from aidkit.errors import UsageError
from aidkit.fund.book import Book
from aidkit.fund.importing.comparing import compare
from aidkit.fund.importing.drafts import drafts_of
from aidkit.fund.importing.places import draft_problems, place, places_of, short
from aidkit.fund.importing.preview import ASKED, Preview
from aidkit.fund.importing.registers import Register
from aidkit.fund.importing.row_faults import RowFault
from aidkit.fund.importing.rows import Whole, settle
from aidkit.intake.faults import ERROR, in_order
from aidkit.intake.lexicon import polars_schema
from aidkit.tables import Problems

ALL = "all"
"""Instead of rows: all that may stand already are gifts of their own."""

_PROBLEM_PLACE = place("sheet", "row")


@dataclass(frozen=True)
class Choices:
    """What an officer decided of single rows, see `places.places_of`.

    Attributes:
        accept: Rows left out: bad ones, control lines that do not fit, rows that may stand already.
        distinct: Rows that are posted all the same: they only look like others (`ALL`), were taken
            back by hand, or were left out of this very file before.
    """

    accept: Sequence[str] = ()
    distinct: Sequence[str] = ()


def gather(
    book: Book | None, register: Register, whole: Whole, choices: Choices, document: str
) -> Preview:
    """What a file asks for, held against the book; the book's own rules are not asked yet.

    Args:
        book: The county's book; None: no county, nothing is known.
        register: What the file holds.
        whole: What is said of the whole file.
        choices: What was decided of single rows.
        document: Name of the file in the journal.

    Raises:
        UsageError: A choice names a row of which there is nothing to decide, or the fund is not
            clear.
    """
    drafts = drafts_of(register.tables)
    # A million rows are not held twice.
    register = replace(register, tables={})
    drafts, wrong = settle(drafts, book.funds if book else {}, whole)
    problems = _with(register.problems, register, drafts, wrong)
    bad = {*problems.filter(severity=ERROR).drop_nulls("row").select(_PROBLEM_PLACE).to_series()}
    sound = drafts.filter(~place().is_in([*bad])) if bad else drafts
    compared, gone = compare(sound, book, document, register.digest)
    preview = Preview(
        document=document,
        register=register,
        known=book is not None and register.digest in book.batches["file_digest"],
        drafts=compared,
        gone=gone,
        problems=problems,
        left_out={},
        distinct={},
    )
    before = _left_before(book, preview)
    asked = _places(compared.filter(pl.col("status").is_in(ASKED)))
    leave = places_of(choices.accept, preview.sheets, "--accept")
    own = (
        _places(compared.filter(status="duplicate"))
        if ALL in choices.distinct
        else places_of(choices.distinct, preview.sheets, "--distinct")
    )
    refuse_idle(own - asked - {*before}, preview.sheets, "--distinct", "没有什么要这样决定的")
    found = leave & (bad | asked | {*before})
    named = replace(preview, idle=frozenset(leave - found))
    kept = leave_out(named, found | ({*before} - own), drafts, before)
    return _own(kept, own - found, before)


def _places(rows: pl.DataFrame) -> set[str]:
    return {*rows.select(place()).to_series()}


def _left_before(book: Book | None, preview: Preview) -> dict[str, str]:
    """Rows that were left out when these very bytes were last imported, and why."""
    if book is None or not preview.known:
        return {}
    texts = book.batches.filter(file_digest=preview.register.digest)["left_out_rows"]
    told: dict[str, str] = json.loads(texts[-1] or "{}")
    if not told:
        return {}
    sheets = preview.sheets
    before = {row if len(sheets) > 1 else f"{sheets[0]}!{row}": why for row, why in told.items()}
    posted = _places(preview.drafts.filter(place().is_in([*before]), status="same"))
    return {where: why for where, why in before.items() if where not in posted}


def _own(preview: Preview, places: Collection[str], before: Mapping[str, str]) -> Preview:
    """The preview with rows as new that are posted whatever speaks against it."""
    if not places:
        return preview
    here = pl.col("status").is_in(ASKED) & place().is_in([*places])
    again = {short(where, preview.sheets): before[where] for where in places if where in before}
    return replace(
        preview,
        distinct=again | _against(preview, here),
        drafts=preview.drafts.with_columns(
            status=pl.when(here).then(pl.lit("new")).otherwise("status"),
            voucher_no=pl.when(here).then(pl.lit("")).otherwise("voucher_no"),
            why=pl.when(here).then(pl.lit("")).otherwise("why"),
        ),
    )


def _against(preview: Preview, rows: pl.Expr) -> dict[str, str]:
    """Rows that may stand already or were taken back, with what they are like."""
    asked = preview.drafts.filter(rows, pl.col("status").is_in(ASKED))
    return {short(where, preview.sheets): why for where, why in asked.select(place(), "why").rows()}


def leave_out(
    preview: Preview,
    places: Collection[str],
    drafts: pl.DataFrame,
    before: Mapping[str, str] | None = None,
) -> Preview:
    """The preview without some rows, and why.

    Args:
        preview: What would be done.
        places: The rows.
        drafts: Drafts of all rows, bad ones too.
        before: Rows that were left out before to why.
    """
    if not places:
        return preview
    sheets = preview.sheets
    named = _PROBLEM_PLACE.is_in([*places])
    reasons = dict(preview.left_out)
    for where, message in preview.problems.filter(named).select(_PROBLEM_PLACE, "message").rows():
        key = short(where, sheets)
        reasons[key] = f"{reasons[key]}{message}" if key in reasons else message
    here = place().is_in([*places])
    reasons |= _against(preview, here)
    reasons |= {
        short(where, sheets): why for where, why in (before or {}).items() if where in places
    }
    left = drafts.filter(here).with_columns(
        status=pl.lit("left_out"), voucher_no=pl.lit(""), why=pl.lit("")
    )
    kept = preview.drafts.filter(~here)
    return replace(
        preview,
        drafts=pl.concat([kept, left.select(kept.columns)]).sort("draft"),
        problems=preview.problems.filter(~named | pl.col("row").is_null()),
        left_out=reasons,
        distinct={row: like for row, like in preview.distinct.items() if row not in reasons},
    )


def with_faults(preview: Preview, faults: Iterable[RowFault]) -> Preview:
    """The preview with more problems of its drafts, without these; rows named are left out."""
    problems = _with(preview.problems, preview.register, preview.drafts, faults)
    told = replace(preview, problems=problems)
    found = preview.idle & {*told.errors.drop_nulls("row").select(_PROBLEM_PLACE).to_series()}
    kept = leave_out(replace(told, idle=preview.idle - found), found, preview.drafts)
    bad = kept.errors.drop_nulls("row").select(_PROBLEM_PLACE).to_series()
    held = place().is_in(bad.implode()) & (pl.col("status") != "left_out")
    return replace(kept, drafts=kept.drafts.filter(~held))


def refuse_idle(places: Collection[str], sheets: Collection[str], option: str, why: str) -> None:
    """Refuse rows named by mistake.

    Raises:
        UsageError: There are some.
    """
    if places:
        names = "、".join(sorted(short(one, sheets) for one in places)[:5])
        raise UsageError(
            f"{option} 里的第 {names} 行{why}。", remedy="请先预览，再写预览里列出的行。"
        )


def _with(
    problems: pl.DataFrame, register: Register, drafts: pl.DataFrame, faults: Iterable[RowFault]
) -> pl.DataFrame:
    told = draft_problems(faults, drafts, register.name, register.headers)
    return in_order(pl.concat([problems, pl.DataFrame(told, schema=polars_schema(Problems))]))
