"""What follows from the decisions of a term beside the decisions themselves; internal."""

import dataframely as dy


class Quotas(dy.Schema):
    """One row is one list of a program's quota: a school's, or the county's (`all`)."""

    program_id = dy.String(primary_key=True)
    school_code = dy.String(primary_key=True, description="school code, or `all`")
    version_id = dy.String(primary_key=True)
    base = dy.Int64(
        nullable=True, description="persons that the share is of; null if places are fixed"
    )
    places = dy.Int64(min=0)
    candidates = dy.Int64(min=0, description="eligible, and not better served elsewhere")
    awarded = dy.Int64(min=0)
    replaced = dy.Int64(
        min=0, description="of those awarded, who took a place that became free in the term"
    )
    reserve = dy.Int64(min=0)
    cut_line = dy.String(
        nullable=True, description="what the last one in had, Chinese; null if all got in"
    )


class FundingDemand(dy.Schema):
    """One row is what one level of government gives for one program in one school (or `all`)."""

    program_id = dy.String(primary_key=True)
    version_id = dy.String(primary_key=True)
    school_code = dy.String(primary_key=True)
    level = dy.String(primary_key=True, description="central, province, city, county; `unstated`")
    persons = dy.Int64(min=0)
    amount_fen = dy.Int64(min=0, description="the levels of one program and school sum exactly")


class Duplicates(dy.Schema):
    """One row is one person of a group that may be the same, or get the same thing twice."""

    group_no = dy.Int64(primary_key=True)
    person_no = dy.String(primary_key=True)
    school_code = dy.String(primary_key=True)
    kind = dy.String(
        description="`same_id`, `same_card`, `same_family` (union and school), `same_teacher`"
    )
    subject = dy.String()
    name = dy.String()
    message = dy.String(description="what to look at, Chinese")


class Completeness(dy.Schema):
    """One row is one person and program where those who get and those who should differ."""

    kind = dy.String(
        description="应助尽助: `not_applied` (looks eligible), `not_eligible` (applied), "
        "`not_declared` (on a department list, unknown to the school), `not_on_roll` (on a list "
        "and of school age)"
    )
    person_no = dy.String(nullable=True, description="null for who is on no roll")
    name = dy.String()
    school_code = dy.String(nullable=True)
    program_id = dy.String(nullable=True)
    message = dy.String(description="Chinese")


class Corrections(dy.Schema):
    """One row is money that has to move because something changed."""

    kind = dy.String(
        description="`clawback` (paid more than due), `shortfall` (paid less), `refund` (fee taken "
        "from somebody exempt)"
    )
    person_no = dy.String()
    name = dy.String()
    school_code = dy.String()
    program_id = dy.String()
    paid_fen = dy.Int64(description="paid out, or taken as a fee")
    due_fen = dy.Int64(description="due to the person, or the fee that was lawful")
    difference_fen = dy.Int64(description="what has to move, above 0")
    message = dy.String(description="Chinese")
