"""Numbers of persons typed into a voucher: refused when posted, a warning where they stand."""

import dataclasses
import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidkit.fund.entry import Entry
from aidkit.fund.ledger import journal
from aidkit.fund.ledger.audit import audit
from aidkit.fund.ledger.checks import faults
from aidkit.fund.ledger.faults import Fault
from aidkit.fund.ledger.journal import Refused, post
from aidkit.identity import id_check_character, is_luhn
from tests.fund.books import book_of
from tests.fund.county import make_county
from tests.fund.funds import BATCH, ENTERED, START
from tests.fund.vouchers import correction, gift, payout

DAY = START + dt.timedelta(days=50)


def resident(born: str = "19900307", number: str = "123") -> str:
    first = f"990101{born}{number}"
    return first + id_check_character(first)


def card(first: str = "622202123456789") -> str:
    return next(first + str(n) for n in range(10) if is_luhn(first + str(n)))


def found(**texts: str) -> list[Fault]:
    return faults(book_of([]), [dataclasses.replace(gift(DAY, 5), **texts)], ENTERED)  # type: ignore[arg-type]


def codes(**texts: str) -> list[str]:
    return [one.code for one in found(**texts)]


ID, CARD, MOBILE = "id_number_typed", "card_typed", "mobile_typed"


@pytest.mark.parametrize("column", ["party", "note", "reason", "consent_of"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (resident(), ID),
        (f"张某{resident()}", ID),
        (f"G{resident()}（代收）", ID),
        (f"身份证 {resident()[:6]} {resident()[6:14]} {resident()[14:]}", ID),
        ("身份证９９０１０１１９９００３０７１２３" + resident()[-1], ID),
        ("990101900307123", ID),
        (f"卡号{card()}", CARD),
        (f"{card()[:4]} {card()[4:8]} {card()[8:12]} {card()[12:]}", CARD),
        (card("622202123456789012"), CARD),
    ],
)
def test_a_number_of_a_person_is_refused_and_not_repeated(
    column: str, text: str, code: str
) -> None:
    (one,) = found(**{column: text})
    assert one.code == code
    assert not any(character.isdigit() for character in one.message + one.remedy)


def test_a_mobile_number_is_no_part_of_a_name() -> None:
    assert codes(party="张某 13812345678") == [MOBILE]
    assert codes(party="张某138-1234-5678") == [MOBILE]
    assert codes(note="电话 13812345678") == []


def test_a_bank_s_own_number_may_look_like_a_card() -> None:
    assert codes(reference=card()) == []
    assert codes(reference="990101900307123") == []
    assert codes(reference=resident()) == [ID]
    # The day of the payment is no day of birth.
    assert codes(reference=resident(f"{DAY:%Y%m%d}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "13.5 元 2025-02-20 2025-02-21 100 人",
        resident()[:-1] + ("1" if resident()[-1] != "1" else "2"),
        resident("19901307"),
        f"1{resident()}",
        "622202123456789" + str((int(card()[-1]) + 1) % 10),
        "0717-1234567",
        "2025 年 2 月 20 日收到 1,234,567.89 元，合同 20250220001",
    ],
)
def test_what_is_no_such_number_is_not_refused(text: str) -> None:
    for column in ("party", "note", "reason", "consent_of", "reference"):
        assert codes(**{column: text}) == []


@given(st.integers(0, 10**9))
def test_every_resident_s_number_is_found(seed: int) -> None:
    draw = random.Random(seed)
    born = dt.date(1930, 1, 1) + dt.timedelta(days=draw.randrange(90 * 365))
    number = resident(f"{born:%Y%m%d}", f"{draw.randrange(1000):03d}")
    assert ID in codes(note=f"收款人{number}代领")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return make_county(tmp_path / "county")


def wrong() -> Entry:
    return gift(START, 900, party=f"张某 {resident()}", note=f"卡 {card()}")


def test_nothing_of_such_a_batch_is_posted(county: Path) -> None:
    with pytest.raises(Refused) as refused:
        post(county, [gift(START, 5), wrong()], BATCH)
    assert [(one.index, one.code) for one in refused.value.faults] == [(1, CARD), (1, ID)]
    assert resident() not in str(refused.value)
    assert audit(county).vouchers == 0


def test_what_stands_already_is_a_warning_and_can_be_taken_back(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(journal, "check", lambda *_: [])
        post(county, [wrong(), payout(START, 900)], BATCH)
    told = audit(county)
    assert [(one.code, one.severity) for one in told.findings] == [
        (CARD, "warning"),
        (ID, "warning"),
    ]
    assert told.sound
    assert not any("删去" in one.remedy for one in told.findings)
    post(county, [gift(START, 900), correction(START, "2025-000001", wrong())], BATCH)
    reason = correction(START, "2025-000003", gift(START, 900), reason=resident())
    with pytest.raises(Refused, match="身份证号"):
        post(county, [gift(START, 900), reason], BATCH)
