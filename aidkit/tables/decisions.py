"""What the rules say of each student, and what may be shown of it."""

import dataframely as dy


class Facts(dy.Schema):
    """One row is one student on the roll: all that conditions may ask; null is unknown."""

    term = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    school_name = dy.String()
    stage = dy.String(description="vocabulary stage; special education by school type")
    grade = dy.String()
    class_name = dy.String()
    ownership = dy.String(nullable=True)
    locality = dy.String(nullable=True)
    boarder = dy.Bool(nullable=True)
    enrolled = dy.Bool(
        nullable=True, description="on the roll and present when the term is assessed"
    )
    special_groups = dy.List(
        dy.String(), nullable=True, description="declared or on a department list; null is unknown"
    )
    listed_groups = dy.List(
        dy.String(), nullable=True, description="of these, those that a department list confirms"
    )
    income_per_head_fen = dy.Int64(nullable=True)
    applied_programs = dy.List(dy.String(), description="program ids with a valid application")
    panel_tiers = dy.List(
        dy.Struct({"program_id": dy.String(), "tier": dy.String()}),
        description="tiers the panel decided, by program",
    )


class Decisions(dy.Schema):
    """One row is one decision: one student under one program in one term."""

    term = dy.String()
    student_no = dy.String(primary_key=True)
    name = dy.String()
    school_code = dy.String()
    stage = dy.String()
    grade = dy.String()
    class_name = dy.String()
    program_id = dy.String(primary_key=True)
    version_id = dy.String(
        description="program version that decided, e.g. `boarder_aid@cn/henan@2024-03-01`"
    )
    eligible = dy.Bool()
    tier = dy.String(nullable=True, description="tier code; null where the program has none")
    amount_fen = dy.Int64(min=0, description="due for this term; 0 when not eligible")
    missing = dy.List(dy.String(), description="conditions that failed or are unknown, by name")
    explanation = dy.String(
        description="Chinese, one sentence per rule: value seen, document, clause"
    )
    determination_id = dy.String(description="hash of the facts seen and the program version")
