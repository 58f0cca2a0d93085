"""What the rules say of each person, and what may be shown of it."""

import dataframely as dy


class Facts(dy.Schema):
    """One row is one person a program may be for: all that conditions may ask; null is unknown.

    A student on the roll, a student at a university or college who came from the county
    (`freshman`), or a teacher; columns that do not concern a subject are null.
    """

    term = dy.String()
    # A pupil of the last grade may have a place at a university already: a row as each.
    subject = dy.String(primary_key=True, description="`student`, `freshman` or `teacher`")
    person_no = dy.String(primary_key=True, description="学籍号; of a teacher the staff number")
    name = dy.String()
    school_code = dy.String(
        description="of the roll, of the school left, of employment; may be empty"
    )
    school_name = dy.String()
    stage = dy.String(
        description="vocabulary stage; special education by school type; empty for teachers"
    )
    grade = dy.String(description="vocabulary grade; empty for freshmen and teachers")
    class_name = dy.String()
    school_type = dy.String(nullable=True)
    ownership = dy.String(nullable=True)
    locality = dy.String(nullable=True)
    boarder = dy.Bool(nullable=True)
    enrolled = dy.Bool(
        nullable=True,
        description="on the roll, or in post, on at least one counted day of the term",
    )
    present_months = dy.Int64(
        nullable=True, description="of the term's 5 school months, those at schools of the county"
    )
    present_days = dy.Int64(
        nullable=True, description="of the calendar days of these months, those at these schools"
    )
    left_on = dy.Date(
        nullable=True,
        description="first day of the term away from the county's schools; null while there",
    )
    left_by = dy.String(
        nullable=True, description="vocabulary change_kind: how the student left; null while there"
    )
    left_county = dy.Bool(
        nullable=True, description="gone from all schools of the county; a move inside is not"
    )
    special_groups = dy.List(
        dy.String(), nullable=True, description="declared or on a department list; null is unknown"
    )
    listed_groups = dy.List(
        dy.String(), nullable=True, description="of these, those that a department list confirms"
    )
    income_per_head_fen = dy.Int64(nullable=True)
    income_after_illness_fen = dy.Int64(
        nullable=True,
        description="per head and year, less out-of-pocket cost of listed diseases, rounded up",
    )
    subsistence_line_fen = dy.Int64(nullable=True, description="低保 line per head and year")
    residence = dy.String(nullable=True)
    household_place = dy.String(nullable=True)
    major = dy.String(nullable=True)
    county_kinds = dy.List(dy.String(), nullable=True, description="what county.toml says it is")
    college_place = dy.String(nullable=True)
    in_union_file = dy.Bool(nullable=True)
    post = dy.String(nullable=True)
    employment = dy.String(nullable=True)
    place_tier = dy.String(nullable=True, description="hardship of the school's place")
    applied_programs = dy.List(dy.String(), description="program ids with a valid application")
    applications = dy.List(
        dy.Struct(
            {
                "program_id": dy.String(),
                "applied_on": dy.Date(nullable=True),
                "papers": dy.List(dy.String(), nullable=True),
                "record": dy.String(nullable=True),
                "hardship_causes": dy.List(dy.String(), nullable=True),
                "debt_fen": dy.Int64(nullable=True),
                "nominated_by": dy.String(nullable=True),
            }
        ),
        description="details of the applications that count, by program",
    )
    panel_tiers = dy.List(
        dy.Struct({"program_id": dy.String(), "tier": dy.String()}),
        description="tiers the panel decided, by program",
    )
    panel_amounts = dy.List(
        dy.Struct({"program_id": dy.String(), "amount_fen": dy.Int64()}),
        description="amounts the panel decided, by program",
    )
    aid_received = dy.List(
        dy.Struct(
            {
                "program_id": dy.String(nullable=True),
                "funder": dy.String(),
                "year": dy.Int64(),
            }
        ),
        nullable=True,
        description="aid of earlier years and from others; null while no register has come in",
    )
    award_changes = dy.List(
        dy.Struct(
            {"program_id": dy.String(), "award_change": dy.String(), "changed_on": dy.Date()}
        ),
        description="awards given up or taken away this term, by program",
    )


class Decisions(dy.Schema):
    """One row is one decision: one person under one program in one term."""

    term = dy.String()
    subject = dy.String()
    person_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    stage = dy.String()
    grade = dy.String()
    class_name = dy.String()
    program_id = dy.String(primary_key=True)
    version_id = dy.String(
        description="program version that decided, e.g. `boarder_aid@cn/henan@2024-03-01`"
    )
    eligible = dy.Bool(description="meets every condition")
    outcome = dy.String(
        description="`awarded`, `not_eligible`, `reserve` (no place left), `yielded` (to another "
        "program), `waived` or `revoked` before anything was due"
    )
    awarded = dy.Bool(description="whether something is due: outcome `awarded`")
    tier = dy.String(nullable=True, description="tier code; null where the program has none")
    full_fen = dy.Int64(min=0, description="for the whole term by the version; 0 if not awarded")
    amount_fen = dy.Int64(min=0, description="due for this term by actual time; 0 if not awarded")
    rank = dy.Int64(nullable=True, description="place in the order of a quota, from 1")
    reserve_no = dy.Int64(nullable=True, description="place on the reserve list, from 1")
    yielded_to = dy.String(nullable=True, description="program that took this one's place")
    missing = dy.List(dy.String(), description="conditions that failed or are unknown, by name")
    explanation = dy.String(
        description="Chinese, one sentence per rule: value seen, document, clause"
    )
    determination_id = dy.String(description="hash of the facts seen and the program version")
