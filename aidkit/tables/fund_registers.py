"""What workbooks of a fund hold: gifts, payouts, goods, other movements, the bank's statement."""

from aidkit.tables import columns as c
from aidkit.tables.input_row import InputRow


class Donations(InputRow):
    """One row is one gift of money to the fund."""

    donated_on = c.date("day the gift arrived", nullable=True)
    donor = c.name("person or firm")
    amount_fen = c.money("amount")
    channel = c.choice("channel", "cash, bank, phone payment", nullable=True)
    donor_class = c.choice("donor_class", "firm, person, staff, student, government", nullable=True)
    purpose = c.text("purpose the donor named", nullable=True)
    consent = c.choice("consent", "how the donor agreed to be published", nullable=True)
    note = c.text("remark", nullable=True)
    fund = c.text("fund that it belongs to, by name or id", nullable=True)
    receipt_no = c.code("number of the receipt given for it", nullable=True)
    reference = c.code("the bank's or the payment's own number", nullable=True)
    entered_by = c.text("who wrote the row", nullable=True)


class Payouts(InputRow):
    """One row is one payment of aid to one person; one that came back is paid and returned."""

    paid_on = c.date("day of payment")
    student_no = c.student_no("student")
    name = c.name("student")
    program_title = c.text("program the money belongs to")
    amount_fen = c.money("amount")
    card_no = c.card_no("account paid to")
    result = c.choice("payment_result", "paid or returned", nullable=True)
    returned_on = c.date("day it came back, where that is another day", nullable=True)
    fund = c.text("fund that it is paid from, by name or id", nullable=True)
    purpose = c.text("whose money it spends, where not the program's own", nullable=True)
    channel = c.choice("channel", "cash, bank, phone payment", nullable=True)
    school_code = c.school_code("school of the student", nullable=True)
    reference = c.code("the bank's or the payment's own number", nullable=True)
    approved_by = c.text("who approved it; never who entered it", nullable=True)
    entered_by = c.text("who wrote the row", nullable=True)
    note = c.text("remark", nullable=True)


class GoodsReceived(InputRow):
    """One row is goods of one kind that one donor gave."""

    received_on = c.date("day the goods arrived", nullable=True)
    item = c.text("what it is")
    spec = c.text("size or model", nullable=True)
    unit = c.text("what it is counted in", nullable=True)
    quantity = c.number("how many of the unit, at most three decimals")
    value_fen = c.money("fair value of all of it; blank is unvalued", nullable=True)
    donor = c.text("person or firm", nullable=True)
    donor_class = c.choice("donor_class", "firm, person, staff, student, government", nullable=True)
    purpose = c.text("purpose the donor named", nullable=True)
    consent = c.choice("consent", "how the donor agreed to be published", nullable=True)
    fund = c.text("fund that it belongs to, by name or id", nullable=True)
    receipt_no = c.code("number of the receipt given for it", nullable=True)
    entered_by = c.text("who wrote the row", nullable=True)
    note = c.text("remark", nullable=True)


class GoodsGiven(InputRow):
    """One row is goods of one kind that the fund gave away."""

    given_on = c.date("day the goods were handed over", nullable=True)
    item = c.text("what it is, as it was received")
    spec = c.text("size or model", nullable=True)
    unit = c.text("what it is counted in", nullable=True)
    quantity = c.number("how many of the unit, at most three decimals")
    value_fen = c.money("value at which it stands in the book; blank is unvalued", nullable=True)
    program_title = c.text("program it is given for")
    receiver = c.text("who received it, a school as a rule", nullable=True)
    school_code = c.school_code("school that received it", nullable=True)
    persons = c.integer("pupils it reached", nullable=True)
    purpose = c.text("whose goods they are, where not the program's own", nullable=True)
    fund = c.text("fund that gives it, by name or id", nullable=True)
    reference = c.code("number of the slip", nullable=True)
    approved_by = c.text("who approved it; never who entered it", nullable=True)
    entered_by = c.text("who wrote the row", nullable=True)
    note = c.text("remark", nullable=True)


class GoodsTaken(InputRow):
    """One row is goods of one kind that went back to their donor, or were spoilt or lost."""

    taken_on = c.date("day the goods were given back, or found spoilt or lost", nullable=True)
    taken_kind = c.choice("taken_kind", "given back or written off, as `entry_kind` calls it")
    item = c.text("what it is, as it was received")
    spec = c.text("size or model", nullable=True)
    unit = c.text("what it is counted in", nullable=True)
    quantity = c.number("how many of the unit, at most three decimals")
    value_fen = c.money("value at which it stands in the book; blank is unvalued", nullable=True)
    donor = c.text("who gave it; must stand where it goes back", nullable=True)
    purpose = c.text("purpose that the goods are under", nullable=True)
    reason = c.text("why")
    witness = c.text("who saw it; must stand where it is written off", nullable=True)
    approved_by = c.text("who approved it; never who entered it", nullable=True)
    entered_by = c.text("who wrote the row", nullable=True)
    fund = c.text("fund that it belongs to, by name or id", nullable=True)
    reference = c.code("number of the slip", nullable=True)
    note = c.text("remark", nullable=True)


class FundMovements(InputRow):
    """One row is one movement of a fund that is in no other register: fees, interest, transfers."""

    moved_on = c.date("day on which the money moved")
    entry_kind = c.choice("entry_kind", "kind of entry")
    amount_fen = c.money("amount")
    account_from = c.choice("channel", "account that the money left", nullable=True)
    account_to = c.choice("channel", "account that the money reached", nullable=True)
    purpose = c.text("purpose that the money is under", nullable=True)
    to_purpose = c.text("purpose that it is under from now on", nullable=True)
    program_title = c.text("program that it is spent on", nullable=True)
    party = c.text("other side", nullable=True)
    school_code = c.school_code("school whose pupils a payout reached", nullable=True)
    persons = c.integer("pupils that a payout reached", nullable=True)
    to_fund = c.text("fund that it is transferred to, by name or id", nullable=True)
    reason = c.text("why; must stand for returns, transfers and changes of purpose", nullable=True)
    consent_of = c.text("who agreed to a change of purpose", nullable=True)
    entered_by = c.text("who wrote the row", nullable=True)
    approved_by = c.text("who approved it; never who entered it", nullable=True)
    fund = c.text("fund that it belongs to, by name or id", nullable=True)
    reference = c.code("the bank's own number, or that of the slip", nullable=True)
    note = c.text("remark", nullable=True)


class BankStatement(InputRow):
    """One row is one movement on the fund's bank account.

    Banks write what came in and went out in two columns, or both in one that is signed or has its
    direction beside it; what they take back is negative.
    """

    booked_on = c.date("day of booking")
    counterparty = c.name("other side", nullable=True)
    in_fen = c.signed_money("credit", nullable=True)
    out_fen = c.signed_money("debit", nullable=True)
    balance_fen = c.signed_money("balance after the movement")
    summary = c.text("bank's text", nullable=True)
    reference = c.text("the bank's own number of the movement", nullable=True)
    moved_fen = c.signed_money("credit or debit, where both stand in one column", nullable=True)
    direction = c.choice("bank_direction", "which of them it is; null: its sign", nullable=True)
