"""Money that has to move: paid too much, paid too little, a fee taken from somebody exempt."""

from collections.abc import Iterable, Mapping

import dataframely as dy
import polars as pl

from aidkit.calendar import Term
from aidkit.conditions.wording import money
from aidkit.labels import project_labels
from aidkit.programs import Version
from aidkit.runs.payments import in_term
from aidkit.runs.titles import ids_by_title, with_program
from aidkit.tables import Corrections

_WHO = ("person_no", "name", "school_code")
_WHY = {
    "not_eligible": "（不符合条件）",
    "reserve": "（没有名额）",
    "yielded": "（已享受另一项资助）",
    "waived": "（已放弃）",
    "revoked": "（资格已取消）",
    "unknown": "（不在本学期的认定结果里）",
}


def corrections(
    tables: Mapping[str, pl.DataFrame],
    decisions: pl.DataFrame,
    versions: Iterable[Version],
    term: Term,
) -> dy.DataFrame[Corrections]:
    """What was paid out and taken in a term, held against what is due.

    - `clawback`: more was paid than is due, also where nothing is due any more.
    - `shortfall`: less was paid than is due; who was paid nothing yet is not listed.
    - `refund`: a fee that an awarded program waives; all of it goes back.

    A payment that the bank returned was not made. Rows of a county-wide file belong to the term
    in which their day lies. A payment under a title of no program in force cannot be held against
    anything: `open_run` reports it.

    Args:
        tables: Input tables by name; `payouts` and `fees_taken` are read.
        decisions: `tables.Decisions` of the term.
        versions: All that decided.
        term: The term.
    """
    versions = tuple(versions)
    titles = {version.program.id: version.program.short_title for version in versions}
    paid = _paid(tables["payouts"], versions, term)
    moves = pl.concat(
        [
            _against_due(paid, decisions),
            _refunds(in_term(tables["fees_taken"], "taken_on", term), decisions, versions),
        ],
        how="diagonal_relaxed",
    )
    told = moves.with_columns(
        title=pl.col("program_id").replace_strict(titles, default=None, return_dtype=pl.String)
    ).with_columns(message=_message())
    return Corrections.validate(
        told.select(Corrections.column_names()).sort("kind", "person_no", "program_id", "message"),
        cast=True,
    )


def _paid(payouts: pl.DataFrame, versions: Iterable[Version], term: Term) -> pl.DataFrame:
    """What each person was paid in the term: `person_no`, `name`, `program_id`, `paid_fen`."""
    rows = in_term(payouts, "paid_on", term).filter(pl.col("result").ne_missing("returned"))
    return (
        with_program(rows, ids_by_title(versions))
        .filter(pl.col("program_id").is_not_null())
        .group_by("program_id", person_no="student_no")
        .agg(pl.col("name").sort().first(), paid_fen=pl.col("amount_fen").sum())
    )


def _against_due(paid: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    due = decisions.select(
        *_WHO, "program_id", "outcome", due_fen=pl.col("amount_fen"), decided_name="name"
    ).drop("name")
    held = paid.join(due, on=["person_no", "program_id"], how="left").with_columns(
        pl.col("due_fen").fill_null(0),
        pl.col("school_code").fill_null(""),
        pl.coalesce("decided_name", "name").alias("name"),
        pl.col("outcome").fill_null("unknown"),
    )
    over = pl.col("paid_fen") - pl.col("due_fen")
    return (
        held.with_columns(
            kind=pl.when(over > 0).then(pl.lit("clawback")).otherwise(pl.lit("shortfall")),
            difference_fen=over.abs(),
        )
        .filter((pl.col("difference_fen") > 0) & (pl.col("paid_fen") > 0))
        .drop("decided_name")
    )


def _refunds(
    fees: pl.DataFrame, decisions: pl.DataFrame, versions: Iterable[Version]
) -> pl.DataFrame:
    waived = [(version.id, kind) for version in versions for kind in version.waives]
    schema = {"version_id": pl.String, "fee_kind": pl.String}
    exempt = (
        decisions.filter("awarded")
        .join(pl.DataFrame(waived, schema=schema, orient="row"), on="version_id")
        # A fee goes back once, however many programs waive it.
        .sort("program_id")
        .unique(["person_no", "fee_kind"], keep="first")
        .select(*_WHO, "program_id", "fee_kind", due_fen=pl.lit(0, pl.Int64))
    )
    taken = fees.group_by("fee_kind", person_no="student_no").agg(
        paid_fen=pl.col("amount_fen").sum()
    )
    return (
        exempt.join(taken, on=["person_no", "fee_kind"])
        .filter(pl.col("paid_fen") > 0)
        .with_columns(kind=pl.lit("refund"), difference_fen=pl.col("paid_fen"))
    )


def _message() -> pl.Expr:
    paid, due, difference = (money(pl.col(f"{name}_fen")) for name in ("paid", "due", "difference"))
    names = project_labels().names("fee_kind")
    fee = pl.col("fee_kind").replace_strict(names, default=None, return_dtype=pl.String)
    title = pl.col("title")
    why = pl.col("outcome").replace_strict(_WHY, default="", return_dtype=pl.String)
    back = pl.format(
        "{}：已发 {}，本学期应享 {}{}，多发 {}，请追回。", title, paid, due, why, difference
    )
    more = pl.format("{}：已发 {}，本学期应享 {}，少发 {}，请补发。", title, paid, due, difference)
    refund = pl.format("{}：本学期免收{}，学校已收 {}，请全额退还。", title, fee, paid)
    return (
        pl.when(pl.col("kind") == "clawback")
        .then(back)
        .when(pl.col("kind") == "shortfall")
        .then(more)
        .otherwise(refund)
    )
