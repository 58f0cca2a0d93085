"""What stands in the journal: vouchers, and the batches that they were entered in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from aidkit.fund.accounts import OPENING, UNRESTRICTED

KINDS = (
    "opening",
    "gift",
    "goods_in",
    "government",
    "allocation",
    "interest",
    "payout",
    "payout_returned",
    "goods_out",
    "goods_written_off",
    "management",
    "fundraising",
    "bank_fee",
    "gift_returned",
    "goods_returned",
    "move",
    "transfer",
    "release",
    "redesignate",
    "correction",
)
"""What a voucher is: vocabulary `entry_kind`.

`move` is between the fund's own accounts (cash paid into the bank); `transfer` between funds;
`release` lifts a restriction, `redesignate` gives it another purpose: both need a reason and the
donor's consent. `correction` is the exact opposite of another voucher. `goods_written_off` are
goods that are spoilt or lost: it needs a reason, and a witness as `consent_of`.
"""

INCOME_OF = {
    "opening": OPENING,
    "gift": "gift_income",
    "government": "government_income",
    "allocation": "allocation_income",
    "interest": "interest_income",
}
"""Kind of money that comes in to the account that says whence."""

COST_OF = {
    "management": "management_expense",
    "fundraising": "fundraising_expense",
    "bank_fee": "bank_fee",
}
"""Kind of cost to its account."""

APPROVED = (
    "payout",
    "goods_out",
    "goods_written_off",
    "management",
    "fundraising",
    "gift_returned",
    "goods_returned",
    "transfer",
    "release",
    "redesignate",
)
"""Kinds that somebody must approve who did not enter them, and so must their corrections.

A bank takes its fees itself and a `move` stays within the fund; of both, and of corrections,
`ledger.check_approval` says which somebody must approve all the same.
"""

GIFTS = ("gift", "goods_in")
"""Kinds by which donors give."""

RETURNED = ("gift_returned", "goods_returned")
"""Kinds by which donors get back what they gave."""

OF_DONORS = (*GIFTS, *RETURNED)
"""Kinds that are of a donor."""

GOODS_LEAVE = ("goods_out", "goods_returned", "goods_written_off")
"""Kinds by which goods leave the store."""

OF_GOODS = ("goods_in", *GOODS_LEAVE)
"""Kinds that are of goods alone."""

OF_PROGRAMS = ("payout", "payout_returned", "goods_out")
"""Kinds that are of a program."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a voucher.

    Attributes:
        fund: Id of the fund.
        account: One of `accounts.ACCOUNTS`.
        fen: Debit positive, credit negative; never 0.
        purpose: Restriction that the money is under; empty: unrestricted. Assets have none.
        program: What `program_expense` was spent on: a program id of the fund file, or empty.
    """

    fund: str
    account: str
    fen: int
    purpose: str = UNRESTRICTED
    program: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods of one kind that came or went with a voucher.

    Attributes:
        item: What it is.
        unit: What it is counted in.
        thousandths: Quantity in thousandths of the unit; negative when given out.
        spec: Size or model; empty where not told.
        fen: Fair value; None where nobody valued it: it is then in no money total.
    """

    item: str
    unit: str
    thousandths: int
    spec: str = ""
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One voucher as it is to be posted; number and hashes are given by the journal.

    Its postings sum to zero within each fund. Goods without a value have no postings.

    Attributes:
        kind: One of `KINDS`.
        fund: The fund that it belongs to.
        date: Day on which the money or the goods moved.
        postings: The money.
        goods: The goods.
        party: Donor, payee or other side; empty where nobody is named.
        donor_class: Code of vocabulary `donor_class`; empty where not told.
        consent: Code of vocabulary `consent`; empty is taken as `anonymous`.
        program: Program id of the fund file that a payout is for.
        school_code: School of who was paid; empty where not told.
        person_no: Pupil who was paid: internal, never on a public page.
        persons: People that a payout reached; 0 where it is not one.
        channel: Code of vocabulary `channel`.
        reference: The bank's or the payment's own number.
        receipt_no: Number of the receipt that was given for it.
        note: Remark of the source.
        reason: Why: corrections, releases, returned gifts, goods written off.
        consent_of: Who agreed to a release or another purpose; of goods written off who bears
            witness, neither the one who entered nor the one who approved.
        corrects: Number of the voucher that a correction takes back.
        approved_by: Who approved; never who entered.
        entered_by: Who entered.
        source_file: Name of the file it was read from; empty when posted by hand.
        source_sheet: Its sheet.
        source_row: Row number as Excel shows it; 0 when posted by hand.
    """

    kind: str
    fund: str
    date: dt.date
    postings: tuple[Posting, ...]
    goods: tuple[Goods, ...] = ()
    party: str = ""
    donor_class: str = ""
    consent: str = ""
    program: str = ""
    school_code: str = ""
    person_no: str = ""
    persons: int = 0
    channel: str = ""
    reference: str = ""
    receipt_no: str = ""
    note: str = ""
    reason: str = ""
    consent_of: str = ""
    corrects: str = ""
    approved_by: str = ""
    entered_by: str = ""
    source_file: str = ""
    source_sheet: str = ""
    source_row: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What entries were posted together: all of them or none.

    Attributes:
        action: `import` or `post`.
        entered_on: Day of entering; given, never the clock, so that a demo can be repeated.
        entered_by: Who entered.
        file: Name of the file imported; empty when posted by hand.
        file_digest: SHA-256 of its bytes.
        stated: What the file itself claims: `rows` and `fen`, where it does.
        left_out: Row of the file to the reason for which it was left out on demand (`--accept`).
        distinct: Row of the file to what spoke against it, e.g. the voucher that it looks like and
            is not, as the officer decided (`--distinct`); of a voucher entered by hand, its one
            key is no row.
    """

    action: str
    entered_on: dt.date
    entered_by: str
    file: str = ""
    file_digest: str = ""
    stated: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    distinct: Mapping[str, str] = field(default_factory=dict)
