"""What an import shows before it posts: every row of a file, and the control lines."""

import dataframely as dy


class FundDrafts(dy.Schema):
    """One row is one voucher that a row of a file asks for.

    A returned payout asks for two. Where no fund of the county is known, `fund` is empty and
    `purpose`, `to_purpose` and `program` are as the file words them.
    """

    source_sheet = dy.String()
    source_row = dy.Int64(description="as Excel shows it")
    kind = dy.String(description="vocabulary `entry_kind`")
    fund = dy.String()
    date = dy.Date(nullable=True, description="null: neither the file nor the officer says")
    date_told = dy.Bool(description="whether the file itself says the date")
    fen = dy.Int64(nullable=True, description="null: goods that nobody valued")
    channel = dy.String(nullable=True, description="null: nobody says; empty: needs none")
    channel_told = dy.Bool(description="whether the file itself says the channel")
    to_channel = dy.String(description="channel of the account that `move`, `transfer` go to")
    to_fund = dy.String()
    purpose = dy.String(nullable=True, description="null: as the program's")
    to_purpose = dy.String()
    program = dy.String()
    party = dy.String()
    donor_class = dy.String()
    consent = dy.String()
    school_code = dy.String()
    person_no = dy.String()
    persons = dy.Int64()
    reference = dy.String()
    receipt_no = dy.String()
    note = dy.String()
    reason = dy.String()
    consent_of = dy.String()
    approved_by = dy.String()
    approved_told = dy.Bool(description="whether the file itself says the approver")
    entered_by = dy.String()
    item = dy.String(description="empty: no goods")
    spec = dy.String()
    unit = dy.String()
    thousandths = dy.Int64(description="quantity in thousandths of the unit; out is negative")


class FundImportRows(dy.Schema):
    """One row is one voucher that a file asks for, or had asked for and does no longer."""

    status = dy.String(
        description="`new`, `changed`, `same`, `gone`, `duplicate` (may stand already: in another "
        "document, under the same number, or twice in the file), `taken_back` (stood, and was "
        "corrected by hand) or `left_out`"
    )
    source_sheet = dy.String()
    source_row = dy.Int64(description="as Excel shows it; of a `gone` row: where it was")
    kind = dy.String()
    fund = dy.String()
    date = dy.Date(nullable=True)
    party = dy.String()
    fen = dy.Int64(nullable=True, description="null: goods that nobody valued")
    voucher_no = dy.String(description="voucher that stands or stood; empty for new rows")
    why = dy.String(description="of `duplicate`, `taken_back`: what it is like, for people")


class FundControls(dy.Schema):
    """One row is one claim that a file makes about itself: a sum, or a number of rows."""

    source_sheet = dy.String()
    source_row = dy.Int64(description="as Excel shows it")
    measure = dy.String(description="`rows` or `fen`")
    column = dy.String(description="column the sum stands under; empty for a number of rows")
    claimed = dy.Int64()
    actual = dy.Int64(
        description="all rows above, bad ones too, or since the total before, whichever agrees; "
        "of sums: what could be read"
    )
    agrees = dy.Bool(nullable=True, description="null: an amount above it could not be read")
