"""Who comes first where places are few: the keys of an order, and what they say in words."""

from collections.abc import Callable, Iterable
from hashlib import blake2b

import polars as pl

from aidkit.calendar import Term
from aidkit.conditions import wording
from aidkit.conditions.forms import own
from aidkit.labels import project_labels
from aidkit.programs import Version

Key = Callable[[str], pl.Expr]


def with_keys(candidates: pl.DataFrame, version: Version, term: Term) -> pl.DataFrame:
    """What the order of a version's quota looks at.

    Args:
        candidates: `tables.Facts` with the `tier` decided under the version.
        version: One with a quota.
        term: The term, for the lots.

    Returns:
        The candidates with a column for each of `sort_keys`.
    """
    assert version.quota is not None
    program_id = version.program.id
    lots = _lots(candidates["person_no"], f"{term.code}\x1f{program_id}\x1f")
    keys = {f"by_{name}": KEYS[name](program_id) for name in version.quota.order}
    return candidates.with_columns(**keys, lot=lots)


def sort_keys(version: Version) -> list[str]:
    """The columns that put candidates in order, the one that counts most first."""
    assert version.quota is not None
    return [*(f"by_{name}" for name in version.quota.order), "lot", "person_no"]


def in_order(candidates: pl.DataFrame, version: Version) -> pl.DataFrame:
    """Candidates with keys → `position` from 1.

    Unknown never comes first, and equals draw lots that anyone can repeat: the smallest blake2b
    of term, program and number comes first.
    """
    keys = sort_keys(version)
    ordered = candidates.sort(keys, nulls_last=True)
    return ordered.drop(set(keys) - {"person_no"}).with_row_index("position", offset=1)


def standing(version: Version) -> pl.Expr:
    """What the order saw of a candidate, Chinese; over `tables.Facts` with the `tier`."""
    assert version.quota is not None
    words = [_WORDS[name](version.program.id) for name in version.quota.order]
    return pl.concat_str(words, separator="，") if words else pl.lit("抽签")


def _lots(persons: Iterable[str], prefix: str) -> pl.Series:
    drawn = [blake2b((prefix + p).encode(), digest_size=8).digest() for p in persons]
    return pl.Series(drawn, dtype=pl.Binary)


def _tier(_program_id: str) -> pl.Expr:
    labels = project_labels()
    codes = [*labels.names("tier"), *labels.names("case")]
    return pl.col("tier").replace_strict(codes, range(len(codes)), default=None)


def _first_time(program_id: str) -> pl.Expr:
    earlier = pl.element().struct.field("program_id") == program_id
    return pl.col("aid_received").list.eval(earlier.fill_null(False)).list.any()


def _full_time_teacher(_program_id: str) -> pl.Expr:
    return pl.col("post") != "teacher"


def _listed(_program_id: str) -> pl.Expr:
    return pl.col("listed_groups").list.len() == 0


def _special_groups(_program_id: str) -> pl.Expr:
    return -pl.col("special_groups").list.len().cast(pl.Int64)


def _income_per_head(_program_id: str) -> pl.Expr:
    return pl.col("income_per_head_fen")


def _debt(program_id: str) -> pl.Expr:
    return -own("applications", "debt_fen", program_id)


def _applied_on(program_id: str) -> pl.Expr:
    return own("applications", "applied_on", program_id)


KEYS: dict[str, Key] = {
    "tier": _tier,
    "first_time": _first_time,
    "full_time_teacher": _full_time_teacher,
    "listed": _listed,
    "special_groups": _special_groups,
    "income_per_head": _income_per_head,
    "debt": _debt,
    "applied_on": _applied_on,
}
"""Each order of `programs.vocabulary.ORDERS` as a key: the smallest comes first, null last."""

_WORDS: dict[str, Key] = {
    "tier": lambda _: _said("认定档次", wording.seen_tier(pl.col("tier"))),
    "first_time": lambda p: wording.choose(_first_time(p), "以前受过本项目", "以前没有受过本项目"),
    "full_time_teacher": lambda p: wording.choose(
        _full_time_teacher(p), "不是专任教师", "专任教师"
    ),
    "listed": lambda p: wording.choose(_listed(p), "不在部门名单", "在部门名单"),
    "special_groups": lambda p: _said("困难类型", _count(-_special_groups(p), " 种")),
    "income_per_head": lambda p: _said("家庭人均年收入", wording.money(_income_per_head(p))),
    "debt": lambda p: _said("负债", wording.money(-_debt(p))),
    "applied_on": lambda p: _said("申请日期", wording.day(_applied_on(p))),
}


def _said(noun: str, value: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{noun} "), value)


def _count(number: pl.Expr, unit: str) -> pl.Expr:
    return pl.concat_str(number.cast(pl.String), pl.lit(unit)).fill_null(wording.UNKNOWN)
