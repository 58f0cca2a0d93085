"""When the files of funds changed: every batch keeps the digests of those it was entered under."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from aidkit.fund.fund_digest import fund_digest
from aidkit.fund.settings import Fund


def settings_changed(
    batches: pl.DataFrame, entries: pl.DataFrame, funds: Mapping[str, Fund]
) -> Iterator[tuple[int, str, str]]:
    """Between which batches, or since the last one, the file of a fund changed.

    Batches of versions that kept no digests say nothing. A fund that is new is no change.

    Args:
        batches: `FundBatches`.
        entries: `voucher_no` and `batch` of the vouchers.
        funds: The files as they are now.

    Yields:
        Line of the first batch that was entered under the other file (of a file that changed since:
        of the last batch), its first voucher, and what was found, Chinese.
    """
    kept = batches.filter(pl.col("settings") != "").to_dicts()
    firsts = dict(
        entries.group_by("batch").agg(pl.col("voucher_no").first()).sort("batch").iter_rows()
    )
    before: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for batch in kept:
        under: Mapping[str, str] = json.loads(batch["settings"])
        for fund in _changed(before, under):
            earlier = before[fund][1]
            what = "改过" if fund in under else "不在了"
            yield (
                batch["line"],
                firsts.get(batch["batch"], ""),
                f"基金 {fund} 的文件在{_named(earlier, firsts)}以后、{_named(batch, firsts)}"
                f"以前{what}",
            )
        before = {fund: one for fund, one in before.items() if fund in under}
        before |= {fund: (digest, batch) for fund, digest in under.items()}
    now = {fund.id: fund_digest(fund) for fund in funds.values()}
    for fund in _changed(before, now):
        last = before[fund][1]
        what = "改过" if fund in now else "不在了"
        told = f"基金 {fund} 的文件在最后一批（{_named(last, firsts)}）以后{what}"
        yield last["line"], firsts.get(last["batch"], ""), told


def _changed(before: Mapping[str, tuple[str, Any]], under: Mapping[str, str]) -> Sequence[str]:
    return [fund for fund, (digest, _) in sorted(before.items()) if under.get(fund) != digest]


def _named(batch: Mapping[str, Any], firsts: Mapping[int, str]) -> str:
    first = firsts.get(batch["batch"], "")
    voucher = f"凭证 {first} 起，" if first else ""
    who = f"{batch['entered_on']} {batch['entered_by']}登记"
    return f"第 {batch['line']} 行那一批（{voucher}{who}）"
