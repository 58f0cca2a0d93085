"""What a line of the journal says that closes a batch: as text, and back as a table."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from aidkit.fund.entry import Batch
from aidkit.fund.ledger.lines import compact
from aidkit.intake.lexicon import polars_schema
from aidkit.tables.fund import FundBatches

_BATCHES = polars_schema(FundBatches)


def batch_content(
    batch: Batch, number: int, entries: int, debit_fen: int, settings: Mapping[str, str]
) -> str:
    """A batch as the fields of the line that closes it.

    Args:
        batch: The batch.
        number: Its number.
        entries: How many vouchers it has.
        debit_fen: Sum of their positive postings.
        settings: Fund to the digest of what its file settled then.
    """
    said = {"type": "batch", "no": number, **asdict(batch), "settings": settings}
    said |= {"entered_on": str(batch.entered_on), "entries": entries, "debit_fen": debit_fen}
    return compact({name: value for name, value in said.items() if value not in ("", {})})[1:-1]


def batches_table(closing: Sequence[tuple[int, bytes]]) -> pl.DataFrame:
    """`FundBatches` of the lines that close batches, with their numbers.

    Raises:
        ValueError, KeyError, TypeError: A line is not what this version writes.
    """
    return pl.DataFrame([_batch(n, json.loads(line)) for n, line in closing], schema=_BATCHES)


def _batch(line: int, said: Mapping[str, object]) -> dict[str, object]:
    stated, left_out, distinct, settings = (
        _mapping(said.get(name, {})) for name in ("stated", "left_out", "distinct", "settings")
    )
    return {
        "batch": said["no"],
        "line": line,
        "action": said["action"],
        "entered_on": dt.date.fromisoformat(str(said["entered_on"])),
        "entered_by": said["entered_by"],
        "file": said.get("file", ""),
        "file_digest": said.get("file_digest", ""),
        "entries": said["entries"],
        "debit_fen": said["debit_fen"],
        "stated_rows": stated.get("rows"),
        "stated_fen": stated.get("fen"),
        "left_out": len(left_out),
        "left_out_rows": compact(left_out) if left_out else "",
        "distinct": len(distinct),
        "settings": compact(settings) if settings else "",
        "hash": said["hash"],
    }


def _mapping(said: object) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise TypeError(said)
    return said
