"""The log of spot checks `<county>/review/spot_checks.jsonl`: what was drawn, what was found.

It names no person that aid goes to: counts, digests and determination ids. What was drawn lies
beside it, `review/spot_checks/<digest>.csv`, as personal as the rolls of the same county folder.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aidkit.calendar import Term
from aidkit.chained_log import LONGEST_WAIT, Record, append, read_log
from aidkit.digests import digest_of
from aidkit.errors import InputError
from aidkit.locking import one_at_a_time
from aidkit.project import replacing
from aidkit.review.spot_check import Row, Sample, rows_from
from aidkit.review.standing import FOLDER


def log_of(county: Path) -> Path:
    """Where the log lies."""
    return county / FOLDER / "spot_checks.jsonl"


def enter_draw(county: Path, sample: Sample, *, by: str, on: dt.date) -> int:
    """Note that a sample was drawn, and keep it; drawn again it is not noted again.

    So whoever reads the log sees every seed that was tried.

    Returns:
        How many samples of the term have been drawn.
    """
    fields = {
        "did": "draw",
        "sample": sample.number,
        "term": sample.term.code,
        "drawn": len(sample.rows),
        "awards": sample.awards,
        "seed": sample.seed,
        "universal": sample.universal,
        "rows": sample.digest,
    }
    with one_at_a_time(county / FOLDER / "drawing.lock", LONGEST_WAIT):
        # Before the log names it: a record never points at what is not there.
        with replacing(_kept_at(county, sample.digest)) as file:
            file.write(sample.text.encode())
        if draw_named(county, sample.number) is None:
            append(log_of(county), lambda _: fields | {"by": by, "on": on.isoformat()})
        return len(draws(county, sample.term))


def enter_findings(
    county: Path,
    draw: Record,
    *,
    file: str,
    alike: int,
    unlike: Sequence[str],
    by: str,
    on: dt.date,
) -> bool:
    """Note what was found; one file is noted once.

    Args:
        county: The county folder.
        draw: Which sample.
        file: SHA-256 of the workbook.
        alike: How many awards are as they should be.
        unlike: Determination ids of those that are not.
        by: Who hands it in.
        on: The day.

    Returns:
        Whether it was noted now.
    """
    fields: dict[str, Any] = {
        "did": "findings",
        "sample": draw["sample"],
        "term": draw["term"],
        "file": file,
        "alike": alike,
        "unlike": len(unlike),
        "unlike_ids": list(unlike),
    }
    if any(fields.items() <= record.items() for record in read_log(log_of(county))):
        return False
    append(log_of(county), lambda _: fields | {"by": by, "on": on.isoformat()})
    return True


def draws(county: Path, term: Term) -> list[Record]:
    """Every sample of a term that was drawn, oldest first.

    Raises:
        InputError: The log is not what was written.
    """
    records = read_log(log_of(county))
    return [one for one in records if one["did"] == "draw" and one["term"] == term.code]


def draw_named(county: Path, number: str) -> Record | None:
    """The sample with a number, if it was drawn here.

    Raises:
        InputError: The log is not what was written.
    """
    records = read_log(log_of(county))
    return next((r for r in records if r["did"] == "draw" and r["sample"] == number), None)


def findings_of(county: Path, draw: Record) -> list[Record]:
    """Every time that findings of a sample were handed in, oldest first.

    Raises:
        InputError: The log is not what was written.
    """
    records = read_log(log_of(county))
    return [one for one in records if one["did"] == "findings" and one["sample"] == draw["sample"]]


def rows_of(county: Path, draw: Record) -> tuple[Row, ...]:
    """What was drawn.

    Raises:
        InputError: Its file is lost or was changed.
    """
    path = _kept_at(county, draw["rows"])
    text = path.read_bytes() if path.is_file() else b""
    if digest_of(text) != draw["rows"]:
        raise InputError(
            "抽样时存下的名单找不到，或者被改过。",
            where=path.as_posix(),
            remedy="请用备份换回这个文件；或者用同样的 --n 和 --seed 再抽一次，会重新存下。",
        )
    return rows_from(text.decode())


def _kept_at(county: Path, digest: str) -> Path:
    return county / FOLDER / "spot_checks" / f"{digest[:32]}.csv"
