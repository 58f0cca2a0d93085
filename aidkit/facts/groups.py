"""Special groups: what department lists confirm, and which group makes which other."""

from collections.abc import Mapping

import polars as pl

_MONITORING = {
    "lifted": ["registered_poor"],
    "unstable": ["registered_poor", "monitored"],
    "marginal": ["registered_poor", "monitored"],
    "sudden": ["registered_poor", "monitored"],
}
"""建档立卡 is today 脱贫户 together with the three kinds of 监测对象."""


def listed_groups(tables: Mapping[str, pl.DataFrame], term: str) -> pl.DataFrame:
    """The groups that the three department lists of a term confirm for each ID number.

    Returns:
        One row for each ID number on a list: `id_number`, `listed` (sorted codes).
    """
    civil = _of_term(tables["civil_affairs_list"], term).select("id_number", group="aid_kind")
    disabled = _of_term(tables["disabled_persons_list"], term).select(
        "id_number", group=pl.lit("disabled")
    )
    monitored = _of_term(tables["monitored_households_list"], term).select(
        "id_number",
        group=pl.col("monitoring_kind").replace_strict(
            _MONITORING, return_dtype=pl.List(pl.String)
        ),
    )
    listed = pl.concat([civil, disabled, monitored.explode("group")])
    return listed.group_by("id_number").agg(listed=pl.col("group").unique().sort())


def with_implied(groups: pl.Expr) -> pl.Expr:
    """Groups without repetition, sorted; a declared 监测对象 is also 脱贫户和监测对象."""
    implied = pl.when(groups.list.contains("monitored")).then(pl.lit(["registered_poor"]))
    none = pl.lit([], pl.List(pl.String))
    return pl.concat_list(groups, implied.fill_null(none)).list.unique().list.sort()


def _of_term(rows: pl.DataFrame, term: str) -> pl.DataFrame:
    return rows.filter(pl.col("term") == term)
