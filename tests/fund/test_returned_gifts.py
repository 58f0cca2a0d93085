"""A returned gift is told in the words of the gifts that it gives back."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from aidkit.fund.period import Period
from aidkit.fund.statements import gifts, summary
from tests.fund import vouchers as v
from tests.fund.books import book_of

YEAR = Period.year(2025)


def day(month: int) -> dt.date:
    return dt.date(2025, month, 1)


FIRM: dict[str, Any] = {"donor_class": "firm", "consent": "named"}
OTHER: dict[str, Any] = {"donor_class": "person", "consent": "amount_only"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([v.gift(day(1), 90, party="甲", **FIRM)], ("firm", "named")),
        ([v.gift(day(1), 90, party="甲", **one) for one in (FIRM, FIRM)], ("firm", "named")),
        ([v.gift(day(1), 90, party="甲", **one) for one in (FIRM, OTHER)], ("", "anonymous")),
        ([v.gift(day(1), 90, party="甲", purpose="boarders", **FIRM)], ("", "anonymous")),
        ([v.gift(day(1), 90, party="乙", **FIRM)], ("", "anonymous")),
        (
            [v.gift(day(1), 90, party="甲", **FIRM), v.gift(day(7), 5, party="甲", **OTHER)],
            ("firm", "named"),
        ),
        (
            [
                v.gift(day(1), 90, party="甲", **OTHER),
                v.correction(day(2), "2025-000001", v.gift(day(1), 90, party="甲", **OTHER)),
                v.gift(day(1), 90, party="甲", **FIRM),
            ],
            ("firm", "named"),
        ),
    ],
)
def test_a_returned_gift_is_of_whom_it_came_from(given: list[Any], said: tuple[str, str]) -> None:
    """Unless its own voucher says more; also where it is corrected."""
    back = v.gift_returned(day(6), 20, party="甲")
    book = book_of([*given, back])
    keys = ("donor_class", "consent")
    assert gifts(book, "love", YEAR).filter(kind="gift_returned").select(keys).row(0) == said
    classes = summary(book, "love", YEAR).filter(line="gift_returned")["group"].to_list()
    assert classes == [said[0]]
    own = book_of([*given, replace(back, **OTHER)])
    told = gifts(own, "love", YEAR).filter(kind="gift_returned").select(keys)
    assert told.row(0) == ("person", "amount_only")
    wrong = book_of([*given, back, v.correction(day(8), f"2025-{len(given) + 1:06d}", back)])
    later = gifts(wrong, "love", Period(day(8), day(8))).select("kind", *keys)
    assert later.rows() == [("gift_returned", *said)]
