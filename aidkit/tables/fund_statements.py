"""The statements of a fund: what officers read, and are audited on. Sums are integer fen.

Figures are net of corrections: a correction counts on its own day, with the opposite sign.
"""

import dataframely as dy


class FundSummary(dy.Schema):
    """One row is a line of the 收支公示表, in the order in which it is read.

    Sections: `opening` (by asset account, at the end of the day before), `carried_in` (the book
    before this one, never income), `income`, `expense`, `closing` (by asset account: where it
    lies), `corrections`. Opening + carried in + income - expense = closing.
    """

    section = dy.String(primary_key=True)
    line = dy.String(primary_key=True, description="vocabulary `fund_line`; `total`: the section")
    group = dy.String(
        primary_key=True, description="donor class of gifts, program id of payouts; else empty"
    )
    fen = dy.Int64(nullable=True, description="null in section `corrections` only")
    vouchers = dy.Int64(description="how many; 0 for balances")


class FundGifts(dy.Schema):
    """One row is a gift or a gift given back: 捐赠明细."""

    voucher_no = dy.String(primary_key=True, description="of the gift, also where it is corrected")
    purpose = dy.String(primary_key=True, description="empty: unrestricted")
    date = dy.Date(description="of the gift; of the correction where the gift is of before")
    kind = dy.String(description="one of `entry.OF_DONORS`")
    party = dy.String(description="empty where nobody is named")
    donor_class = dy.String()
    consent = dy.String(description="`named`, `anonymous` or `amount_only`; never empty")
    channel = dy.String()
    fen = dy.Int64(description="given back is negative; 0: only goods that nobody valued")
    corrections = dy.Int64(description="corrections in this figure")


class FundConsents(dy.Schema):
    """One row is what was given under one consent, by donor class."""

    consent = dy.String(primary_key=True)
    donor_class = dy.String(primary_key=True)
    gifts = dy.Int64(description="gifts less those taken back by a correction")
    fen = dy.Int64()


class FundPayouts(dy.Schema):
    """One row is a program: what was spent on it."""

    program = dy.String(primary_key=True, description="`total`: all of them")
    persons = dy.Int64(description="people told apart by person_no; the rest as vouchers say")
    times = dy.Int64(description="人次; a returned payout is taken off where the person is told")
    money_fen = dy.Int64()
    goods_fen = dy.Int64(description="valued goods given out")
    fen = dy.Int64(description="both")
    unvalued = dy.Int64(
        description="vouchers of goods that nobody valued, in no sum; less those corrected"
    )
    vouchers = dy.Int64()


class FundActivity(dy.Schema):
    """One row is a line of the 业务活动表 (会民非02表), with its row number on the form."""

    row = dy.Int64(primary_key=True)
    line = dy.String(description="vocabulary `activity_line`")
    unrestricted_fen = dy.Int64()
    restricted_fen = dy.Int64()
    fen = dy.Int64(description="both")


class FundBalance(dy.Schema):
    """One row is an asset account or a part of the net assets at the end of a day."""

    side = dy.String(primary_key=True, description="`assets` or `net_assets`")
    line = dy.String(
        primary_key=True,
        description="asset account; `unrestricted` or a purpose id; `total`: the side",
    )
    fen = dy.Int64()


class FundReceipts(dy.Schema):
    """One row is a gift for which a 公益事业捐赠票据 is due: 票据登记."""

    voucher_no = dy.String(primary_key=True)
    reference = dy.String(
        description="number of the receipt; the bank's own where none was registered"
    )
    date = dy.Date()
    donor = dy.String(description="whatever the consent: a receipt is for the donor alone")
    what = dy.String(description="`money` or `goods`")
    goods = dy.String(description="goods as counted, Chinese; empty for money")
    fen = dy.Int64(nullable=True, description="null: goods that nobody valued")
    in_words = dy.String(description="人民币大写; empty where fen is null")
    status = dy.String(description="vocabulary `receipt_status`, at the end of the period")


class FundGoodsRegister(dy.Schema):
    """One row is goods of one kind, size and unit: what came, left and is left.

    opening + came - went - returned - written off = closing.
    """

    item = dy.String(primary_key=True)
    spec = dy.String(primary_key=True)
    unit = dy.String(primary_key=True)
    valued = dy.Bool(primary_key=True)
    opening = dy.Int64(description="thousandths of the unit, as all quantities here")
    came = dy.Int64()
    went = dy.Int64(description="given on")
    returned = dy.Int64(description="to its donor")
    written_off = dy.Int64(description="spoilt or lost")
    closing = dy.Int64()
    opening_fen = dy.Int64(nullable=True, description="null: nobody valued it, as all sums here")
    came_fen = dy.Int64(nullable=True)
    went_fen = dy.Int64(nullable=True)
    returned_fen = dy.Int64(nullable=True)
    written_off_fen = dy.Int64(nullable=True)
    closing_fen = dy.Int64(nullable=True)


class FundGoodsTaken(dy.Schema):
    """One row is goods of one kind that went back to their donor or were written off, and why.

    A correction of that stands with the opposite sign.
    """

    voucher_no = dy.String()
    date = dy.Date()
    kind = dy.String(description="`goods_returned` or `goods_written_off`")
    item = dy.String()
    spec = dy.String()
    unit = dy.String()
    thousandths = dy.Int64(description="how much left, in thousandths of the unit")
    fen = dy.Int64(nullable=True, description="null: nobody valued it")
    party = dy.String(description="the donor whose it was")
    reason = dy.String()
    witness = dy.String(description="who saw what was spoilt or lost")
    approved_by = dy.String()


class FundComparison(dy.Schema):
    """One row is a line of the 收支公示表 beside that of the period before, of the same length."""

    section = dy.String(primary_key=True)
    line = dy.String(primary_key=True)
    group = dy.String(primary_key=True)
    fen = dy.Int64(description="0 where this period has no such line")
    before_fen = dy.Int64(
        nullable=True,
        description="0 where the period before has no such line; null where the book began later",
    )
    change_fen = dy.Int64(nullable=True, description="null where before_fen is")


class FundCorrections(dy.Schema):
    """One row is a correction dated in the period."""

    voucher_no = dy.String(primary_key=True)
    date = dy.Date()
    corrects = dy.String(description="voucher that it takes back")
    corrected_on = dy.Date(description="day of that voucher")
    kind = dy.String(description="kind of that voucher; vocabulary `entry_kind`")
    fen = dy.Int64(description="sum of that voucher's debits; 0 for goods that nobody valued")
    reason = dy.String()
    entered_by = dy.String()
    approved_by = dy.String()


class FundFeedback(dy.Schema):
    """One row is money that came into a pool: a gift, and what became of it by the last day.

    fen = spent_before + spent + returned + redesignated + lost + left.
    """

    voucher_no = dy.String(primary_key=True)
    purpose = dy.String(primary_key=True, description="the pool; empty: unrestricted")
    origin = dy.String(description="kind of the voucher; `redesignate`: from another purpose")
    date = dy.Date()
    party = dy.String()
    consent = dy.String()
    donor_class = dy.String()
    fen = dy.Int64()
    spent_before_fen = dy.Int64(description="before the period")
    spent_fen = dy.Int64(description="in the period")
    returned_fen = dy.Int64(description="to the donor")
    redesignated_fen = dy.Int64(description="released, given another purpose, or to another fund")
    lost_fen = dy.Int64(description="goods spoilt or lost")
    left_fen = dy.Int64()


class FundUses(dy.Schema):
    """One row is what a gift was spent on in the period."""

    voucher_no = dy.String(primary_key=True, description="of the gift")
    purpose = dy.String(primary_key=True)
    use = dy.String(primary_key=True, description="`program`, or the kind of cost")
    program = dy.String(primary_key=True, description="empty unless a program")
    fen = dy.Int64()
    persons = dy.Int64(description="people whose payout the gift paid at least a part of")
    schools = dy.List(
        dy.String(), description="codes of schools with at least threshold such people, sorted"
    )
