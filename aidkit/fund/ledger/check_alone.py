"""What is wrong with a voucher in itself, whatever else stands in the book."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

from aidkit.fund.accounts import ASSETS, EXPENSES, RELEASED
from aidkit.fund.entry import KINDS
from aidkit.fund.ledger.faults import Fault, fault
from aidkit.fund.ledger.lines import Tables
from aidkit.fund.ledger.shapes import SIGNS, SPENDING
from aidkit.fund.ledger.wholeness import unbalanced
from aidkit.fund.settings import Fund
from aidkit.money import yuan

_REASONED = ("gift_returned", "release", "redesignate", "correction")
_AGREED = ("release", "redesignate")
_APPROVED = ("payout", "goods_out")
_EARMARKED = ("payout", "payout_returned", "goods_out")
_PURPOSELESS = (*ASSETS, *(one for one in EXPENSES if one != "transfer_out"), "interest_income")

_FEN = frozenset({"fen", "difference", "released", "spent", "goods", "posted"})
"""Details that are money."""


class _Rule(NamedTuple):
    """Rows that break a rule: with `voucher_no` and a column for every detail of the message."""

    code: str
    rows: pl.DataFrame


def alone(
    entries: pl.DataFrame, new: Tables, funds: Mapping[str, Fund], entered_on: dt.date | None
) -> Iterator[Fault]:
    """What is wrong with single entries.

    Args:
        entries: The entries with `index`; columns as in `checks.CHECKED`.
        new: Their postings and goods.
        funds: By id.
        entered_on: Nothing may be dated later; None: any date.
    """
    place = entries.select("index", "voucher_no")
    rules = (
        _of_entries(entries, new),
        _of_dates(entries, funds, entered_on),
        _of_funds(entries, new.postings, funds),
        _of_money(new.postings),
        _of_spending(entries, new.postings, funds),
        _of_goods(new),
    )
    for code, rows in (rule for group in rules for rule in group):
        if not rows.is_empty():
            placed = rows.unique(maintain_order=True).join(place, on="voucher_no")
            for row in placed.iter_rows(named=True):
                yield fault(row["index"], code, **_words(row))


def _of_entries(entries: pl.DataFrame, new: Tables) -> Iterator[_Rule]:
    kind = pl.col("kind")
    # A blank more or less makes nobody another person.
    approver, enterer = (_folded(pl.col(name)) for name in ("approved_by", "entered_by"))
    yield _Rule("unknown_kind", entries.filter(~kind.is_in(KINDS)))
    yield _Rule("no_reason", entries.filter(kind.is_in(_REASONED), reason=""))
    yield _Rule("no_consent", entries.filter(kind.is_in(_AGREED), consent_of=""))
    yield _Rule("no_approver", entries.filter(kind.is_in(_APPROVED), approver == ""))
    own = entries.filter(approver != "", approver == enterer)
    yield _Rule("self_approved", own.with_columns(name="approved_by"))
    bare = _bare(entries, new.postings)
    yield _Rule("empty", bare.join(new.goods, on="voucher_no", how="anti"))


def _folded(name: pl.Expr) -> pl.Expr:
    return name.str.replace_all(r"\s", "")


def _of_dates(
    entries: pl.DataFrame, funds: Mapping[str, Fund], entered_on: dt.date | None
) -> Iterator[_Rule]:
    days = {fund.id: fund.opened_on for fund in funds.values()}
    first = pl.col("fund").replace_strict(days, default=None, return_dtype=pl.Date)
    yield _Rule("before_opening", entries.filter(pl.col("date") < first).with_columns(first=first))
    if entered_on is not None:
        late = entries.filter(pl.col("date") > entered_on)
        yield _Rule("future_date", late.with_columns(latest=pl.lit(entered_on)))


def _of_funds(
    entries: pl.DataFrame, postings: pl.DataFrame, funds: Mapping[str, Fund]
) -> Iterator[_Rule]:
    """Only what the fund files know; ids are few, so they are looked up once each."""
    yield _Rule("unknown_fund", entries.filter(~pl.col("fund").is_in(list(funds))))
    ids = postings.lazy().select("fund", "account", "purpose", "program")
    used = ids.unique().collect(engine="streaming")
    known = used.filter(pl.col("fund").is_in(list(funds)))
    strange = used.join(known, on="fund", how="anti")
    yield _Rule("unknown_fund", _using(postings, strange, ["fund"]))
    purposes = [(fund.id, purpose) for fund in funds.values() for purpose in ("", *fund.purposes)]
    strange = known.join(_pairs("purpose", purposes), on=["fund", "purpose"], how="anti")
    yield _Rule("unknown_purpose", _using(postings, strange, ["fund", "purpose"]))
    strange = used.filter(pl.col("account").is_in(_PURPOSELESS), pl.col("purpose") != "")
    yield _Rule("misplaced_purpose", _using(postings, strange, ["account", "purpose"]))
    programs = [(fund.id, program) for fund in funds.values() for program in fund.programs]
    spent = known.filter(account="program_expense")
    strange = spent.join(_pairs("program", programs), on=["fund", "program"], how="anti")
    wrong = _using(postings, strange, ["fund", "account", "program"])
    yield _Rule("unknown_program", wrong)
    # A voucher's postings stand together and in its order, so no join is needed to know its fund:
    # over a million vouchers a join would take more memory than all tables.
    bare = _bare(entries, postings)["voucher_no"]
    funds_of = entries.filter(~pl.col("voucher_no").is_in(bare.implode()))["fund"]
    foreign = postings.select("voucher_no", "kind", "fund").filter(
        ~pl.col("kind").is_in(["transfer", "correction"]),
        pl.col("fund") != funds_of.gather(_runs(postings)),
    )
    yield _Rule("other_fund", foreign.select("voucher_no", "fund"))


def _of_money(postings: pl.DataFrame) -> Iterator[_Rule]:
    yield _Rule("zero", postings.filter(fen=0).select("voucher_no"))
    loose = pl.DataFrame({"voucher_no": unbalanced(postings)})
    sums = postings.join(loose, on="voucher_no").group_by("voucher_no", "fund")
    yield _Rule(
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
        yield _Rule("wrong_account", postings.with_columns(way).join(wrong, on=of, how="semi"))


def _of_spending(
    entries: pl.DataFrame, postings: pl.DataFrame, funds: Mapping[str, Fund]
) -> Iterator[_Rule]:
    """Restricted money: what is spent of it is released to the fen, for its programs only."""
    released = postings.filter(account=RELEASED)
    sums = released.group_by("voucher_no", "kind").agg(
        kept=pl.col("fen").sum(), released=pl.col("fen").filter(pl.col("fen") > 0).sum()
    )
    spent = (
        postings.lazy()
        .filter(pl.col("account").is_in(EXPENSES))
        .join(sums.lazy(), on="voucher_no", how="semi")
        .group_by("voucher_no")
        .agg(spent=pl.col("fen").sum().abs())
        .collect()
    )
    both = sums.join(spent, on="voucher_no", how="left").with_columns(pl.col("spent").fill_null(0))
    unequal = pl.col("kind").is_in(SPENDING) & (pl.col("spent") != pl.col("released"))
    yield _Rule("wrong_release", both.filter(unequal | (pl.col("kept") != 0)))
    allowed = [
        (fund.id, purpose.id, program)
        for fund in funds.values()
        for purpose in fund.purposes.values()
        for program in purpose.programs
    ]
    schema = {"fund": pl.String, "purpose": pl.String, "program": pl.String}
    expenses = postings.lazy().filter(account="program_expense")
    of_program = expenses.select("voucher_no", "program").collect()
    used = (
        released.filter(pl.col("kind").is_in(_EARMARKED), pl.col("purpose") != "")
        .select("voucher_no", "fund", "purpose")
        .join(of_program, on="voucher_no")
    )
    outside = used.join(
        pl.DataFrame(allowed, schema=schema, orient="row"), on=list(schema), how="anti"
    )
    yield _Rule("outside_purpose", _titled(outside, funds))
    paid = entries.filter(pl.col("kind").is_in(_EARMARKED)).select("voucher_no", "program", "fund")
    other = of_program.join(paid, on="voucher_no").filter(
        pl.col("program") != pl.col("program_right")
    )
    yield _Rule("unknown_program", other)


def _of_goods(new: Tables) -> Iterator[_Rule]:
    kind, count = pl.col("kind"), pl.col("thousandths")
    usual = new.goods.filter(kind != "correction")
    for why, wrong in {
        "没有名称": pl.col("item") == "",
        "不该出现在这种凭证里": ~kind.is_in(["goods_in", "goods_out", "opening"]),
        "的数量应大于零": (kind != "goods_out") & (count <= 0),
        "的数量应小于零（发出）": (kind == "goods_out") & (count >= 0),
        "的价值应大于零，没有估价就空着": pl.col("fen") <= 0,
    }.items():
        yield _Rule("wrong_goods", usual.filter(wrong).with_columns(why=pl.lit(why)))
    money = pl.col("account").is_in([one for one in ASSETS if one != "goods"])
    places = new.postings.lazy().select("voucher_no", "account")
    stored = places.filter(account="goods")
    mixed = places.filter(money).join(stored, on="voucher_no", how="semi")
    yield _Rule("mixed_goods", mixed.select("voucher_no").collect())
    moved = new.postings.filter(kind.is_in(["goods_in", "goods_out"]), account="goods")
    posted = moved.group_by("voucher_no").agg(posted=pl.col("fen").sum().abs())
    valued = usual.filter(kind.is_in(["goods_in", "goods_out"])).group_by("voucher_no")
    both = valued.agg(goods=pl.col("fen").sum()).join(
        posted, on="voucher_no", how="full", coalesce=True
    )
    filled = both.with_columns(pl.col("goods", "posted").fill_null(0))
    yield _Rule("goods_value", filled.filter(pl.col("goods") != pl.col("posted")))


def _runs(postings: pl.DataFrame) -> pl.Series:
    """Of each posting, the place of its voucher among those that have postings."""
    number = pl.col("voucher_no")
    new = (number != number.shift(1)).fill_null(value=False)
    return postings.select(new.cast(pl.UInt32).cum_sum()).to_series()


def _bare(entries: pl.DataFrame, postings: pl.DataFrame) -> pl.DataFrame:
    """Vouchers without postings; most often there are none."""
    runs = _runs(postings)
    if (runs[-1] + 1 if runs.len() else 0) == entries.height:
        return entries.select("voucher_no").clear()
    return entries.select("voucher_no").join(
        postings.select("voucher_no"), on="voucher_no", how="anti", maintain_order="left"
    )


def _using(postings: pl.DataFrame, strange: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The postings with ids that were found strange; most often there are none."""
    if strange.is_empty():
        return strange.clear()
    return postings.join(strange.select(key).unique(), on=key, how="semi").select(
        "voucher_no", *key
    )


def _pairs(name: str, pairs: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"fund": pl.String, name: pl.String}, orient="row")


def _titled(rows: pl.DataFrame, funds: Mapping[str, Fund]) -> pl.DataFrame:
    """With the titles of purposes and programs, as far as they are known."""
    titles = {one.id: one.title for fund in funds.values() for one in fund.purposes.values()}
    titles |= {one.id: one.title for fund in funds.values() for one in fund.programs.values()}
    return rows.with_columns(pl.col("purpose", "program").replace(titles))


def _words(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: yuan(value) if name in _FEN and isinstance(value, int) else str(value)
        for name, value in row.items()
        if name not in {"index", "code"}
    }
