"""A county without settings of its own, and decisions in it."""

from collections.abc import Iterable

import polars as pl

from aidkit.awards import award
from aidkit.calendar import Term
from aidkit.county import County, CountyQuota
from aidkit.programs import Version


def county(**quotas: CountyQuota) -> County:
    """A county that says something of these programs' quotas."""
    return County("示例县", "cn/henan/demo", "", "", (), quotas=tuple(quotas.items()))


def decide(facts: pl.DataFrame, versions: Iterable[Version], term: Term) -> pl.DataFrame:
    """The decisions of a county without settings of its own."""
    return award(facts, versions, term, county()).decisions
