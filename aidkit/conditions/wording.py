"""Values of facts as Chinese, and the verdict on a check; expressions, never null."""

import polars as pl

from aidkit.conditions.check import Check
from aidkit.labels import project_labels

UNKNOWN = "不详"


def code(value: pl.Expr, vocabulary: str) -> pl.Expr:
    """The label of a code."""
    return _labelled(value, vocabulary).fill_null(UNKNOWN)


def seen_tier(tier: pl.Expr, none: str = "没有认定结果") -> pl.Expr:
    """The label of a tier: of a panel's, or of a case that a rule tells apart."""
    return _labelled(tier, "tier", "case").fill_null(none)


def yes_no(column: str, yes: str, no: str) -> pl.Expr:
    """One of two words."""
    return choose(pl.col(column), yes, no)


def choose(flag: pl.Expr, yes: str, no: str) -> pl.Expr:
    """One of two words by a boolean expression."""
    word = pl.when(flag).then(pl.lit(yes)).otherwise(pl.lit(no))
    return pl.when(flag.is_null()).then(pl.lit(UNKNOWN)).otherwise(word)


def codes(values: pl.Expr, vocabulary: str) -> pl.Expr:
    """Labels of a list of codes, in the vocabulary's order; 无 where there are none."""
    order = list(project_labels().names(vocabulary))
    known = pl.element().replace_strict(
        order, range(len(order)), default=len(order), return_dtype=pl.Int64
    )
    sorted_codes = pl.element().sort_by(known)
    joined = values.list.eval(_labelled(sorted_codes, vocabulary)).list.join("、")
    return pl.when(joined == "").then(pl.lit("无")).otherwise(joined).fill_null(UNKNOWN)


def day(date: pl.Expr) -> pl.Expr:
    """A day as `2026-08-10`."""
    return date.dt.to_string("%Y-%m-%d").fill_null(UNKNOWN)


def money(column: str | pl.Expr) -> pl.Expr:
    """Fen as yuan, as `money.yuan` prints them: `1,234.50 元`."""
    fen = pl.col(column) if isinstance(column, str) else column
    sign = pl.when(fen < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    from_behind = (fen.abs() // 100).cast(pl.String).str.reverse()
    thousands = from_behind.str.replace_all(r"\d{3}", "${0},").str.strip_chars_end(",")
    rest = (fen.abs() % 100).cast(pl.String).str.zfill(2)
    text = pl.format("{}{}.{} 元", sign, thousands.str.reverse(), rest)
    return text.fill_null(UNKNOWN)


def actual(seen: pl.Expr) -> pl.Expr:
    """`；实际初中，`, `；实际 12.00 元，`: a value seen, as it stands in a rule's line."""
    return pl.concat_str(pl.lit("；实际"), seen.str.replace(r"^[-\d]", " ${0}"), pl.lit("，"))


def short_by(fen: pl.Expr) -> pl.Expr:
    """`差 1,200.00 元`; empty where nothing is lacking or the amount is unknown."""
    lacking = (fen > 0).fill_null(False)
    return pl.when(lacking).then(pl.concat_str(pl.lit("差 "), money(fen))).otherwise(pl.lit(""))


def verdict(check: Check) -> pl.Expr:
    """Whether a check is met, failed, or cannot be judged."""
    failed = pl.when(check.known).then(pl.lit("不符合")).otherwise(pl.lit("缺资料，不能认定"))
    return pl.when(check.holds).then(pl.lit("符合")).otherwise(failed)


def _labelled(codes: pl.Expr, *vocabularies: str) -> pl.Expr:
    labels = project_labels()
    names = {code: word for name in vocabularies for code, word in labels.names(name).items()}
    return codes.replace_strict(
        list(names), list(names.values()), default=None, return_dtype=pl.String
    )
