"""What a case expects of one person under one program."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from aidkit.toml import TomlTable

OUTCOMES = ("awarded", "not_eligible", "reserve", "yielded", "waived", "revoked")
"""As in `tables.Decisions`."""


@dataclass(frozen=True)
class Expected:
    """What must come out; None (of `missing` also) where the case says nothing about it.

    Attributes:
        program_id: The program.
        amount_fen: What is due; 0 where nothing is.
        tier: Tier code.
        missing: Names of what is missing, in any order.
        outcome: One of `OUTCOMES`.
        rank: Place in the order of the quota, from 1.
        reserve_no: Place on the reserve list, from 1.
        yielded_to: Program that took this one's place.
    """

    program_id: str
    amount_fen: int | None
    tier: str | None
    missing: tuple[str, ...] | None
    outcome: str | None
    rank: int | None
    reserve_no: int | None
    yielded_to: str | None

    @property
    def told(self) -> dict[str, Any]:
        """What the case says, by column of `tables.Decisions`."""
        columns = ("amount_fen", "tier", "missing", "outcome", "rank", "reserve_no", "yielded_to")
        values = {name: getattr(self, name) for name in columns}
        return {name: value for name, value in values.items() if value is not None}


def read_expected(table: TomlTable, program_ids: tuple[str, ...]) -> tuple[Expected, ...]:
    """Read `expect` of a person: keys for the case's own program, a table for each other one.

    Raises:
        ParamsError: A key is unknown, or nothing is expected.
    """
    own, *others = program_ids
    found = [_one(table, own, others)]
    found += [_one(table.table(other), other, ()) for other in others if other in table]
    table.done()
    told = tuple(expected for expected in found if expected.told)
    if not told:
        raise table.fault("", "没有写结果。", "请写 amount、missing、outcome、reserve_no 等。")
    return told


def _one(table: TomlTable, program_id: str, others: Collection[str]) -> Expected:
    expected = Expected(
        program_id=program_id,
        amount_fen=table.optional_fen("amount"),
        tier=table.optional_text("tier"),
        missing=table.texts("missing") if "missing" in table else None,
        outcome=table.optional_choice("outcome", OUTCOMES),
        rank=table.optional_natural("rank"),
        reserve_no=table.optional_natural("reserve_no"),
        yielded_to=table.optional_text("yielded_to"),
    )
    if not others:
        table.done()
    return expected
