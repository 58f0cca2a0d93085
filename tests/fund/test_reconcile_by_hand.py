"""Matches by hand: what sums to the same, and what needs a second person."""

from typing import Any

import pytest

from aidkit.errors import UsageError
from aidkit.fund.reconciling.by_hand import NOBODY, Grounds
from tests.fund.bank_and_book import day, held, rules
from tests.fund.statements_of_banks import line
from tests.fund.vouchers import gift


def test_people_can_match_by_hand_what_sums_to_the_same() -> None:
    entries = [gift(day(-9), 300, party="甲"), gift(day(9), 400, party="乙")]
    lines = [line(day(0), 700, "平台"), line(day(0), 50, "错汇"), line(day(1), -50, "错汇退回")]
    whole: dict[str, Any] = {"start": day(-9), "end": day(9)}
    by_hand = [(["2"], ["2026-000002", "2026-000003"]), (["3", "Sheet1!4"], [])]
    grounds = Grounds("银行错汇，当天退回", "王主任", "李会计")
    assert held(entries, lines, by_hand=by_hand, grounds=grounds, **whole).agrees
    assert not held(entries, lines, **whole).agrees
    with pytest.raises(UsageError, match=r"流水合计 7\.00 元，凭证合计 3\.00 元"):
        held(entries, lines, by_hand=[(["2"], ["2026-000002"])], **whole)
    with pytest.raises(UsageError, match="第 99 行不在"):
        held(entries, lines, by_hand=[(["99"], ["2026-000002"])], **whole)
    with pytest.raises(UsageError, match="指定了两次"):
        held(entries, lines, by_hand=[by_hand[0], by_hand[0]], grounds=grounds, **whole)


@pytest.mark.parametrize(
    ("grounds", "why"),
    [
        (NOBODY, "没有写原因"),
        (Grounds("错汇", "", "李会计"), "没有写批准人"),
        (Grounds("错汇", "李 会计", "李会计"), "批准人就是核对的人"),
    ],
)
def test_what_one_side_alone_knows_needs_a_reason_and_a_second_person(
    grounds: Grounds, why: str
) -> None:
    lines = [line(day(0), -50_000, "丙"), line(day(1), 50_000, "丙"), line(day(5), 70, "平台")]
    both = [line(day(0), 70, "甲")]
    entries = [gift(day(0), 70, party="甲"), gift(day(9), 70, party="乙")]
    more: dict[str, Any] = {"grounds": grounds, "end": day(20)}
    with pytest.raises(UsageError, match=f"只有一边，{why}"):
        held(entries, lines, by_hand=[(["2", "3"], [])], **more)
    with pytest.raises(UsageError, match=f"只有一边，{why}"):
        held(entries, lines, by_hand=[([], [])], **more)
    late = [(["4"], ["2026-000003"])]
    with pytest.raises(UsageError, match=f"相差 4 天，多于 3 天，{why}"):
        held(entries, lines, by_hand=late, **more)
    assert rules(held(entries, lines, by_hand=late, **more, days=4))[0] == "by_hand"
    assert held(entries[:1], both, by_hand=[(["2"], ["2026-000002"])], **more).agrees
