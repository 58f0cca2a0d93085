"""What is wrong with a voucher in itself, whatever else stands in the book."""

import datetime as dt
from collections.abc import Iterator, Mapping

import polars as pl

from aidkit.fund.accounts import ASSETS, EXPENSES
from aidkit.fund.entry import KINDS, RETURNED
from aidkit.fund.ledger.check_approval import approval
from aidkit.fund.ledger.check_earmarks import earmarks
from aidkit.fund.ledger.check_goods import goods
from aidkit.fund.ledger.faults import Fault, Rule, fault
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.names import Names
from aidkit.fund.ledger.runs import bare, of_postings, runs
from aidkit.fund.ledger.shapes import SIGNS
from aidkit.fund.ledger.wholeness import unbalanced
from aidkit.fund.settings import Fund

_REASONED = (*RETURNED, "goods_written_off", "release", "redesignate", "correction")
_AGREED = ("release", "redesignate")
_PURPOSELESS = (*ASSETS, *(one for one in EXPENSES if one != "transfer_out"), "interest_income")


def alone(
    entries: pl.DataFrame, new: Tables, funds: Mapping[str, Fund], entered_on: dt.date | None
) -> Iterator[Fault]:
    """What is wrong with single entries.

    Args:
        entries: The entries with `index`; columns as in `checks.CHECKED`, and `posted_by`: who
            entered their batch.
        new: Their postings and goods.
        funds: By id.
        entered_on: Nothing may be dated later; None: any date.
    """
    place = entries.select("index", "voucher_no")
    places = runs(new.postings)
    names = Names(funds)
    rules = (
        _of_entries(entries, new, places),
        approval(entries, new),
        _of_dates(entries, funds, entered_on),
        _of_funds(entries, new.postings, funds, places),
        _of_money(new.postings),
        earmarks(entries, new.postings, funds),
        goods(new),
    )
    for code, rows in (rule for group in rules for rule in group):
        if not rows.is_empty():
            placed = rows.unique(maintain_order=True).join(place, on="voucher_no")
            for row in placed.iter_rows(named=True):
                index = row.pop("index")
                yield fault(index, code, **names.told(row))


def _of_entries(entries: pl.DataFrame, new: Tables, places: pl.Series) -> Iterator[Rule]:
    kind = pl.col("kind")
    yield Rule("unknown_kind", entries.filter(~kind.is_in(KINDS)))
    yield Rule("no_reason", entries.filter(kind.is_in(_REASONED), reason=""))
    yield Rule("no_consent", entries.filter(kind.is_in(_AGREED), consent_of=""))
    without = bare(entries, new.postings, places)
    yield Rule("empty", without.join(new.goods, on="voucher_no", how="anti"))


def _of_dates(
    entries: pl.DataFrame, funds: Mapping[str, Fund], entered_on: dt.date | None
) -> Iterator[Rule]:
    days = {fund.id: fund.opened_on for fund in funds.values()}
    first = pl.col("fund").replace_strict(days, default=None, return_dtype=pl.Date)
    date = pl.col("date")
    yield Rule("before_opening", entries.filter(date < first).with_columns(first=first))
    moved = entries.filter(pl.col("kind") == "opening").filter(date > first)
    yield Rule("opening_elsewhere", moved.with_columns(first=first))
    if entered_on is not None:
        late = entries.filter(date > entered_on)
        yield Rule("future_date", late.with_columns(entered_on=pl.lit(entered_on)))


def _of_funds(
    entries: pl.DataFrame, postings: pl.DataFrame, funds: Mapping[str, Fund], places: pl.Series
) -> Iterator[Rule]:
    """Only what the fund files know; ids are few, so they are looked up once each."""
    yield Rule("unknown_fund", entries.filter(~pl.col("fund").is_in(list(funds))))
    ids = postings.lazy().select("fund", "account", "purpose", "program")
    used = ids.unique().collect(engine="streaming")
    known = used.filter(pl.col("fund").is_in(list(funds)))
    strange = used.join(known, on="fund", how="anti")
    yield Rule("unknown_fund", _using(postings, strange, ["fund"]))
    purposes = [(fund.id, purpose) for fund in funds.values() for purpose in ("", *fund.purposes)]
    strange = known.join(_pairs("purpose", purposes), on=["fund", "purpose"], how="anti")
    yield Rule("unknown_purpose", _using(postings, strange, ["fund", "purpose"]))
    strange = used.filter(pl.col("account").is_in(_PURPOSELESS), pl.col("purpose") != "")
    yield Rule("misplaced_purpose", _using(postings, strange, ["fund", "account", "purpose"]))
    programs = [(fund.id, program) for fund in funds.values() for program in fund.programs]
    spent = known.filter(account="program_expense")
    strange = spent.join(_pairs("program", programs), on=["fund", "program"], how="anti")
    wrong = _using(postings, strange, ["fund", "account", "program"])
    yield Rule("unknown_program", wrong)
    funds_of = of_postings(entries, postings, places, "fund")
    foreign = postings.select("voucher_no", "kind", "fund").filter(
        ~pl.col("kind").is_in(["transfer", "correction"]), pl.col("fund") != funds_of
    )
    yield Rule("other_fund", foreign.select("voucher_no", "fund"))


def _of_money(postings: pl.DataFrame) -> Iterator[Rule]:
    yield Rule("zero", postings.filter(fen=0).select("voucher_no"))
    loose = pl.DataFrame({"voucher_no": unbalanced(postings)})
    sums = postings.join(loose, on="voucher_no").group_by("voucher_no", "fund")
    yield Rule(
        "unbalanced",
        sums.agg(difference=pl.col("fen").sum())
        .filter(pl.col("difference") != 0)
        .sort("voucher_no", "fund"),
    )
    own = pl.col("kind").is_in(KINDS) & (pl.col("kind") != "correction")
    of = ["kind", "account", "way"]
    way = pl.col("fen").sign().alias("way")
    used = postings.lazy().filter(own).select("kind", "account", way).unique()
    ways = used.collect(engine="streaming")
    signed = ways.join(SIGNS, on=["kind", "account"], how="left")
    wrong = signed.filter(pl.col("sign").is_null() | (pl.col("sign") * pl.col("way") < 0))
    if not wrong.is_empty():
        yield Rule("wrong_account", postings.with_columns(way).join(wrong, on=of, how="semi"))


def _using(postings: pl.DataFrame, strange: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The postings with ids that were found strange; most often there are none."""
    if strange.is_empty():
        return strange.clear()
    return postings.join(strange.select(key).unique(), on=key, how="semi").select(
        "voucher_no", *key
    )


def _pairs(name: str, pairs: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"fund": pl.String, name: pl.String}, orient="row")
