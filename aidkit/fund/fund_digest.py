"""What a fund's file settles, as one digest: a journal keeps it with every batch."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict

from aidkit.digests import digest_of
from aidkit.fund.settings import Fund


def fund_digest(fund: Fund) -> str:
    """SHA-256 of all that the file settles; how it is laid out and what it remarks is no part.

    What says nothing is left out, so that a setting that a later version knows changes no digest
    of a file that does not have it.
    """
    said = asdict(fund) | {
        "figures": {f"{year} {name}": fen for (year, name), fen in fund.figures.items()}
    }
    text = json.dumps(_told(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest_of(text.encode())


def _told(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _told(one) for key, one in value.items() if one not in (None, "", (), {})}
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
