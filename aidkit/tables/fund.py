"""The fund's book as tables: all that statements are told from."""

import dataframely as dy


class FundEntries(dy.Schema):
    """One row is one voucher of the journal, in the order of the journal."""

    voucher_no = dy.String(primary_key=True, description="`2026-000001`: no gaps within a year")
    line = dy.Int64(description="line of the journal, from 1")
    batch = dy.Int64(description="number of the batch it was entered in, from 1")
    kind = dy.String(description="vocabulary `entry_kind`")
    fund = dy.String()
    date = dy.Date()
    party = dy.String(description="donor, payee or other side; empty where nobody is named")
    donor_class = dy.String()
    consent = dy.String(description="vocabulary `consent`; empty is taken as `anonymous`")
    program = dy.String()
    school_code = dy.String()
    person_no = dy.String(description="internal; empty where nobody was paid")
    persons = dy.Int64()
    channel = dy.String()
    reference = dy.String(description="the bank's or the payment's own number")
    receipt_no = dy.String(description="number of the receipt that was given for it")
    note = dy.String()
    reason = dy.String()
    consent_of = dy.String()
    corrects = dy.String(description="voucher that a correction takes back")
    approved_by = dy.String()
    entered_by = dy.String()
    source_file = dy.String()
    source_sheet = dy.String()
    source_row = dy.Int64()
    hash = dy.String(description="SHA-256 of the line, 64 hexadecimal digits")


class FundPostings(dy.Schema):
    """One row is one posting; those of a voucher sum to zero within each fund."""

    voucher_no = dy.String()
    kind = dy.String(description="of the voucher")
    date = dy.Date(description="of the voucher")
    fund = dy.String()
    account = dy.String(description="vocabulary `account`")
    purpose = dy.String(description="empty: unrestricted")
    program = dy.String()
    fen = dy.Int64(description="debit positive, credit negative")


class FundGoods(dy.Schema):
    """One row is goods of one kind that came or went with a voucher."""

    voucher_no = dy.String()
    kind = dy.String(description="of the voucher")
    date = dy.Date(description="of the voucher")
    fund = dy.String()
    item = dy.String()
    spec = dy.String()
    unit = dy.String()
    thousandths = dy.Int64(description="quantity in thousandths of the unit; out is negative")
    fen = dy.Int64(nullable=True, description="fair value; null: unvalued, in no money total")


class FundBatches(dy.Schema):
    """One row is one batch: what was entered together."""

    batch = dy.Int64(primary_key=True, description="from 1")
    line = dy.Int64(description="line of the journal that closes it")
    action = dy.String()
    entered_on = dy.Date()
    entered_by = dy.String()
    file = dy.String()
    file_digest = dy.String()
    entries = dy.Int64()
    debit_fen = dy.Int64(description="sum of its positive postings")
    stated_rows = dy.Int64(nullable=True)
    stated_fen = dy.Int64(nullable=True)
    left_out = dy.Int64(description="rows of the file that were left out on demand")
    left_out_rows = dy.String(
        description="JSON: each of these rows to why; empty where there is none"
    )
    distinct = dy.Int64(description="rows posted whatever spoke against them, on demand")
    settings = dy.String(
        description="JSON: each fund to the digest of what its file settled; empty where an "
        "earlier version wrote the batch"
    )
    hash = dy.String()
