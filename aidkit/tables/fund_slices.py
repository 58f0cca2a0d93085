"""What the slice of a fund's report holds, for each audience; see `tables.slices`."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from aidkit.tables.disclosed import DISCLOSED_FUND
from aidkit.tables.fund_statements import (
    FundActivity,
    FundBalance,
    FundComparison,
    FundCorrections,
    FundFeedback,
    FundGifts,
    FundGoodsRegister,
    FundPayouts,
    FundReceipts,
    FundSummary,
    FundUses,
)

FUND = "fund"
"""What the settings of a fund's slice give as its scope; which fund its table `fund` says."""

OF_FUND = (
    *("fund", "name", "org_type", "first", "last", "told", "standing", "until", "head", "line"),
    "corrected",
)
"""One row: the fund, the days told of, whether its figures may be shown (`told`), what the bank
says on the last day (`standing`, and `until` when anything was reconciled), the journal's last
line: its hash and number, and whether a public statement of the same days said otherwise.
"""

TOO_FEW = "too_few"
"""Instead of what the bank says, where a public report tells no figure since it would be of few."""

BESIDE = "beside"
"""The same, where it would be of few beside a statement that is published."""

BOTH: Mapping[str, tuple[str, ...]] = {
    "settings": ("audience", "scope", "term", "county", "publisher", "contact", "threshold"),
    "labels": ("vocabulary", "code", "label"),
    "fund": OF_FUND,
    "programs": ("program", "title"),
}

INTERNAL: Mapping[str, tuple[str, ...]] = {
    "fund_months": ("month", "section", "line", "group", "fen"),
    "fund_summary": tuple(FundSummary.column_names()),
    "fund_payouts": tuple(FundPayouts.column_names()),
    "fund_gifts": tuple(FundGifts.column_names()),
    "fund_activity": ("year", *FundActivity.column_names()),
    "comparison": tuple(FundComparison.column_names()),
    "receipts": tuple(FundReceipts.column_names()),
    "balance": tuple(FundBalance.column_names()),
    "purposes": ("purpose", "title", "leftover"),
    "feedback": tuple(FundFeedback.column_names()),
    "uses": tuple(FundUses.column_names()),
    "schools": ("school_code", "school_name"),
    "goods": tuple(FundGoodsRegister.column_names()),
    "corrections": tuple(FundCorrections.column_names()),
    "reconciled": ("statement", "start", "end", "lines", "by", "bank_fen", "book_fen"),
    "ratios": (
        *("title", "year", "result", "formula", "figures", "share", "bound", "percent", "reason"),
        *("article", "clause", "status", "found_in"),
    ),
    "duties": ("title", "about", "due", "alert", "article", "clause", "status", "found_in"),
    "pledges": ("post", "persons", "fen_a_day", "days", "stated_fen", "derived_fen"),
    "pledged": (
        *("first", "last", "years", "stated_fen", "derived_fen"),
        *("received_fen", "anonymous_fen"),
    ),
    "pledge_gifts": ("donor", "fen"),
}
"""Tables of an internal report.

`fund_months` are the lines of income and all totals of the summary of each month; `reconciled` is
the reconciliation that covers the last day.
"""


@cache
def fund_slice_columns(audience: Literal["internal", "public"]) -> dict[str, tuple[str, ...]]:
    """Every table of a fund's slice with its columns."""
    if audience == "internal":
        return {**BOTH, **INTERNAL}
    public = {name: tuple(schema.column_names()) for name, schema in DISCLOSED_FUND.items()}
    return {**BOTH, **public, "fund_activity": ("year", *public["fund_activity"])}
